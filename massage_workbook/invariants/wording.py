"""British spelling in every text of the course."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from massage_workbook.course.schema import Course, Reference
from massage_workbook.invariants.reporting import Checks, Found
from massage_workbook.reader import Loc

AMERICAN = re.compile(
    r"\b(colors?|centers?|favou?rites? color|fibers?|gray|behaviors?|neighbors?|labor|odors?|"
    r"tumors?|anesthe\w+|estrogen|diarrhea|edema|hematoma|hemorrhage|practic(?:es|ing) the|"
    r"liters?|meters?|traveled|traveling|labeled|canceled|program for|mold(?:s|ed|ing)?|"
    r"(?:real|recogn|organ|relax|apolog|minim|maxim|normal)iz(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)
NO_PROSE = {"id", "about", "sources", "claimed_in", "content", "lines", "ids", "notebook"}
"""Fields of names and places, which no learner reads as a sentence."""

Written = tuple[Loc, BaseModel, str]
"""A text: its place, what it is a field of, and what it says."""


def written(value: object, owner: BaseModel, loc: Loc = ()) -> Iterator[Written]:
    """Every text in a value that a learner reads; `owner` has the value, or is it."""
    match value:
        case BaseModel():
            for name in type(value).model_fields.keys() - NO_PROSE:
                yield from written(getattr(value, name), value, (*loc, name))
        case str():
            yield loc, owner, value
        case dict():
            for key, each in value.items():
                yield from written(each, owner, (*loc, key))
        case tuple():
            for i, each in enumerate(value):
                yield from written(each, owner, (*loc, i))


def _british(item: BaseModel, _: Course) -> Found:
    """The spelling is British, but for the titles of others."""
    for loc, owner, text in written(item, item):
        if not isinstance(owner, Reference):
            for word in AMERICAN.finditer(text):
                yield loc, f'"{word[0]}" is American; the course spells as in Britain'


CHECKS: Checks = dict.fromkeys(Course.model_fields, (_british,))
