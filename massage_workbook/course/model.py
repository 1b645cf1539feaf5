"""Building blocks of the course models: validated field types, id lookups, sources."""

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

from massage_workbook.errors import UnknownNameError

CM_PER_UNIT = 50
"""Length of one (u, v) unit on an adult back, in cm: C7 to the S2 line is about 48-52 cm."""


def line_range(text: str) -> range:
    """The line numbers of a range such as `15-22`, or of `15` alone."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def cites_article(citation: str) -> bool:
    """Whether a citation names lines of an article (`B75`) and not an outside reference (`R33`)."""
    return citation[0] in "ABCDE" and citation[1].isdigit()


def cited_lines(citation: str) -> range:
    """The line numbers of a citation: 59 to 62 for `B59-62`, empty for an outside reference."""
    return line_range(citation[1:]) if cites_article(citation) else range(0)


def ascending(pair: tuple[float, float]) -> tuple[float, float]:
    """Return the pair; ValueError if the lower end is above the upper end."""
    if pair[0] > pair[1]:
        raise ValueError(f"the lower end {pair[0]:g} is above the upper end {pair[1]:g}")
    return pair


class HasId(Protocol):
    """Anything with an id."""

    id: str


Item = TypeVar("Item", bound=HasId)


def require_unique_ids(kind: str, items: Iterable[HasId]) -> None:
    """Raise ValueError if two items have the same id."""
    ids = [item.id for item in items]
    if len(set(ids)) < len(ids):
        raise ValueError(f"two {kind} have the same id")


def unknown_message(kind: str, wrong: str, known: Iterable[str]) -> str:
    """The error message for an unknown id: it suggests the nearest known one, or lists some."""
    names = sorted(known)
    near = difflib.get_close_matches(wrong, names, n=1)
    some = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")  # noqa: PLR2004
    return f'No {kind} "{wrong}". ' + (
        f'Did you mean "{near[0]}"?' if near else f"There is: {some}"
    )


def find_item(kind: str, name: str, items: Iterable[Item]) -> Item:
    """The item with that id; `kind` names it in the error.

    Raises:
        UnknownNameError: no item has it; the message suggests the nearest id.
    """
    found = {item.id: item for item in items}
    if name not in found:
        raise UnknownNameError(unknown_message(kind, name, found))
    return found[name]


def join_words(words: Sequence[str]) -> str:
    """One or more words as an English list, such as "back, neck and arms"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def capitalised(words: str) -> str:
    """Words with a capital first letter, for the start of a sentence."""
    return words[0].upper() + words[1:]


def uncapitalised(words: str) -> str:
    """Words with a small first letter, for the middle of a sentence."""
    return words[0].lower() + words[1:]


def existing_id(kind: str) -> Callable[[str, ValidationInfo], str]:
    """A validator of an id against the known ids of a kind, which the reader passes as context."""

    def check(value: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(kind)
        if known is not None and value not in known:
            raise ValueError(unknown_message(kind, value, known))
        return value

    return check


def _check_citation(value: str, info: ValidationInfo) -> str:
    if not cites_article(value):
        return existing_id("reference")(value, info)
    letter, cited = value[0], cited_lines(value)
    if not cited:
        raise ValueError(f"{value} runs backwards; give the lower line first")
    existing_id("article")(letter, info)
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
ForceRange = Annotated[tuple[Force, Force], AfterValidator(ascending)]
Range = Annotated[tuple[Positive, Positive], AfterValidator(ascending)]
U = Annotated[float, Strict(), Field(ge=-0.6, le=0.6)]
V = Annotated[float, Strict(), Field(ge=-0.45, le=1.45)]
Point = tuple[U, V]
ZoneId = Annotated[Id, AfterValidator(existing_id("zone"))]
BlockId = Annotated[Id, AfterValidator(existing_id("block"))]
FamilyId = Annotated[Id, AfterValidator(existing_id("family"))]
TechniqueId = Annotated[Id, AfterValidator(existing_id("technique"))]
StanceId = Annotated[Id, AfterValidator(existing_id("stance"))]
TopicId = Annotated[Id, AfterValidator(existing_id("topic"))]
AboutId = Annotated[Id, AfterValidator(existing_id("item"))]
Citation = Annotated[
    str,
    StringConstraints(pattern=r"^([A-E]\d{1,4}(-\d{1,4})?|R\d+[a-d]?|DK|OWN)$"),
    AfterValidator(_check_citation),
]
"""Lines of an article (`B75`, `B59-62`), an outside reference (`R33`), `DK` (professional
knowledge that was not looked up) or `OWN` (a teacher's own)."""

Basis = Literal["stated", "reconstructed", "added"]
Severity = Literal["safety", "craft"]


class Model(BaseModel):
    """A frozen model that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Model):
    """An item with its sources.

    `basis` tells whether the articles state it, or the course reconstructed or added it;
    `note` explains how, and is required for reconstructed items.
    """

    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    basis: Basis = "stated"
    note: Text | None = None

    @model_validator(mode="after")
    def _has_note(self) -> Self:
        if self.basis == "reconstructed" and self.note is None:
            raise ValueError("a reconstructed item explains how: give a note")
        return self
