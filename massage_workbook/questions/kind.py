"""What every kind of question has: how it is graded, shown, printed and put into words."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import HasId, unknown_message
from massage_workbook.course.schema import Asked

IDS: TypeAdapter[list[str]] = TypeAdapter(Annotated[list[str], Field(max_length=50)])
"""A response of ids."""


@dataclass(frozen=True)
class Remark:
    """What to say of one choice, step or pair: whether it was chosen, and whether it is right."""

    choice: str
    chose: bool
    right: bool
    feedback: str | None


@dataclass(frozen=True)
class Grade:
    """How a response was.

    `score` is from 0 to 1, and `right` only when nothing is missing or wrong. `remarks` speak of
    single choices, `says` of the whole; `answer` is what would have been right, for the kinds
    whose remarks do not show it.
    """

    right: bool
    score: float
    verdict: str
    remarks: tuple[Remark, ...] = ()
    says: tuple[str, ...] = ()
    answer: Any = None


Graded = tuple[float, tuple[Remark, ...], tuple[str, ...], Any]
"""Score, remarks, what is said of the whole, and the answer."""


class Kind(Asked):
    """A question of some kind, which is known by the values of its field `kind`.

    `response` reads what the browser reports, as JSON has it. `enough` is the least score of an
    answer with which hands do no harm. `in_words` says that words alone can ask and answer it,
    `of_the_course` that the course asks it, not a teacher's file alone, and `plate` which picture
    it is answered on.
    """

    response: ClassVar[TypeAdapter[Any]]
    enough: ClassVar[float] = 1
    in_words: ClassVar[bool] = True
    of_the_course: ClassVar[bool] = True
    plate: ClassVar[Literal["zones", "back"] | None] = None

    def graded(self, given: Any, course: Course) -> Graded:  # noqa: ANN401
        """How good a response is; None is an honest "I don't know".

        Raises:
            ValueError: it is none that the question can have.
        """
        raise NotImplementedError

    def verdict(self, given: Any, score: float) -> str:  # noqa: ANN401
        """The grade in a few words."""
        if score == 1:
            return "Right."
        if given is None:
            return "Here is the answer."
        return "Partly right." if score > 0 else "Not right yet."

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """What a page needs to ask for a response, without the answer; `seed` decides on orders."""
        return {}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """What paper says of it; `grade` is that of no response.

        Of the question that is a `hint`, choices to refer to by a letter (`lettered`) and things to
        find one for (`pairs`); of the answer what is `right`, and `remarks` of what and what there
        is to say of it.
        """
        return {"right": "; ".join(self.solution())}

    def offers(self) -> list[str]:
        """What there is to choose from, in words; nothing where there is no choice."""
        return []

    def solution(self) -> list[str]:
        """What is right, in words."""
        return []


def shuffled(items: Sequence[Any], question: HasId, seed: int) -> list[Any]:
    """The items in an order that depends on the question's id and `seed` alone."""
    order = list(items)
    random.Random(f"{question.id} {seed}").shuffle(order)  # noqa: S311
    return order


def known(what: str, names: Sequence[str], there: Sequence[str]) -> None:
    """Raise ValueError where a response has a name that is not there."""
    for name in names:
        if name not in there:
            raise ValueError(unknown_message(what, name, there))


def at_most_one(question: HasId, what: str, given: Sequence[str] | None) -> None:
    """Raise ValueError where a response has more than one name."""
    if given and len(given) > 1:
        raise ValueError(f'"{question.id}" takes one {what}, not {len(given)}')


def letters(names: Iterable[str]) -> dict[str, str]:
    """A letter for each name."""
    return dict(zip(names, ascii_lowercase, strict=False))
