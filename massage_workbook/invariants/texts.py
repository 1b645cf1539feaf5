"""Check that numbers and body measures in technique texts agree with the fields."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from massage_workbook.course.schema import Course, Technique
from massage_workbook.errors import Loc
from massage_workbook.invariants.pace import HIGH, LOW, pass_seconds, stay_seconds
from massage_workbook.invariants.reporting import Checks, Span, Violations, format_spans, is_within
from massage_workbook.session import passes

_TOLERANCE_CM = 1
"""Maximum difference, in cm, between a body measure and the step that it describes."""


@dataclass(frozen=True)
class _Facts:
    """The numbers that a technique's fields support in its texts; in cm and seconds."""

    movements: frozenset[int]
    """Numbers of movements at a stop."""
    passes: Span
    per_minute: Span
    times: tuple[Span, ...]
    """Seconds of a movement or glide, a stay in one place, a pass, and the longest stay allowed."""
    lengths: tuple[Span, ...]
    """Cm of the step to the next stop, the gap between the hands, the radius of a circle."""
    steps: Sequence[float]
    gaps: Sequence[float]
    """The least and the largest gap between the hands, in cm; empty if there is none."""


def _facts(technique: Technique) -> _Facts:
    stops = {each for stroke in technique.strokes if (each := passes.stops_of(technique, stroke))}
    low, high = technique.tempo.per_minute
    gap = technique.hands.gap_cm
    step = {each.step_cm for each in stops}
    radius = {stroke.radius_cm for stroke in technique.strokes if stroke.mark in _ROUND_MARKS}
    spot = technique.per_spot.seconds
    return _Facts(
        movements=frozenset(each.movements for each in stops),
        passes=(technique.passes.minimum, technique.passes.maximum),
        per_minute=(low, high),
        times=(
            (60 / high, 60 / low),
            *((stay_seconds(technique, s, HIGH), stay_seconds(technique, s, LOW)) for s in stops),
            (pass_seconds(technique, HIGH), pass_seconds(technique, LOW)),
            (spot, spot),
        ),
        lengths=(*((each - 1, each + 1) for each in step | radius), *([gap] if gap else [])),
        steps=sorted(step),
        gaps=gap or (),
    )


OTHER_SOURCES = re.compile(r"\b(?:Textbooks|The articles?|One article)\b[^.;]*", re.IGNORECASE)
"""Statements about other sources, which need not agree with the fields."""
_ROUND_MARKS = {"spiral", "circles", "semicircles", "zigzag"}
"""Marks that have a radius."""
_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)}
_MEASURES = {
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

_NUMBER = rf"\d+(?:\.\d+)?|{'|'.join(_NUMBERS)}"
_COUNT = rf"\b(?P<low>{_NUMBER})(?:(?:-| to | or )(?P<high>{_NUMBER}))?\b"
_HOW = r"(?: (?:small|tiny|soft|slow|short|light|single|straight|even|more))*"
_MOVEMENT = (
    "circle|half-moon|press|hold|lift|squeeze|change|shove|draw|line|touch|clap|fall|movement"
    "|to-and-fro"
)
_MEASURE = "|".join(sorted(_MEASURES, key=len, reverse=True))


@dataclass(frozen=True)
class _Phrase:
    """A pattern of phrases, a check against the facts, and the correct values in words."""

    pattern: str
    supported: Callable[[_Facts, re.Match[str]], bool]
    fields: Callable[[_Facts], str]


def _numbers(found: re.Match[str]) -> list[float]:
    """The one or two numbers in a phrase."""
    given = [each.lower() for each in found.group("low", "high") if each]
    return [_NUMBERS[each] if each in _NUMBERS else float(each) for each in given]


def _movements(facts: _Facts, found: re.Match[str]) -> bool:
    return facts.movements.issuperset(_numbers(found))


def _passes(facts: _Facts, found: re.Match[str]) -> bool:
    return all(is_within(each, facts.passes) for each in _numbers(found))


def _rate(facts: _Facts, found: re.Match[str]) -> bool:
    factor = 60 if found["unit"].lower() == "second" else 1
    return all(is_within(factor * each, facts.per_minute) for each in _numbers(found))


def _time(facts: _Facts, found: re.Match[str]) -> bool:
    times = [(floor(low), ceil(high)) for low, high in facts.times]
    return all(any(is_within(each, span) for span in times) for each in _numbers(found))


def _length(facts: _Facts, found: re.Match[str]) -> bool:
    return all(any(is_within(each, span) for span in facts.lengths) for each in _numbers(found))


def _step(facts: _Facts, found: re.Match[str]) -> bool:
    length = _MEASURES[(found["after"] or found["before"]).lower()]
    steps = [*facts.steps, *(facts.gaps if found["how"] == "apart" else ())]
    return not facts.steps or any(abs(length - step) < _TOLERANCE_CM for step in steps)


def _listed(numbers: Iterable[float]) -> str:
    return " or ".join(f"{each:g}" for each in sorted(set(numbers))) or "none"


PHRASES = (
    _Phrase(
        rf"{_COUNT}(?: [a-z-]+)? a (?P<unit>minute|second)\b",
        _rate,
        lambda facts: f"the tempo is {format_spans([facts.per_minute])} a minute",
    ),
    _Phrase(
        rf"(?!one{_HOW} (?:{_MOVEMENT})e?s){_COUNT}{_HOW} (?:{_MOVEMENT})(?:e?s)?\b",
        _movements,
        lambda facts: f"movements at a stop: {_listed(facts.movements)}",
    ),
    _Phrase(
        rf"{_COUNT} (?:passes|rounds|runs)\b",
        _passes,
        lambda facts: f"passes: {format_spans([facts.passes])}",
    ),
    _Phrase(
        rf"{_COUNT} times\b",
        lambda facts, found: _movements(facts, found) or _passes(facts, found),
        lambda facts: (
            f"movements at a stop: {_listed(facts.movements)};"
            f" passes: {format_spans([facts.passes])}"
        ),
    ),
    _Phrase(
        rf"{_COUNT} seconds?\b",
        _time,
        lambda facts: f"seconds of a movement, a stay or a pass: {format_spans(facts.times)}",
    ),
    _Phrase(
        rf"{_COUNT} (?:cm|centimetres?)\b",
        _length,
        lambda facts: f"cm of a step, a gap or a radius: {format_spans(facts.lengths)}",
    ),
    _Phrase(
        rf"\b(?:by|on|up|down) (?P<after>{_MEASURE})\b"
        rf"|\b(?P<before>{_MEASURE}) (?P<how>further|higher|lower|apart)\b",
        _step,
        lambda facts: f"cm to the next stop: {_listed(facts.steps)}",
    ),
)
"""Phrases with a number or a body measure. Each pattern skips text matched by those before it, so
that `three times a second` is a rate and not a count; `one draws` is a verb. Distances from a
landmark, as in `two fingers clear of the bumps`, are not checked."""


def _texts(technique: Technique, _: Course) -> Violations:
    """Numbers and body measures in texts must follow from the fields."""
    facts = _facts(technique)
    for loc, text in _texts_of(technique):
        for words, fields in _unsupported(text, facts):
            yield loc, f'"{words}" does not follow from the fields; {fields}'


def _texts_of(technique: Technique) -> Iterator[tuple[Loc, str]]:
    """The instructions; other notes also describe books and articles."""
    yield ("summary",), technique.summary
    yield ("direction",), technique.direction
    yield ("one_pass", "note"), technique.one_pass.note or ""
    yield ("per_spot", "note"), technique.per_spot.note or ""
    for i, step in enumerate(technique.steps):
        yield ("steps", i), step
    for i, mistake in enumerate(technique.mistakes):
        yield ("mistakes", i, "instead"), mistake.instead


def _unsupported(text: str, facts: _Facts) -> Iterator[tuple[str, str]]:
    """The unsupported phrases, each with the correct values in words."""
    text = OTHER_SOURCES.sub("...", text)
    for kind in PHRASES:
        for found in re.finditer(kind.pattern, text, re.IGNORECASE):
            if not kind.supported(facts, found):
                yield found[0], kind.fields(facts)
        text = re.sub(kind.pattern, "...", text, flags=re.IGNORECASE)


CHECKS: Checks = {"techniques": (_texts,)}
