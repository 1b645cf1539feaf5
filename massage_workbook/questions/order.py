"""Steps to be put in order."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Id, Model, Text, require_unique_ids
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


class Step(Model):
    """One of the steps to be put in order; `feedback` says why it belongs where it does."""

    id: Id
    text: Text
    feedback: Text


class OrderQuestion(Kind):
    """Steps to be put in order; they stand in the right one."""

    kind: Literal["order"]
    response = IDS
    steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=8)]

    def graded(self, given: list[str] | None, course: Course) -> Graded:
        """The longest run of steps that follow one another rightly counts; the rest are named."""
        right = [step.id for step in self.steps]
        if given is None:
            return 0.0, (), (), right
        known("step", given, right)
        if sorted(given) != sorted(right):
            raise ValueError(f'"{self.id}" has {len(right)} steps; put each in once')
        kept = longest_run([right.index(step) for step in given])
        remarks = tuple(
            Remark(step.id, True, i in kept, step.feedback) for i, step in enumerate(self.steps)
        )
        return (len(kept) - 1) / (len(right) - 1), remarks, (), right

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The steps in an order that is not the right one."""
        order = shuffled(self.steps, self, seed)
        if order == list(self.steps):
            order.append(order.pop(0))
        return {"steps": [{"id": step.id, "text": step.text} for step in order]}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The steps by letters."""
        names = letters(each["id"] for each in controls["steps"])
        return {
            "hint": "Put them in order.",
            "lettered": [each["text"] for each in controls["steps"]],
            "right": ", ".join(names[step.id] for step in self.steps),
            "remarks": [(f"{names[s.id]}. {s.text}", s.feedback) for s in self.steps],
        }

    def offers(self) -> list[str]:
        """The steps, from A to Z."""
        return sorted(self.solution())

    def solution(self) -> list[str]:
        """The steps in their order."""
        return [step.text for step in self.steps]

    @model_validator(mode="after")
    def _names_steps_once(self) -> Self:
        require_unique_ids("steps", self.steps)
        return self


def longest_run(numbers: Sequence[int]) -> set[int]:
    """The longest choice of numbers that rise from first to last; of several the earliest."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    run = set()
    at = tails[-1] if tails else None
    while at is not None:
        run.add(at)
        at = before[at]
    return run
