"""What a kernel makes ready while nobody waits for it, so that a lesson need not.

IPython calls it as an extension. Nothing of the learner's is opened here.
"""

import pkgutil
from contextlib import suppress
from importlib import import_module

from IPython.core.interactiveshell import InteractiveShell

from massage_workbook import garbage, widgets
from massage_workbook.widgets import widget


def load_ipython_extension(_: InteractiveShell) -> None:
    """Import the widgets and read the course."""
    # What fails here is told by the lesson that needs it.
    with suppress(Exception), garbage.paused():
        for module in pkgutil.iter_modules(widgets.__path__):
            import_module(f"{widgets.__name__}.{module.name}")
        import_module("massage_workbook.figures.gallery")
        widget.course()
