"""What has to agree across the course: texts with fields, times with hands, zones, sessions.

The reader checks every field by itself. The functions here look at a whole `Course` that could be
read, and say where one part of it contradicts another. Only `massage-workbook check` and the tests
run them; a kernel that reads the course does not.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil, dist, floor
from typing import NamedTuple, get_args

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.course.schema import (
    Course,
    Lying,
    Motion,
    Session,
    Stance,
    Stops,
    Stroke,
    Technique,
)
from massage_workbook.reader import Loc
from massage_workbook.safety.screening import inconsistencies
from massage_workbook.session import Plan, Step, passes, steps
from massage_workbook.session.allowed import sides_of
from massage_workbook.session.steps import SHORTEST

LONGEST_IN_ONE_AREA = 10
"""Seconds of percussion in one area in a whole session (B116)."""
BEFORE_THE_ARMPIT, BESIDE_THE_ARMPIT = 6.5, 5
"""Cm from the middle of the hand to the armpit's zone at least, where it works and where it glides.

With 6.5 cm the edge of a palm ends two fingers, and its middle a hand's width, before the fold.
"""
CHANGES = 2
"""Changes of technique or side in a minute at most, on average (rule `calm-manner`)."""
LONGEST_REST = 15
"""Seconds that a ready-made session rests after a technique; the course's own."""
QUICK = 60
"""Movements a minute above which a pace wakes (B24), so that it has no place in the evening."""
AS_GOOD_AS = 1
"""Cm; a body measure stands for a step that differs from it by less."""

Span = tuple[float, float]
Found = Iterator[tuple[Loc, str]]
"""Places in an item, each with what is wrong there and what would be right."""


class Contradiction(NamedTuple):
    """Two parts of the course that do not agree, told at one of them: `loc` in a data file."""

    file: str
    loc: Loc
    message: str


def contradictions(course: Course) -> list[Contradiction]:
    """All contradictions of a course, item by item."""
    found = [
        Contradiction(f"techniques/{technique.family}/{technique.id}.yaml", loc, message)
        for technique in course.techniques
        for check in OF_A_TECHNIQUE
        for loc, message in check(technique, course)
    ]
    numbers = {each.id: i for i, each in enumerate(course.contraindications)}
    found += [
        Contradiction("contraindications.yaml", (numbers[name],), message)
        for name, message in inconsistencies(course.contraindications)
    ]
    stances = [Contradiction("stances.yaml", *each) for each in _stances(course.stances)]
    if stances:  # where there is no stance for a position, its sessions cannot be worked out
        return found + stances
    sessions = chain.from_iterable(
        _session(i, session, course) for i, session in enumerate(course.sessions)
    )
    return found + [Contradiction("sessions.yaml", *each) for each in sessions]


# --- numbers in texts ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Facts:
    """What the fields of a technique support in its texts; lengths in cm, times in seconds."""

    movements: frozenset[int]
    """At a stop."""
    passes: Span
    per_minute: Span
    times: tuple[Span, ...]
    """Of a movement or glide, of a stay in one place, of a pass, and the longest stay allowed."""
    lengths: tuple[Span, ...]
    """Of the step to the next stop, of the gap between the hands, of the radius of a circle."""
    steps: Sequence[float]
    """To the next stop."""
    gaps: Sequence[float]
    """Between the hands, from and to."""


def _facts(technique: Technique) -> _Facts:
    all_stops = {
        stops for stroke in technique.strokes if (stops := passes.stops_of(technique, stroke))
    }
    low, high = technique.tempo.per_minute
    gap = technique.hands.gap_cm
    step = {stops.step_cm for stops in all_stops}
    radius = {stroke.radius_cm for stroke in technique.strokes if stroke.mark in ROUND}
    spot = technique.per_spot.seconds
    return _Facts(
        movements=frozenset(stops.movements for stops in all_stops),
        passes=(technique.passes.minimum, technique.passes.maximum),
        per_minute=(low, high),
        times=(
            (60 / high, 60 / low),
            *((_stay(technique, s, HIGH), _stay(technique, s, LOW)) for s in all_stops),
            (_pass_seconds(technique, HIGH), _pass_seconds(technique, LOW)),
            (spot, spot),
        ),
        lengths=(*((each - 1, each + 1) for each in step | radius), *([gap] if gap else [])),
        steps=sorted(step),
        gaps=gap or (),
    )


ELSEWHERE = re.compile(r"\b(?:Textbooks|The articles?|One article)\b[^.;]*", re.IGNORECASE)
"""What others do; it need not agree with the fields."""
ROUND = {"spiral", "circles", "semicircles", "zigzag"}
"""Marks that have a radius."""
NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
MEASURES = {
    "a finger's width": 1.75,
    "a thumb's width": 2,
    "two thumbs' width": 4,
    "two narrow fingers": 3,
    "two fingers": 3.5,
    "two broad fingers": 4,
    "three fingers": 5,
    "a hand's thickness": 3,
    "half a fist": 4,
    "half a palm": 4.5,
    "half a hand": 4.75,
    "half a hand's width": 4.75,
    "the length of the fingers": 8,
    "a palm": 9,
    "a palm's width": 9,
    "a hand's width": 9,
}
"""Body measures as texts name them, in cm on an adult's hand."""

_NUMBER = rf"\d+(?:\.\d+)?|{'|'.join(NUMBERS)}"
_COUNT = rf"\b(?P<low>{_NUMBER})(?:(?:-| to | or )(?P<high>{_NUMBER}))?\b"
_HOW = r"(?: (?:small|tiny|soft|slow|short|light|single|straight|even|more))*"
_MOVEMENT = (
    "circle|half-moon|press|hold|lift|squeeze|change|shove|draw|line|touch|clap|fall|movement"
    "|to-and-fro"
)
_MEASURE = "|".join(sorted(MEASURES, key=len, reverse=True))


@dataclass(frozen=True)
class _Kind:
    """A kind of phrase, whether the fields of a technique support one, and what they say."""

    phrase: re.Pattern[str]
    supported: Callable[[_Facts, re.Match[str]], bool]
    fields: Callable[[_Facts], str]


def _kind(
    phrase: str,
    supported: Callable[[_Facts, re.Match[str]], bool],
    fields: Callable[[_Facts], str],
) -> _Kind:
    return _Kind(re.compile(phrase, re.IGNORECASE), supported, fields)


def _numbers(found: re.Match[str]) -> list[float]:
    """The one or two numbers of a phrase."""
    given = [each.lower() for each in found.group("low", "high") if each]
    return [NUMBERS[each] if each in NUMBERS else float(each) for each in given]


def _movements(facts: _Facts, found: re.Match[str]) -> bool:
    return facts.movements.issuperset(_numbers(found))


def _passes(facts: _Facts, found: re.Match[str]) -> bool:
    return all(_within(each, facts.passes) for each in _numbers(found))


def _rate(facts: _Facts, found: re.Match[str]) -> bool:
    factor = 60 if found["unit"].lower() == "second" else 1
    return all(_within(factor * each, facts.per_minute) for each in _numbers(found))


def _time(facts: _Facts, found: re.Match[str]) -> bool:
    spans = [(floor(low), ceil(high)) for low, high in facts.times]
    return all(any(_within(each, span) for span in spans) for each in _numbers(found))


def _length(facts: _Facts, found: re.Match[str]) -> bool:
    return all(any(_within(each, span) for span in facts.lengths) for each in _numbers(found))


def _step(facts: _Facts, found: re.Match[str]) -> bool:
    length = MEASURES[(found["after"] or found["before"]).lower()]
    steps = [*facts.steps, *(facts.gaps if found["how"] == "apart" else ())]
    return not facts.steps or any(abs(length - step) < AS_GOOD_AS for step in steps)


def _within(number: float, span: Span) -> bool:
    return span[0] <= number <= span[1]


def _listed(numbers: Iterable[float]) -> str:
    return " or ".join(f"{each:g}" for each in sorted(set(numbers))) or "none"


def _spans(spans: Iterable[Span]) -> str:
    shown = (f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}" for low, high in spans)
    return ", ".join(dict.fromkeys(shown)) or "none"


KINDS = (
    _kind(
        rf"{_COUNT}(?: [a-z-]+)? a (?P<unit>minute|second)\b",
        _rate,
        lambda facts: f"the tempo is {_spans([facts.per_minute])} a minute",
    ),
    _kind(
        rf"(?!one{_HOW} (?:{_MOVEMENT})e?s){_COUNT}{_HOW} (?:{_MOVEMENT})(?:e?s)?\b",
        _movements,
        lambda facts: f"movements at a stop: {_listed(facts.movements)}",
    ),
    _kind(
        rf"{_COUNT} (?:passes|rounds|runs)\b",
        _passes,
        lambda facts: f"passes: {_spans([facts.passes])}",
    ),
    _kind(
        rf"{_COUNT} times\b",
        lambda facts, found: _movements(facts, found) or _passes(facts, found),
        lambda facts: (
            f"movements at a stop: {_listed(facts.movements)}; passes: {_spans([facts.passes])}"
        ),
    ),
    _kind(
        rf"{_COUNT} seconds?\b",
        _time,
        lambda facts: f"seconds of a movement, a stay or a pass: {_spans(facts.times)}",
    ),
    _kind(
        rf"{_COUNT} (?:cm|centimetres?)\b",
        _length,
        lambda facts: f"cm of a step, a gap or a radius: {_spans(facts.lengths)}",
    ),
    _kind(
        rf"\b(?:by|on|up|down) (?P<after>{_MEASURE})\b"
        rf"|\b(?P<before>{_MEASURE}) (?P<how>further|higher|lower|apart)\b",
        _step,
        lambda facts: f"cm to the next stop: {_listed(facts.steps)}",
    ),
)
"""Phrases with a number or a body measure. Each is looked for in what those before it leave over,
so that `three times a second` is a rate and not a count; `one draws` is a verb. A distance from a
landmark, as in `two fingers clear of the bumps`, is none of them."""


def _texts(technique: Technique, _: Course) -> Found:
    """A number or body measure in a text that the fields do not support."""
    facts = _facts(technique)
    for loc, text in _texts_of(technique):
        for words, fields in _unsupported(text, facts):
            yield loc, f'"{words}" does not follow from the fields; {fields}'


def _texts_of(technique: Technique) -> Iterator[tuple[Loc, str]]:
    """The texts that say how to do it; other notes also say what books and articles do."""
    yield ("summary",), technique.summary
    yield ("direction",), technique.direction
    yield ("one_pass", "note"), technique.one_pass.note or ""
    yield ("per_spot", "note"), technique.per_spot.note or ""
    for i, step in enumerate(technique.steps):
        yield ("steps", i), step
    for i, mistake in enumerate(technique.mistakes):
        yield ("mistakes", i, "instead"), mistake.instead


def _unsupported(text: str, facts: _Facts) -> Iterator[tuple[str, str]]:
    """The phrases that the fields do not support, each with what those say instead."""
    text = ELSEWHERE.sub("...", text)
    for kind in KINDS:
        for found in kind.phrase.finditer(text):
            if not kind.supported(facts, found):
                yield found[0], kind.fields(facts)
        text = kind.phrase.sub("...", text)


# --- times -----------------------------------------------------------------------------------

LOW, HIGH = 0, 1
"""The ends of a tempo."""


def _stops_at(technique: Technique, stroke: Stroke) -> Loc:
    """The field that gives a stroke its stops."""
    if stroke.stops is None:
        return ("one_pass", "stops")
    return ("strokes", technique.strokes.index(stroke), "stops")


def _work(technique: Technique, stops: Stops, end: int) -> float:
    """Seconds of the movements at a stop; of both hands where they alternate."""
    hands = 2 if technique.one_pass.alternating else 1
    return stops.movements * hands * 60 / technique.tempo.per_minute[end]


def _stay(technique: Technique, stops: Stops, end: int) -> float:
    """Seconds in one place; without a beat of its own, going on takes some of the last movement."""
    half = 30 / technique.tempo.per_minute[end]
    going = 0 if stops.move_on else min(stops.step_cm / technique.tempo.cm_per_second[end], half)
    return _work(technique, stops, end) - going


def _pass_seconds(technique: Technique, end: int) -> float:
    """Seconds of a pass at one end of the tempo."""
    return sum(
        leg.seconds * sum(tempo) / 2 / tempo[end]
        for leg in passes.legs(technique)
        for tempo in [_tempo(technique, leg)]
    )


def _tempo(technique: Technique, leg: passes.Leg) -> Span:
    """What sets the pace of a leg: movements a minute, or cm a second."""
    if leg.kind == "stop":
        return technique.tempo.per_minute
    own = leg.stroke.cm_per_second if leg.kind == "glide" else None
    return own or technique.tempo.cm_per_second


def _glides(technique: Technique, _: Course) -> Found:
    """Glides a minute are those that the hand makes at its speed, to the whole number beside."""
    if technique.one_pass.stops:
        return
    given = technique.tempo.per_minute
    made = [60 * passes.glides(technique) / _pass_seconds(technique, end) for end in (LOW, HIGH)]
    if any(not floor(one) <= each <= ceil(one) for each, one in zip(given, made, strict=True)):
        speed = _spans([technique.tempo.cm_per_second])
        says = (
            f"is {_spans([given])}; {speed} cm a second makes {made[0]:.1f} to {made[1]:.1f}"
            " glides a minute"
        )
        yield ("tempo", "per_minute"), says


def _stays(technique: Technique, course: Course) -> Found:
    """No stay is longer than the card allows, and no card allows more than its block."""
    spot = technique.per_spot.seconds
    for stroke in technique.strokes:
        if not (stops := passes.stops_of(technique, stroke)):
            continue
        slow = technique.tempo.per_minute[LOW]
        if (stay := round(_stay(technique, stops, LOW), 6)) > spot:
            says = (
                f"is {stops.movements}, which takes {stay:.3g} s in one place at {slow:g} a minute;"
                f" per_spot allows {spot:g} s"
            )
            yield (*_stops_at(technique, stroke), "movements"), says
    limits = [b.per_spot_seconds for b in course.blocks if b.family == technique.family]
    most = max((limit for limit in limits if limit is not None), default=spot)
    if spot > most:
        yield ("per_spot", "seconds"), f"is {spot:g}; the block allows {most:g}"


def _percussion(technique: Technique, _: Course) -> Found:
    """All passes together strike one area for ten seconds at most."""
    if technique.motion is not Motion.STRIKE:
        return
    slow, most = technique.tempo.per_minute[LOW], technique.passes.maximum
    for stroke in technique.strokes:
        if stops := passes.stops_of(technique, stroke):
            once = _work(technique, stops, LOW) * len(passes.stops(stroke.points, stops.step_cm))
            if round(most * once, 6) > LONGEST_IN_ONE_AREA:
                says = (
                    f"is {most}, which makes {most * once:.3g} s of percussion in the area"
                    f' "{stroke.id}" at {slow:g} a minute; {LONGEST_IN_ONE_AREA} s are the most'
                )
                yield ("passes", "maximum"), says


def _going_on(technique: Technique, _: Course) -> Found:
    """There is time to go on to the next stop, also at the upper end of the tempo."""
    quick, speed = technique.tempo.per_minute[HIGH], technique.tempo.cm_per_second[HIGH]
    for stroke in technique.strokes:
        stops = passes.stops_of(technique, stroke)
        if not stops or len(passes.stops(stroke.points, stops.step_cm)) == 1:
            continue
        there, needs = (stops.move_on or 0.5) * 60 / quick, stops.step_cm / speed
        if round(needs - there, 6) > 0:
            says = (
                f"is {stops.step_cm:g}, which takes {needs:.2g} s at {speed:g} cm a second; at"
                f" {quick:g} a minute there are {there:.2g} s to go on: make move_on longer or the"
                " step shorter"
            )
            yield (*_stops_at(technique, stroke), "step_cm"), says


# --- places ----------------------------------------------------------------------------------


def _zones(technique: Technique, course: Course) -> Found:
    """Strokes keep to the rules of the zones, and the card names those that they enter."""
    order = [stroke.id for stroke in technique.strokes]
    for breach in anatomy.breaches(technique, course.zones):
        yield ("strokes", order.index(breach.stroke)), str(breach)
    entered = anatomy.entered(technique, course.zones)
    for i, zone in enumerate(technique.keep_off):
        if zone in entered:
            yield ("keep_off", i), f'is "{zone}", which a stroke enters; keep the stroke out of it'
    for zone in sorted(entered - {*technique.zones, *technique.keep_off}):
        yield ("zones",), f'"{zone}" is missing, which a stroke enters; name it or move the stroke'


def _armpit(technique: Technique, course: Course) -> Found:
    """The hand stays clear of the armpit: by half its width and more where it works."""
    armpit = next((zone for zone in course.zones if zone.id == "armpit"), None)
    if armpit is None:
        return
    edge = anatomy.along([*armpit.outline, armpit.outline[0]], step_cm=0.5)
    for i, stroke in enumerate(technique.strokes):
        glides = technique.motion is Motion.SLIDE or stroke.light_return
        least = BESIDE_THE_ARMPIT if glides else BEFORE_THE_ARMPIT
        way = [(abs(u), v) for u, v in anatomy.along(stroke.points, step_cm=0.5)]
        near = CM_PER_UNIT * min(dist(place, other) for place in way for other in edge)
        if near < least - 0.1:
            said = f"the middle of the hand comes within {near:.1f} cm of the armpit"
            yield ("strokes", i), f"{said}; {least:g} cm is the least"


def _positions(technique: Technique, course: Course) -> Found:
    """The stance is one for somebody whom the technique may be done on."""
    position = next(each.position for each in course.stances if each.id == technique.stance)
    if position not in technique.positions:
        says = (
            f'is "{technique.stance}", for somebody who is {position}; positions are'
            f" {', '.join(technique.positions)}"
        )
        yield ("stance",), says


OF_A_TECHNIQUE = (_texts, _glides, _stays, _percussion, _going_on, _zones, _armpit, _positions)


def _stances(stances: Iterable[Stance]) -> Found:
    """Every position has a stance; one in which the giver cannot move about has only that."""
    for position in get_args(Lying):
        places = [i for i, stance in enumerate(stances) if stance.position == position]
        if not places:
            yield (), f"has no stance for somebody who is {position}; give one"
        elif position != "prone":
            for i in places[1:]:
                yield (i, "position"), f"is {position}, which has a stance already; keep one"


# --- ready-made sessions ---------------------------------------------------------------------


def _session(number: int, session: Session, course: Course) -> Found:
    """A ready-made session can be done as it stands: all of it, whole and without hurry."""
    techniques = {each.id: each for each in course.techniques}
    made = steps(Plan.of(session, course), course)
    for block, names in session.techniques.items():
        for i, name in enumerate(names):
            loc, technique = (number, "techniques", block, i), techniques[name]
            done = [step for step in made if (step.block, step.technique) == (block, name)]
            for message in _in_session(session, technique, done):
                yield loc, message
    for step in made:
        loc = (number, "minutes", step.block)
        if step.seconds < SHORTEST:
            yield loc, f"leaves {step.technique} {step.seconds} s; {SHORTEST} s are the least"
        if step.rest > LONGEST_REST:
            says = f"leaves a rest of {step.rest} s after {step.technique}"
            yield loc, f"{says}; {LONGEST_REST} s are the most"
    if (changes := (len(made) - 1) / session.total) > CHANGES:
        says = f"make {changes:.2g} changes a minute; {CHANGES} are the most: leave one out"
        yield (number, "techniques"), says


def _in_session(session: Session, technique: Technique, done: Iterable[Step]) -> Iterator[str]:
    """What is wrong with a technique in a session, whose steps `done` are."""
    name, given = technique.id, technique.passes
    if session.id.startswith("evening") and (quick := technique.tempo.per_minute[HIGH]) > QUICK:
        yield f"is {name}, with up to {quick:g} a minute; {QUICK} are the most in the evening"
    if session.position not in technique.positions:
        yield f"is {name}, which is not done on somebody who is {session.position}; leave it out"
        return
    counts = {step.side: step.passes for step in done}
    sides = ("right", "left") if session.position == "side-lying" else sides_of(technique)
    for side in sides:
        if not given.minimum <= (count := counts.get(side, 0)) <= given.maximum:
            where = "both sides" if side == "both" else f"the {side}"
            yield (
                f"is {name}, with time for {count} passes on {where}; its card has"
                f" {given.minimum} to {given.maximum}: change the minutes of the block"
            )
