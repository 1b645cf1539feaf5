"""Questions on paper: what is asked in its place, and the answer for the end of the page."""

from collections.abc import Iterable, Mapping
from functools import singledispatch
from string import ascii_lowercase
from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.questions import (
    CaseQuestion,
    ManyQuestion,
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    SingleQuestion,
    StrokeQuestion,
    TempoQuestion,
    ZonesQuestion,
)
from massage_workbook.pages.pictures import Picture, Pictures
from massage_workbook.questions.grading import Grade, grade
from massage_workbook.views.disagreements import in_short, touching
from massage_workbook.views.sources import who
from massage_workbook.widgets.asking import asked

SEED = 0
"""Of the order of choices: that of somebody who is asked for the first time."""


def row(question: Question, number: int, course: Course, pictures: Pictures) -> dict[str, Any]:
    """A question and its answer as plain values.

    Of the question there is a `hint`, choices to refer to by a letter (`lettered`), things to find
    one for (`pairs`), and a picture, where its kind has them. The answer says what is `right`, and
    in `remarks` of what, and what there is to say of it.
    """
    page = asked(question, SEED, course)
    return {
        "id": question.id,
        "number": number,
        "kind": question.kind,
        "prompt": question.prompt,
        "picture": _picture(page, pictures),
        "lettered": [],
        "pairs": [],
        "technique": None,
        "remarks": [],
        "why": question.why,
        "who": who(question, course),
        "differ": in_short(touching(course, question.about)),
        **_told(question, page, grade(question, None, course), course),
    }


def _picture(page: Mapping[str, Any], pictures: Pictures) -> Picture | None:
    """What a question shows, or lets draw or mark on; the file's name tells no answer."""
    svg = page["picture"] or page.get("svg")
    if not svg:
        return None
    name = "back" if page["kind"] == "stroke" else f"question-{page['id']}"
    return pictures.of(name, lambda: svg)


@singledispatch
def _told(question: Any, _page: Any, _grade: Grade, _course: Course) -> dict[str, Any]:  # noqa: ANN401
    raise TypeError(f"nothing prints a {type(question).__name__}")


@_told.register(SingleQuestion)
@_told.register(ManyQuestion)
@_told.register(CaseQuestion)
@_told.register(ZonesQuestion)
def _(
    question: SingleQuestion | ManyQuestion | CaseQuestion | ZonesQuestion,
    page: Mapping[str, Any],
    given: Grade,
    _course: Course,
) -> dict[str, Any]:
    choices = page["choices"] if "choices" in page else page["zones"]
    letters = _letters(each["id"] for each in choices)
    remarks = {each.choice: each for each in given.remarks}
    wrong: dict[str, list[str]] = {}
    for each in choices:
        if not remarks[each["id"]].right:
            wrong.setdefault(remarks[each["id"]].feedback, []).append(letters[each["id"]])
    hints = {"many": "One or more are right.", "zones": "Mark them, or name them."}
    return {
        "hint": hints.get(question.kind, ""),
        "lettered": [each["text"] for each in choices],
        "right": "; ".join(
            f"{letters[each['id']]}. {each['text'].removesuffix('.')}"
            for each in choices
            if remarks[each["id"]].right
        ),
        "remarks": [(f"Not {', '.join(names)}", said) for said, names in wrong.items()],
    }


@_told.register
def _(
    question: OrderQuestion, page: Mapping[str, Any], _grade: Grade, _course: Course
) -> dict[str, Any]:
    letters = _letters(each["id"] for each in page["steps"])
    return {
        "hint": "Put them in order.",
        "lettered": [each["text"] for each in page["steps"]],
        "right": ", ".join(letters[step.id] for step in question.steps),
        "remarks": [(f"{letters[s.id]}. {s.text}", s.feedback) for s in question.steps],
    }


@_told.register
def _(
    question: MatchQuestion, page: Mapping[str, Any], _grade: Grade, _course: Course
) -> dict[str, Any]:
    letters = _letters(each["id"] for each in page["options"])
    pairs = {pair.id: pair for pair in question.pairs}
    found = [pairs[each["id"]] for each in page["pairs"]]
    return {
        "hint": "Which goes with which?",
        "lettered": [each["text"] for each in page["options"]],
        "pairs": [pair.text for pair in found],
        "right": ", ".join(f"{i} {letters[pair.option]}" for i, pair in enumerate(found, start=1)),
        "remarks": [
            (f"{i} {letters[pair.option]}", pair.feedback) for i, pair in enumerate(found, start=1)
        ],
    }


@_told.register
def _(
    question: NumberQuestion, _page: Mapping[str, Any], given: Grade, _course: Course
) -> dict[str, Any]:
    return {"hint": f"A number: {question.unit}.", "right": given.answer}


@_told.register
def _(
    _question: TempoQuestion, _page: Mapping[str, Any], given: Grade, _course: Course
) -> dict[str, Any]:
    return {"hint": "Tap it beside a clock, and count for a minute.", "right": given.answer}


@_told.register
def _(
    question: StrokeQuestion, _page: Mapping[str, Any], _grade: Grade, _course: Course
) -> dict[str, Any]:
    return {
        "hint": "Draw it on the picture, or with a finger.",
        "right": "See the picture of its card",
        "technique": question.technique,
    }


def _letters(names: Iterable[str]) -> dict[str, str]:
    return dict(zip(names, ascii_lowercase, strict=False))
