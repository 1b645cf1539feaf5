"""The lessons, and how far the learner is in each."""

from collections.abc import Callable
from datetime import datetime

import traitlets
from pydantic import TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.store import Progress, StoreError, minutes
from massage_workbook.views import progress as view
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.hosting import Box
from massage_workbook.widgets.quiz import knowledge
from massage_workbook.widgets.widget import Interactive, Refresh


class Lessons(Interactive):
    """The next step, and the lessons, each with its number of answered questions."""

    messages = TypeAdapter(Refresh)
    lessons = traitlets.List().tag(sync=True)
    first = traitlets.Dict().tag(sync=True)
    next = traitlets.Dict().tag(sync=True)
    notice = traitlets.Unicode(allow_none=True).tag(sync=True)

    def __init__(self, course: Course, progress: Progress, clock: Callable[[], datetime]) -> None:
        self._course, self._progress, self._clock = course, progress, clock
        self.first = view.offered(course)
        self._refresh()
        super().__init__()  # sends all traits to the page at once

    def _refresh(self) -> None:
        known = knowledge(self._course, self._progress, self._clock())
        self.lessons = view.lesson_rows(self._course, known.standings)
        self.next = view.next_step(self._course, known, minutes.chosen(self._progress))
        self.notice = self._progress.notice

    def _carry_out(self, _: Refresh) -> None:
        try:
            self._refresh()
        except StoreError as error:
            self.notice = str(error)


class Cover(Box):
    """The lessons beside the picture of the stroke that begins and ends every massage."""

    def __init__(self, course: Course, progress: Progress, clock: Callable[[], datetime]) -> None:
        first = find_item("technique", "superficial-stroking", course.techniques)
        super().__init__([BackMap.of(first, course.zones), Lessons(course, progress, clock)])
        self.add_class("mw").add_class("mw-cover")
