"""A number of any sign; only in a teacher's own topics."""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Text
from massage_workbook.questions.numeric import JudgedRange, NumericKind


class ValuesQuestion(NumericKind):
    """A number of any sign; if `digits` are given, it is rounded to as many significant ones."""

    kind: Literal["values"]
    response_type = TypeAdapter(Annotated[float, Field(allow_inf_nan=False)])
    only_imported: ClassVar[bool] = True
    unit: str = ""
    verdicts: Annotated[tuple[JudgedRange, ...], Field(min_length=1)]
    otherwise: Text
    digits: Annotated[int, Field(ge=1, le=17)] | None = None

    def verdict_on(self, number: float) -> JudgedRange | None:
        """The range that decides on the rounded number; None if there is none."""
        return super().verdict_on(
            number if self.digits is None else round_to_digits(number, self.digits)
        )

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The unit."""
        return {"unit": self.unit}

    def solution_texts(self) -> list[str]:
        """The right numbers, with their unit."""
        return [" ".join(filter(None, (self._right_in_words(), self.unit)))]

    def _right_in_words(self) -> str:
        """The right numbers, such as `2, or 8`."""
        right = self._effective()
        before = self.verdicts[: self.verdicts.index(right[-1])]
        holes = [
            each.in_words
            for each in before
            if not each.right and any(each.overlaps(other) for other in right)
        ]
        spans = ", or ".join(dict.fromkeys(each.in_words for each in right))
        but = f" (but not {', or '.join(holes)})" if holes else ""
        return f"{spans}{but}{f' (rounded to {self.digits} digits)' if self.digits else ''}"

    def _effective(self) -> list[JudgedRange]:
        """The right ranges that no wrong one before them covers."""
        return [
            each
            for i, each in enumerate(self.verdicts)
            if each.right
            and not any(other.covers(each) for other in self.verdicts[:i] if not other.right)
        ]

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if not self._effective():
            raise ValueError("no number is right")
        return self


def round_to_digits(number: float, digits: int) -> float:
    """A number rounded to significant digits, halves away from 0, as JavaScript's toPrecision."""
    return float(Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(number)))
