"""Selecting questions to export, and their texts; shared by all writers."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from massage_workbook.exchange.markup import code_to_html, to_html
from massage_workbook.questions import Question, Topic

ORIGINAL_KEY = "massage_workbook"
"""The key of the original question in an exported file."""


@dataclass(frozen=True)
class Export:
    """A file's text, its number of questions, and the ids of those left out.

    `not_exported` lists the parts of questions that the format does not support, if any.
    """

    text: str
    count: int
    left_out: tuple[str, ...]
    not_exported: str = ""


def build_export(
    topics: Iterable[Topic],
    write: Callable[[Sequence[tuple[Topic, Question]]], str],
    supports: Callable[[Question], bool] = attrgetter("is_textual"),
    not_exported: str = "",
) -> Export:
    """Export the questions that a format `supports`, by default those in text alone."""
    every = [(topic, question) for topic in topics for question in topic.questions]
    rows = [(t, q) for t, q in every if q.picture is None and supports(q)]
    exported = {question.id for _, question in rows}
    left_out = tuple(question.id for _, question in every if question.id not in exported)
    return Export(write(rows), len(rows), left_out, not_exported)


def serialised(question: Question) -> dict[str, Any]:
    """The complete question as plain values, for a lossless import."""
    return question.model_dump(mode="json", exclude_defaults=True)


def to_safe_json(value: Any, **layout: Any) -> str:  # noqa: ANN401
    """JSON that is safe inside an HTML page."""
    text = json.dumps(value, ensure_ascii=False, **layout)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def prompt_with_code(question: Question) -> str:
    """The prompt and its lines of code."""
    return "\n".join(filter(None, (question.prompt, question.code)))


def choices_to_html(question: Question, *, right: bool = False) -> list[str]:
    """The choices, or only the right ones, as HTML on one line each."""
    if question.kind not in {"single", "many"}:
        texts = question.solution_texts() if right else question.option_texts()
        return [to_html(text) for text in texts]
    return [
        to_html(each.text) + (code_to_html(each.code) if each.code else "")
        for each in question.choices
        if each.right or not right
    ]
