"""The animation of a pass: the places of each hand, leg by leg, in pixels of the drawing."""

from collections.abc import Iterator, Mapping, Sequence
from math import dist, hypot
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.frame import svg_transform
from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Motion, Stroke, Technique
from massage_workbook.safety.screening import Side
from massage_workbook.session import passes
from massage_workbook.session.passes import Hand, Leg

_MIN_GAP_CM = 0.9
"""Minimum cm between two places of a glide."""
_SHAKE_CM = 0.5
"""Amplitude of shaking in cm, whatever mark is drawn."""
_SAW_CM = 2.5
"""Amplitude of sawing in cm, as drawn."""

_EDGES = "left", "top"
_View = dict[str, Any]


def pass_tour(
    technique: Technique,
    strokes: Sequence[Stroke] | None = None,
    side: Side = "right",
    pace: float = 1.0,
) -> _View:
    """A pass in seconds, and in pixels of the drawing (`frame.svg_transform`).

    `strokes` are the allowed strokes, by default all. On the left `side`, strokes made on each side
    in turn are mirrored. `pace` is the factor to the duration at mid-tempo, and `beat` the time of
    a movement. In a leg, `at` is its start, `leaving` the time at its end for moving on,
    `movements` those of all hands, `radius` the reach of a hand around its stop, and `heading` the
    direction of the path there on the right half, to be mirrored on the left.
    """
    legs = passes.legs(technique, strokes)
    return {
        "seconds": round(pace * sum(leg.seconds for leg in legs), 2),
        "beat": round(pace * 120 / sum(technique.tempo.per_minute), 2),
        "alternating": technique.one_pass.alternating,
        "through_air": _lifts_off(technique, strokes),
        "legs": [
            _leg(leg, heading, technique, side, pace)
            for leg, heading in zip(legs, _headings(legs), strict=True)
        ],
    }


def _lifts_off(technique: Technique, strokes: Sequence[Stroke] | None) -> bool:
    """Whether the hands go through the air between strokes.

    They always do when strokes are cut: on the skin they might cross the excluded area.
    """
    cut = any(isinstance(stroke, passes.StrokePiece) for stroke in strokes or ())
    return cut or technique.one_pass.between == "through the air"


def pass_tours(technique: Technique) -> list[_View]:
    """A pass on the right half and one on the left, or one of both hands."""
    in_turn = any(stroke.side == "each" for stroke in technique.strokes)
    sides: tuple[Side, ...] = ("right", "left") if in_turn else ("both",)
    return [pass_tour(technique, side=side) for side in sides]


def _leg(leg: Leg, heading: Point, technique: Technique, side: Side, pace: float) -> _View:
    hands = len(leg.places) if technique.one_pass.alternating else 1
    return {
        "kind": leg.kind,
        "at": round(pace * leg.start, 2),
        "seconds": round(pace * leg.seconds, 2),
        "places": {
            hand: [_svg_point(place) for place in _thinned(places)]
            for hand, places in _on_side(leg, side).items()
        },
        "movements": hands * leg.movements,
        "leaving": round(pace * leg.leaving, 2),
        "mark": leg.stroke.mark,
        "radius": round(_radius(leg.stroke, technique) * svg_transform()["scale"] / CM_PER_UNIT, 1),
        "heading": [round(each, 2) for each in heading],
        "force": leg.stroke.force,
        "stroke": leg.stroke.id,
    }


def _on_side(leg: Leg, side: Side) -> Mapping[Hand, Sequence[Point]]:
    """The places of a leg by hand; on a stroke of both sides the left hand mirrors the right."""
    if leg.stroke.side == "both":
        return {"right": leg.places["right"], "left": anatomy.mirrored(leg.places["right"])}
    if leg.stroke.side == "each" and side == "left":
        return {"left": anatomy.mirrored(leg.places["right"])}
    return leg.places


def _thinned(places: Sequence[Point]) -> list[Point]:
    """The ends, and points between them at least `_MIN_GAP_CM` apart."""
    kept = [places[0]]
    for place in places[1:-1]:
        if dist(kept[-1], place) * CM_PER_UNIT >= _MIN_GAP_CM:
            kept.append(place)
    return [*kept, places[-1]] if len(places) > 1 else kept


def _svg_point(place: Point) -> list[float]:
    of = svg_transform()
    return [
        round((each - of[edge]) * of["scale"], 1) for each, edge in zip(place, _EDGES, strict=True)
    ]


def _radius(stroke: Stroke, technique: Technique) -> float:
    if technique.motion is Motion.SHAKE:
        return _SHAKE_CM
    return _SAW_CM if stroke.mark == "saw" else stroke.radius_cm


def _headings(legs: Sequence[Leg]) -> Iterator[Point]:
    """The direction of the path in each leg, from the previous stop to the next."""
    for i, leg in enumerate(legs):
        near = [each for each in legs[max(0, i - 1) : i + 2] if _alike(each, leg)]
        (u1, v1), (u2, v2) = _right(near[0])[0], _right(near[-1])[-1]
        if (u1, v1) == (u2, v2):
            (u1, v1), (u2, v2) = leg.stroke.points[0], leg.stroke.points[-1]
        size = hypot(u2 - u1, v2 - v1) or 1
        yield (u2 - u1) / size, (v2 - v1) / size


def _alike(one: Leg, other: Leg) -> bool:
    """Whether two legs are stops of the same stroke."""
    return one is other or (one.kind == other.kind == "stop" and one.stroke is other.stroke)


def _right(leg: Leg) -> Sequence[Point]:
    """The places of a leg, mirrored to the right half."""
    hand, places = next(iter(leg.places.items()))
    return anatomy.mirrored(places) if hand == "left" else places
