"""Minutes a day that the learner wants to review: kept among the answers, the last one counts."""

from datetime import datetime

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.review import CHOICES, USUAL
from massage_workbook.store.progress import Progress

TOPIC = "minutes-a-day"
"""The topic and question under which they stand; no question has it."""


def chosen(progress: Progress) -> int:
    """The minutes a day that the learner chose last, else the usual ones.

    Raises:
        StoreError: they cannot be read.
    """
    said = [answer.response for answer in progress.answers(TOPIC)]
    return next((minutes for minutes in reversed(said) if minutes in CHOICES), USUAL)


def choose(progress: Progress, minutes: int, now: datetime) -> None:
    """Keep the learner's choice.

    Raises:
        StoreError: it cannot be kept.
        ValueError: these minutes are no choice.
    """
    if minutes not in CHOICES:
        raise ValueError(f"{minutes} minutes are no choice: {', '.join(map(str, CHOICES))}")
    progress.record(Answer(now, TOPIC, TOPIC, minutes, 1.0, sure=True, seconds=0.0))
