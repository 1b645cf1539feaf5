"""The glossary in three languages, with mistranslations of the articles."""

from pathlib import Path

import traitlets

from massage_workbook.course import Course
from massage_workbook.views.glossary import terms
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent


class Glossary(Widget):
    """Every term, sorted by its English name. The page filters them without a kernel."""

    script = HERE / "glossary.js"
    stylesheets = (HERE / "glossary.css",)
    terms = traitlets.List().tag(sync=True)

    def __init__(self, course: Course) -> None:
        super().__init__(terms=terms(course))
