"""What every noun of the course is built of: checked values, ids that exist, who says so."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Literal, Protocol, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from massage_workbook.troubles import UnknownError

CM_PER_UNIT = 50
"""Length of one (u, v) unit on an adult back, in cm: C7 to the S2 line is about 48-52 cm."""


def lines_of(text: str) -> range:
    """The whole numbers of a run such as `15-22`, or of `15` alone."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def in_article(citation: str) -> bool:
    """Whether a citation names a line of an article."""
    return citation[0] in "ABCDE" and citation[1].isdigit()


def cited_lines(citation: str) -> range:
    """Line numbers that a citation names: `B59-62` gives 59 to 62, an outside one none."""
    return lines_of(citation[1:]) if in_article(citation) else range(0)


def in_order(pair: tuple[float, float]) -> tuple[float, float]:
    """The pair; raises ValueError where it runs backwards."""
    if pair[0] > pair[1]:
        raise ValueError(f"the lower end {pair[0]:g} comes after the upper end {pair[1]:g}")
    return pair


class HasId(Protocol):
    """Anything with an id."""

    id: str


Item = TypeVar("Item", bound=HasId)


def no_twice(kind: str, items: Iterable[HasId]) -> None:
    """Raise ValueError where two items have the same id."""
    ids = [item.id for item in items]
    if len(set(ids)) < len(ids):
        raise ValueError(f"two {kind} have the same id")


def unknown(kind: str, wrong: str, known: Iterable[str]) -> str:
    """What to say of an id that does not exist: the nearest one that does."""
    names = sorted(known)
    near = difflib.get_close_matches(wrong, names, n=1)
    some = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")  # noqa: PLR2004
    return f'No {kind} "{wrong}". ' + (
        f'Did you mean "{near[0]}"?' if near else f"There is: {some}"
    )


def named(kind: str, name: str, items: Iterable[Item]) -> Item:
    """The item of that id.

    Raises:
        UnknownError: there is none; it says which is near.
    """
    found = {item.id: item for item in items}
    if name not in found:
        raise UnknownError(unknown(kind, name, found))
    return found[name]


def listed(words: Sequence[str]) -> str:
    """One word or more as a sentence lists them, such as "back, neck and arms"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def uncapitalised(words: str) -> str:
    """Words as they stand within a sentence."""
    return words[0].lower() + words[1:]


def exists(kind: str) -> Callable[[str, ValidationInfo], str]:
    """Check an id against those that the reader found, where it handed them in as context."""

    def check(value: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(kind)
        if known is not None and value not in known:
            raise ValueError(unknown(kind, value, known))
        return value

    return check


def _is_written(value: str, info: ValidationInfo) -> str:
    if not in_article(value):
        return exists("reference")(value, info)
    letter, cited = value[0], cited_lines(value)
    if not cited:
        raise ValueError(f"{value} runs backwards; name the lower line first")
    exists("article")(letter, info)
    lines = (info.context or {}).get("lines", {}).get(letter, cited)
    if gone := [line for line in cited if line not in lines]:
        raise ValueError(f"article {letter} has no line {gone[0]}")
    return value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Whole = Annotated[int, Strict(), Field(ge=0)]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Positive = Annotated[float, Strict(), Field(gt=0, allow_inf_nan=False)]
ZeroOrMore = Annotated[float, Strict(), Field(ge=0, allow_inf_nan=False)]
Force = Annotated[float, Strict(), Field(ge=0, le=10)]
ForceRange = Annotated[tuple[Force, Force], AfterValidator(in_order)]
Range = Annotated[tuple[Positive, Positive], AfterValidator(in_order)]
U = Annotated[float, Strict(), Field(ge=-0.6, le=0.6)]
V = Annotated[float, Strict(), Field(ge=-0.45, le=1.45)]
Point = tuple[U, V]
ZoneId = Annotated[Id, AfterValidator(exists("zone"))]
BlockId = Annotated[Id, AfterValidator(exists("block"))]
FamilyId = Annotated[Id, AfterValidator(exists("family"))]
TechniqueId = Annotated[Id, AfterValidator(exists("technique"))]
StanceId = Annotated[Id, AfterValidator(exists("stance"))]
TopicId = Annotated[Id, AfterValidator(exists("topic"))]
AboutId = Annotated[Id, AfterValidator(exists("item"))]
Citation = Annotated[
    str,
    StringConstraints(pattern=r"^([A-E]\d{1,4}(-\d{1,4})?|R\d+[a-d]?|DK|OWN)$"),
    AfterValidator(_is_written),
]
"""An article's line or lines (`B75`, `B59-62`), an outside reference (`R33`), or `DK`:
ordinary professional knowledge for which no source was looked up, or `OWN`: a teacher's own."""

Basis = Literal["stated", "reconstructed", "added"]
Severity = Literal["safety", "craft"]


class Model(BaseModel):
    """Unknown fields are mistakes, and what was read does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Model):
    """Something that the course says, and who says so.

    `basis` tells whether the articles state it, the course reconstructed it, or added it;
    `note` says how, wherever it is not simply stated.
    """

    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    basis: Basis = "stated"
    note: Text | None = None

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if self.basis == "reconstructed" and self.note is None:
            raise ValueError("what is reconstructed says how: give a note")
        return self
