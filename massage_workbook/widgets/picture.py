"""Pictures of the course by name, side by side, with captions."""

import traitlets

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.figures.gallery import WITH_WORDS, Gallery, find_picture, gallery, title
from massage_workbook.widgets.layered import Layered
from massage_workbook.widgets.pictures import hand_svg, in_page, strokes_svg


class Picture(Layered):
    """One or more pictures, by the names of the export, such as `hand-deep-stroking`."""

    pictures = traitlets.List().tag(sync=True)

    def __init__(self, course: Course, names: tuple[str, ...]) -> None:
        """Draw them, or read them from the cache.

        Raises:
            LookupError: no picture has a name; the message suggests a similar one.
        """
        drawn = gallery(course)
        super().__init__(
            pictures=[
                {
                    "svg": _svg(name, drawn, course),
                    "title": title(name, course),
                    "large": name in WITH_WORDS,
                }
                for name in names
            ]
        )


def _svg(name: str, drawn: Gallery, course: Course) -> str:
    """A picture as SVG; pictures of techniques, which cards show as well, are cached."""
    draw = find_picture(drawn, name)
    match name.split("-", 1):
        case ["hand", of]:
            return hand_svg(find_item("technique", of, course.techniques))
        case ["strokes", of]:
            return strokes_svg(find_item("technique", of, course.techniques), course.zones)
    return in_page(draw())
