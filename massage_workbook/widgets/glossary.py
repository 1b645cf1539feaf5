"""The glossary in three languages, with mistranslations of the articles."""

import traitlets

from massage_workbook.course import Course
from massage_workbook.views.glossary import terms
from massage_workbook.widgets.widget import Widget


class Glossary(Widget):
    """Every term, sorted by its English name. The page filters them without a kernel."""

    terms = traitlets.List().tag(sync=True)

    def __init__(self, course: Course) -> None:
        super().__init__(terms=terms(course))
