"""A number of any sign, which only a teacher's own topics ask for."""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Model, Number, Text, ascending
from massage_workbook.questions.kind import Graded, Kind


class Verdict(Model):
    """Numbers between two others that are right or wrong, and what is said of them.

    The upper end is not among them where `open_end` says so.
    """

    between: Annotated[tuple[Number, Number], AfterValidator(ascending)]
    open_end: bool = False
    right: bool = False
    feedback: Text | None = None

    def holds(self, number: float) -> bool:
        """Whether the verdict is about this number."""
        low, high = self.between
        return low <= number and (number < high if self.open_end else number <= high)

    def overlaps(self, other: "Verdict") -> bool:
        """Whether some number may be held by both."""
        return self.between[0] <= other.between[1] and other.between[0] <= self.between[1]

    def covers(self, other: "Verdict") -> bool:
        """Whether it holds every number that the other one holds."""
        (low, high), (first, last) = self.between, other.between
        return low <= first and (self.holds(last) or (last == high and other.open_end))

    @property
    def range(self) -> str:
        """The numbers in words, such as `3 to less than 5`."""
        low, high = (f"{end:.12g}" for end in self.between)
        if low == high:
            return low
        return f"{low} to less than {high}" if self.open_end else f"{low} to {high}"


class ValuesQuestion(Kind):
    """A number of any sign, judged by the first of the verdicts that holds it, else wrong.

    Where `digits` are given, the number is first rounded to that many significant digits.
    """

    kind: Literal["values"]
    response = TypeAdapter(Annotated[float, Field(allow_inf_nan=False)])
    of_the_course: ClassVar[bool] = False
    unit: str = ""
    verdicts: Annotated[tuple[Verdict, ...], Field(min_length=1)]
    otherwise: Text
    digits: Annotated[int, Field(ge=1, le=17)] | None = None

    def verdict_on(self, number: float) -> Verdict | None:
        """What holds a number; None where nothing does."""
        rounded = number if self.digits is None else to_digits(number, self.digits)
        return next((each for each in self.verdicts if each.holds(rounded)), None)

    def graded(self, given: float | None, course: Course) -> Graded:
        """What the first verdict that holds the number says of it."""
        (answer,) = self.solution()
        if given is None:
            return 0.0, (), (), answer
        verdict = self.verdict_on(given)
        if verdict is None or not verdict.right:
            said = verdict and verdict.feedback
            return 0.0, (), (said or self.otherwise,), answer
        told = (verdict.feedback,) if verdict.feedback not in {None, self.why} else ()
        return 1.0, (), told, answer

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The unit."""
        return {"unit": self.unit}

    def solution(self) -> list[str]:
        """The numbers that are right, with their unit."""
        return [" ".join(filter(None, (self.right, self.unit)))]

    @property
    def right(self) -> str:
        """What is right in words, such as `2, or 8`."""
        right = self._reached()
        before = self.verdicts[: self.verdicts.index(right[-1])]
        holes = [
            each.range
            for each in before
            if not each.right and any(each.overlaps(other) for other in right)
        ]
        spans = ", or ".join(dict.fromkeys(each.range for each in right))
        but = f" (but not {', or '.join(holes)})" if holes else ""
        return f"{spans}{but}{f' (rounded to {self.digits} digits)' if self.digits else ''}"

    def _reached(self) -> list[Verdict]:
        """The right verdicts that no wrong one before them hides."""
        return [
            each
            for i, each in enumerate(self.verdicts)
            if each.right
            and not any(other.covers(each) for other in self.verdicts[:i] if not other.right)
        ]

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if not self._reached():
            raise ValueError("no number is right")
        return self


def to_digits(number: float, digits: int) -> float:
    """A number rounded to significant digits, halves away from 0, as JavaScript's toPrecision."""
    return float(Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(number)))
