"""Common parts of the kinds that are answered by choosing."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, StringConstraints, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Id, Model, Text, require_unique_ids
from massage_workbook.course.schema import Code
from massage_workbook.questions.kind import (
    IDS,
    Evaluation,
    Grade,
    Kind,
    Remark,
    letters,
    require_known,
    shuffled,
)


class BaseChoice(Model):
    """A right or wrong choice; the feedback on a wrong one names the misunderstanding."""

    right: bool = False
    feedback: Text | None = None

    @model_validator(mode="after")
    def _has_feedback(self) -> Self:
        if not self.right and self.feedback is None:
            raise ValueError("a wrong choice needs feedback that names the misunderstanding")
        return self


class Choice(BaseChoice):
    """A choice with a text, lines of code, or both."""

    id: Id
    text: Annotated[str, StringConstraints(strip_whitespace=True)]
    code: Code | None = None

    @property
    def full_text(self) -> str:
        """The text and the code."""
        return "\n".join(filter(None, (self.text, self.code)))

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if not self.full_text:
            raise ValueError("a choice is empty; give it a text")
        return self


class ChoiceKind(Kind):
    """A kind of question with right and wrong choices."""

    response_type = IDS
    hint: ClassVar[str] = ""

    def evaluate(self, response: list[str] | None, course: Course) -> Evaluation:
        """Right choices minus wrong ones, but not below 0, as a share of all right ones."""
        chosen = set(response or ())
        require_known("choice", sorted(chosen), [choice.id for choice in self.choices])
        remarks = self.remarks(chosen)
        hits = sum(remark.chosen and remark.right for remark in remarks)
        mistakes = sum(remark.chosen and not remark.right for remark in remarks)
        return Evaluation(max(0, (hits - mistakes) / sum(each.right for each in remarks)), remarks)

    def remarks(self, chosen: Collection[str] = ()) -> tuple[Remark, ...]:
        """The remark on each choice."""
        return tuple(
            Remark(choice.id, choice.id in chosen, choice.right, choice.feedback)
            for choice in self.choices
        )

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The choices with letters; those that share their feedback together."""
        return {"hint": self.hint, **choices_for_print(controls["choices"], grade)}


class TextChoiceKind(ChoiceKind):
    """A kind of question with texts to choose from.

    `keeps_order` if a choice refers to others by their place.
    """

    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]
    keeps_order: bool = False

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The choices, shuffled unless their order matters."""
        order = self.choices if self.keeps_order else shuffled(self.choices, self, seed)
        return {"choices": [_choice_view(each) for each in order]}

    def option_texts(self) -> list[str]:
        """The choices."""
        return [choice.full_text for choice in self.choices]

    def solution_texts(self) -> list[str]:
        """The right choices."""
        return [choice.full_text for choice in self.choices if choice.right]


def _choice_view(choice: Choice) -> dict[str, str]:
    code = {"code": choice.code} if choice.code else {}
    return {"id": choice.id, "text": choice.text, **code}


def choices_for_print(choices: Sequence[Mapping[str, str]], grade: Grade) -> dict[str, Any]:
    """The choices with letters, the right ones, and the feedback on the others."""
    names = letters(each["id"] for each in choices)
    remarks = {each.choice: each for each in grade.remarks}
    wrong: dict[str, list[str]] = {}
    for each in choices:
        if not remarks[each["id"]].right:
            wrong.setdefault(remarks[each["id"]].feedback, []).append(names[each["id"]])
    return {
        "lettered": [each["text"] for each in choices],
        "right": "; ".join(
            f"{names[each['id']]}. {each['text'].removesuffix('.')}"
            for each in choices
            if remarks[each["id"]].right
        ),
        "remarks": [(f"Not {', '.join(each)}", feedback) for feedback, each in wrong.items()],
    }


def require_right_choice(choices: Sequence[BaseChoice]) -> None:
    """Raise ValueError if no choice is right, or two have the same id."""
    if not any(choice.right for choice in choices):
        raise ValueError("at least one choice is right")
    require_unique_ids("choices", choices)
