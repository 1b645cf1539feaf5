"""The body of all maps, which comes to a page once."""

from functools import cache

import ipywidgets
import traitlets

from massage_workbook.widgets.pictures import body_svg
from massage_workbook.widgets.widget import Widget


class Body(ipywidgets.Widget):
    """A model without a view: what the maps of a kernel have in common."""

    svg = traitlets.Unicode().tag(sync=True)


@cache
def _of_this_kernel() -> Body:
    return Body(svg=body_svg())


class OnBody(Widget):
    """A widget whose pictures have room for the body (`shared/plate.js` puts it in)."""

    body = traitlets.Instance(Body).tag(sync=True, **ipywidgets.widget_serialization)

    @traitlets.default("body")
    def _shared(self) -> Body:
        return _of_this_kernel()
