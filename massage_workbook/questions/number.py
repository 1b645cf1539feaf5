"""A number from 0 up, in a unit."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Model, Positive, Text, ZeroOrMore, ascending
from massage_workbook.questions.kind import Grade, Graded, Kind


class Miss(Model):
    """What to say to a number between two others, both of them in."""

    between: Annotated[tuple[ZeroOrMore, ZeroOrMore], AfterValidator(ascending)]
    feedback: Text


class NumberQuestion(Kind):
    """A number from 0 up, in a unit; `accepts` is the range that is right, both ends in.

    A wrong number gets the feedback of the first miss that holds it, else `too_low` or `too_high`.
    """

    kind: Literal["number"]
    response = TypeAdapter(Annotated[float, Field(ge=0, allow_inf_nan=False)])
    unit: Text
    accepts: Annotated[tuple[ZeroOrMore, ZeroOrMore], AfterValidator(ascending)]
    too_low: Text
    too_high: Text
    misses: tuple[Miss, ...] = ()
    step: Positive = 1

    @property
    def range(self) -> str:
        """What is right, such as `8 to 10`."""
        low, high = self.accepts
        return f"{low:g}" if low == high else f"{low:g} to {high:g}"

    def graded(self, given: float | None, course: Course) -> Graded:
        """In the range or not; a wrong one says which confusion it comes from."""
        low, high = self.accepts
        (answer,) = self.solution()
        if given is None or low <= given <= high:
            return float(given is not None), (), (), answer
        misses = (miss.feedback for miss in self.misses if _within(given, miss.between))
        otherwise = self.too_low if given < low else self.too_high
        return 0.0, (), (next(misses, otherwise),), answer

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The unit, and the step from one number to the next."""
        return {"unit": self.unit, "step": self.step}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The unit of the number."""
        return {"hint": f"A number: {self.unit}.", **super().printed(controls, grade)}

    def solution(self) -> list[str]:
        """The range, with its unit."""
        return [f"{self.range} {self.unit}"]

    @model_validator(mode="after")
    def _misses_are_wrong(self) -> Self:
        low, high = self.accepts
        for miss in self.misses:
            if miss.between[0] <= high and miss.between[1] >= low:
                raise ValueError(f"{miss.between} is a miss, and holds what is accepted")
        return self


def _within(number: float, ends: tuple[float, float]) -> bool:
    return ends[0] <= number <= ends[1]
