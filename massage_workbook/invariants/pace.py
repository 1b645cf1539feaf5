"""Check that the tempo of a technique fits its strokes, and compute its durations."""

from math import ceil, floor

from massage_workbook.course.schema import Course, Stops, Stroke, Technique
from massage_workbook.errors import Loc
from massage_workbook.invariants.reporting import Checks, Span, Violations, format_spans
from massage_workbook.session import passes

LOW, HIGH = 0, 1
"""Indexes of the slow and the fast end of a tempo."""


def stops_field(technique: Technique, stroke: Stroke) -> Loc:
    """The place in the technique of the stops that a stroke has."""
    if stroke.stops is None:
        return ("one_pass", "stops")
    return ("strokes", technique.strokes.index(stroke), "stops")


def work_seconds(technique: Technique, stops: Stops, end: int) -> float:
    """Seconds of the movements at a stop, at one end of the tempo; both hands if they alternate."""
    hands = 2 if technique.one_pass.alternating else 1
    return stops.movements * hands * 60 / technique.tempo.per_minute[end]


def stay_seconds(technique: Technique, stops: Stops, end: int) -> float:
    """Seconds in one place; without `move_on`, the last movement partly moves the hand on."""
    half = 30 / technique.tempo.per_minute[end]
    moving = 0 if stops.move_on else min(stops.step_cm / technique.tempo.cm_per_second[end], half)
    return work_seconds(technique, stops, end) - moving


def pass_seconds(technique: Technique, end: int) -> float:
    """Seconds of a pass at one end of the tempo."""
    return sum(
        leg.seconds * sum(tempo) / 2 / tempo[end]
        for leg in passes.legs(technique)
        for tempo in [_tempo(technique, leg)]
    )


def _tempo(technique: Technique, leg: passes.Leg) -> Span:
    """The range that sets the pace of a leg: movements a minute, or cm a second."""
    if leg.kind == "stop":
        return technique.tempo.per_minute
    own = leg.stroke.cm_per_second if leg.kind == "glide" else None
    return own or technique.tempo.cm_per_second


def _glides(technique: Technique, _: Course) -> Violations:
    """Glides a minute match the speed of the hand and the strokes, rounded up or down."""
    if not technique.glides:
        return
    given = technique.tempo.per_minute
    actual = [
        60 * passes.glide_count(technique) / pass_seconds(technique, end) for end in (LOW, HIGH)
    ]
    if any(not floor(b) <= a <= ceil(b) for a, b in zip(given, actual, strict=True)):
        speed = format_spans([technique.tempo.cm_per_second])
        message = (
            f"is {format_spans([given])}; {speed} cm a second makes {actual[0]:.1f}"
            f" to {actual[1]:.1f} glides a minute"
        )
        yield ("tempo", "per_minute"), message


def _moving_on(technique: Technique, _: Course) -> Violations:
    """There is time to move on to the next stop, also at the upper end of the tempo."""
    fast, speed = technique.tempo.per_minute[HIGH], technique.tempo.cm_per_second[HIGH]
    for stroke in technique.strokes:
        stops = passes.stops_of(technique, stroke)
        if not stops or len(passes.stop_points(stroke.points, stops.step_cm)) == 1:
            continue
        available, needed = (stops.move_on or 0.5) * 60 / fast, stops.step_cm / speed
        if round(needed - available, 6) > 0:
            message = (
                f"is {stops.step_cm:g}, which takes {needed:.2g} s at {speed:g} cm a second; at"
                f" {fast:g} a minute there are {available:.2g} s to move on: make move_on longer or"
                " the step shorter"
            )
            yield (*stops_field(technique, stroke), "step_cm"), message


CHECKS: Checks = {"techniques": (_glides, _moving_on)}
