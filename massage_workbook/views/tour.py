"""The animation of a pass: the places of each hand, leg by leg, in pixels of the drawing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import atan2, degrees, hypot
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.frame import svg_transform, to_svg
from massage_workbook.body.movement import TWO
from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.safety.screening import Side
from massage_workbook.session import passes
from massage_workbook.session.passes import Hand, Leg
from massage_workbook.views.clearance import MIN_GAP_CM, keep_hands_off, thinned
from massage_workbook.views.hands import finger_direction, hand_spacing_cm, hands_view, poses

_ALONG, _ACROSS = 0.7, 0.1
"""Cosines: above the first, fingers point along a stroke; below the second, across it."""

SMALLER = 0.25
"""What is left of a movement where there is room for a few fingers only, in a pose of its own."""
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
    `movements` those of all hands, `heading` the direction of the path there on the right half, to
    be mirrored on the left, `beside` the places of two hands on one half, from that of the leg,
    `turn` that of the fingers, in degrees to the right, `reach` how large its movements are, and
    `look` the number of the drawing. The hands are those of `hands.hands_view`; where one rests,
    `resting` shows it on the other half. What of them touches keeps out of `zones`.
    """
    legs = passes.legs(technique, strokes)
    halves = list(dict.fromkeys(half for leg in legs for half in _on_side(leg, side)))
    rests = _resting_place(technique, legs, side) if resting else None
    tour = hands_view(technique, halves, rests) | {
        "seconds": round(pace * sum(leg.seconds for leg in legs), 2),
        "beat": round(pace * 120 / sum(technique.tempo.per_minute), 2),
        "through_air": _lifts_off(technique, strokes),
        "legs": _keep_position(
            _leg(leg, heading, technique, side, pace)
            for leg, heading in zip(legs, _headings(legs), strict=True)
        ),
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


def _leg(leg: Leg, heading: Point, technique: Technique, side: Side, pace: float) -> _View:
    hands = len(leg.places) if technique.one_pass.alternating else 1
    return {
        "kind": leg.kind,
        "at": round(pace * leg.start, 2),
        "seconds": round(pace * leg.seconds, 2),
        "places": {
            hand: [_svg_point(place) for place in thinned(places, MIN_GAP_CM / CM_PER_UNIT)]
            for hand, places in _on_side(leg, side).items()
        },
        "movements": hands * leg.movements,
        "leaving": round(pace * leg.leaving, 2),
        "look": poses(technique).index(leg.stroke.pose or technique.hands.pose),
        "beside": _beside(leg, heading, technique) if _works_in_pairs(leg, technique) else [],
        "turn": _turn(_pointing(heading, technique)),
        "heading": [round(each, 2) for each in heading],
        "force": leg.stroke.force,
        "stroke": leg.stroke.id,
    } | ({"reach": SMALLER} if leg.stroke.pose else {})


def _keep_position(legs: Iterable[_View]) -> list[_View]:
    """Legs between stops keep the hand positions of the last stop."""
    every = list(legs)
    stops = [leg for leg in every if leg["kind"] == "stop"]
    last = stops[-1] if stops else every[-1]
    adjusted = []
    for leg in every:
        last = leg if leg["kind"] == "stop" or not stops else last
        adjusted.append(leg | {name: last[name] for name in ("beside", "turn")})
    return adjusted


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


def _beside(leg: Leg, heading: Point, technique: Technique) -> list[list[float]]:
    """The offsets of two hands on the right half from the place of the leg, in pixels.

    They are along the stroke, the left hand to the left of the direction of the fingers, and not
    beyond an end of the stroke.
    """
    u, v = _pointing(heading, technique)
    to_left = heading[0] * v - heading[1] * u
    half = hand_spacing_cm(technique) / 2 / CM_PER_UNIT * (-1 if to_left < -_ACROSS else 1)
    if technique.hands.working == "other side":
        half = -half
    (at, *_), scale = _right(leg), svg_transform()["scale"]
    found = []
    for side in (-half, half):
        x, y = _within(leg.stroke, (at[0] + side * heading[0], at[1] + side * heading[1]))
        found.append([round((x - at[0]) * scale, 1), round((y - at[1]) * scale, 1)])
    return found


def _works_in_pairs(leg: Leg, technique: Technique) -> bool:
    """Whether two hands work on the same half."""
    return technique.hands.work in TWO and leg.stroke.side != "both"


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
    return round(degrees(atan2(u, -v)), 1)


def _within(stroke: Stroke, place: Point) -> Point:
    """A place, moved back along the stroke if it is beyond an end."""
    (a, b), (c, d) = stroke.points[0], stroke.points[-1]
    length = hypot(c - a, d - b)
    if not length:
        return place
    u, v = (c - a) / length, (d - b) / length
    along = (place[0] - a) * u + (place[1] - b) * v
    past = along - min(max(along, 0), length)
    return place[0] - past * u, place[1] - past * v


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
