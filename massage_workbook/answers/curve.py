"""The number of known concepts by day: past, and forecast with and without reviews."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.knowledge import Knowledge, questions_of
from massage_workbook.answers.memory import Memory, concept, expected_known, updated_memory
from massage_workbook.answers.review import review_questions
from massage_workbook.course import Course
from massage_workbook.questions import Question

AHEAD = 30
"""Days of the forecast."""
BACK = 90
"""Maximum number of past days."""


@dataclass(frozen=True)
class Curve:
    """The expected number of known concepts by day.

    `known` has a number for each of `days`; from `days[today]` on it is the forecast without
    answers. `with_review` is the forecast with a daily review of `minutes`, answered correctly.
    """

    days: Sequence[date]
    today: int
    known: Sequence[float]
    with_review: Sequence[float]
    minutes: int


def knowledge_curve(course: Course, known: Knowledge, minutes: int, zone: tzinfo | None) -> Curve:
    """The curve around today, in days of the time zone `zone`.

    Raises:
        ValueError: there are no answers.
    """
    questions = questions_of(course)
    names = {question.id for question in questions}
    counted = (each for each in known.answers if each.question in names)
    in_order = sorted(counted, key=lambda each: each.at)
    if not in_order:
        raise ValueError("there are no answers yet")
    first = in_order[0].at.astimezone(zone).date()
    back = min(BACK, max(1, (known.day - first).days + 1))
    days = [known.day + timedelta(days=number) for number in range(-back, AHEAD + 1)]
    with_review = _forecast_with_review(days[back:], known, questions, minutes)
    return Curve(
        days, back, _expected_by_day(days, in_order, questions, zone), with_review, minutes
    )


def _expected_by_day(
    days: Iterable[date],
    answers: Sequence[Answer],
    questions: Iterable[Question],
    zone: tzinfo | None,
) -> list[float]:
    """The expected number on each day, after the answers so far."""
    concepts = {question.id: concept(question) for question in questions}
    waiting = list(reversed(answers))
    memories: dict[str, Memory] = {}
    expected = []
    for day in days:
        while waiting and waiting[-1].at.astimezone(zone).date() <= day:
            answer = waiting.pop()
            name = concepts[answer.question]
            memories[name] = updated_memory(answer, memories.get(name), zone)
        expected.append(expected_known(memories.values(), day))
    return expected


def _forecast_with_review(
    days: Iterable[date], known: Knowledge, questions: Iterable[Question], minutes: int
) -> list[float]:
    """The expected number on each day, with daily reviews from tomorrow, answered correctly."""
    memories = dict(known.memories)
    asked = [question for question in questions if concept(question) in memories]
    expected = []
    for day in days:
        if day > known.day:
            for name in map(concept, review_questions(asked, memories, day, known.pace, minutes)):
                memories[name] = memories[name].if_right(day)
        expected.append(expected_known(memories.values(), day))
    return expected
