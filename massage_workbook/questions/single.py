"""One of the choices is right."""

from typing import Literal, Self

from pydantic import model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import require_unique_ids
from massage_workbook.questions.choosing import TextChoosing
from massage_workbook.questions.kind import Graded, at_most_one


class SingleQuestion(TextChoosing):
    """One of the choices is right; `keeps_order` where a choice refers to others by their place."""

    kind: Literal["single"]

    def graded(self, given: list[str] | None, course: Course) -> Graded:
        """All or nothing."""
        result = super().graded(given, course)
        at_most_one(self, "choice", sorted(set(given or ())))
        return result

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        right = sum(choice.right for choice in self.choices)
        if right != 1:
            raise ValueError(f"a single question has one right choice, not {right}")
        require_unique_ids("choices", self.choices)
        return self
