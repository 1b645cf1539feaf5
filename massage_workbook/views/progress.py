"""How far the learner is: what to do next, the lessons, and tables of what is known."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from massage_workbook.answers.curve import Curve
from massage_workbook.answers.knowledge import Knowledge, fades, questions_of, to_review
from massage_workbook.answers.mastery import (
    Mastery,
    mastery,
    passing,
    right_ones,
    sure_and_wrong,
)
from massage_workbook.answers.self_check import of_topics
from massage_workbook.answers.standing import Standings
from massage_workbook.course import Course
from massage_workbook.course.schema import Lesson
from massage_workbook.questions import Question
from massage_workbook.views.quiz import about

REVIEW = "lesson-progress"
"""The lesson with the review."""


def next_step(course: Course, known: Knowledge, minutes: int) -> dict[str, str | None]:
    """One step: what could harm first, then what fades, then the lessons in their order.

    `notebook` is the lesson in which it is done.
    """
    review = next((each.notebook for each in course.lessons if each.id == REVIEW), None)
    left = known.minutes_left(minutes)
    if sure_and_wrong(questions_of(course), known.standings):
        return _step("Read again what you were sure of, and wrong about.", review)
    if fades(course, known) and to_review(course, known, left):
        return _step(f"Review: {about(left)}.", review)
    if lesson := _first_open(course, known.standings):
        begun = any(each.id in known.standings for each in _questions(lesson, course))
        return _step(f"{'Go on' if begun else 'Begin'} with {lesson.title}", lesson.notebook)
    return _step("Every lesson is passed, and there is nothing to review today.", None)


def _first_open(course: Course, standings: Standings) -> Lesson | None:
    """The first lesson whose self-check does not count as passed."""
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
    """The self-check of a lesson; nothing where there is none."""
    topics = {topic.id: topic for topic in course.topics}
    return of_topics([topics[name] for name in lesson.topics])


def _step(text: str, notebook: str | None) -> dict[str, str | None]:
    return {"text": text, "notebook": notebook}


def lessons(course: Course, standings: Standings) -> list[dict[str, Any]]:
    """Each lesson, and how many questions of its self-check were answered."""
    return [_lesson(each, course, standings) for each in course.lessons]


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


def by_mastery(groups: Mapping[str, Sequence[Question]], known: Knowledge) -> dict[str, Mastery]:
    """How much is known of what each group of questions is about."""
    return {
        name: mastery(questions, known.memories, known.day) for name, questions in groups.items()
    }


def mastery_table(title: str, of: Mapping[str, Mastery]) -> dict[str, Any]:
    """How many concepts of each subject were asked about, are right, and are retained now."""
    open_ = sum(not each.asked for each in of.values())
    rows = [
        (name, each.of, each.asked, each.right, f"{each.retained:.0%}") for name, each in of.items()
    ]
    note = f"Not begun yet: {open_} of {len(of)}. The table has them all." if open_ else None
    return table(title, ("subject", "concepts", "asked", "right", "retained"), rows, note)


def memory_table(title: str, curve: Curve) -> dict[str, Any]:
    """How many concepts can be expected to be known each day, and what a review a day keeps."""
    kept = [""] * (curve.today) + [round(each) for each in curve.kept]
    rows = [
        (in_words(day), round(known), keeps)
        for day, known, keeps in zip(curve.days, curve.known, kept, strict=True)
    ]
    return table(title, ("day", "known", f"with {curve.minutes} minutes a day"), rows)


def in_words(day: date) -> str:
    """A day as it is said."""
    return f"{day:%d %B %Y}"


def day_of(moment: datetime) -> str:
    """The learner's own day of a moment."""
    return in_words(moment.astimezone().date())
