"""The state of the widgets of a lesson's call, as values."""

from typing import Any

from massage_workbook.widgets.body import Body
from massage_workbook.widgets.hosting import Box
from massage_workbook.widgets.widget import Widget


def parts(made: Widget | Box) -> list[Widget]:
    """The widgets of a call: one, or several in a box."""
    return [*made.children] if isinstance(made, Box) else [made]


def state(of: Widget) -> dict[str, Any]:
    """The synchronised traits of a widget, without those that Jupyter adds."""
    ours = (each for each in type(of).__mro__ if issubclass(each, Widget))
    names = {name for each in ours for name in each.class_own_traits(sync=True)}
    values = {name: getattr(of, name) for name in sorted(names) if not name.startswith("_")}
    return {name: each.svg if isinstance(each, Body) else each for name, each in values.items()}
