"""Things to keep to, in groups: the rules, what to see to first, what is left out."""

from pathlib import Path

import traitlets

from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent


class Listed(Widget):
    """Things to keep to, in groups.

    Where the list is there to `tick`, the ticks live in the page alone: what was ready yesterday
    need not be ready today. Of a `brief` one the titles alone are in sight.
    """

    script = HERE / "rules.js"
    stylesheets = (HERE / "rules.css",)
    groups = traitlets.List().tag(sync=True)
    tick = traitlets.Bool().tag(sync=True)
    brief = traitlets.Bool().tag(sync=True)
