"""The learner's minutes a day for reviews, stored as answers; the latest choice counts."""

from datetime import datetime

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.review import DEFAULT_MINUTES, MINUTES_CHOICES
from massage_workbook.store.progress import Progress

TOPIC = "minutes-a-day"
"""The topic and question id of these rows; no question has it."""


def chosen(progress: Progress) -> int:
    """The minutes a day that the learner chose last, else the default.

    Raises:
        StoreError: they cannot be read.
    """
    given = [each.response for each in progress.answers(TOPIC) if each.response in MINUTES_CHOICES]
    return given[-1] if given else DEFAULT_MINUTES


def choose(progress: Progress, minutes: int, now: datetime) -> None:
    """Save the learner's choice.

    Raises:
        StoreError: it cannot be saved.
        ValueError: these minutes are not one of the choices.
    """
    if minutes not in MINUTES_CHOICES:
        choices = ", ".join(map(str, MINUTES_CHOICES))
        raise ValueError(f"{minutes} minutes are not a choice; the choices are {choices}")
    progress.record(Answer(now, TOPIC, TOPIC, minutes, 1.0, sure=True, seconds=0.0))
