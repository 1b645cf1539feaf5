"""The base class of all kinds of questions: grading, display, print and text."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import HasId, unknown_message
from massage_workbook.course.schema import BaseQuestion

IDS: TypeAdapter[list[str]] = TypeAdapter(Annotated[list[str], Field(max_length=50)])
"""A response of ids."""


@dataclass(frozen=True)
class Remark:
    """The feedback on one choice, step or pair."""

    choice: str
    chosen: bool
    right: bool
    feedback: str | None


class Evaluation(NamedTuple):
    """The score of a response, 0-1, with `remarks` on single choices and `feedback` on all of it.

    `answer` is the right response, for kinds whose remarks do not show it.
    """

    score: float
    remarks: tuple[Remark, ...] = ()
    feedback: tuple[str, ...] = ()
    answer: Any = None


@dataclass(frozen=True)
class Grade:
    """The evaluation of a response, and its score in a few words."""

    verdict: str
    score: float
    remarks: tuple[Remark, ...]
    feedback: tuple[str, ...]
    answer: Any

    @property
    def right(self) -> bool:
        """Whether nothing is missing or wrong."""
        return self.score == 1


class Kind(BaseQuestion):
    """A kind of question; the value of its field `kind` identifies it.

    `response_type` validates a response from the browser, in JSON types. `safe_score` is the lowest
    score of an answer that could do no harm. `is_textual` kinds can be asked and answered in text
    alone; `only_imported` ones are not part of the course. `plate` is the picture on which the
    question is answered.
    """

    response_type: ClassVar[TypeAdapter[Any]]
    safe_score: ClassVar[float] = 1
    is_textual: ClassVar[bool] = True
    only_imported: ClassVar[bool] = False
    plate: ClassVar[Literal["zones", "back"] | None] = None

    def evaluate(self, response: Any, course: Course) -> Evaluation:  # noqa: ANN401
        """Grade a response; None means "I don't know".

        Raises:
            ValueError: it is not a possible response to the question.
        """
        raise NotImplementedError

    def verdict(self, response: Any, score: float) -> str:  # noqa: ANN401
        """The score in a few words."""
        if score == 1:
            return "Right."
        if response is None:
            return "Here is the answer."
        return "Partly right." if score > 0 else "Not right yet."

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The data for the page's controls, without the answer; `seed` decides the order."""
        return {}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The fields for print; `grade` is the grade of no response.

        For the question: a `hint`, choices with letters (`lettered`), and the items to match
        (`pairs`). For the answer: `right`, and `remarks` as pairs of a label and its feedback.
        """
        return {"right": "; ".join(self.solution_texts())}

    def option_texts(self) -> list[str]:
        """The options as text; empty if there are none."""
        return []

    def solution_texts(self) -> list[str]:
        """The right answer as text."""
        return []


def shuffled(items: Sequence[Any], question: HasId, seed: int) -> list[Any]:
    """Shuffle items reproducibly, by the question's id and `seed`."""
    order = list(items)
    random.Random(f"{question.id} {seed}").shuffle(order)  # noqa: S311
    return order


def require_known(what: str, names: Sequence[str], known: Sequence[str]) -> None:
    """Raise ValueError if a name is unknown."""
    for name in names:
        if name not in known:
            raise ValueError(unknown_message(what, name, known))


def require_at_most_one(question: HasId, what: str, response: Sequence[str] | None) -> None:
    """Raise ValueError if a response has more than one id."""
    if response and len(response) > 1:
        raise ValueError(f'"{question.id}" takes one {what}, not {len(response)}')


def letters(names: Iterable[str]) -> dict[str, str]:
    """A letter for each name."""
    return dict(zip(names, ascii_lowercase, strict=False))
