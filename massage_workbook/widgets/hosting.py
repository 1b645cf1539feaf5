"""The host of widgets: Jupyter, or a page whose Python runs in the browser."""

import sys

import traitlets

IN_PAGE = sys.platform == "emscripten"
"""Whether Python runs in a page, without a kernel and without drawing libraries."""


def file_beside_page(name: str) -> str:
    """The text of a file in the page's folder: Python runs in a worker, which may wait for it."""
    from pyodide.http import open_url

    return open_url(name).read()


if IN_PAGE:

    class AnyWidget(traitlets.HasTraits):
        """A widget whose page exchanges state and messages through `web.page`."""

        def get_state(self) -> dict[str, object]:
            """The values of the traits that the page shows."""
            return {name: getattr(self, name) for name in self.trait_names(sync=True)}

        def on_msg(self, _: object) -> None:
            """Do nothing: messages come through `receive`."""

        def hold_sync(self) -> object:
            """Send changes to the page together, after a message is carried out."""
            return self.hold_trait_notifications()

    class Model(traitlets.HasTraits):
        """Values that widgets share."""

    widget_serialization: dict[str, object] = {}

    class Box:
        """Widgets side by side; the page knows its classes."""

        def __init__(self, children: list[AnyWidget]) -> None:
            self.children = children

        def add_class(self, _: str) -> "Box":
            """Do nothing: the page adds its own classes."""
            return self

else:
    from anywidget import AnyWidget
    from ipywidgets import Box, widget_serialization
    from ipywidgets import Widget as Model

__all__ = ["IN_PAGE", "AnyWidget", "Box", "Model", "file_beside_page", "widget_serialization"]
