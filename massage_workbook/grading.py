"""Question and response in, grade and feedback out."""

import random
from collections.abc import Collection
from dataclasses import dataclass

from massage_workbook.course.model import unknown
from massage_workbook.course.questions import Choice, Question


@dataclass(frozen=True)
class Remark:
    """What to say of one choice: whether the learner `chose` it, and whether it is `right`."""

    choice: str
    chose: bool
    right: bool
    feedback: str | None


@dataclass(frozen=True)
class Grade:
    """How a response was: `score` from 0 to 1, `right` only when nothing is missing or wrong."""

    right: bool
    score: float
    remarks: tuple[Remark, ...]


def grade(question: Question, response: Collection[str]) -> Grade:
    """Grade the ids of the choices that a learner made; none at all is an honest "I don't know".

    Raises:
        ValueError: an id is not one of the question's, or a single question got several.
    """
    ids = [choice.id for choice in question.choices]
    for name in response:
        if name not in ids:
            raise ValueError(unknown("choice", name, ids))
    if question.kind == "single" and len(set(response)) > 1:
        raise ValueError(f'"{question.id}" takes one choice, not {len(set(response))}')
    remarks = tuple(
        Remark(choice.id, choice.id in response, choice.right, choice.feedback)
        for choice in question.choices
    )
    score = _score(question, remarks) if response else 0.0
    return Grade(score == 1, score, remarks)


def _score(question: Question, remarks: tuple[Remark, ...]) -> float:
    """All or nothing for one choice; for many, right marks less wrong ones, never below 0."""
    hits = sum(remark.chose and remark.right for remark in remarks)
    slips = sum(remark.chose and not remark.right for remark in remarks)
    right = sum(remark.right for remark in remarks)
    if question.kind == "single":
        return float(hits)
    return max(0.0, (hits - slips) / right)


def shuffled(question: Question, seed: int) -> list[Choice]:
    """The choices in an order that depends on the question and `seed` alone."""
    order = list(question.choices)
    random.Random(f"{question.id} {seed}").shuffle(order)  # noqa: S311
    return order
