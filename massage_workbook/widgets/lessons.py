"""The lessons, and how far the learner is in each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import traitlets
from ipywidgets import Box
from pydantic import TypeAdapter

from massage_workbook.answers.mastery import passing, right_ones
from massage_workbook.answers.scheduling import Standing
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.schema import Lesson
from massage_workbook.store import Progress, StoreError
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.widget import Interactive, LookAgain

HERE = Path(__file__).parent


class Lessons(Interactive):
    """The list of lessons with links, each with how many of its questions were answered."""

    script = HERE / "lessons.js"
    stylesheets = (HERE / "lessons.css",)
    messages = TypeAdapter(LookAgain)
    lessons = traitlets.List().tag(sync=True)
    notice = traitlets.Unicode(allow_none=True).tag(sync=True)

    def __init__(self, course: Course, progress: Progress) -> None:
        self._course, self._progress = course, progress
        self._look_again()
        super().__init__()  # only now does the page hear of it, and of all of it at once

    def _look_again(self) -> None:
        standings = self._progress.standings()
        self.lessons = [_row(lesson, self._course, standings) for lesson in self._course.lessons]
        self.notice = self._progress.notice

    def _carry_out(self, _: LookAgain) -> None:
        try:
            self._look_again()
        except StoreError as error:
            self.notice = str(error)


class Cover(Box):
    """The lessons beside the picture of the stroke that begins and ends every massage."""

    def __init__(self, course: Course, progress: Progress) -> None:
        first = named("technique", "superficial-stroking", course.techniques)
        super().__init__([BackMap.of(first, course.zones), Lessons(course, progress)])
        self.add_class("mw").add_class("mw-cover")


def _row(lesson: Lesson, course: Course, standings: Mapping[str, Standing]) -> dict[str, Any]:
    topic = next((each for each in course.topics if each.id == lesson.topic), None)
    questions = topic.questions if topic else ()
    known = [standings[question.id] for question in questions if question.id in standings]
    return {
        "notebook": lesson.notebook,
        "title": lesson.title,
        "promise": lesson.promise,
        "minutes": lesson.minutes,
        "questions": len(questions),
        "answered": len(known),
        "right": sum(each.right for each in known),
        "passed": bool(questions) and passing(questions, right_ones(standings)).reached,
    }
