"""A number from 0 up, in a unit."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Model, Positive, Text, ZeroOrMore, ascending
from massage_workbook.questions.kind import Grade
from massage_workbook.questions.numeric import JudgedRange, NumericKind


class Miss(Model):
    """The feedback on a range of wrong numbers, both ends included."""

    between: Annotated[tuple[ZeroOrMore, ZeroOrMore], AfterValidator(ascending)]
    feedback: Text


class NumberQuestion(NumericKind):
    """A number from 0 up, in a unit; `accepts` is the right range, both ends included.

    A wrong number gets the feedback of the first miss that contains it, else `too_low` or
    `too_high`.
    """

    kind: Literal["number"]
    response_type = TypeAdapter(Annotated[float, Field(ge=0, allow_inf_nan=False)])
    unit: Text
    accepts: Annotated[tuple[ZeroOrMore, ZeroOrMore], AfterValidator(ascending)]
    too_low: Text
    too_high: Text
    misses: tuple[Miss, ...] = ()
    step: Positive = 1
    digits: ClassVar[None] = None

    @property
    def verdicts(self) -> tuple[JudgedRange, ...]:
        """The right range, the misses, and all that is too low."""
        return (
            JudgedRange(between=self.accepts, right=True, feedback=self.why),
            *(JudgedRange(between=each.between, feedback=each.feedback) for each in self.misses),
            JudgedRange(between=(0, self.accepts[0]), open_end=True, feedback=self.too_low),
        )

    @property
    def otherwise(self) -> str:
        """The feedback on any other number."""
        return self.too_high

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The unit, and the step from one number to the next."""
        return {"unit": self.unit, "step": self.step}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The unit of the number."""
        return {"hint": f"A number: {self.unit}.", **super().printed(controls, grade)}

    def solution_texts(self) -> list[str]:
        """The right range, with its unit."""
        return [f"{self.verdicts[0].in_words} {self.unit}"]

    @model_validator(mode="after")
    def _misses_are_wrong(self) -> Self:
        right, *misses, _ = self.verdicts
        for miss in misses:
            if miss.overlaps(right):
                raise ValueError(f"{miss.between} is a miss, but overlaps what is accepted")
        return self
