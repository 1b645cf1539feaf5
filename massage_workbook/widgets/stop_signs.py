"""The stop-sign card: what ends a massage, and what to do then; it can be printed."""

import traitlets

from massage_workbook.course import Course
from massage_workbook.views.stop_signs import sign_groups
from massage_workbook.widgets.widget import Widget


class StopSigns(Widget):
    """Signs in three groups: an emergency, stop at once, after the massage."""

    groups = traitlets.List().tag(sync=True)
    folded = traitlets.Bool().tag(sync=True)

    def __init__(self, course: Course, *, folded: bool = False) -> None:
        super().__init__(groups=sign_groups(course), folded=folded)
