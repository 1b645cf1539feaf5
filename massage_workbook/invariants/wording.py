"""Check that all texts of the course use British spelling."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from massage_workbook.course.schema import Course, Reference
from massage_workbook.errors import Loc
from massage_workbook.invariants.reporting import Checks, Violations

_AMERICAN = re.compile(
    r"\b(colors?|centers?|favou?rites? color|fibers?|gray|behaviors?|neighbors?|labor|odors?|"
    r"tumors?|anesthe\w+|estrogen|diarrhea|edema|hematoma|hemorrhage|practic(?:es|ing) the|"
    r"liters?|meters?|traveled|traveling|labeled|canceled|program for|mold(?:s|ed|ing)?|"
    r"(?:real|recogn|organ|relax|apolog|minim|maxim|normal)iz(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)
_NO_PROSE = {"id", "about", "sources", "claimed_in", "content", "lines", "ids", "notebook"}
"""Fields with ids and citations, which are not prose."""

LocatedText = tuple[Loc, BaseModel, str]
"""A text: its place, the model that has it, and the text."""


def texts_in(value: object, owner: BaseModel, loc: Loc = ()) -> Iterator[LocatedText]:
    """All texts for learners in a value; `owner` is the model that has the value."""
    match value:
        case BaseModel():
            for name in type(value).model_fields.keys() - _NO_PROSE:
                yield from texts_in(getattr(value, name), value, (*loc, name))
        case str():
            yield loc, owner, value
        case dict():
            for key, each in value.items():
                yield from texts_in(each, owner, (*loc, key))
        case tuple():
            for i, each in enumerate(value):
                yield from texts_in(each, owner, (*loc, i))


def _british(item: BaseModel, _: Course) -> Violations:
    """The spelling is British, except in titles of references."""
    for loc, owner, text in texts_in(item, item):
        if not isinstance(owner, Reference):
            for word in _AMERICAN.finditer(text):
                yield loc, f'"{word[0]}" is American spelling; use British spelling'


CHECKS: Checks = dict.fromkeys(Course.model_fields, (_british,))
