"""Pictures of the course by name, side by side, with captions."""

import traitlets

from massage_workbook.course import Course
from massage_workbook.figures.titles import has_words, title
from massage_workbook.widgets.layered import Layered
from massage_workbook.widgets.pictures import by_name, in_page


class Picture(Layered):
    """One or more pictures, by the names of the export, such as `hand-deep-stroking`."""

    pictures = traitlets.List().tag(sync=True)

    def __init__(self, course: Course, names: tuple[str, ...]) -> None:
        """Draw them, or read them from the cache.

        Raises:
            LookupError: no picture has a name; the message suggests a similar one.
        """
        super().__init__(
            pictures=[
                {
                    "svg": _svg(name, course),
                    "title": title(name, course),
                    "large": has_words(name),
                }
                for name in names
            ]
        )


def _svg(name: str, course: Course) -> str:
    if cached := by_name(course).get(name):
        return cached()
    from massage_workbook.figures.gallery import find_picture, gallery

    return in_page(find_picture(gallery(course), name)())
