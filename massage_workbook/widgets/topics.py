"""All topics, each of which opens a short set of its questions beside the list."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.store import Progress, StoreError
from massage_workbook.views.progress import topic_rows
from massage_workbook.widgets.hosting import Box
from massage_workbook.widgets.quiz import Quiz
from massage_workbook.widgets.widget import Interactive, Message, Refresh


class Open(Message):
    """A topic's questions, or the review of what is due."""

    do: Literal["open"]
    topic: str | None


class TopicList(Interactive):
    """The topics, each with how many questions were answered; `chosen` is asked in the quiz."""

    messages = TypeAdapter(Annotated[Open | Refresh, Field(discriminator="do")])
    topics = traitlets.List().tag(sync=True)
    chosen = traitlets.Unicode(None, allow_none=True).tag(sync=True)

    def __init__(self, course: Course, progress: Progress, quiz: Quiz) -> None:
        self._course, self._progress, self._quiz = course, progress, quiz
        super().__init__(topics=topic_rows(course, progress.standings()))
        quiz.observe(self._refresh, "page")

    def _carry_out(self, message: Open | Refresh) -> None:
        match message:
            case Open(topic=None):
                self._quiz.ask([])
            case Open(topic=name):
                self._quiz.ask([find_item("topic", name, self._course.topics)])
            case Refresh():
                self._refresh()
                return
        self.chosen = message.topic

    def _refresh(self, _: object = None) -> None:
        try:
            self.topics = topic_rows(self._course, self._progress.standings())
        except StoreError:
            return  # the quiz says so


class Topics(Box):
    """The list beside its quiz, which begins with the review."""

    def __init__(self, course: Course, progress: Progress, clock: Callable[[], datetime]) -> None:
        quiz = Quiz.of_review(course, progress, clock)
        super().__init__([TopicList(course, progress, quiz), quiz])
        self.add_class("mw").add_class("mw-by-topic")
