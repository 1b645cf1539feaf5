"""Question and response in, grade and feedback out: one small function for each kind.

A response is what the browser reports, as JSON has it: ids for `single`, `many`, `zones` and
`order`, one decision in a list for `case`, ids by id for `match`, a number for `number` and
`values`, places (u, v) for `stroke`, seconds for `tempo`, whether it was known in a list for
`recall`. None, or nothing in it, is an honest "I don't know".
"""

import random
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import pairwise
from math import atan2, degrees, dist
from statistics import median
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from massage_workbook.body import anatomy
from massage_workbook.course import Course
from massage_workbook.course.model import CM_PER_UNIT, HasId, Point, named, unknown
from massage_workbook.course.questions import (
    DECISIONS,
    KNEW,
    NOT,
    CaseQuestion,
    ManyQuestion,
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    RecallQuestion,
    SingleQuestion,
    StrokeQuestion,
    TempoQuestion,
    ValuesQuestion,
    ZonesQuestion,
)
from massage_workbook.course.schema import Technique, Zone

REACH_CM = 6
"""How far from its true place a stroke may start and end."""
LEAN = 25
"""Degrees that a stroke's direction may be off."""
REVERSED = 135
"""Degrees from which on a stroke goes the other way."""
FEWEST_TAPS = 5
STEADY = 0.12
"""How far taps may be from their usual gap, as a share of it (the median of all)."""
AROUND = 0.05
"""How far a tempo may be out of its band, as a share: a tap is no metronome."""
CAREFUL = 0.5
"""The score of a decision that is safe, but more careful than the situation asks for."""


@dataclass(frozen=True)
class Remark:
    """What to say of one choice, step or pair: whether it was chosen, and whether it is right."""

    choice: str
    chose: bool
    right: bool
    feedback: str | None


@dataclass(frozen=True)
class Grade:
    """How a response was.

    `score` is from 0 to 1, and `right` only when nothing is missing or wrong. `remarks` speak of
    single choices, `says` of the whole; `answer` is what would have been right, for the kinds
    whose remarks do not show it.
    """

    right: bool
    score: float
    verdict: str
    remarks: tuple[Remark, ...] = ()
    says: tuple[str, ...] = ()
    answer: Any = None


def grade(question: Question, response: Any, course: Course) -> Grade:  # noqa: ANN401
    """Grade a response.

    Raises:
        ValueError: it is none that the question can have; it says what is wrong with it.
    """
    given = _read(question, response)
    score, remarks, says, answer = _grade(question, given, course)
    return Grade(score == 1, score, _verdict(question, given, score), remarks, says, answer)


def remarks_on(question: SingleQuestion | ManyQuestion | CaseQuestion) -> tuple[Remark, ...]:
    """What can be said of each choice, before any was made."""
    return _remarks(question, ())


def misleads(question: Question, score: float) -> bool:
    """Whether an answer of that score is one with which hands could do harm."""
    enough = CAREFUL if question.kind == "case" else 1
    return question.critical and score < enough


def shuffled(items: Sequence[Any], question: HasId, seed: int) -> list[Any]:
    """The items in an order that depends on the question's id and `seed` alone."""
    order = list(items)
    random.Random(f"{question.id} {seed}").shuffle(order)  # noqa: S311
    return order


def _verdict(question: Question, given: Any, score: float) -> str:  # noqa: ANN401
    if question.kind == "recall" and given is not None:
        return "You knew it." if score == 1 else "Not yet: it comes back soon."
    if score == 1:
        return "Right."
    if given is None:
        return "Here is the answer."
    if question.kind == "case" and score == CAREFUL:
        return "Safe, but more careful than is needed."
    return "Partly right." if score > 0 else "Not right yet."


# --- what a response can be ------------------------------------------------------------------

_Ids = Annotated[list[str], Field(max_length=50)]
_RESPONSES: Mapping[str, TypeAdapter[Any]] = {
    **dict.fromkeys(("single", "many", "zones", "order", "case", "recall"), TypeAdapter(_Ids)),
    "match": TypeAdapter(Annotated[dict[str, str], Field(max_length=50)]),
    "number": TypeAdapter(Annotated[float, Field(ge=0, allow_inf_nan=False)]),
    "values": TypeAdapter(Annotated[float, Field(allow_inf_nan=False)]),
    "stroke": TypeAdapter(
        Annotated[
            list[tuple[Annotated[float, Field(ge=-1, le=1)], Annotated[float, Field(ge=-1, le=2)]]],
            Field(min_length=2, max_length=2000),
        ]
    ),
    "tempo": TypeAdapter(
        Annotated[
            list[Annotated[float, Field(ge=0, le=3600)]],
            Field(min_length=FEWEST_TAPS, max_length=1000),
        ]
    ),
}


def _read(question: Question, response: Any) -> Any:  # noqa: ANN401
    """The response as its kind has it; None where there is none."""
    if response is None or response in ([], {}, ()):
        return None
    try:
        return _RESPONSES[question.kind].validate_python(response)
    except ValidationError as error:
        said = error.errors()[0]["msg"]
        raise ValueError(f'"{question.id}" cannot be answered so: {said}') from None


def _known(kind: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(unknown(kind, name, known))


Graded = tuple[float, tuple[Remark, ...], tuple[str, ...], Any]
"""Score, remarks, what is said of the whole, and the answer."""


@singledispatch
def _grade(question: Any, _given: Any, _course: Course) -> Graded:  # noqa: ANN401
    raise TypeError(f"nothing grades a {type(question).__name__}")


# --- to choose -------------------------------------------------------------------------------


@_grade.register(SingleQuestion)
@_grade.register(ManyQuestion)
@_grade.register(ZonesQuestion)
def _(
    question: SingleQuestion | ManyQuestion | ZonesQuestion,
    given: list[str] | None,
    _course: Course,
) -> Graded:
    """All or nothing for one choice; for several, right marks less wrong ones, never below 0."""
    chosen = set(given or ())
    _known("choice", sorted(chosen), [choice.id for choice in question.choices])
    if question.kind == "single" and len(chosen) > 1:
        raise ValueError(f'"{question.id}" takes one choice, not {len(chosen)}')
    remarks = _remarks(question, chosen)
    hits = sum(remark.chose and remark.right for remark in remarks)
    slips = sum(remark.chose and not remark.right for remark in remarks)
    return max(0.0, (hits - slips) / sum(each.right for each in remarks)), remarks, (), None


@_grade.register
def _(question: CaseQuestion, given: list[str] | None, _course: Course) -> Graded:
    """Too daring is wrong; too careful is safe, and half a right answer."""
    chosen = given[0] if given else None
    _known("decision", given or (), DECISIONS)
    if given and len(given) > 1:
        raise ValueError(f'"{question.id}" takes one decision, not {len(given)}')
    remarks = _remarks(question, given or ())
    if chosen is None:
        return 0.0, remarks, (), None
    care = DECISIONS.index(chosen) - DECISIONS.index(question.right)
    return (1.0 if care == 0 else CAREFUL if care > 0 else 0.0), remarks, (), None


@singledispatch
def _remarks(question: Any, chosen: Collection[str]) -> tuple[Remark, ...]:  # noqa: ANN401
    return tuple(
        Remark(choice.id, choice.id in chosen, choice.right, choice.feedback)
        for choice in question.choices
    )


@_remarks.register
def _(question: CaseQuestion, chosen: Collection[str]) -> tuple[Remark, ...]:
    right = DECISIONS.index(question.right)
    return tuple(
        Remark(decision, decision in chosen, place == right, _on(question, place - right))
        for place, decision in enumerate(DECISIONS)
    )


def _on(question: CaseQuestion, care: int) -> str | None:
    """What to say of a decision that is so many places more careful than the right one."""
    if care == 0:
        return None
    decision = DECISIONS[DECISIONS.index(question.right) + care]
    return question.feedback.get(
        decision, question.too_careful if care > 0 else question.too_daring
    )


# --- to put together -------------------------------------------------------------------------


@_grade.register
def _(question: OrderQuestion, given: list[str] | None, _course: Course) -> Graded:
    """The longest run of steps that follow one another rightly counts; the others are named."""
    right = [step.id for step in question.steps]
    if given is None:
        return 0.0, (), (), right
    _known("step", given, right)
    if sorted(given) != sorted(right):
        raise ValueError(f'"{question.id}" has {len(right)} steps; put each in once')
    kept = longest_run([right.index(step) for step in given])
    remarks = tuple(
        Remark(step.id, True, i in kept, step.feedback) for i, step in enumerate(question.steps)
    )
    return (len(kept) - 1) / (len(right) - 1), remarks, (), right


def longest_run(numbers: Sequence[int]) -> set[int]:
    """The longest choice of numbers that rise from first to last; of several the earliest."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    run = set()
    at = tails[-1] if tails else None
    while at is not None:
        run.add(at)
        at = before[at]
    return run


@_grade.register
def _(question: MatchQuestion, given: dict[str, str] | None, _course: Course) -> Graded:
    """Each pair counts alike; one that is left open is not right."""
    answer = {pair.id: pair.option for pair in question.pairs}
    if given is None:
        return 0.0, (), (), answer
    _known("pair", list(given), list(answer))
    _known("option", list(given.values()), [option.id for option in question.options])
    remarks = tuple(
        Remark(pair.id, pair.id in given, given.get(pair.id) == pair.option, pair.feedback)
        for pair in question.pairs
    )
    return sum(remark.right for remark in remarks) / len(remarks), remarks, (), answer


# --- to measure ------------------------------------------------------------------------------


@_grade.register
def _(question: NumberQuestion, given: float | None, _course: Course) -> Graded:
    """In the range or not; a wrong one says which confusion it comes from."""
    low, high = question.accepts
    answer = f"{question.range} {question.unit}"
    if given is None or low <= given <= high:
        return float(given is not None), (), (), answer
    misses = (miss.feedback for miss in question.misses if _within(given, miss.between))
    otherwise = question.too_low if given < low else question.too_high
    return 0.0, (), (next(misses, otherwise),), answer


@_grade.register
def _(question: ValuesQuestion, given: float | None, _course: Course) -> Graded:
    """What the first verdict that holds the number says of it."""
    answer = " ".join(filter(None, (question.right, question.unit)))
    if given is None:
        return 0.0, (), (), answer
    verdict = question.verdict(given)
    if verdict is None or not verdict.right:
        said = verdict and verdict.feedback
        return 0.0, (), (said or question.otherwise,), answer
    told = (verdict.feedback,) if verdict.feedback not in {None, question.why} else ()
    return 1.0, (), told, answer


@_grade.register
def _(question: RecallQuestion, given: list[str] | None, _course: Course) -> Graded:
    """Whoever turned the card says it."""
    _known("verdict", given or (), (KNEW, NOT))
    if given and len(given) > 1:
        raise ValueError(f'"{question.id}" takes one verdict, not {len(given)}')
    return float(given == [KNEW]), (), (), None


def _within(number: float, ends: tuple[float, float]) -> bool:
    return ends[0] <= number <= ends[1]


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


@_grade.register
def _(question: TempoQuestion, given: list[float] | None, course: Course) -> Graded:
    """The usual gap between taps decides on the tempo, and how far they stray on its evenness."""
    low, high = technique_of(question, course).tempo.per_minute
    answer = f"{_span(low, high)} a minute"
    if given is None:
        return 0.0, (), (), answer
    gaps = [after - before for before, after in pairwise(given)]
    if min(gaps) <= 0:
        raise ValueError(f'"{question.id}" has taps that do not follow one another in time')
    usual = median(gaps)
    per_minute, astray = 60 / usual, median(abs(gap - usual) for gap in gaps) / usual
    fits = low * (1 - AROUND) <= per_minute <= high * (1 + AROUND)
    steady = astray <= STEADY
    says = (_on_tempo(per_minute, (low, high), fits=fits), _on_steadiness(astray, steady=steady))
    return (0.5 + 0.5 * steady if fits else 0.0), (), says, answer


def _on_tempo(per_minute: float, band: tuple[float, float], *, fits: bool) -> str:
    said = f"You tapped {per_minute:.0f} a minute"
    if fits:
        return f"{said}, within {_span(*band)}."
    slower = per_minute < band[0]
    edge = band[0] if slower else band[1]
    off = abs(per_minute - edge) / edge
    return f"{said}: {off:.0%} {'slower' if slower else 'faster'} than {edge:g}."


def _on_steadiness(astray: float, *, steady: bool) -> str:
    if steady:
        return f"Steady: the gaps differ by {astray:.0%}."
    return f"Not steady yet: the gaps differ by {astray:.0%}, {STEADY:.0%} is the most."


# --- to draw ---------------------------------------------------------------------------------


@_grade.register
def _(question: StrokeQuestion, given: list[Point] | None, course: Course) -> Graded:
    """Start, direction and end count a third each; nothing does if it enters what is kept off."""
    technique = technique_of(question, course)
    wanted = way_of(question, course)
    if given is None:
        return 0.0, (), (), wanted
    if wanted[0][0] > 0 and sum(u for u, _ in given) < 0:
        wanted = list(anatomy.mirrored(wanted))
    if given[0] == given[-1]:
        return 0.0, (), ("It ends where it began, so that it has no direction.",), wanted
    parts = (
        _on_place("starts", given[0], wanted[0], wanted[-1], course.zones),
        _on_direction(given, wanted),
        _on_place("ends", given[-1], wanted[-1], wanted[0], course.zones),
    )
    says = tuple(text for _, text in parts)
    if zone := _entered(given, technique, course.zones):
        return (
            0.0,
            (),
            (f"It goes into a place to keep off. {zone.name}: {zone.rule}", *says),
            wanted,
        )
    return sum(fits for fits, _ in parts) / len(parts), (), says, wanted


def technique_of(question: StrokeQuestion | TempoQuestion, course: Course) -> Technique:
    """The technique that a question lets draw or tap."""
    return named("technique", question.technique, course.techniques)


def way_of(question: StrokeQuestion, course: Course) -> list[Point]:
    """The true way of the hand, on the right half where it goes along one side."""
    strokes = {stroke.id: stroke for stroke in technique_of(question, course).strokes}
    return [point for name in question.strokes for point in anatomy.along(strokes[name].points)]


def _on_place(
    verb: str, drawn: Point, wanted: Point, opposite: Point, zones: Sequence[Zone]
) -> tuple[bool, str]:
    """Whether an end of the way is near enough to its place, or in its zone, and not the other."""
    far = CM_PER_UNIT * dist(drawn, wanted)
    here, there = _zone_at(drawn, zones), _zone_at(wanted, zones)
    near = far <= REACH_CM or (here is not None and here == there)
    if near and dist(drawn, wanted) <= dist(drawn, opposite):
        return True, f"It {verb} where it should."
    where = f"on “{there.name}”" if there else "at the mark"
    return False, f"It {verb} {far:.0f} cm from its place, which is {where}."


def _zone_at(point: Point, zones: Sequence[Zone]) -> Zone | None:
    """The smallest zone that holds a point."""
    return min(anatomy.zones_at(point, zones), key=anatomy.area, default=None)


def _on_direction(drawn: Sequence[Point], wanted: Sequence[Point]) -> tuple[bool, str]:
    """How the drawn heading, from first to last place, lies to the wanted one."""
    (x, y), (a, b) = _heading(drawn), _heading(wanted)
    off = abs(degrees(atan2(a * y - b * x, a * x + b * y)))
    if off <= LEAN:
        return True, "The direction is right."
    if off >= REVERSED:
        return False, "It goes the other way round."
    return False, f"The direction is {off:.0f}° too far {_toward((x, y), (a, b), drawn)}."


def _heading(way: Sequence[Point]) -> Point:
    (u0, v0), (u1, v1) = way[0], way[-1]
    size = dist(way[0], way[-1])
    return (u1 - u0) / size, (v1 - v0) / size


def _toward(drawn: Point, wanted: Point, way: Sequence[Point]) -> str:
    """In words, to which side a heading strays: along the back up or down, else in or out."""
    if abs(wanted[0]) > abs(wanted[1]):
        return "up" if drawn[1] < wanted[1] else "down"
    outward = drawn[0] - wanted[0] if sum(u for u, _ in way) >= 0 else wanted[0] - drawn[0]
    return "away from the spine" if outward > 0 else "toward the spine"


def _entered(way: Sequence[Point], technique: Technique, zones: Sequence[Zone]) -> Zone | None:
    """The first zone on a way in which the technique has nothing to do."""
    kept = [
        zone
        for zone in zones
        if zone.id in technique.keep_off or not zone.ceiling.get(technique.motion)
    ]
    found = (anatomy.zones_at(place, kept) for place in anatomy.places([way]))
    return next((zones[0] for zones in found if zones), None)
