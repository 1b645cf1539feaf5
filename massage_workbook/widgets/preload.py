"""What a kernel makes ready while nobody waits for it, so that a lesson need not.

IPython calls it as an extension. Nothing of the learner's is opened here.
"""

import asyncio
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

from IPython.core.interactiveshell import InteractiveShell
from tornado.ioloop import IOLoop

from massage_workbook import widgets
from massage_workbook.course import Course
from massage_workbook.kept import to_stay
from massage_workbook.widgets import widget
from massage_workbook.widgets.pictures import hand_svg, strokes_svg, whole_back_svg
from massage_workbook.widgets.player import pictures_of

BREATH = 0.1
"""Seconds between two pictures, in which the kernel hears whether it is wanted."""


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Import the widgets and read the course; then draw pictures until the first cell comes."""
    with suppress(Exception), to_stay():  # what fails here is told by the lesson that needs it
        for module in pkgutil.iter_modules(widgets.__path__):
            import_module(f"{widgets.__name__}.{module.name}")
        IOLoop.current().add_callback(draw_ahead, shell, pictures(widget.course()))


async def draw_ahead(shell: InteractiveShell, drawing: Iterator[str]) -> None:
    """Draw one picture after the other for as long as no cell was run."""
    with suppress(Exception):
        for _ in drawing:
            await asyncio.sleep(BREATH)
            if shell.execution_count > 1:
                break


def pictures(course: Course) -> Iterator[str]:
    """Draw the whole back, all techniques, and what the practice offered first needs."""
    yield whole_back_svg(course.zones, course.landmarks)
    for technique in course.techniques:
        yield strokes_svg(technique, course.zones)
        yield hand_svg(technique)
    yield from pictures_of(widget.ready_made()[1], course)
