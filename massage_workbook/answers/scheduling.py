"""When a question comes back: a thin coat over the fsrs package."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fsrs import Card, Rating, Scheduler

from massage_workbook.answers.answer import Answer

SCHEDULER = Scheduler(enable_fuzzing=False)
"""Without chance: the same answers always give the same dates."""


@dataclass(frozen=True)
class Standing:
    """How a learner stands with one question.

    `times` it was answered, `at`, `score` and `sure` of the last answer, and the `card` of the
    fsrs package, which says how well it is remembered.
    """

    times: int
    at: datetime
    score: float
    sure: bool
    card: Card

    @property
    def right(self) -> bool:
        """Whether the last answer was right."""
        return self.score == 1

    def remembered(self, now: datetime) -> float:
        """How likely the answer is known at a moment, from 0 to 1."""
        return SCHEDULER.get_card_retrievability(self.card, now)


def rating(answer: Answer) -> Rating:
    """Right and sure is good, right and not sure is hard, all else has to be learnt again."""
    if answer.score < 1:
        return Rating.Again
    return Rating.Good if answer.sure else Rating.Hard


def after(answer: Answer, before: Standing | None) -> Standing:
    """The standing after one more answer, given no earlier than those before it."""
    card = before.card if before else Card(card_id=0, due=answer.at)
    card, _ = SCHEDULER.review_card(card, rating(answer), answer.at)
    times = before.times + 1 if before else 1
    return Standing(times, answer.at, answer.score, answer.sure, card)


def standing(answers: Iterable[Answer]) -> Standing:
    """The standing after all answers to a question, taken in the order of their times.

    Raises:
        ValueError: there are no answers.
    """
    found = None
    for answer in sorted(answers, key=lambda answer: answer.at):
        found = after(answer, found)
    if found is None:
        raise ValueError("nothing is remembered of a question that was never answered")
    return found


def due(
    standings: Mapping[str, Standing], now: datetime, critical: Collection[str] = ()
) -> list[str]:
    """The questions whose time has come: the critical ones first, then the weakest first."""
    ready = [name for name, standing in standings.items() if standing.card.due <= now]
    return sorted(
        ready, key=lambda name: (name not in critical, standings[name].remembered(now), name)
    )


def next_due(standings: Mapping[str, Standing], now: datetime) -> datetime | None:
    """When the next question comes back that is not due yet; None if there is none."""
    later = (standing.card.due for standing in standings.values())
    return min((moment for moment in later if moment > now), default=None)
