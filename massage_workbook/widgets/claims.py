"""Claims of the articles, the evidence, and what can honestly be said."""

import traitlets

from massage_workbook.course import Course
from massage_workbook.views import claims as view
from massage_workbook.widgets.widget import Widget


class Claims(Widget):
    """Every claim with its verdict. `verdicts` are the choices of the page's filter."""

    claims = traitlets.List().tag(sync=True)
    verdicts = traitlets.List().tag(sync=True)

    def __init__(self, course: Course) -> None:
        super().__init__(claims=view.claim_rows(course), verdicts=view.verdicts(course))
