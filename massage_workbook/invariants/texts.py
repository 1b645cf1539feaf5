"""Numbers and body measures in the texts of a technique follow from its fields."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from massage_workbook.course.schema import Course, Technique
from massage_workbook.invariants.pace import HIGH, LOW, pass_seconds, stay_seconds
from massage_workbook.invariants.reporting import Checks, Found, Span, spans, within
from massage_workbook.reader import Loc
from massage_workbook.session import passes

AS_GOOD_AS = 1
"""Cm; a body measure stands for a step that differs from it by less."""


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
            *(
                (stay_seconds(technique, s, HIGH), stay_seconds(technique, s, LOW))
                for s in all_stops
            ),
            (pass_seconds(technique, HIGH), pass_seconds(technique, LOW)),
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
    return all(within(each, facts.passes) for each in _numbers(found))


def _rate(facts: _Facts, found: re.Match[str]) -> bool:
    factor = 60 if found["unit"].lower() == "second" else 1
    return all(within(factor * each, facts.per_minute) for each in _numbers(found))


def _time(facts: _Facts, found: re.Match[str]) -> bool:
    times = [(floor(low), ceil(high)) for low, high in facts.times]
    return all(any(within(each, span) for span in times) for each in _numbers(found))


def _length(facts: _Facts, found: re.Match[str]) -> bool:
    return all(any(within(each, span) for span in facts.lengths) for each in _numbers(found))


def _step(facts: _Facts, found: re.Match[str]) -> bool:
    length = MEASURES[(found["after"] or found["before"]).lower()]
    steps = [*facts.steps, *(facts.gaps if found["how"] == "apart" else ())]
    return not facts.steps or any(abs(length - step) < AS_GOOD_AS for step in steps)


def _listed(numbers: Iterable[float]) -> str:
    return " or ".join(f"{each:g}" for each in sorted(set(numbers))) or "none"


KINDS = (
    _kind(
        rf"{_COUNT}(?: [a-z-]+)? a (?P<unit>minute|second)\b",
        _rate,
        lambda facts: f"the tempo is {spans([facts.per_minute])} a minute",
    ),
    _kind(
        rf"(?!one{_HOW} (?:{_MOVEMENT})e?s){_COUNT}{_HOW} (?:{_MOVEMENT})(?:e?s)?\b",
        _movements,
        lambda facts: f"movements at a stop: {_listed(facts.movements)}",
    ),
    _kind(
        rf"{_COUNT} (?:passes|rounds|runs)\b",
        _passes,
        lambda facts: f"passes: {spans([facts.passes])}",
    ),
    _kind(
        rf"{_COUNT} times\b",
        lambda facts, found: _movements(facts, found) or _passes(facts, found),
        lambda facts: (
            f"movements at a stop: {_listed(facts.movements)}; passes: {spans([facts.passes])}"
        ),
    ),
    _kind(
        rf"{_COUNT} seconds?\b",
        _time,
        lambda facts: f"seconds of a movement, a stay or a pass: {spans(facts.times)}",
    ),
    _kind(
        rf"{_COUNT} (?:cm|centimetres?)\b",
        _length,
        lambda facts: f"cm of a step, a gap or a radius: {spans(facts.lengths)}",
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


CHECKS: Checks = {"techniques": (_texts,)}
