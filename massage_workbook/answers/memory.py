"""What a learner remembers of each concept, in the learner's own days: a thin layer over fsrs.

A concept is what a question is about first. All questions about it share one card.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Self

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS

from massage_workbook.answers.answer import Answer
from massage_workbook.questions import Question

KNOWN_BEFORE = 30.0
"""Days until a concept is due again that was known, and surely so, when first asked about."""
SCHEDULER = Scheduler(
    parameters=(*DEFAULT_PARAMETERS[:3], KNOWN_BEFORE, *DEFAULT_PARAMETERS[4:]),
    learning_steps=(),
    relearning_steps=(),
    enable_fuzzing=False,
)
"""In whole days and without chance: the same answers always give the same dates."""


@dataclass(frozen=True)
class Memory:
    """How well one concept is remembered.

    `card` is that of the fsrs package, `last` the day of the last answer, `right` whether that
    was right, and `asked` the ids of the questions, the one asked last at the end.
    """

    card: Card
    last: date
    right: bool
    asked: tuple[str, ...]

    def retention(self, day: date) -> float:
        """How likely an answer is known on a day, from 0 to 1."""
        return SCHEDULER.get_card_retrievability(self.card, _moment(day))

    def retention_if_asked(self, day: date, later: date) -> float:
        """How likely an answer is known `later` if the concept is asked about on a `day`."""
        known = self.retention(day)
        return known * self._retention_after(Rating.Good, day, later) + (
            1 - known
        ) * self._retention_after(Rating.Again, day, later)

    def if_right(self, day: date) -> Self:
        """The memory after a right answer on a day."""
        card = _reviewed(self.card, Rating.Good, day)
        return replace(self, card=card, last=day, right=True)

    def _retention_after(self, rating: Rating, day: date, later: date) -> float:
        return SCHEDULER.get_card_retrievability(_reviewed(self.card, rating, day), _moment(later))


def _moment(day: date) -> datetime:
    """A day as fsrs counts it: all that happens on it happens at once."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _reviewed(card: Card, rating: Rating, day: date) -> Card:
    return SCHEDULER.review_card(card, rating, _moment(day))[0]


def concept(question: Question) -> str:
    """The id of what a question is about."""
    return question.about[0]


def by_concept(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """The questions about each concept, in their order."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(concept(question), []).append(question)
    return found


def rating(answer: Answer, *, first: bool) -> Rating:
    """Wrong is again, right but unsure hard, right and sure good, at the first time easy."""
    if answer.score < 1:
        return Rating.Again
    if not answer.sure:
        return Rating.Hard
    return Rating.Easy if first else Rating.Good


def after(answer: Answer, before: Memory | None, zone: tzinfo | None) -> Memory:
    """The memory after one more answer, given no earlier than those before it."""
    day = answer.at.astimezone(zone).date()
    card, asked = (before.card, before.asked) if before else (Card(card_id=0, due=_moment(day)), ())
    return Memory(
        card=_reviewed(card, rating(answer, first=before is None), day),
        last=day,
        right=answer.score == 1,
        asked=(*(name for name in asked if name != answer.question), answer.question),
    )


def memories(
    answers: Iterable[Answer], questions: Iterable[Question], zone: tzinfo | None
) -> dict[str, Memory]:
    """The memory of each concept after all answers, taken in the order of their times.

    Answers to other than these questions, such as retired ones, do not count. `zone` says when a
    day begins; None is the zone of this computer.
    """
    concepts = {question.id: concept(question) for question in questions}
    found: dict[str, Memory] = {}
    for answer in sorted(answers, key=lambda each: each.at):
        if name := concepts.get(answer.question):
            found[name] = after(answer, found.get(name), zone)
    return found


def retained(memories: Iterable[Memory], day: date) -> float:
    """How many of these concepts can be expected to be known on a day.

    One that was answered wrongly the last time counts as not known.
    """
    return sum(each.retention(day) for each in memories if each.right)
