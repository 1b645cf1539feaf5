"""Today's screening: what was said in this program, else what the learner's file keeps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakMethod

from massage_workbook.course import Course
from massage_workbook.safety.screening import Answers, Decision, concluded


@dataclass(frozen=True)
class Said:
    """The answers of a screening, and when it was begun."""

    begun: datetime
    answers: Answers = field(default_factory=Answers)

    def holds(self, now: datetime) -> bool:
        """Whether it counts now: on the same day, and by no clock that was set back."""
        return self.begun <= now and same_day(self.begun, now)


class Today:
    """The screening of today, which any number of widgets follow.

    `of_today` finds what was kept on the day of a moment, if the learner wanted that.
    """

    def __init__(self, course: Course, of_today: Callable[[datetime], Answers | None]) -> None:
        self._course, self._of_today = course, of_today
        self._said: Said | None = None
        self._followers: list[WeakMethod] = []

    def decision(self, now: datetime) -> Decision | None:
        """What follows from what was said here, else from what was kept; None where neither is.

        One that was begun here and not finished is None, also where an earlier one was kept.
        """
        answers = self.said(now) or whole(self._of_today(now), self._course)
        return concluded(answers, self._course.contraindications) if answers else None

    def said(self, now: datetime) -> Answers | None:
        """What was said here on the day of `now`, as long as its clock runs forwards."""
        return self._said.answers if self._said and self._said.holds(now) else None

    def say(self, said: Said) -> None:
        """From now on this is what was said here."""
        self._said = said

    def follow(self, callback: Callable[[], None]) -> None:
        """Call a method after each `tell`, as long as its owner lives."""
        self._followers.append(WeakMethod(callback))

    def tell(self) -> None:
        """Call all that follow."""
        self._followers = [each for each in self._followers if each() is not None]
        for each in self._followers:
            each()()


def whole(answers: Answers | None, course: Course) -> Answers | None:
    """The answers, if the course still has all that they speak of."""
    if answers is None:
        return None
    ids = {each.id for each in course.contraindications}
    zones = {zone.id for zone in course.zones}
    there = {*answers.replies, *answers.agreed} <= ids
    return answers if there and {area.zone for area in answers.areas} <= zones else None


def same_day(one: datetime, other: datetime) -> bool:
    """Whether two moments lie on one day of the learner's calendar."""
    return one.astimezone().date() == other.astimezone().date()
