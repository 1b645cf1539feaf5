"""Questions for other programs, and teachers' own questions from one of them.

What is written is text; each writer lists the questions that its format cannot hold.
"""

import csv
import hashlib
import html
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from html.parser import HTMLParser
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from massage_workbook.course.questions import (
    IN_WORDS,
    CaseQuestion,
    Choice,
    ManyQuestion,
    MatchQuestion,
    Miss,
    NumberQuestion,
    OrderQuestion,
    Question,
    SingleQuestion,
    Topic,
)
from massage_workbook.grading import Remark, remarks_on

OWN = "OWN"
"""The source of a question that a teacher brought in."""


@dataclass(frozen=True)
class Export:
    """A file's text, how many questions it holds, and the ids of those that it cannot hold."""

    text: str
    count: int
    left_out: tuple[str, ...]


# --- writing ---------------------------------------------------------------------------------


def to_csv(topics: Iterable[Topic]) -> Export:
    """A table with a row for each question that words alone can ask."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        file = io.StringIO()
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "topic", "kind", "question", "choices", "answer", "why", "sources"])
        for topic, question in rows:
            asked, answer = _choices(question), _answer(question)
            cells = question.prompt, "\n".join(asked), "\n".join(answer), question.why
            sources = " ".join(question.sources)
            table.writerow(
                [question.id, topic.title, question.kind, *map(_no_formula, cells), sources]
            )
        return file.getvalue()

    return _export(topics, write, {"single", "many", "case", "number", "order", "match"})


def to_anki(topics: Iterable[Topic]) -> Export:
    """Notes for Anki's File > Import: front, back and tag, known by their permanent ids."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        head = ["#separator:tab", "#html:true", "#notetype:Basic", "#deck:Massage workbook"]
        columns = ["#guid column:1", "#tags column:4"]
        notes = [
            "\t".join(
                (
                    f"massage-workbook:{question.id}",
                    _paragraph(question.prompt) + _list("ul", _choices(question)),
                    _list(_listing(question), _answer(question)) + _paragraph(question.why),
                    f"massage-workbook::{topic.id}",
                )
            )
            for topic, question in rows
        ]
        return "\n".join([*head, *columns, *notes]) + "\n"

    return _export(topics, write, {"single", "many", "case", "number", "order", "match"})


def to_jupyterquiz(topics: Iterable[Topic]) -> Export:
    """The JSON that jupyterquiz shows. It puts texts into a page as HTML, so they are escaped."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        return json.dumps([_for_jupyterquiz(question) for _, question in rows], indent=1) + "\n"

    return _export(topics, write, {"single", "many", "case", "number"})


FORMATS: Mapping[str, Callable[[Iterable[Topic]], Export]] = {
    "anki": to_anki,
    "csv": to_csv,
    "jupyterquiz": to_jupyterquiz,
}


def _export(
    topics: Iterable[Topic],
    write: Callable[[Sequence[tuple[Topic, Question]]], str],
    kinds: set[str],
) -> Export:
    every = [(topic, question) for topic in topics for question in topic.questions]
    held = [(t, q) for t, q in every if q.kind in kinds and q.picture is None]
    there = {question.id for _, question in held}
    left_out = tuple(question.id for _, question in every if question.id not in there)
    return Export(write(held), len(held), left_out)


@singledispatch
def _choices(question: Any) -> list[str]:  # noqa: ANN401
    """What there is to choose from, in words; nothing where there is no choice."""
    return [choice.text for choice in getattr(question, "choices", ())]


@_choices.register
def _(_question: CaseQuestion) -> list[str]:
    return [*IN_WORDS.values()]


@_choices.register
def _(question: OrderQuestion) -> list[str]:
    return sorted(step.text for step in question.steps)


@_choices.register
def _(question: MatchQuestion) -> list[str]:
    options = " / ".join(option.text for option in question.options)
    return [f"{pair.text}: {options}?" for pair in question.pairs]


@singledispatch
def _answer(question: Any) -> list[str]:  # noqa: ANN401
    """What is right, in words."""
    return [choice.text for choice in question.choices if choice.right]


@_answer.register
def _(question: CaseQuestion) -> list[str]:
    return [IN_WORDS[question.right]]


@_answer.register
def _(question: NumberQuestion) -> list[str]:
    return [f"{question.range} {question.unit}"]


@_answer.register
def _(question: OrderQuestion) -> list[str]:
    return [step.text for step in question.steps]


@_answer.register
def _(question: MatchQuestion) -> list[str]:
    texts = {option.id: option.text for option in question.options}
    return [f"{pair.text}: {texts[pair.option]}" for pair in question.pairs]


def _no_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def _listing(question: Question) -> str:
    return "ol" if question.kind == "order" else "ul"


def _paragraph(text: str) -> str:
    return f"<p>{_in_html(text)}</p>"


def _list(tag: str, texts: Sequence[str]) -> str:
    items = "".join(f"<li>{_in_html(text)}</li>" for text in texts)
    return f"<{tag}>{items}</{tag}>" if items else ""


def _in_html(text: str) -> str:
    return html.escape(text).replace("\n", "<br>").replace("\t", " ")


def _for_jupyterquiz(question: Question) -> dict[str, Any]:
    if isinstance(question, NumberQuestion):
        return _numeric(question)
    answers = [_marked(text, remark, question.why) for text, remark in _told(question)]
    kind = "many_choice" if question.kind == "many" else "multiple_choice"
    return {"question": html.escape(question.prompt), "type": kind, "answers": answers}


def _told(question: SingleQuestion | ManyQuestion | CaseQuestion) -> Iterable[tuple[str, Remark]]:
    return zip(_choices(question), remarks_on(question), strict=True)


def _marked(text: str, remark: Remark, why: str) -> dict[str, Any]:
    feedback = why if remark.right else remark.feedback or ""
    return {
        "answer": html.escape(text),
        "correct": remark.right,
        "feedback": html.escape(feedback),
    }


def _numeric(question: NumberQuestion) -> dict[str, Any]:
    low, high = question.accepts
    why = html.escape(question.why)
    # Its ranges leave out their upper end, which therefore stands as a value of its own.
    answers: list[dict[str, Any]] = [
        {"type": "value", "value": high, "correct": True, "feedback": why}
    ]
    if low < high:
        answers.append({"type": "range", "range": [low, high], "correct": True, "feedback": why})
    for miss in question.misses:
        told = {"correct": False, "feedback": html.escape(miss.feedback)}
        answers.append({"type": "value", "value": miss.between[1], **told})
        if miss.between[0] < miss.between[1]:
            answers.append({"type": "range", "range": list(miss.between), **told})
    answers.append(_range(0, low, question.too_low))
    answers.append({"type": "default", "feedback": html.escape(question.too_high)})
    prompt = f"{question.prompt} ({question.unit})"
    return {"question": html.escape(prompt), "type": "numeric", "answers": answers}


def _range(low: float, high: float, feedback: str) -> dict[str, Any]:
    told = html.escape(feedback)
    return {"type": "range", "range": [low, high], "correct": False, "feedback": told}


# --- reading ---------------------------------------------------------------------------------

LARGEST = 1_000_000
"""Characters that a file of questions may have."""
LONGEST = 2_000
"""Characters that one text of it may have."""


class ImportFailedError(Exception):
    """The file holds no questions that can be asked; the message says where and why."""


@dataclass(frozen=True)
class Import:
    """The questions of a teacher's file as a topic, and what of it cannot be asked here."""

    topic: Topic
    left_out: tuple[str, ...]


class _Answer(BaseModel):
    answer: str | None = None
    code: str | None = None
    correct: bool = False
    feedback: str = ""


class _Numeric(BaseModel):
    type: str = ""
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None
    range: tuple[float, float] | None = None
    correct: bool = False
    feedback: str = ""


class _Choosing(BaseModel):
    type: Literal["many_choice", "multiple_choice"]
    question: str
    answers: list[_Answer]


class _Counting(BaseModel):
    type: Literal["numeric"]
    question: str
    answers: list[_Numeric]


class _Other(BaseModel):
    type: Literal["string"]
    question: str


_ASKED = TypeAdapter(list[Annotated[_Choosing | _Counting | _Other, Field(discriminator="type")]])


def from_jupyterquiz(text: str, name: str, title: str) -> Import:
    """A teacher's questions from the text of a jupyterquiz file, as the topic `name`.

    Markup in them is taken out: what is left is plain text. A question's id comes from its own
    words, so that bringing the file in again changes nothing.

    Raises:
        ImportFailedError: the text is too large, is no such file, or holds nothing to ask.
    """
    if len(text) > LARGEST:
        raise ImportFailedError(f"has {len(text):,} characters; {LARGEST:,} are the most")
    try:
        found = _ASKED.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(step) for step in first["loc"]) or "the file"
        raise ImportFailedError(f"is no file of jupyterquiz: at {place}: {first['msg']}") from None
    questions: dict[str, Question] = {}
    left_out = []
    for i, asked in enumerate(found, start=1):
        try:
            question = _brought_in(asked, name)
        except ValueError as error:
            left_out.append(f"question {i}: {_reason(error)}")
        else:
            questions[question.id] = question
    if not questions:
        raise ImportFailedError(f"holds no question that can be asked here: {'; '.join(left_out)}")
    topic = Topic(id=name, title=title, questions=tuple(questions.values()))
    return Import(topic, tuple(left_out))


def _reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    return str(error)


def _brought_in(asked: _Choosing | _Counting | _Other, topic: str) -> Question:
    if isinstance(asked, _Other):
        raise ValueError("a text to type cannot be asked here")  # noqa: TRY004 - not a type error
    prompt = plain(asked.question)
    said = {
        "id": f"own-{topic}-{hashlib.sha256(asked.model_dump_json().encode()).hexdigest()[:12]}",
        "prompt": prompt,
        "why": "The teacher who wrote this question gave no further reason.",
        "about": [topic],
        "sources": [OWN],
        "basis": "added",
        "note": "A teacher's own question. The course has not checked it.",
    }
    return _counting(asked, said) if isinstance(asked, _Counting) else _choosing(asked, said)


def _choosing(asked: _Choosing, said: dict[str, Any]) -> Question:
    choices = [
        Choice(
            id=f"choice-{i}",
            text=plain(each.answer or each.code or ""),
            right=each.correct,
            feedback=plain(each.feedback) or "This is not the answer.",
        )
        for i, each in enumerate(asked.answers, start=1)
    ]
    if asked.type == "multiple_choice":
        return SingleQuestion(kind="single", choices=choices, **said)
    return ManyQuestion(kind="many", choices=choices, **said)


def _counting(asked: _Counting, said: dict[str, Any]) -> Question:
    """A number has one range of right values here, and says the same below it and above."""
    right = [ends for each in asked.answers if each.correct for ends in _ends(each)]
    if not right:
        raise ValueError("no right number is given")
    low, high = min(right), max(right)
    defaults = (plain(each.feedback) for each in asked.answers if each.type == "default")
    otherwise = next(defaults, "") or "This is not the answer."
    misses = [
        Miss(between=(min(_ends(each)), max(_ends(each))), feedback=plain(each.feedback))
        for each in asked.answers
        if not each.correct and _ends(each) and each.feedback and _apart(_ends(each), low, high)
    ]
    return NumberQuestion(
        kind="number", unit="(a number)", accepts=(low, high), too_low=otherwise,
        too_high=otherwise, misses=misses, **said,
    )  # fmt: skip


def _ends(answer: _Numeric) -> list[float]:
    return list(answer.range) if answer.range else [answer.value] * (answer.value is not None)


def _apart(ends: Sequence[float], low: float, high: float) -> bool:
    return max(ends) < low or min(ends) > high


class _Texts(HTMLParser):
    """Gathers what a page would show of a text with markup in it."""

    SILENT = "script", "style"

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._silent += tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def plain(text: str) -> str:
    """The text without markup, without characters that only steer, and with single spaces.

    Raises:
        ValueError: it is too long.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a text has {len(text):,} characters; {LONGEST:,} are the most")
    parser = _Texts()
    parser.feed(_seen(text))  # else a character that is not seen could keep a tag from being one
    parser.close()
    return " ".join(_seen(" ".join(parser.texts)).split())


def _seen(text: str) -> str:
    return "".join(each for each in text if each.isprintable() or each.isspace())
