"""How what is known grew, how it fades, and what a review a day keeps of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.knowledge import Knowledge, questions_of
from massage_workbook.answers.memory import Memory, after, concept, retained
from massage_workbook.answers.review import review
from massage_workbook.course import Course
from massage_workbook.questions import Question

AHEAD = 30
"""Days of the curve that are still to come."""
BACK = 90
"""Days of the curve that are past, at most."""


@dataclass(frozen=True)
class Curve:
    """How many concepts can be expected to be known day by day.

    `known` has one number for each of `days`: from `days[today]` on if nothing is asked any more.
    `kept` are those from today on if a review of so many `minutes` is answered rightly each day.
    """

    days: Sequence[date]
    today: int
    known: Sequence[float]
    kept: Sequence[float]
    minutes: int


def curve(course: Course, known: Knowledge, minutes: int, zone: tzinfo | None) -> Curve:
    """The curve around today; `zone` is where the learner's days begin and end.

    Raises:
        ValueError: nothing was answered yet.
    """
    questions = questions_of(course)
    names = {question.id for question in questions}
    counted = (each for each in known.answers if each.question in names)
    given = sorted(counted, key=lambda each: each.at)
    if not given:
        raise ValueError("nothing was answered that could be drawn")
    first = given[0].at.astimezone(zone).date()
    back = min(BACK, max(1, (known.day - first).days + 1))
    days = [known.day + timedelta(days=number) for number in range(-back, AHEAD + 1)]
    kept = _kept_on(days[back:], known, questions, minutes)
    return Curve(days, back, _known_on(days, given, questions, zone), kept, minutes)


def _known_on(
    days: Iterable[date],
    answers: Sequence[Answer],
    questions: Iterable[Question],
    zone: tzinfo | None,
) -> list[float]:
    """How many concepts are known on each day; on those to come without any more answers."""
    concepts = {question.id: concept(question) for question in questions}
    waiting = list(reversed(answers))
    memories: dict[str, Memory] = {}
    expected = []
    for day in days:
        while waiting and waiting[-1].at.astimezone(zone).date() <= day:
            answer = waiting.pop()
            name = concepts[answer.question]
            memories[name] = after(answer, memories.get(name), zone)
        expected.append(retained(memories.values(), day))
    return expected


def _kept_on(
    days: Iterable[date], known: Knowledge, questions: Iterable[Question], minutes: int
) -> list[float]:
    """How many concepts are known on each day if reviews from tomorrow on are answered rightly."""
    memories = dict(known.memories)
    asked = [question for question in questions if concept(question) in memories]
    expected = []
    for day in days:
        if day > known.day:
            for name in map(concept, review(asked, memories, day, known.pace, minutes)):
                memories[name] = memories[name].if_right(day)
        expected.append(retained(memories.values(), day))
    return expected
