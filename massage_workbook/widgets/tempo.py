"""A technique's tempo, to hear and to tap: where each tap falls is drawn in the page at once."""

from pathlib import Path

import traitlets

from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.views.tempo import trainer
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent


class Tempo(Widget):
    """A beat to listen to within a technique's band, and a pad to tap it on.

    `trainer` holds the band, how far taps may stray, and the words; its `band` is None for a
    technique of which only the speed of the hand counts.

    Raises:
        LookupError: there is no technique of that name; it says which is near.
    """

    script = HERE / "tempo.js"
    stylesheets = (HERE / "tempo.css",)
    trainer = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, name: str) -> None:
        super().__init__(trainer=trainer(named("technique", name, course.techniques)))
