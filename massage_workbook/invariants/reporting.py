"""Run checks on the items of a course, and locate each violation in the data."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from massage_workbook.course.schema import Course
from massage_workbook.errors import Loc
from massage_workbook.reader import TABLES

Span = tuple[float, float]
Violations = Iterator[tuple[Loc, str]]
"""Places in an item or file, each with a message: the error, and what would be right."""
Checks = Mapping[str, Sequence[Callable[[Any, Course], Violations]]]
"""Checks by subject: a field of `Course` or `questions`, to check item by item; or a file or folder
of the data, to check the whole course."""
BANK = "questions/"
"""The folder of all questions, for violations that do not concern a single one."""


class Violation(NamedTuple):
    """A violation of an invariant; `loc` is its place in the data file."""

    file: str
    loc: Loc
    message: str


def run_checks(course: Course, checks: Iterable[Checks]) -> list[Violation]:
    """The violations that checks find in a course."""
    return [
        Violation(file, (*loc, *inside), message)
        for each in checks
        for kind, functions in each.items()
        for file, loc, item in _items(course, kind)
        for inside, message in chain.from_iterable(check(item, course) for check in functions)
    ]


def _items(course: Course, kind: str) -> Iterator[tuple[str, Loc, Any]]:
    """The items of a subject, each with its file and its place there."""
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
        file, before = (TABLES[kind], ()) if kind in TABLES else ("sources.yaml", (kind,))
        for i, item in enumerate(getattr(course, kind)):
            yield file, (*before, i), item
    else:
        yield kind, (), course


def format_spans(of: Iterable[Span]) -> str:
    """Ranges as text, such as `3 to 8, 12`."""
    shown = (f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}" for low, high in of)
    return ", ".join(dict.fromkeys(shown)) or "none"


def is_within(number: float, span: Span) -> bool:
    """Whether a number lies in a range, including its ends."""
    return span[0] <= number <= span[1]
