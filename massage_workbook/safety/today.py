"""Today's screening: the answers given in this program, else those stored for the day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakMethod

from massage_workbook.course import Course
from massage_workbook.safety.screening import Answers, Decision, conclude


@dataclass(frozen=True)
class Screening:
    """The answers of a screening, and when it was started."""

    started: datetime
    answers: Answers = field(default_factory=Answers)

    def is_current(self, now: datetime) -> bool:
        """Whether it counts now: it was started on the same day and not in the future."""
        return self.started <= now and same_day(self.started, now)


class TodaysScreening:
    """The screening of today, which any number of widgets can subscribe to.

    `of_today` returns the answers stored on the day of a moment, or None.
    """

    def __init__(self, course: Course, of_today: Callable[[datetime], Answers | None]) -> None:
        self._course, self._of_today = course, of_today
        self._screening: Screening | None = None
        self._subscribers: list[WeakMethod] = []

    def decision(self, now: datetime) -> Decision | None:
        """The decision on today's answers; None without any.

        A screening started here and not finished gives None, even if an earlier one is stored.
        """
        answers = self.answers(now) or if_still_valid(self._of_today(now), self._course)
        return conclude(answers, self._course.contraindications) if answers else None

    def answers(self, now: datetime) -> Answers | None:
        """The answers given in this program, if they are current at `now`."""
        current = self._screening and self._screening.is_current(now)
        return self._screening.answers if current else None

    def record(self, screening: Screening) -> None:
        """Replace the answers given in this program; `notify` tells the subscribers."""
        self._screening = screening

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Call a bound method at each `notify`, as long as its owner lives."""
        self._subscribers.append(WeakMethod(callback))

    def notify(self) -> None:
        """Call all subscribers."""
        self._subscribers = [each for each in self._subscribers if each() is not None]
        for each in self._subscribers:
            each()()


def if_still_valid(answers: Answers | None, course: Course) -> Answers | None:
    """The answers, or None if they name a contraindication or zone that the course lacks."""
    if answers is None:
        return None
    ids = {each.id for each in course.contraindications}
    zones = {zone.id for zone in course.zones}
    known = {*answers.replies, *answers.permissions} <= ids
    return answers if known and {area.zone for area in answers.areas} <= zones else None


def same_day(one: datetime, other: datetime) -> bool:
    """Whether two moments lie on one day of the learner's calendar."""
    return one.astimezone().date() == other.astimezone().date()
