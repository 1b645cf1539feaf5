"""Pictures of the course by their names, side by side, each with what it is called."""

from pathlib import Path

import traitlets

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.figures.gallery import WITH_WORDS, Gallery, figure, gallery, title
from massage_workbook.widgets.layered import Layered
from massage_workbook.widgets.pictures import hand_svg, in_page, strokes_svg

HERE = Path(__file__).parent


class Picture(Layered):
    """One picture or a few of them, as the export names them, such as `hand-deep-stroking`."""

    script = HERE / "picture.js"
    stylesheets = (HERE / "picture.css",)
    pictures = traitlets.List().tag(sync=True)

    def __init__(self, course: Course, names: tuple[str, ...]) -> None:
        """Draw them, or take them from where they were kept.

        Raises:
            LookupError: there is none of a name; it says which is near.
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
    """A picture as SVG; those of techniques, which a card shows as well, are drawn once."""
    draw = figure(drawn, name)
    match name.split("-", 1):
        case ["hand", of]:
            return hand_svg(find_item("technique", of, course.techniques))
        case ["strokes", of]:
            return strokes_svg(find_item("technique", of, course.techniques), course.zones)
    return in_page(draw())
