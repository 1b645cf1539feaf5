"""What all writers share: which questions a format holds, and what they say in words."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from massage_workbook.exchange.markup import code_in_html, in_html
from massage_workbook.questions import (
    Question,
    Topic,
)

MARK = "massage_workbook"
"""The name under which a file holds a whole question beside what other programs show of it."""


@dataclass(frozen=True)
class Export:
    """A file's text, how many questions it holds, the ids of those that it cannot hold.

    `without` says what the format cannot hold of any question; empty where that is nothing.
    """

    text: str
    count: int
    left_out: tuple[str, ...]
    without: str = ""


def export(
    topics: Iterable[Topic],
    write: Callable[[Sequence[tuple[Topic, Question]]], str],
    holds: Callable[[Question], bool],
    without: str = "",
) -> Export:
    """What `write` makes of the questions that a format holds."""
    every = [(topic, question) for topic in topics for question in topic.questions]
    held = [(t, q) for t, q in every if q.picture is None and holds(q)]
    there = {question.id for _, question in held}
    left_out = tuple(question.id for _, question in every if question.id not in there)
    return Export(write(held), len(held), left_out, without)


def in_words(question: Question) -> bool:
    """Whether words alone can ask and answer a question."""
    return question.in_words


def whole(question: Question) -> dict[str, Any]:
    """A question as plain values: all that a format of another program has no place for."""
    return question.model_dump(mode="json", exclude_defaults=True)


def in_json(value: Any, **layout: Any) -> str:  # noqa: ANN401
    """JSON that no page takes for markup."""
    text = json.dumps(value, ensure_ascii=False, **layout)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def asked(question: Question) -> str:
    """The prompt, with its lines of code."""
    return "\n".join(filter(None, (question.prompt, question.code)))


def choices_in_html(question: Question, *, right: bool = False) -> list[str]:
    """The choices, or the right ones alone, for a page, on one line each; code stays code."""
    if question.kind not in {"single", "many"}:
        return [in_html(text) for text in (question.solution() if right else question.offers())]
    return [
        in_html(each.text) + (code_in_html(each.code) if each.code else "")
        for each in question.choices
        if each.right or not right
    ]
