"""Lists in groups: the rules, the preparation, what is not taught."""

import traitlets

from massage_workbook.widgets.widget import Widget


class Listed(Widget):
    """A list in groups.

    With `tick` it is a checklist. Its ticks are never stored: what was ready yesterday need not be
    ready today. With `brief` it shows the titles alone until it is asked for more.
    """

    groups = traitlets.List().tag(sync=True)
    tick = traitlets.Bool().tag(sync=True)
    brief = traitlets.Bool().tag(sync=True)
