"""One of the choices is right."""

from typing import Literal, Self

from pydantic import model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import require_unique_ids
from massage_workbook.questions.choices import TextChoiceKind
from massage_workbook.questions.kind import Evaluation, require_at_most_one


class SingleQuestion(TextChoiceKind):
    """One of the choices is right."""

    kind: Literal["single"]

    def evaluate(self, response: list[str] | None, course: Course) -> Evaluation:
        """All or nothing."""
        result = super().evaluate(response, course)
        require_at_most_one(self, "choice", sorted(set(response or ())))
        return result

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        right = sum(choice.right for choice in self.choices)
        if right != 1:
            raise ValueError(f"a single question has one right choice, not {right}")
        require_unique_ids("choices", self.choices)
        return self
