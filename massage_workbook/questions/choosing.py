"""What kinds share in which something is chosen that is right or wrong."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, StringConstraints, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Id, Model, Text, require_unique_ids
from massage_workbook.course.schema import Code
from massage_workbook.questions.kind import (
    IDS,
    Grade,
    Graded,
    Kind,
    Remark,
    known,
    letters,
    shuffled,
)


class Chosen(Model):
    """Something that is right or wrong to choose; a wrong one says which misunderstanding it is."""

    right: bool = False
    feedback: Text | None = None

    @model_validator(mode="after")
    def _teaches(self) -> Self:
        if not self.right and self.feedback is None:
            raise ValueError("a wrong choice needs feedback that names the misunderstanding")
        return self


class Choice(Chosen):
    """One of the answers of a question: a text, a piece of code, or both."""

    id: Id
    text: Annotated[str, StringConstraints(strip_whitespace=True)]
    code: Code | None = None

    @property
    def said(self) -> str:
        """All of it as one text."""
        return "\n".join(filter(None, (self.text, self.code)))

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.said:
            raise ValueError("a choice is empty; give it a text")
        return self


class Choosing(Kind):
    """A question with choices, some of which are right."""

    response = IDS
    hint: ClassVar[str] = ""

    def graded(self, given: list[str] | None, course: Course) -> Graded:
        """Right marks less wrong ones, never below 0: all or nothing where one alone is right."""
        chosen = set(given or ())
        known("choice", sorted(chosen), [choice.id for choice in self.choices])
        remarks = self.remarks(chosen)
        hits = sum(remark.chose and remark.right for remark in remarks)
        slips = sum(remark.chose and not remark.right for remark in remarks)
        return max(0.0, (hits - slips) / sum(each.right for each in remarks)), remarks, (), None

    def remarks(self, chosen: Collection[str] = ()) -> tuple[Remark, ...]:
        """What there is to say of each choice."""
        return tuple(
            Remark(choice.id, choice.id in chosen, choice.right, choice.feedback)
            for choice in self.choices
        )

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The choices by letters; those that are wrong for one reason together."""
        return {"hint": self.hint, **chosen_on_paper(controls["choices"], grade)}


class TextChoosing(Choosing):
    """A question whose choices are texts; `keeps_order` where one refers to others by place."""

    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]
    keeps_order: bool = False

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The choices, shuffled unless their order matters."""
        order = self.choices if self.keeps_order else shuffled(self.choices, self, seed)
        return {"choices": [_shown(each) for each in order]}

    def offers(self) -> list[str]:
        """The choices."""
        return [choice.said for choice in self.choices]

    def solution(self) -> list[str]:
        """The right choices."""
        return [choice.said for choice in self.choices if choice.right]


def _shown(choice: Choice) -> dict[str, str]:
    code = {"code": choice.code} if choice.code else {}
    return {"id": choice.id, "text": choice.text, **code}


def chosen_on_paper(choices: Sequence[Mapping[str, str]], grade: Grade) -> dict[str, Any]:
    """Choices by letters, which are right, and what is said of the others."""
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
        "remarks": [(f"Not {', '.join(said)}", feedback) for feedback, said in wrong.items()],
    }


def some_right(choices: Sequence[Chosen]) -> None:
    """Raise ValueError where no choice is right, or two have the same id."""
    if not any(choice.right for choice in choices):
        raise ValueError("at least one choice is right")
    require_unique_ids("choices", choices)
