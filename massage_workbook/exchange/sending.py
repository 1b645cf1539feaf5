"""What all writers share: which questions a format holds, and what they say in words."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from massage_workbook.course.questions import (
    IN_WORDS,
    CaseQuestion,
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    RecallQuestion,
    Topic,
    ValuesQuestion,
)
from massage_workbook.exchange.markup import code_in_html, in_html

IN_WORDS_ALONE = frozenset(
    {"single", "many", "case", "number", "order", "match", "values", "recall"}
)
"""Kinds of question that words alone can ask and answer."""
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
    holds: Collection[str] | Callable[[Question], bool],
    without: str = "",
) -> Export:
    """What `write` makes of the questions that a format holds: their kinds, or a test of each."""
    fits = holds if callable(holds) else lambda question: question.kind in holds
    every = [(topic, question) for topic in topics for question in topic.questions]
    held = [(t, q) for t, q in every if q.picture is None and fits(q)]
    there = {question.id for _, question in held}
    left_out = tuple(question.id for _, question in every if question.id not in there)
    return Export(write(held), len(held), left_out, without)


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


@singledispatch
def choices(question: Any) -> list[str]:  # noqa: ANN401
    """What there is to choose from, in words; nothing where there is no choice."""
    return [choice.said for choice in getattr(question, "choices", ())]


@choices.register
def _(_question: CaseQuestion) -> list[str]:
    return [*IN_WORDS.values()]


@choices.register
def _(question: OrderQuestion) -> list[str]:
    return sorted(step.text for step in question.steps)


@choices.register
def _(question: MatchQuestion) -> list[str]:
    options = " / ".join(option.text for option in question.options)
    return [f"{pair.text}: {options}?" for pair in question.pairs]


def choices_in_html(question: Any, *, right: bool = False) -> list[str]:  # noqa: ANN401
    """The choices, or the right ones alone, for a page, on one line each; code stays code."""
    if question.kind not in {"single", "many"}:
        return [in_html(text) for text in (answer if right else choices)(question)]
    return [
        in_html(each.text) + (code_in_html(each.code) if each.code else "")
        for each in question.choices
        if each.right or not right
    ]


@singledispatch
def answer(question: Any) -> list[str]:  # noqa: ANN401
    """What is right, in words."""
    return [choice.said for choice in question.choices if choice.right]


@answer.register
def _(question: CaseQuestion) -> list[str]:
    return [IN_WORDS[question.right]]


@answer.register
def _(question: NumberQuestion) -> list[str]:
    return [f"{question.range} {question.unit}"]


@answer.register
def _(question: ValuesQuestion) -> list[str]:
    return [" ".join(filter(None, (question.right, question.unit)))]


@answer.register
def _(_question: RecallQuestion) -> list[str]:
    return []


@answer.register
def _(question: OrderQuestion) -> list[str]:
    return [step.text for step in question.steps]


@answer.register
def _(question: MatchQuestion) -> list[str]:
    texts = {option.id: option.text for option in question.options}
    return [f"{pair.text}: {texts[pair.option]}" for pair in question.pairs]
