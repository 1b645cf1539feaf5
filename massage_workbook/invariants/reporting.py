"""Run checks on the items of a course, and give each finding its file and place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from massage_workbook.course.schema import Course
from massage_workbook.reader import TABLES, Loc

Span = tuple[float, float]
Found = Iterator[tuple[Loc, str]]
"""Places in an item or a file, each with what is wrong there and what would be right."""
Checks = Mapping[str, Sequence[Callable[[Any, Course], Found]]]
"""Checks by what they look at.

This is a field of `Course`, of which they get each item; `questions`; or a file or folder of the
data, for which they get the whole course.
"""
BANK = "questions/"
"""The folder of all questions, for what no single one of them breaks."""


class Contradiction(NamedTuple):
    """Something in the course that breaks an invariant: `loc` is its place in a data file."""

    file: str
    loc: Loc
    message: str


def found(course: Course, checks: Iterable[Checks]) -> list[Contradiction]:
    """What checks find in a course, each at its place in the data."""
    return [
        Contradiction(file, (*loc, *inside), message)
        for each in checks
        for kind, functions in each.items()
        for file, loc, item in _items(course, kind)
        for inside, message in chain.from_iterable(check(item, course) for check in functions)
    ]


def _items(course: Course, kind: str) -> Iterator[tuple[str, Loc, Any]]:
    """What a check of this kind looks at, each with its file and its place there."""
    if kind == "techniques":
        for one in course.techniques:
            yield f"techniques/{one.family}/{one.id}.yaml", (), one
    elif kind == "topics":
        for topic in course.topics:
            yield f"questions/{topic.id}.yaml", (), topic
    elif kind == "questions":
        for topic in course.topics:
            for i, question in enumerate(topic.questions):
                yield f"questions/{topic.id}.yaml", ("questions", i), question
    elif kind in Course.model_fields:
        file, before = (TABLES[kind][0], ()) if kind in TABLES else ("sources.yaml", (kind,))
        for i, item in enumerate(getattr(course, kind)):
            yield file, (*before, i), item
    else:
        yield kind, (), course


def spans(of: Iterable[Span]) -> str:
    """Ranges in words, such as `3 to 8, 12`."""
    shown = (f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}" for low, high in of)
    return ", ".join(dict.fromkeys(shown)) or "none"


def within(number: float, span: Span) -> bool:
    """Whether a number lies in a range, both ends in."""
    return span[0] <= number <= span[1]
