"""One or more of the choices are right."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from massage_workbook.questions.choosing import TextChoosing, some_right


class ManyQuestion(TextChoosing):
    """One or more of the choices are right; `keeps_order` as in a single question."""

    kind: Literal["many"]
    hint: ClassVar[str] = "One or more are right."

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        some_right(self.choices)
        return self
