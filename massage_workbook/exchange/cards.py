"""Flash cards: the JSON of jupytercards, and the two sides of every question in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from massage_workbook.exchange.bringing import Said, card
from massage_workbook.exchange.markup import code_in_html, in_html
from massage_workbook.exchange.sending import (
    MARK,
    Export,
    choices_in_html,
    export,
    in_json,
    in_words,
    whole,
)
from massage_workbook.questions import Question, Topic


def to_jupytercards(topics: Iterable[Topic]) -> Export:
    """A card for each question that words alone can ask."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        made = [
            {**turned(question), "topic": topic.title, MARK: whole(question)}
            for topic, question in rows
        ]
        return in_json(made, indent=1) + "\n"

    return export(topics, write, in_words, "which answer is right: a card is only turned")


def turned(question: Question) -> dict[str, str]:
    """Both sides of a question, as jupytercards shows them."""
    sides = {"front": front(question), "back": back(question)}
    return {name: _no_formula(side, question) for name, side in sides.items()}


def _no_formula(markup: str, question: Question) -> str:
    return markup if question.tex else markup.replace("$", "&#36;")


def front(question: Question) -> str:
    """What is asked, as HTML on one line."""
    code = code_in_html(question.code) if question.code else ""
    return _paragraph(question.prompt) + code + _list("ul", choices_in_html(question))


def back(question: Question) -> str:
    """The answer and its reason, as HTML on one line."""
    listing = "ol" if question.kind == "order" else "ul"
    return _list(listing, choices_in_html(question, right=True)) + _paragraph(question.why)


def _paragraph(text: str) -> str:
    return f"<p>{in_html(text)}</p>"


def _list(tag: str, parts: Sequence[str]) -> str:
    items = "".join(f"<li>{each}</li>" for each in parts)
    return f"<{tag}>{items}</{tag}>" if items else ""


def is_card(item: Any) -> bool:  # noqa: ANN401
    """Whether an item of a file is a flash card."""
    return isinstance(item, dict) and "front" in item and "back" in item and "type" not in item


def brought(item: Mapping[str, Any], said: Said) -> Question:
    """A card of a file, its markup as text.

    Raises:
        ValueError: a side is empty, or cannot be shown.
    """
    sides = []
    for side in ("front", "back"):
        try:
            sides.append(said.text(item[side] or ""))
        except ValueError as error:
            raise ValueError(f"its {side} {error}") from None
    return card(said, *sides)
