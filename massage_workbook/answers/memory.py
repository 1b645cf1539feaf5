"""The memory of each concept, in the learner's own days: a thin layer over fsrs.

The concept of a question is its first subject. All questions about it share one card.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Self

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS

from massage_workbook.answers.answer import Answer
from massage_workbook.questions import Question

_EASY_INTERVAL = 30.0
"""Days until a concept is due whose first answer was right and sure."""
SCHEDULER = Scheduler(
    parameters=(*DEFAULT_PARAMETERS[:3], _EASY_INTERVAL, *DEFAULT_PARAMETERS[4:]),
    learning_steps=(),
    relearning_steps=(),
    enable_fuzzing=False,
)
"""In whole days and without randomness: the same answers always give the same dates."""


@dataclass(frozen=True)
class Memory:
    """The memory of one concept.

    `card` is from the fsrs package, `last` the day of the last answer, `right` whether it was
    right, and `asked` the ids of the questions, the last one at the end. `first_right` says whether
    the first answer was, and `later_right` whether the first one on a later day was.
    """

    card: Card
    last: date
    right: bool
    asked: tuple[str, ...]
    first_right: bool
    later_right: bool | None

    def retention(self, day: date) -> float:
        """The probability that the concept is known on a day."""
        return SCHEDULER.get_card_retrievability(self.card, _moment(day))

    def retention_if_asked(self, day: date, later: date) -> float:
        """The probability that the concept is known `later` if it is asked on a `day`."""
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
    """A day as a moment, for fsrs."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _reviewed(card: Card, rating: Rating, day: date) -> Card:
    return SCHEDULER.review_card(card, rating, _moment(day))[0]


def concept(question: Question) -> str:
    """The id of the concept of a question."""
    return question.about[0]


def by_concept(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """The questions about each concept, in their order."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(concept(question), []).append(question)
    return found


def _rating(answer: Answer, *, first: bool) -> Rating:
    """Wrong: again. Right but unsure: hard. Right and sure: good, or easy at the `first` time."""
    if answer.score < 1:
        return Rating.Again
    if not answer.sure:
        return Rating.Hard
    return Rating.Easy if first else Rating.Good


def updated_memory(answer: Answer, before: Memory | None, zone: tzinfo | None) -> Memory:
    """The memory after one more answer, which is the latest."""
    day, right = answer.at.astimezone(zone).date(), answer.score == 1
    if before is None:
        card = _reviewed(Card(card_id=0, due=_moment(day)), _rating(answer, first=True), day)
        return Memory(card, day, right, (answer.question,), right, None)
    is_first_later = before.later_right is None and before.last < day
    return replace(
        before,
        card=_reviewed(before.card, _rating(answer, first=False), day),
        last=day,
        right=right,
        asked=(*(name for name in before.asked if name != answer.question), answer.question),
        later_right=right if is_first_later else before.later_right,
    )


def memories(
    answers: Iterable[Answer], questions: Iterable[Question], zone: tzinfo | None
) -> dict[str, Memory]:
    """The memory of each concept after all answers, in the order of their times.

    Answers to other questions, such as retired ones, are ignored. Days are those of the time zone
    `zone`, or of this computer.
    """
    concepts = {question.id: concept(question) for question in questions}
    found: dict[str, Memory] = {}
    for answer in sorted(answers, key=lambda each: each.at):
        if name := concepts.get(answer.question):
            found[name] = updated_memory(answer, found.get(name), zone)
    return found


def expected_known(memories: Iterable[Memory], day: date) -> float:
    """The expected number of known concepts on a day.

    Concepts that were answered wrongly the last time count as unknown.
    """
    return sum(each.retention(day) for each in memories if each.right)
