"""What the page needs to ask a question, and nothing that tells the answer."""

from functools import cache, singledispatch
from typing import Any

from massage_workbook.body.frame import in_svg
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.questions import (
    IN_WORDS,
    KNEW,
    NOT,
    CaseQuestion,
    Choice,
    ManyQuestion,
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Picture,
    Question,
    RecallQuestion,
    SingleQuestion,
    StrokeQuestion,
    TempoQuestion,
    ValuesQuestion,
    ZonesQuestion,
)
from massage_workbook.figures import back
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.questions.grading import FEWEST_TAPS, shuffled


def asked(question: Question, seed: int, course: Course) -> dict[str, Any]:
    """The question as plain values, its choices in an order that `seed` decides."""
    return {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.prompt,
        "code": question.code,
        "tex": question.tex,
        "picture": question.picture and picture(question.picture, course),
        **_controls(question, seed, course),
    }


def picture(shown: Picture, course: Course) -> str:
    """The picture of a question as SVG, without the name that may be asked for."""
    technique = named("technique", shown.technique, course.techniques)
    if shown.of == "hands":
        drawing = hand_picture(technique)
    else:
        drawing = stroke_map(technique, course.zones)
    drawing.alt = drawing.alt.replace(technique.names.english, "A technique")
    return drawing.svg()


@singledispatch
def _controls(question: Any, _seed: int, _course: Course) -> dict[str, Any]:  # noqa: ANN401
    raise TypeError(f"nothing asks a {type(question).__name__}")


@_controls.register(SingleQuestion)
@_controls.register(ManyQuestion)
def _(question: SingleQuestion | ManyQuestion, seed: int, _course: Course) -> dict[str, Any]:
    order = question.choices if question.keeps_order else shuffled(question.choices, question, seed)
    return {"choices": [_choice(each) for each in order]}


def _choice(choice: Choice) -> dict[str, str]:
    code = {"code": choice.code} if choice.code else {}
    return {"id": choice.id, "text": choice.text, **code}


@_controls.register
def _(_question: CaseQuestion, _seed: int, _course: Course) -> dict[str, Any]:
    return {"choices": [{"id": each, "text": text} for each, text in IN_WORDS.items()]}


@_controls.register
def _(question: OrderQuestion, seed: int, _course: Course) -> dict[str, Any]:
    order = shuffled(question.steps, question, seed)
    if order == list(question.steps):
        order.append(order.pop(0))
    return {"steps": [{"id": step.id, "text": step.text} for step in order]}


@_controls.register
def _(question: MatchQuestion, seed: int, _course: Course) -> dict[str, Any]:
    pairs = shuffled(question.pairs, question, seed)
    return {
        "options": [option.model_dump() for option in question.options],
        "pairs": [{"id": pair.id, "text": pair.text} for pair in pairs],
    }


@_controls.register
def _(question: NumberQuestion, _seed: int, _course: Course) -> dict[str, Any]:
    return {"unit": question.unit, "step": question.step}


@_controls.register
def _(question: ValuesQuestion, _seed: int, _course: Course) -> dict[str, Any]:
    return {"unit": question.unit}


@_controls.register
def _(_question: RecallQuestion, _seed: int, _course: Course) -> dict[str, Any]:
    return {"choices": [{"id": KNEW, "text": "I knew it"}, {"id": NOT, "text": "I did not"}]}


@_controls.register
def _(_question: TempoQuestion, _seed: int, _course: Course) -> dict[str, Any]:
    return {"fewest": FEWEST_TAPS}


@_controls.register
def _(question: ZonesQuestion, _seed: int, course: Course) -> dict[str, Any]:
    wanted = {choice.id for choice in question.choices}
    zones = tuple(zone for zone in course.zones if zone.id in wanted)
    return {
        "svg": back.zones_to_mark(zones).svg(),
        "zones": [
            {"id": zone.id, "text": zone.name}
            for zone in sorted(zones, key=lambda zone: min(v for _, v in zone.outline))
        ],
    }


@_controls.register
def _(_question: StrokeQuestion, _seed: int, _course: Course) -> dict[str, Any]:
    return {"svg": _bare_back(), "frame": in_svg()}


@cache
def _bare_back() -> str:
    return back.bare().svg()
