"""The progress of the learner: the next step, the lessons, and tables of mastery."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from massage_workbook.answers.curve import Curve
from massage_workbook.answers.knowledge import Knowledge, is_review_due, questions_of, to_review
from massage_workbook.answers.mastery import (
    Mastery,
    mastery_of,
    passing_state,
    right_ids,
    sure_and_wrong,
)
from massage_workbook.answers.self_check import self_check
from massage_workbook.answers.standing import Standings
from massage_workbook.course import Course
from massage_workbook.questions import Question
from massage_workbook.views.quiz import about

_REVIEW_LESSON = "lesson-progress"
"""Id of the lesson with the review."""
UNNUMBERED = "00"
"""Prefix of the notebooks before the numbered lessons."""
_OFFERED = {"tonight": "lesson-tonight", "practise": "lesson-practise"}
"""Ids of the lessons that the first page offers before the list."""


def offered(course: Course) -> dict[str, dict[str, Any]]:
    """The lessons that the first page offers before the list: a first evening, the practice."""
    lessons = {each.id: each for each in course.lessons}
    return {
        name: lessons[lesson].model_dump(include={"notebook", "title", "promise"})
        for name, lesson in _OFFERED.items()
    }


def next_step(course: Course, known: Knowledge, minutes: int) -> dict[str, str | None]:
    """The next step: confident mistakes first, then the review, then the next lesson.

    `notebook` is the lesson in which it is done, None if nothing is left.
    """
    review = next((each.notebook for each in course.lessons if each.id == _REVIEW_LESSON), None)
    left = known.minutes_left(minutes)
    if sure_and_wrong(questions_of(course), known.standings):
        return _step("Read again what was wrong where it matters most.", review)
    if is_review_due(course, known) and to_review(course, known, left):
        return _step(f"Review: {about(left)}.", review)
    rows = lesson_rows(course, known.standings)
    if row := next((row for row in rows if row["questions"] and not row["passed"]), None):
        verb = "Go on" if row["answered"] else "Begin"
        return _step(f"{verb} with {row['title']}", row["notebook"])
    return _step("Every lesson is passed, and there is nothing to review today.", None)


def _step(text: str, notebook: str | None) -> dict[str, str | None]:
    return {"text": text, "notebook": notebook}


def lesson_rows(course: Course, standings: Standings) -> list[dict[str, Any]]:
    """Numbered lessons with the questions, answers and right answers of their self-checks."""
    topics = {topic.id: topic for topic in course.topics}
    right = right_ids(standings)
    return [
        lesson.model_dump(include={"notebook", "title", "promise", "minutes"})
        | _counts(self_check([topics[name] for name in lesson.topics]), standings, right)
        for lesson in course.lessons
        if not lesson.notebook.startswith(UNNUMBERED)
    ]


def topic_rows(course: Course, standings: Standings) -> list[dict[str, Any]]:
    """All topics in the order of the lessons, with the counts of their self-checks."""
    right = right_ids(standings)
    taught = [name for lesson in course.lessons for name in lesson.topics]
    return [
        {"id": topic.id, "title": topic.title, **_counts(self_check([topic]), standings, right)}
        for topic in sorted(course.topics, key=lambda each: [*taught, each.id].index(each.id))
    ]


def _counts(
    questions: Sequence[Question], standings: Standings, right: Container[str]
) -> dict[str, Any]:
    return {
        "questions": len(questions),
        "answered": sum(each.id in standings for each in questions),
        "right": sum(each.id in right for each in questions),
        "passed": bool(questions) and passing_state(questions, right).passed,
    }


# --- tables ----------------------------------------------------------------------------------


def table_view(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], note: str | None = None
) -> dict[str, Any]:
    """A table of text cells; `svg` is for a drawing of the same content."""
    cells = [[str(cell) for cell in row] for row in rows]
    return {"title": title, "svg": None, "note": note, "columns": [*columns], "rows": cells}


def by_mastery(groups: Mapping[str, Sequence[Question]], known: Knowledge) -> dict[str, Mastery]:
    """The mastery of the concepts of each group of questions."""
    return {
        name: mastery_of(questions, known.memories, known.day) for name, questions in groups.items()
    }


def mastery_table(title: str, of: Mapping[str, Mastery]) -> dict[str, Any]:
    """A table of asked, right and retained concepts by subject."""
    open_ = sum(not each.asked for each in of.values())
    rows = [
        (name, each.total, each.asked, each.right, f"{each.retained:.0%}")
        for name, each in of.items()
    ]
    note = f"Not begun yet: {open_} of {len(of)}. The table has them all." if open_ else None
    return table_view(title, ("subject", "concepts", "asked", "right", "retained"), rows, note)


def memory_table(title: str, curve: Curve) -> dict[str, Any]:
    """A table of the expected number of known concepts by day, with and without a daily review."""
    with_review = [""] * (curve.today) + [round(each) for each in curve.with_review]
    rows = [
        (format_date(day), round(known), reviewed)
        for day, known, reviewed in zip(curve.days, curve.known, with_review, strict=True)
    ]
    return table_view(title, ("day", "known", f"with {curve.minutes} minutes a day"), rows)


def format_date(day: date) -> str:
    """A date such as `05 March 2026`."""
    return f"{day:%d %B %Y}"


def day_of(moment: datetime) -> str:
    """The local date of a moment, in words."""
    return format_date(moment.astimezone().date())
