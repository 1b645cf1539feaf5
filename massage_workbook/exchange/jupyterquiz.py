"""The JSON of jupyterquiz, and the cards of jupytercards in the same file.

How its script judges is kept: the first answer that holds a number counts, the upper end of a
range is left out, `precision` rounds to significant digits, and two right options make a question
with several answers whatever its type says.
"""

import html
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from massage_workbook.exchange import cards
from massage_workbook.exchange.bringing import (
    Answer,
    Import,
    ImportFailedError,
    Said,
    choosing,
    counting,
    gathered,
    has_size,
    ours_or,
)
from massage_workbook.exchange.sending import MARK, Export, export, in_json, whole
from massage_workbook.questions import NumberQuestion, Question, Topic, ValuesQuestion
from massage_workbook.questions.values import Verdict, to_digits

KINDS_HELD = {"single", "many", "case", "number", "values"}


# --- writing -----------------------------------------------------------------------------------


def to_jupyterquiz(topics: Iterable[Topic]) -> Export:
    """The JSON that jupyterquiz shows. It puts texts into a page as HTML, so they are escaped.

    Beside what it shows, each question stands whole, so that it comes back with its reasons.
    """

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        made = [{**_shown(question), MARK: whole(question)} for _, question in rows]
        return in_json(made, indent=1) + "\n"

    return export(topics, write, lambda question: question.kind in KINDS_HELD)


def _shown(question: Question) -> dict[str, Any]:
    code = {"code": html.escape(question.code)} if question.code else {}
    if question.kind in {"number", "values"}:
        unit = f" ({question.unit})" if question.unit else ""
        made = _numeric(question) if question.kind == "number" else _judged(question)
        prompt = _escaped(f"{question.prompt}{unit}", question)
        return {"question": prompt, **code, "type": "numeric", **made}
    answers = [
        {
            **_said(text, lines, question),
            "correct": remark.right,
            "feedback": _escaped(_feedback(question, remark.right, remark.feedback), question),
        }
        for (text, lines), remark in zip(_offered(question), question.remarks(), strict=True)
    ]
    kind = "many_choice" if question.kind == "many" else "multiple_choice"
    return {
        "question": _escaped(question.prompt, question),
        **code,
        "type": kind,
        "answers": answers,
    }


def _offered(question: Question) -> list[tuple[str, str | None]]:
    """The text of each answer to choose from, and its lines of code."""
    if question.kind == "case":
        return [(text, None) for text in question.offers()]
    return [(choice.text, choice.code) for choice in question.choices]


def _said(text: str, lines: str | None, question: Question) -> dict[str, str]:
    code = {"code": html.escape(lines)} if lines else {}
    return {**({"answer": _escaped(text, question)} if text else {}), **code}


def _feedback(question: Question, right: bool, feedback: str | None) -> str:
    return feedback or question.why if right else feedback or ""


def _escaped(text: str, question: Question) -> str:
    """A text for its page: no markup, and what is no formula and no link is not taken for one."""
    text = html.escape(text).replace("\n", "<br>")
    return text if question.tex else text.replace("$", "&#36;").replace("[", "&#91;")


def _numeric(question: NumberQuestion) -> dict[str, Any]:
    """The first that holds a number counts: what is right, the misses, then what is too low."""
    spans = [
        (question.accepts, True, question.why),
        *((miss.between, False, miss.feedback) for miss in question.misses),
    ]
    answers = [
        each
        for (low, high), right, said in spans
        for each in _closed(low, high, right, _escaped(said, question))
    ]
    if (low := question.accepts[0]) > 0:
        told = {"correct": False, "feedback": _escaped(question.too_low, question)}
        answers.append({"type": "range", "range": [0, low], **told})
    answers.append({"type": "default", "feedback": _escaped(question.too_high, question)})
    return {"answers": answers}


def _judged(question: ValuesQuestion) -> dict[str, Any]:
    answers = []
    for each in question.verdicts:
        feedback = _escaped(
            each.feedback or (question.why if each.right else question.otherwise), question
        )
        low, high = each.between
        if each.open_end:
            told = {"correct": each.right, "feedback": feedback}
            answers.append({"type": "range", "range": [low, high], **told})
        else:
            answers += _closed(low, high, each.right, feedback)
    answers.append({"type": "default", "feedback": _escaped(question.otherwise, question)})
    return {"answers": answers, **({"precision": question.digits} if question.digits else {})}


def _closed(low: float, high: float, right: bool, feedback: str) -> list[dict[str, Any]]:
    """Its ranges leave out their upper end, which therefore stands as a value of its own."""
    told = {"correct": right, "feedback": feedback}
    end = [{"type": "value", "value": high, **told}]
    return end if low == high else [*end, {"type": "range", "range": [low, high], **told}]


# --- reading -----------------------------------------------------------------------------------


def from_jupyterquiz(text: str, name: str, title: str, course: Iterable[Question] = ()) -> Import:
    """A teacher's questions from the text of a jupyterquiz file, as the topic `name`.

    Raises:
        ImportFailedError: the text is too large, is no such file, or holds nothing to ask.
    """
    has_size(text)
    course = tuple(course)
    items = [(f"question {i}", each) for i, each in enumerate(_listed(text), start=1)]
    topics = sorted({str(each["topic"]) for _, each in items if _has_topic(each)})
    notes = [f"the topics of its cards are not kept ({', '.join(topics)})"] if topics else []
    return gathered(items, lambda item, said: _brought(item, said, course), name, title, notes)


def _has_topic(item: Any) -> bool:  # noqa: ANN401
    return cards.is_card(item) and "topic" in item and MARK not in item


def _listed(text: str) -> list[Any]:
    try:
        found = json.loads(
            text.lstrip("\ufeff"), object_pairs_hook=_pairs, parse_constant=lambda name: name
        )
    except json.JSONDecodeError as error:
        raise ImportFailedError(
            f"is no JSON: line {error.lineno}, column {error.colno}: {error.msg.lower()}"
        ) from None
    except (RecursionError, ValueError):
        raise ImportFailedError("is no file of jupyterquiz: it cannot be read as JSON") from None
    if not isinstance(found, list):
        raise ImportFailedError("is no file of jupyterquiz: that is a list [...] of questions")
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = {name: "twice" for name in names if names.count(name) > 1}
    return {**dict(pairs), **({_TWICE: ", ".join(twice)} if twice else {})}


_TWICE = "\0twice"


def _brought(item: Any, said: Said, course: Sequence[Question]) -> Question:  # noqa: ANN401
    if not isinstance(item, dict):
        raise ValueError("is no question {...}")  # noqa: TRY004 - said of a file, not of a type
    if stored := item.get(MARK):
        return _ours(stored, item, said, course)
    return _theirs(item, said)


def _ours(stored: Any, item: Mapping[str, Any], said: Said, course: Sequence[Question]) -> Question:  # noqa: ANN401
    rest = {name: value for name, value in item.items() if name != MARK}
    theirs = _theirs(rest, said)
    write = cards.turned if cards.is_card(rest) else _shown
    return ours_or(theirs, stored, course, said, lambda one: _theirs(write(one), Said(said.topic)))


def _theirs(item: Mapping[str, Any], said: Said) -> Question:
    if twice := item.get(_TWICE):
        raise ValueError(f'has "{twice}" twice; keep one')
    if cards.is_card(item):
        return cards.brought(item, said)
    kind = item.get("type")
    if kind == "string":
        raise ValueError("a text to type cannot be asked here")
    if kind not in ("multiple_choice", "many_choice", "numeric"):
        raise ValueError(f"its type is {json.dumps(kind)}, which is none of jupyterquiz")
    if not isinstance(item.get("answers"), list) or not all(
        isinstance(a, dict) for a in item["answers"]
    ):
        raise ValueError("has no list of answers")
    if twice := next((a[_TWICE] for a in item["answers"] if _TWICE in a), None):
        raise ValueError(f'an answer has "{twice}" twice; keep one')
    prompt, code = said.text(item.get("question", "")), said.code(item.get("code"))
    if kind == "numeric":
        return _number(item, said, prompt, code)
    answers = [_answer(each, i, said) for i, each in enumerate(item["answers"], start=1)]
    return choosing(said, prompt, answers, many=kind == "many_choice", code=code)


def _answer(each: Mapping[str, Any], number: int, said: Said) -> Answer:
    try:
        return Answer(
            text=said.text(each.get("answer") or ""),
            right=_right(each),
            feedback=said.text(each.get("feedback") or ""),
            code=said.code(each.get("code")),
        )
    except ValueError as error:
        raise ValueError(f"answer {number} {error}") from None


def _right(each: Mapping[str, Any]) -> bool:
    value = each.get("correct")
    if value is True or value == "true":
        return True
    if value in (None, "", "false") or value is False:
        return False
    raise ValueError(f'has "correct": {json.dumps(value)}; write true or false')


def _number(item: Mapping[str, Any], said: Said, prompt: str, code: str | None) -> Question:
    digits = _digits(item.get("precision"), said)
    verdicts, otherwise = [], ""
    for i, each in enumerate(item["answers"], start=1):
        try:
            if each.get("type") == "default" and not {"value", "range"} & each.keys():
                otherwise = said.text(each.get("feedback") or "")
            else:
                verdicts.append(_verdict(each, said, digits))
        except ValueError as error:
            raise ValueError(f"answer {i} {error}") from None
    return counting(said, prompt, verdicts, otherwise=otherwise, digits=digits, code=code)


def _verdict(each: Mapping[str, Any], said: Said, digits: int | None) -> Verdict:
    told = {"right": _right(each), "feedback": said.text(each.get("feedback") or "") or None}
    if each.get("value") is not None:
        value = _value(each["value"], said, right=told["right"])
        value = to_digits(value, digits) if digits else value
        return Verdict(between=(value, value), **told)
    ends = each.get("range")
    if ends is None:
        raise ValueError("has neither a value nor a range")
    if not isinstance(ends, list) or len(ends) != 2:  # noqa: PLR2004
        raise ValueError("has a range that is no [from, to]")
    low, high = map(_finite, ends)
    if low >= high:
        raise ValueError(f"has a range that holds no number: from {low:g} to less than {high:g}")
    return Verdict(between=(low, high), open_end=True, **told)


def _finite(value: Any) -> float:  # noqa: ANN401
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"has {json.dumps(value)} where a number belongs")
    return number


def _value(value: Any, said: Said, *, right: bool) -> float:  # noqa: ANN401
    if isinstance(value, bool) and not right:
        said.notes.append(f'"value": {json.dumps(value)} is read as {value:d}, as jupyterquiz does')
        return float(value)
    return _finite(value)


def _digits(value: Any, said: Said) -> int | None:  # noqa: ANN401
    """To how many digits a number is rounded; None where it is not."""
    if value is None:
        return None
    number = _finite(value)
    if number == 0:
        said.notes.append("its precision of 0 digits, at which jupyterquiz stops, rounds nothing")
        return None
    if number != int(number) or not 1 <= number <= 17:  # noqa: PLR2004
        raise ValueError(f"its precision is {json.dumps(value)}; it is a number of digits, 1 to 17")
    return int(number)
