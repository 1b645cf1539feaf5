"""The animation of a pass: the places of each hand, leg by leg, in pixels of the drawing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, dist, hypot, radians, sin
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.frame import to_svg
from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.safety.screening import Side
from massage_workbook.session import passes
from massage_workbook.session.passes import Hand, Leg
from massage_workbook.views.clearance import keep_hands_off
from massage_workbook.views.hands import (
    FOLLOWING_CM,
    finger_direction,
    hand_spacing_cm,
    hands_view,
    lean,
    one_follows,
    poses,
)

_ALONG = 0.7
"""Cosine above which fingers point along a stroke."""

SMALLER = 0.25
"""What is left of a movement where there is room for a few fingers only, in a pose of its own."""
_FINE_CM = 0.25
_MIDDLE_V = 0.45
"""Height of the middle of the back, below the shoulder blades."""
_View = dict[str, Any]


def pass_tour(  # noqa: PLR0913 - whose, where, and how
    technique: Technique,
    zones: Sequence[Zone],
    strokes: Sequence[Stroke] | None = None,
    side: Side = "right",
    pace: float = 1.0,
    *,
    resting: bool = True,
) -> _View:
    """A pass in seconds, and in pixels of the drawing (`frame.svg_transform`).

    `strokes` are the allowed strokes, by default all. On the left `side`, strokes made on each side
    in turn are mirrored. `pace` is the factor to the duration at mid-tempo, and `beat` the time of
    a movement. In a leg, `at` is its start, `leaving` the time at its end for moving on,
    `turns` the direction of the fingers, in degrees to the right of
    up, `axes` the two directions of a movement at a stop, and `look` the number of the drawing. The
    hands are those of `hands.hands_view`; where one rests, `resting` shows it on the other half.
    What of them touches keeps out of `zones`.
    """
    legs = passes.legs(technique, strokes)
    halves = list(dict.fromkeys(half for leg in legs for half in _on_side(leg, side)))
    rests = _resting_place(technique, legs, side) if resting else None
    hands = hands_view(technique, halves, rests)
    positions = _keep_position(legs, technique)
    tour = hands | {
        "seconds": round(pace * sum(leg.seconds for leg in legs), 2),
        "beat": round(pace * 120 / sum(technique.tempo.per_minute), 2),
        "through_air": _lifts_off(technique, strokes),
        "legs": [
            _timing(leg, technique, pace) | _hand_positions(leg, ends, technique, side, hands)
            for leg, *ends in zip(legs, positions, [*positions[1:], positions[0]], strict=True)
        ],
    }
    return keep_hands_off(tour, technique, zones)


def _lifts_off(technique: Technique, strokes: Sequence[Stroke] | None) -> bool:
    """Whether the hands go through the air between strokes.

    They always do when strokes are cut: on the skin they might cross the excluded area.
    """
    cut = any(isinstance(stroke, passes.StrokePiece) for stroke in strokes or ())
    return cut or technique.one_pass.between == "through the air"


def pass_tours(technique: Technique, zones: Sequence[Zone]) -> list[_View]:
    """A pass on the right half and one on the left, or one of both hands."""
    in_turn = any(stroke.side == "each" for stroke in technique.strokes)
    sides: tuple[Side, ...] = ("right", "left") if in_turn else ("both",)
    return [pass_tour(technique, zones, side=side) for side in sides]


def _timing(leg: Leg, technique: Technique, pace: float) -> _View:
    return {
        "kind": leg.kind,
        "at": round(pace * leg.start, 2),
        "seconds": round(pace * leg.seconds, 2),
        "leaving": round(pace * leg.leaving, 2),
        "look": poses(technique).index(leg.stroke.pose or technique.hands.pose),
        "force": leg.stroke.force,
        "stroke": leg.stroke.id,
    }


@dataclass(frozen=True)
class _Position:
    """How hands lie on the right half.

    The direction of the path, that of the fingers in degrees to the right of up, and where two
    hands are, from the place of both, in (u, v).
    """

    heading: Point
    turn: float
    offsets: tuple[Point, Point]


def _keep_position(legs: Sequence[Leg], technique: Technique) -> list[_Position]:
    """The position in each leg; legs between stops keep that of the last stop."""
    every = [
        _Position(heading, _turn(_pointing(heading, technique)), _offsets(leg, heading, technique))
        for leg, heading in zip(legs, _headings(legs), strict=True)
    ]
    stops = [i for i, leg in enumerate(legs) if leg.kind == "stop"]
    last = every[stops[-1] if stops else -1]
    kept = []
    for i, position in enumerate(every):
        last = position if i in stops else last
        kept.append(last)
    return kept


def _hand_positions(
    leg: Leg, ends: Sequence[_Position], technique: Technique, side: Side, hands: _View
) -> _View:
    """The places, turns and axes of each hand in a leg, at whose ends it has these positions."""
    found: dict[str, dict[str, Any]] = {"places": {}, "turns": {}, "axes": {}}
    sides = _on_side(leg, side)
    pose = leg.stroke.pose or technique.hands.pose
    for hand in hands["hands"]:
        half, *number = hand.get("on", "none").split()
        if half not in sides or hand.get("top"):
            continue
        on, mirror = hand["on"], -1 if half == "left" else 1
        offsets = [each.offsets[int(number[0]) - 1] for each in ends] if number else []
        places = _shifted(sides[half], offsets, mirror)
        found["places"][on] = [*map(to_svg, places)]
        inward = lean(pose, technique) * (-1 if hand["flip"] else 1)
        found["turns"][on] = round(mirror * ends[0].turn + inward)
        if leg.kind == "stop":
            found["axes"][on] = _axes(ends[0], technique, leg, mirror)
    return found


def _shifted(places: Sequence[Point], offsets: Sequence[Point], mirror: int) -> list[Point]:
    """A path with offsets at its start and end, and in between those in proportion."""
    if not offsets or len(places) == 1:
        (u, v), *_ = (*offsets, (0, 0))
        return [(x + mirror * u, y + v) for x, y in places]
    (u, v), (end_u, end_v) = offsets
    last = len(places) - 1
    return [
        (x + mirror * (u + (end_u - u) * i / last), y + v + (end_v - v) * i / last)
        for i, (x, y) in enumerate(places)
    ]


def _axes(position: _Position, technique: Technique, leg: Leg, mirror: int) -> list[list[float]]:
    """Where a movement ahead and outward goes on the page, at its size.

    Along the path and to the right of it, or along the fingers of hands against each other.
    """
    u, v = position.heading
    if technique.hands.work == "against each other":
        turn = radians(position.turn)
        u, v = sin(turn), -cos(turn)
    reach = SMALLER if leg.stroke.pose else 1
    axes = (mirror * u, v), (-mirror * v, u)
    return [[round(reach * each, 2) + 0 for each in axis] for axis in axes]


def _resting_place(technique: Technique, legs: Sequence[Leg], side: Side) -> list[float] | None:
    """The place of the resting hand: opposite a stop near the middle of the back.

    The technique works there as well, so it is not off limits.
    """
    if technique.hands.work != "one, the other rests":
        return None
    stops = [_right(leg)[0] for leg in legs if leg.kind == "stop"]
    u, v = min(stops, key=lambda place: abs(place[1] - _MIDDLE_V))
    return _svg_point((u if side == "left" else -u, v))


def _on_side(leg: Leg, side: Side) -> Mapping[Hand, Sequence[Point]]:
    """The places of a leg by hand; on a stroke of both sides the left hand mirrors the right."""
    if leg.stroke.side == "both":
        return {"right": leg.places["right"], "left": anatomy.mirrored(leg.places["right"])}
    if leg.stroke.side == "each" and side == "left":
        return {"left": anatomy.mirrored(leg.places["right"])}
    return leg.places


def _svg_point(place: Point) -> list[float]:
    return [round(each, 1) for each in to_svg(place)]


def _offsets(leg: Leg, heading: Point, technique: Technique) -> tuple[Point, Point]:
    """Where two hands on the right half are, from the place of the leg.

    Hands that take turns have it between them if their fingers point along it, unless one follows
    the other; else they are on it, as far apart as it has room for. The left hand is to the left of
    the direction of the fingers.
    """
    (a, b), (u, v) = _right(leg)[0], _pointing(heading, technique)
    apart = hand_spacing_cm(technique) / CM_PER_UNIT
    to_left = heading[0] * v - heading[1] * u
    side_by_side = technique.hands.work == "in turn" and not one_follows(technique)
    if side_by_side and abs(heading[0] * u + heading[1] * v) > _ALONG:
        ends = [(a - side * v * apart / 2, b + side * u * apart / 2) for side in (1, -1)]
    else:
        ends = _pair_on(leg.stroke, (a, b), apart)[:: 1 if to_left > 0 else -1]
    (u1, v1), (u2, v2) = ends[:: -1 if technique.hands.working == "other side" else 1]
    return (u1 - a, v1 - b), (u2 - a, v2 - b)


def _pair_on(stroke: Stroke, place: Point, apart: float) -> tuple[Point, Point]:
    """The places of two hands on a stroke, around a place on it.

    They go from one end of it to the other as the place does; on a stroke with no room for two they
    overlap around its middle.
    """
    path = anatomy.along(stroke.points, step_cm=_FINE_CM)
    last = len(path) - 1
    length = anatomy.length_cm(stroke.points) / CM_PER_UNIT
    apart = min(apart, max(length, FOLLOWING_CM / CM_PER_UNIT))
    share = min(range(last + 1), key=lambda i: dist(path[i], place)) / last
    start = (length - apart) * (share if length > apart else 0.5)
    return _on_path(path, start / length), _on_path(path, (start + apart) / length)


def _on_path(path: Sequence[Point], share: float) -> Point:
    """The place at a share of a path, straight on beyond its ends."""
    last = len(path) - 1
    i = min(max(int(share * last), 0), last - 1)
    (u, v), (x, y), part = path[i], path[i + 1], share * last - i
    return u + (x - u) * part, v + (y - v) * part


def _pointing(heading: Point, technique: Technique) -> Point:
    """The direction of the fingers on the right half; fingers that hold a muscle are across it."""
    u, v = finger_direction(technique)
    holds = technique.hands.pose.startswith("clamp") and not technique.glides
    if holds and abs(u * heading[0] + v * heading[1]) > _ALONG:
        return 0, -1
    return u, v


def _turn(pointing: Point) -> float:
    """The turn to the right, in degrees, of fingers that point up the picture."""
    u, v = pointing
    return round(degrees(atan2(u, -v)))


def _headings(legs: Sequence[Leg]) -> Iterator[Point]:
    """The direction of the path in each leg, from the previous stop to the next."""
    for i, leg in enumerate(legs):
        near = [each for each in legs[max(0, i - 1) : i + 2] if _same_stroke(each, leg)]
        (u1, v1), (u2, v2) = _right(near[0])[0], _right(near[-1])[-1]
        if (u1, v1) == (u2, v2):
            (u1, v1), (u2, v2) = leg.stroke.points[0], leg.stroke.points[-1]
        size = hypot(u2 - u1, v2 - v1) or 1
        yield (u2 - u1) / size, (v2 - v1) / size


def _same_stroke(one: Leg, other: Leg) -> bool:
    """Whether two legs are stops of the same stroke."""
    return one is other or (one.kind == other.kind == "stop" and one.stroke is other.stroke)


def _right(leg: Leg) -> Sequence[Point]:
    """The places of a leg, mirrored to the right half."""
    hand, places = next(iter(leg.places.items()))
    return anatomy.mirrored(places) if hand == "left" else places
