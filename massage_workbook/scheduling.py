"""When a question comes back: a thin coat over the fsrs package."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from fsrs import Card, Rating, Scheduler

SCHEDULER = Scheduler(enable_fuzzing=False)
"""Without chance: the same answers always give the same dates."""


class Given(Protocol):
    """What counts of an answer: when (UTC), the score 0-1, whether the learner was sure."""

    @property
    def at(self) -> datetime: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def sure(self) -> bool: ...  # noqa: D102


def rating(given: Given) -> Rating:
    """Right and sure is good, right and not sure is hard, all else has to be learnt again."""
    if given.score < 1:
        return Rating.Again
    return Rating.Good if given.sure else Rating.Hard


def memory(answers: Iterable[Given]) -> Card:
    """What is remembered of one question after its answers, taken in the order of their times.

    Raises:
        ValueError: there are no answers.
    """
    known = sorted(answers, key=lambda given: given.at)
    if not known:
        raise ValueError("nothing is remembered of a question that was never answered")
    card = Card(card_id=0, due=known[0].at)
    for given in known:
        card, _ = SCHEDULER.review_card(card, rating(given), given.at)
    return card


def due(memories: Mapping[str, Card], now: datetime, safety: Collection[str]) -> list[str]:
    """The questions whose time has come: those about safety first, then the weakest first."""
    ready = [name for name, card in memories.items() if card.due <= now]
    return sorted(
        ready,
        key=lambda name: (
            name not in safety,
            SCHEDULER.get_card_retrievability(memories[name], now),
            name,
        ),
    )


def next_due(memories: Mapping[str, Card], now: datetime) -> datetime | None:
    """When the next question comes back that is not due yet; None if there is none."""
    return min((card.due for card in memories.values() if card.due > now), default=None)
