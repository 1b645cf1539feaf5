"""Flash cards: the JSON of jupytercards, and both sides of a question as HTML."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from massage_workbook.exchange import exporting, importing
from massage_workbook.exchange.exporting import ORIGINAL_KEY, Export
from massage_workbook.exchange.importing import Context
from massage_workbook.exchange.markup import code_to_html, to_html
from massage_workbook.questions import Question, Topic


def to_jupytercards(topics: Iterable[Topic]) -> Export:
    """Export a card for each question that needs no picture or interaction."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        made = [
            {
                **card_sides(question),
                "topic": topic.title,
                ORIGINAL_KEY: exporting.serialised(question),
            }
            for topic, question in rows
        ]
        return exporting.to_safe_json(made, indent=1) + "\n"

    lost = "which answer is right: a card is only turned"
    return exporting.build_export(topics, write, not_exported=lost)


def card_sides(question: Question) -> dict[str, str]:
    """Both sides of a question in the format of jupytercards."""
    sides = {"front": front(question), "back": back(question)}
    return {name: _escape_formula(side, question) for name, side in sides.items()}


def _escape_formula(markup: str, question: Question) -> str:
    return markup if question.tex else markup.replace("$", "&#36;")


def front(question: Question) -> str:
    """The prompt and the choices, as HTML on one line."""
    code = code_to_html(question.code) if question.code else ""
    return _paragraph(question.prompt) + code + _list("ul", exporting.choices_to_html(question))


def back(question: Question) -> str:
    """The answer and its reason, as HTML on one line."""
    listing = "ol" if question.kind == "order" else "ul"
    return _list(listing, exporting.choices_to_html(question, right=True)) + _paragraph(
        question.why
    )


def _paragraph(text: str) -> str:
    return f"<p>{to_html(text)}</p>"


def _list(tag: str, parts: Sequence[str]) -> str:
    items = "".join(f"<li>{each}</li>" for each in parts)
    return f"<{tag}>{items}</{tag}>" if items else ""


def is_card(item: Any) -> bool:  # noqa: ANN401
    """Whether an item of a file is a flash card."""
    return isinstance(item, dict) and "front" in item and "back" in item and "type" not in item


def parse_card(item: Mapping[str, Any], context: Context) -> Question:
    """Import a card of a file.

    Raises:
        ValueError: a side is empty, or has unsupported markup.
    """
    sides = []
    for side in ("front", "back"):
        try:
            sides.append(context.text(item[side] or ""))
        except ValueError as error:
            raise ValueError(f"its {side} {error}") from None
    return importing.card_question(context, *sides)
