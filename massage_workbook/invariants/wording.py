"""Words of the course: British spelling."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from massage_workbook.course.reader import Loc
from massage_workbook.course.schema import Course, Reference
from massage_workbook.invariants.reporting import Checks, Found

AMERICAN = re.compile(
    r"\b(colors?|centers?|favou?rites? color|fibers?|gray|behaviors?|neighbors?|labor|odors?|"
    r"tumors?|anesthe\w+|estrogen|diarrhea|edema|hematoma|hemorrhage|practic(?:es|ing) the|"
    r"liters?|meters?|traveled|traveling|labeled|canceled|program for|mold(?:s|ed|ing)?|"
    r"(?:real|recogn|organ|relax|apolog|minim|maxim|normal)iz(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)
NO_PROSE = {"id", "about", "sources", "claimed_in", "content", "lines", "ids", "notebook"}
"""Fields of names and places, which no learner reads as a sentence."""

Written = tuple[Loc, BaseModel, str, str]
"""A text: its place, what it is a field of, the field, and what it says."""


def written(item: BaseModel) -> Iterator[Written]:
    """Every text of an item that a learner reads."""
    for name in type(item).model_fields.keys() - NO_PROSE:
        for loc, owner, text in _texts(getattr(item, name), item, (name,)):
            yield (
                loc,
                owner,
                str(next(each for each in reversed(loc) if isinstance(each, str))),
                text,
            )


def _texts(value: object, owner: BaseModel, loc: Loc) -> Iterator[tuple[Loc, BaseModel, str]]:
    if isinstance(value, BaseModel):
        for inside, other, _, text in written(value):
            yield (*loc, *inside), other, text
    elif isinstance(value, tuple | list):
        for i, each in enumerate(value):
            yield from _texts(each, owner, (*loc, i))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(each, owner, (*loc, name))
    elif isinstance(value, str):
        yield loc, owner, value


def _british(item: BaseModel, _: Course) -> Found:
    """The spelling is British, but for the titles of others."""
    for loc, owner, _field, text in written(item):
        if not isinstance(owner, Reference):
            for word in AMERICAN.finditer(text):
                yield loc, f'"{word[0]}" is American; the course spells as in Britain'


CHECKS: Checks = dict.fromkeys(Course.model_fields, (_british,))
