"""The JSON of jupyterquiz, which may contain cards of jupytercards.

The grading of its script is preserved: the first matching number or range counts, a range excludes
its upper end, `precision` rounds to significant digits, and two right options make a question with
several answers whatever its type.
"""

import html
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from massage_workbook.exchange import cards, exporting, importing
from massage_workbook.exchange.exporting import ORIGINAL_KEY, Export
from massage_workbook.exchange.importing import Context, Import, ImportedChoice, ImportFailedError
from massage_workbook.questions import Question, Topic
from massage_workbook.questions.numeric import JudgedRange, NumericKind
from massage_workbook.questions.values import round_to_digits

_KINDS = {"single", "many", "case", "number", "values"}


# --- writing -----------------------------------------------------------------------------------


def to_jupyterquiz(topics: Iterable[Topic]) -> Export:
    """Export for jupyterquiz, which inserts texts as HTML, so they are escaped.

    Each item also contains the original question, for a lossless import.
    """

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        made = [
            {**_exported(question), ORIGINAL_KEY: exporting.serialised(question)}
            for _, question in rows
        ]
        return exporting.to_safe_json(made, indent=1) + "\n"

    return exporting.build_export(topics, write, lambda question: question.kind in _KINDS)


def _exported(question: Question) -> dict[str, Any]:
    code = {"code": html.escape(question.code)} if question.code else {}
    if isinstance(question, NumericKind):
        unit = f" ({question.unit})" if question.unit else ""
        prompt = _escaped(f"{question.prompt}{unit}", question)
        return {"question": prompt, **code, "type": "numeric", **_numeric(question)}
    answers = [
        {
            **_choice_text(text, lines, question),
            "correct": remark.right,
            "feedback": _escaped(_feedback(question, remark.right, remark.feedback), question),
        }
        for (text, lines), remark in zip(_choices(question), question.remarks(), strict=True)
    ]
    kind = "many_choice" if question.kind == "many" else "multiple_choice"
    return {
        "question": _escaped(question.prompt, question),
        **code,
        "type": kind,
        "answers": answers,
    }


def _choices(question: Question) -> list[tuple[str, str | None]]:
    """The text and the lines of code of each choice."""
    if question.kind == "case":
        return [(text, None) for text in question.option_texts()]
    return [(choice.text, choice.code) for choice in question.choices]


def _choice_text(text: str, lines: str | None, question: Question) -> dict[str, str]:
    code = {"code": html.escape(lines)} if lines else {}
    return {**({"answer": _escaped(text, question)} if text else {}), **code}


def _feedback(question: Question, right: bool, feedback: str | None) -> str:
    return feedback or question.why if right else feedback or ""


def _escaped(text: str, question: Question) -> str:
    """An escaped text without accidental markup, formulas or links."""
    text = html.escape(text).replace("\n", "<br>")
    return text if question.tex else text.replace("$", "&#36;").replace("[", "&#91;")


def _numeric(question: Question) -> dict[str, Any]:
    """The ranges in their order, since the first match counts."""
    answers = []
    for each in question.verdicts:
        feedback = each.feedback or (question.why if each.right else question.otherwise)
        judged = {"correct": each.right, "feedback": _escaped(feedback, question)}
        answers += [{**span, **judged} for span in _spans(each)]
    answers.append({"type": "default", "feedback": _escaped(question.otherwise, question)})
    return {"answers": answers, **({"precision": question.digits} if question.digits else {})}


def _spans(judged: JudgedRange) -> list[dict[str, Any]]:
    """A range for jupyterquiz, which excludes its upper end; that is added as a value."""
    low, high = judged.between
    end = [] if judged.open_end else [{"type": "value", "value": high}]
    return end if low == high else [*end, {"type": "range", "range": [low, high]}]


# --- reading -----------------------------------------------------------------------------------


def from_jupyterquiz(text: str, name: str, title: str, course: Iterable[Question] = ()) -> Import:
    """Import a teacher's questions from the text of a jupyterquiz file as the topic `name`.

    Raises:
        ImportFailedError: the text is too large, has another format, or no usable question.
    """
    importing.check_size(text)
    items = [(f"question {i}", each) for i, each in enumerate(_parse_items(text), start=1)]
    topics = sorted({str(each["topic"]) for _, each in items if _has_topic(each)})
    notes = [f"the topics of its cards are not kept ({', '.join(topics)})"] if topics else []
    return importing.build_import(items, _import_question, (name, title), course, notes)


def _has_topic(item: Any) -> bool:  # noqa: ANN401
    return cards.is_card(item) and "topic" in item and ORIGINAL_KEY not in item


def _parse_items(text: str) -> list[Any]:
    try:
        found = json.loads(
            text.lstrip("\ufeff"), object_pairs_hook=_pairs, parse_constant=lambda name: name
        )
    except json.JSONDecodeError as error:
        raise ImportFailedError(
            f"is not JSON: line {error.lineno}, column {error.colno}: {error.msg.lower()}"
        ) from None
    except (RecursionError, ValueError):
        raise ImportFailedError("is not a jupyterquiz file: it cannot be read as JSON") from None
    if not isinstance(found, list):
        raise ImportFailedError("is not a jupyterquiz file, which is a list [...] of questions")
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = {name: "twice" for name in names if names.count(name) > 1}
    return {**dict(pairs), **({_DUPLICATES: ", ".join(twice)} if twice else {})}


_DUPLICATES = "\0twice"


def _import_question(item: Any, context: Context) -> Question:  # noqa: ANN401
    if not isinstance(item, dict):
        raise ValueError("is not a question {...}")  # noqa: TRY004 - about a file, not a type
    stored = item.pop(ORIGINAL_KEY, None)
    theirs = _parse_question(item, context)
    if not stored:
        return theirs
    write = cards.card_sides if cards.is_card(item) else _exported

    def reparsed(original: Question) -> Question:
        return _parse_question(write(original), Context(context.topic))

    return importing.original_or(theirs, stored, context, reparsed)


def _parse_question(item: Mapping[str, Any], context: Context) -> Question:
    if twice := item.get(_DUPLICATES):
        raise ValueError(f'has "{twice}" twice; keep one')
    if cards.is_card(item):
        return cards.parse_card(item, context)
    kind = item.get("type")
    if kind == "string":
        raise ValueError("a text to type cannot be asked here")
    if kind not in ("multiple_choice", "many_choice", "numeric"):
        raise ValueError(f"its type is {json.dumps(kind)}, which jupyterquiz does not have")
    if not isinstance(item.get("answers"), list) or not all(
        isinstance(a, dict) for a in item["answers"]
    ):
        raise ValueError("has no list of answers")
    if twice := next((a[_DUPLICATES] for a in item["answers"] if _DUPLICATES in a), None):
        raise ValueError(f'an answer has "{twice}" twice; keep one')
    prompt, code = context.text(item.get("question", "")), context.code(item.get("code"))
    if kind == "numeric":
        return _parse_numbers(item, context, prompt, code)
    answers = [_parse_choice(each, i, context) for i, each in enumerate(item["answers"], start=1)]
    return importing.choice_question(
        context, prompt, answers, many=kind == "many_choice", code=code
    )


def _parse_choice(each: Mapping[str, Any], number: int, context: Context) -> ImportedChoice:
    try:
        return ImportedChoice(
            text=context.text(each.get("answer") or ""),
            right=_parse_correct(each),
            feedback=context.text(each.get("feedback") or ""),
            code=context.code(each.get("code")),
        )
    except ValueError as error:
        raise ValueError(f"answer {number} {error}") from None


def _parse_correct(each: Mapping[str, Any]) -> bool:
    value = each.get("correct")
    if value is True or value == "true":
        return True
    if value in (None, "", "false") or value is False:
        return False
    raise ValueError(f'has "correct": {json.dumps(value)}; write true or false')


def _parse_numbers(
    item: Mapping[str, Any], context: Context, prompt: str, code: str | None
) -> Question:
    digits = _parse_digits(item.get("precision"), context)
    verdicts, otherwise = [], ""
    for i, each in enumerate(item["answers"], start=1):
        try:
            if each.get("type") == "default" and not {"value", "range"} & each.keys():
                otherwise = context.text(each.get("feedback") or "")
            else:
                verdicts.append(_parse_verdict(each, context, digits))
        except ValueError as error:
            raise ValueError(f"answer {i} {error}") from None
    return importing.number_question(
        context, prompt, verdicts, otherwise=otherwise, digits=digits, code=code
    )


def _parse_verdict(each: Mapping[str, Any], context: Context, digits: int | None) -> JudgedRange:
    judged = {
        "right": _parse_correct(each),
        "feedback": context.text(each.get("feedback") or "") or None,
    }
    if each.get("value") is not None:
        value = _parse_value(each["value"], context, right=judged["right"])
        value = round_to_digits(value, digits) if digits else value
        return JudgedRange(between=(value, value), **judged)
    ends = each.get("range")
    if ends is None:
        raise ValueError("has neither a value nor a range")
    if not isinstance(ends, list) or len(ends) != 2:  # noqa: PLR2004
        raise ValueError("has a range that is not [from, to]")
    low, high = map(_parse_number, ends)
    if low >= high:
        raise ValueError(f"has an empty range: from {low:g} to less than {high:g}")
    return JudgedRange(between=(low, high), open_end=True, **judged)


def _parse_number(value: Any) -> float:  # noqa: ANN401
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"has {json.dumps(value)} where a number belongs")
    return number


def _parse_value(value: Any, context: Context, *, right: bool) -> float:  # noqa: ANN401
    if isinstance(value, bool) and not right:
        context.notes.append(
            f'"value": {json.dumps(value)} is read as {value:d}, as in jupyterquiz'
        )
        return float(value)
    return _parse_number(value)


def _parse_digits(value: Any, context: Context) -> int | None:  # noqa: ANN401
    """The number of significant digits; None without rounding."""
    if value is None:
        return None
    number = _parse_number(value)
    if number == 0:
        context.notes.append("its precision of 0, which stops jupyterquiz, is ignored")
        return None
    if number != int(number) or not 1 <= number <= 17:  # noqa: PLR2004
        raise ValueError(f"its precision is {json.dumps(value)}; it is a number of digits, 1 to 17")
    return int(number)
