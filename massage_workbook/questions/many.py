"""One or more of the choices are right."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from massage_workbook.questions.choices import TextChoiceKind, require_right_choice


class ManyQuestion(TextChoiceKind):
    """One or more of the choices are right."""

    kind: Literal["many"]
    hint: ClassVar[str] = "One or more are right."

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        require_right_choice(self.choices)
        return self
