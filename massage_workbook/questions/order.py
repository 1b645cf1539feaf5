"""Steps to be put in order."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Id, Model, Text, require_unique_ids
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


class Step(Model):
    """A step; `feedback` gives the reason for its place."""

    id: Id
    text: Text
    feedback: Text


class OrderQuestion(Kind):
    """Steps to be put in order; `steps` has the right one."""

    kind: Literal["order"]
    response_type = IDS
    steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=8)]

    def evaluate(self, response: list[str] | None, course: Course) -> Evaluation:
        """The score counts the most steps that are in the right order among themselves."""
        right = [step.id for step in self.steps]
        if response is None:
            return Evaluation(0, answer=right)
        require_known("step", response, right)
        if sorted(response) != sorted(right):
            raise ValueError(f'"{self.id}" has {len(right)} steps; put each in once')
        in_order = longest_increasing([right.index(step) for step in response])
        remarks = tuple(
            Remark(step.id, True, i in in_order, step.feedback) for i, step in enumerate(self.steps)
        )
        score = (len(in_order) - 1) / (len(right) - 1)
        return Evaluation(score, remarks, answer=right)

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The steps in a wrong order."""
        order = shuffled(self.steps, self, seed)
        if order == list(self.steps):
            order.append(order.pop(0))
        return {"steps": [{"id": step.id, "text": step.text} for step in order]}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The steps with letters."""
        names = letters(each["id"] for each in controls["steps"])
        return {
            "hint": "Put them in order.",
            "lettered": [each["text"] for each in controls["steps"]],
            "right": ", ".join(names[step.id] for step in self.steps),
            "remarks": [(f"{names[s.id]}. {s.text}", s.feedback) for s in self.steps],
        }

    def option_texts(self) -> list[str]:
        """The steps in alphabetical order."""
        return sorted(self.solution_texts())

    def solution_texts(self) -> list[str]:
        """The steps in the right order."""
        return [step.text for step in self.steps]

    @model_validator(mode="after")
    def _has_unique_ids(self) -> Self:
        require_unique_ids("steps", self.steps)
        return self


def longest_increasing(numbers: Sequence[int]) -> set[int]:
    """The numbers of the longest increasing subsequence."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    longest = set()
    at = tails[-1] if tails else None
    while at is not None:
        longest.add(at)
        at = before[at]
    return longest
