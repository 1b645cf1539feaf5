"""The hands of a technique on the back, from above and to scale, for the page to draw."""

from collections.abc import Sequence
from math import atan2, degrees
from typing import Any

from massage_workbook.body import hand_shapes as shapes
from massage_workbook.body import movement
from massage_workbook.body.frame import svg_transform
from massage_workbook.body.hand_shapes import Shape
from massage_workbook.body.scene import placed
from massage_workbook.body.top_view import FINGERS_AT
from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Motion, Technique
from massage_workbook.views.movement import key_times

PER_CM = svg_transform()["scale"] / CM_PER_UNIT
"""Pixels of the picture per centimetre of the back."""
_BENT = {"half closed": 0.85, "loose fist": 0.85, "clamp": 0.45}
"""Share by which fingers look shorter that are bent, or hold a muscle, by the pose."""
_LEAN_DEGREES = 80
"""Direction inward from up of hands on both sides of the neck: their two pads lie one above the
other, since there is no more room between the bumps and the side of the neck."""
_TILT_DEGREES = 18
"""Turn of a hand that lies on another."""
_BEND_CM = 1.5
"""How far each of two hands pushes a muscle across, of which the fold is half as wide as a palm."""
_BESIDE_CM = 9.0
"""Distance between the middles of two hands side by side."""
FOLLOWING_CM = 5.0
"""Distance between a hand and the one that follows it."""

_CONTACTS = shapes.PALM_CONTACTS
_RIM = (shapes.RIM[0],)
_SPREAD = shapes.SPREAD_FROM_ABOVE
_KNEADING = shapes.KNEADING_FROM_ABOVE
_LONG_EDGE = ((-1.2, 3.0), (1.5, 3.0), (0.8, 16.2), (-0.7, 16.3))
_TWO_PADS = shapes.oval((0.3, 17.0), 0.9, 0.9), shapes.oval((2.6, 15.6), 0.9, 0.9)
_FLAT_TOUCH = {"palm": (shapes.PALM_TOUCH,), "fingers": shapes.FINGERS_TOUCH}
"""What touches of a flat hand, by the part of it that the technique names."""
SHAPES: dict[str, tuple[Shape, tuple[Shape, ...]]] = {
    "flat": (shapes.FINGERS_CLOSED, ()),
    "hand over hand": (shapes.FINGERS_CLOSED, ()),
    "heel": (shapes.PALM_EDGE, _KNEADING.touch),
    "finger pads": (shapes.FINGERS_CLOSED, shapes.PADS_CLOSED),
    "two finger pads": (shapes.PALM_EDGE, _TWO_PADS),
    "finger pads, spread": (_SPREAD.hands[0][1:-1], _SPREAD.touch),
    "thumb": (shapes.PALM_EDGE, _CONTACTS["thumb pad"]),
    "half closed": (shapes.FINGERS_CLOSED, (shapes.oval((-0.5, 9.3), 7.4, 2.2),)),
    "loose fist": (shapes.HAND_CLOSED, (shapes.oval((-0.5, 9), 7.4, 3),)),
    "cupped": (shapes.HAND_CLOSED, _RIM),
    "clamp": (_KNEADING.hands[0][1:-1], _KNEADING.touch),
    "edge": (shapes.EDGE_ABOVE[1:-1], shapes.EDGE_FROM_ABOVE.touch),
    "thumb side": (shapes.EDGE_ABOVE[1:-1], (_LONG_EDGE,)),
}
"""A left hand from above, by pose: its outline, and the areas that touch where those are always
the same."""


def hands_view(
    technique: Technique, halves: Sequence[str], rests: Sequence[float] | None = None
) -> dict[str, Any]:
    """The shapes and key frames of the hands on some halves: `right`, `left`, or `middle` for both.

    `looks` are the shapes of `poses`, as paths in pixels around the middle of what touches. Each of
    the `hands` follows the places with the key `on`, which names its half, and its number if two
    work there; `tilt` is an additional turn, `second` marks the second of two hands, and `top` one
    that lies on another. `times` are shares of `lasts` beats, and `states` the key frames of the
    first and second hand: pixels along both axes of a stop, height and pressure, 0-1. A hand that
    `rests` lies flat at that place, with the last look.
    """
    times = key_times(technique)
    still = [{"flip": halves[0] == "left", "rests": rests}] if rests else []
    return {
        "looks": [
            *(_look(pose, technique) for pose in poses(technique)),
            *([_RESTING] * bool(rests)),
        ],
        "hands": [
            *still,
            *(hand for half in halves for hand in _on_half(technique, half, halves)),
        ],
        "lasts": technique.movement.counts,
        "times": [round(time, 4) for time in times],
        "states": [
            [_state(technique, time, second=second) for time in times]
            for second in ([False, True] if technique.hands.work in movement.TWO else [False])
        ],
    }


def poses(technique: Technique) -> list[str]:
    """The poses of a technique, the usual one first."""
    own = technique.hands.pose
    return list(dict.fromkeys([own, *(stroke.pose or own for stroke in technique.strokes)]))


def _on_half(technique: Technique, half: str, halves: Sequence[str]) -> list[dict[str, Any]]:
    """The hands on a half: one, two along the stroke, or one on top of the other.

    A hand that glides while the other may not touch its half works alone.
    """
    work = technique.hands.work
    paired = len(halves) > 1 and work in movement.TWO
    own = (technique.hands.working == "same side") != (half == "left")
    first = {"on": half, "flip": own, "second": half == "left" and paired}
    other = {"on": half, "flip": not own, "second": True}
    if work == "one on the other":
        return [
            first,
            other
            | {"second": False, "tilt": -_TILT_DEGREES if own else _TILT_DEGREES, "top": True},
        ]
    if work in movement.TWO and len(halves) == 1 and not technique.glides:
        return [first | {"on": f"{half} 1"}, other | {"on": f"{half} 2"}]
    return [first]


def finger_direction(technique: Technique) -> Point:
    """The direction of the fingers on the right half of the back."""
    return {
        "to the head": (0, -1),
        "up and outward": (0.64, -0.77),
        "outward": (1, 0),
        "to the spine": (-1, 0),
        "across": (1, 0),
    }[technique.hands.fingers]


def _outward_degrees(technique: Technique) -> float:
    """The direction of the fingers, outward from up."""
    u, v = finger_direction(technique)
    return degrees(atan2(u, -v))


def hand_spacing_cm(technique: Technique) -> float:
    """The distance between the middles of two hands on the same half."""
    usual = FOLLOWING_CM if one_follows(technique) else _BESIDE_CM
    return movement.spacing(technique) or usual


def one_follows(technique: Technique) -> bool:
    """Whether one of two hands works in the track of the other."""
    return technique.hands.pose == "half closed"


# --- shapes -----------------------------------------------------------------------------------


def _look(pose: str, technique: Technique) -> dict[str, str]:
    """The paths of a hand and of its contact, around the middle of the contact."""
    plain = pose.removesuffix(", hand over hand")
    outline, touch = SHAPES[plain]
    touch = touch or tuple(
        each for part in technique.hands.contact for each in _FLAT_TOUCH.get(part, ())
    )
    bend = _BENT.get(plain, 0)
    outline, *touch = (
        tuple((x, y - bend * max(0, y - FINGERS_AT)) for x, y in shape)
        for shape in (outline, *touch)
    )
    right, up = _centroid(touch)
    return {
        "outline": _path([placed(outline, (-right, -up, 0))]),
        "touch": _path([placed(each, (-right, -up, 0)) for each in touch]),
    }


def _centroid(rings: Sequence[Shape]) -> Point:
    """The middle of the area of polygons."""
    parts = [
        (a * d - c * b, a + c, b + d)
        for ring in rings
        for (a, b), (c, d) in zip(ring, (*ring[1:], ring[0]), strict=True)
    ]
    area = 3 * sum(weight for weight, _, _ in parts)
    return (
        sum(weight * x for weight, x, _ in parts) / area,
        sum(weight * y for weight, _, y in parts) / area,
    )


def lean(pose: str, technique: Technique) -> float:
    """The degrees by which hands lean inward in a pose that is not the technique's own."""
    own = pose == technique.hands.pose
    return 0 if own else _LEAN_DEGREES + _outward_degrees(technique)


def _path(rings: Sequence[Shape]) -> str:
    """Rings as an SVG path, y down."""
    points = ("L".join(f"{PER_CM * x:.1f} {-PER_CM * y:.1f}" for x, y in ring) for ring in rings)
    return "".join(f"M{each}Z" for each in points)


_RESTING = {"outline": _path([placed(shapes.FINGERS_CLOSED, (0, -7, 0))]), "touch": ""}
"""The look of a flat, resting hand."""

# --- movement ---------------------------------------------------------------------------------


def _state(technique: Technique, time: float, *, second: bool) -> list[float]:
    hand = movement.hand_at(technique, time, second=second)
    ahead, out = movement.hand_offset(technique, hand, time)
    if technique.glides:
        ahead = out = 0
    elif technique.hands.work == "against each other":
        ahead, out = movement.SHIFT_CM * hand.shift + _BEND_CM * hand.bend, 0
    elif technique.motion is Motion.SHAKE and technique.strokes[0].mark != "circles":
        ahead, out = 0, ahead
    steps = any(phase.do == "return" for phase in technique.movement.phases)
    ahead += movement.ROLL_CM * hand.roll * steps
    out += movement.ROLL_CM * hand.roll * (not steps)
    pixels = (round(PER_CM * each, 1) for each in (ahead, out))
    return [*pixels, round(hand.height, 2), round(hand.press * hand.on_skin, 2)]
