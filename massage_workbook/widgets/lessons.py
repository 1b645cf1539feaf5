"""The lessons, and how far the learner is in each."""

from pathlib import Path
from typing import Any

import traitlets
from ipywidgets import Box

from massage_workbook.course import Course
from massage_workbook.course.schema import Lesson
from massage_workbook.store import Progress
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent


class Lessons(Widget):
    """The list of lessons with links, each with how many of its questions were answered."""

    _esm = HERE / "lessons.js"
    stylesheet = HERE / "lessons.css"
    lessons = traitlets.List().tag(sync=True)
    notice = traitlets.Unicode(allow_none=True).tag(sync=True)

    def __init__(self, course: Course, progress: Progress) -> None:
        super().__init__(
            lessons=[_row(lesson, course, progress) for lesson in course.lessons],
            notice=progress.notice,
        )


class Cover(Box):
    """The lessons beside the picture of the stroke that begins and ends every massage."""

    def __init__(self, course: Course, progress: Progress) -> None:
        first = next(each for each in course.techniques if each.id == "superficial-stroking")
        super().__init__([BackMap.of(first, course.zones), Lessons(course, progress)])
        self.add_class("mw-cover")


def _row(lesson: Lesson, course: Course, progress: Progress) -> dict[str, Any]:
    topic = next((each for each in course.topics if each.id == lesson.topic), None)
    scores = {a.question: a.score for a in progress.answers(topic.id)} if topic else {}
    questions = [question.id for question in topic.questions] if topic else []
    return {
        "notebook": lesson.notebook,
        "title": lesson.title,
        "promise": lesson.promise,
        "minutes": lesson.minutes,
        "questions": len(questions),
        "answered": sum(question in scores for question in questions),
        "right": sum(scores.get(question) == 1 for question in questions),
    }
