"""How far the learner is: what to do next, the lessons, and tables of what is known."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from massage_workbook.answers.mastery import (
    Mastery,
    Standings,
    mastery,
    passing,
    right_ones,
    sure_and_wrong,
)
from massage_workbook.answers.round import waiting
from massage_workbook.course import Course
from massage_workbook.course.schema import Lesson
from massage_workbook.questions import Question

REVIEW = "lesson-progress"
"""The lesson with the review."""
BEFORE = "00"
"""The number of what stands before the lessons."""
FIRST = {"tonight": "lesson-tonight", "practise": "lesson-practise"}
"""The lessons that the first page offers before all others."""


def first(course: Course) -> dict[str, dict[str, Any]]:
    """What the first page offers before the list of lessons: a first evening, and the practice."""
    lessons = {each.id: each for each in course.lessons}
    return {
        name: lessons[lesson].model_dump(include={"notebook", "title", "promise"})
        for name, lesson in FIRST.items()
    }


def next_step(course: Course, standings: Standings, now: datetime) -> dict[str, str | None]:
    """One step: what could harm first, then what fades, then the lessons in their order.

    `notebook` is the lesson in which it is done.
    """
    questions = [question for topic in course.topics for question in topic.questions]
    review = next((each.notebook for each in course.lessons if each.id == REVIEW), None)
    if sure_and_wrong(questions, standings):
        return _step("Read again what you were sure of, and wrong about.", review)
    if due := len(waiting(course, standings, now)):
        return _step(f"Review what is due: {due}.", review)
    if lesson := _first_open(course, standings):
        begun = any(each.id in standings for each in _questions(lesson, course))
        return _step(f"{'Go on' if begun else 'Begin'} with {lesson.title}", lesson.notebook)
    return _step("Every lesson is passed, and nothing is due today.", None)


def _first_open(course: Course, standings: Standings) -> Lesson | None:
    """The first lesson whose questions do not count as passed."""
    right = right_ones(standings)
    return next(
        (
            lesson
            for lesson in course.lessons
            if not passing(_questions(lesson, course), right).reached
        ),
        None,
    )


def _questions(lesson: Lesson, course: Course) -> Sequence[Question]:
    topics = {topic.id: topic.questions for topic in course.topics}
    return topics.get(lesson.topic or "", ())


def _step(text: str, notebook: str | None) -> dict[str, str | None]:
    return {"text": text, "notebook": notebook}


def lessons(course: Course, standings: Standings) -> list[dict[str, Any]]:
    """Each numbered lesson, and how many of its questions were answered."""
    numbered = (each for each in course.lessons if not each.notebook.startswith(BEFORE))
    return [_lesson(each, course, standings) for each in numbered]


def _lesson(lesson: Lesson, course: Course, standings: Standings) -> dict[str, Any]:
    questions = _questions(lesson, course)
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


# --- tables ----------------------------------------------------------------------------------


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], note: str | None = None
) -> dict[str, Any]:
    """A table in words; `svg` is for the picture that says the same."""
    cells = [[str(cell) for cell in row] for row in rows]
    return {"title": title, "svg": None, "note": note, "columns": [*columns], "rows": cells}


def by_mastery(
    groups: Mapping[str, Sequence[Question]], standings: Standings, now: datetime
) -> dict[str, Mastery]:
    """How much is known of each group of questions."""
    return {name: mastery(questions, standings, now) for name, questions in groups.items()}


def mastery_table(title: str, of: Mapping[str, Mastery]) -> dict[str, Any]:
    """How many questions of each subject were answered, are right, and are remembered now."""
    open_ = sum(not each.answered for each in of.values())
    return table(
        title,
        ("subject", "questions", "answered", "right", "remembered"),
        [
            (name, each.of, each.answered, each.right, f"{each.remembered:.0%}")
            for name, each in of.items()
        ],
        f"Not begun yet: {open_} of {len(of)}. The table has them all." if open_ else None,
    )


def memory_table(
    title: str, days: Sequence[datetime], known: Sequence[float], now: datetime
) -> dict[str, Any]:
    """How many questions can be expected to be known each day, and which days are to come."""
    rows = [
        (day_of(day), round(count), "still to come" if day > now else "")
        for day, count in zip(days, known, strict=True)
    ]
    return table(title, ("day", "known", "ahead"), rows)


def day_of(moment: datetime) -> str:
    """The learner's own day of a moment."""
    return f"{moment.astimezone():%d %B %Y}"
