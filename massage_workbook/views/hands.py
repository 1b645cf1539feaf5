"""The hands of a technique on the back, from above and to scale, for the page to draw."""

from collections.abc import Sequence
from math import atan2, degrees
from typing import Any

from massage_workbook.body import hand_shapes as shapes
from massage_workbook.body import movement
from massage_workbook.body.frame import svg_transform
from massage_workbook.body.hand_shapes import Shape
from massage_workbook.body.scene import placed
from massage_workbook.body.top_view import BEND_CM, FINGERS_AT
from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Motion, Technique
from massage_workbook.views.movement import key_times

PER_CM = svg_transform()["scale"] / CM_PER_UNIT
"""Pixels of the picture per centimetre of the back."""
_FIST_SHORTENING = 0.85
"""Share by which the fingers of a half-closed hand look shorter."""
_LEAN_DEGREES = 80
"""Direction inward from up of hands on both sides of the neck: their two pads lie one above the
other, since there is no more room between the bumps and the side of the neck."""
_TILT_DEGREES = 18
"""Turn of a hand that lies on another."""
_BESIDE_CM = 9.0
"""Distance between the middles of two hands side by side."""
_FOLLOWING_CM = 5.0
"""Distance between a hand and the one that follows it."""

_CONTACTS = shapes.PALM_CONTACTS
_RIM = (shapes.RIM[0],)
_SPREAD = shapes.SPREAD_FROM_ABOVE
_FLAT = (shapes.PALM_EDGE, (0.0, 7.0), (*_CONTACTS["palm"], *_CONTACTS["fingers"]))
_LONG_EDGE = ((-1.2, 3.0), (1.5, 3.0), (0.8, 16.2), (-0.7, 16.3))
_TWO_PADS = shapes.oval((0.3, 17.0), 0.9, 0.9), shapes.oval((2.6, 15.6), 0.9, 0.9)
ANCHORS: dict[str, tuple[Shape, Point, tuple[Shape, ...]]] = {
    "flat": _FLAT,
    "hand over hand": _FLAT,
    "heel": (shapes.PALM_EDGE, (0, 4), shapes.KNEADING_FROM_ABOVE.touch),
    "finger pads": (shapes.PALM_EDGE, (-0.8, 15.3), _CONTACTS["finger pads"]),
    "two finger pads": (shapes.PALM_EDGE, (1.4, 16.2), _TWO_PADS),
    "finger pads, spread": (
        _SPREAD.hands[0][1:-1],
        (-0.8, 15.3),
        _SPREAD.touch,
    ),
    "thumb": (shapes.PALM_EDGE, (7.2, 8.3), _CONTACTS["thumb pad"]),
    "half closed": (shapes.PALM_EDGE, (-0.5, 9), (shapes.oval((-0.5, 9.3), 7.4, 2.2),)),
    "loose fist": (shapes.PALM_EDGE, (-0.5, 8), (shapes.oval((-0.5, 9), 7.4, 3),)),
    "cupped": (shapes.PALM_EDGE, (0, 8), _RIM),
    "clamp": (shapes.KNEADING_FROM_ABOVE.hands[0][1:-1], (0, 5), shapes.KNEADING_FROM_ABOVE.touch),
    "edge": (shapes.EDGE_ABOVE[1:-1], (0, 12.5), shapes.EDGE_FROM_ABOVE.touch),
    "thumb side": (shapes.EDGE_ABOVE[1:-1], (0, 9), (_LONG_EDGE,)),
}
"""A left hand from above, by pose: its outline, its anchor, and the areas of contact."""


def hands_view(
    technique: Technique, halves: Sequence[str], rests: Sequence[float] | None = None
) -> dict[str, Any]:
    """The shapes and key frames of the hands on some halves: `right`, `left`, or `middle` for both.

    `looks` are the shapes of `poses`, as paths in pixels around the anchor. Each of the `hands`
    follows the places of the half `on`; `tilt` is an additional turn, `second` marks the second of
    two hands, and `top` one that lies on another. `times` are shares of `lasts` beats, and `states`
    the key frames of the first and second hand: pixels ahead and outward along the path, pixels
    along the fingers, height and pressure, 0-1. A hand that `rests` lies flat at that place, with
    the last look.
    """
    times = key_times(technique)
    still = [{"on": halves[0], "flip": halves[0] == "left", "rests": rests}] if rests else []
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
    """The hands on a half: one, two along the stroke, or one on top of the other."""
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
    if work in movement.TWO and len(halves) == 1:
        return [first | {"beside": -1}, other | {"beside": 1}]
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
    usual = _FOLLOWING_CM if technique.hands.pose == "half closed" else _BESIDE_CM
    return movement.spacing(technique) or usual


# --- shapes -----------------------------------------------------------------------------------


def _look(pose: str, technique: Technique) -> dict[str, Any]:
    """The paths of a hand and of its contact, and its inward lean."""
    outline, at, touch = ANCHORS[pose.removesuffix(", hand over hand")]
    bend = _FIST_SHORTENING if pose in {"half closed", "loose fist"} else 0

    def shaped(shape: Shape) -> Shape:
        bent = tuple((x, y - bend * max(0, y - FINGERS_AT)) for x, y in shape)
        return placed(bent, (-at[0], -at[1], 0))

    return {
        "outline": _path([shaped(outline)]),
        "touch": _path([shaped(each) for each in touch]),
        "lean": round(_LEAN_DEGREES + _outward_degrees(technique)) * (pose != technique.hands.pose),
    }


def _path(rings: Sequence[Shape]) -> str:
    """Rings as an SVG path, y down."""
    points = ("L".join(f"{PER_CM * x:.1f} {-PER_CM * y:.1f}" for x, y in ring) for ring in rings)
    return "".join(f"M{each}Z" for each in points)


_RESTING = {"outline": _path([placed(shapes.PALM_EDGE, (0, -7, 0))]), "touch": "", "lean": 0}
"""The look of a flat, resting hand."""

# --- movement ---------------------------------------------------------------------------------


def _state(technique: Technique, time: float, *, second: bool) -> list[float]:
    hand = movement.hand_at(technique, time, second=second)
    ahead, out = movement.hand_offset(technique, hand, time)
    on = 0.0
    if technique.glides:
        ahead = out = 0
    elif technique.hands.work == "against each other":
        ahead, on = 0, movement.SHIFT_CM * hand.shift + BEND_CM * hand.bend
    elif technique.motion is Motion.SHAKE and technique.strokes[0].mark != "circles":
        ahead, out = 0, ahead
    steps = any(phase.do == "return" for phase in technique.movement.phases)
    ahead += movement.ROLL_CM * hand.roll * steps
    out += movement.ROLL_CM * hand.roll * (not steps)
    pixels = (round(PER_CM * each, 1) for each in (ahead, out, on))
    return [*pixels, round(hand.height, 2), round(hand.press * hand.on_skin, 2)]
