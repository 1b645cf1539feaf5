"""The body of all maps, sent to a page once."""

from functools import cache

import traitlets

from massage_workbook.widgets.hosting import Model, widget_serialization
from massage_workbook.widgets.pictures import body_svg
from massage_workbook.widgets.widget import Widget


class Body(Model):
    """A model without a view, which all maps of a kernel share."""

    svg = traitlets.Unicode().tag(sync=True)


@cache
def of_this_kernel() -> Body:
    """The one model that all maps of this kernel share."""
    return Body(svg=body_svg())


class OnBody(Widget):
    """A widget whose pictures share the body, which `shared/plate.js` inserts."""

    body = traitlets.Instance(Body).tag(sync=True, **widget_serialization)

    @traitlets.default("body")
    def _shared(self) -> Body:
        return of_this_kernel()
