"""Preload the widgets and the course in a spare kernel, so that lessons open faster.

An IPython extension. It opens nothing of the learner's.
"""

import pkgutil
from contextlib import suppress
from importlib import import_module

from IPython.core.interactiveshell import InteractiveShell

from massage_workbook import garbage, widgets
from massage_workbook.widgets import pictures, widget


def load_ipython_extension(_: InteractiveShell) -> None:
    """Import the widgets and read the course."""
    # An error here is reported by the lesson that needs what failed.
    with suppress(Exception), garbage.paused():
        for module in pkgutil.iter_modules(widgets.__path__):
            import_module(f"{widgets.__name__}.{module.name}")
        if not pictures.SHIPPED.is_dir():  # else what lessons show needs no drawing
            import_module("massage_workbook.figures.gallery")
        widget.course()
