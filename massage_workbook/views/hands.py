"""The hands of a technique as the page draws them on the back, from above and to scale."""

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
"""Pixels of the picture in a centimetre of the back."""
FIST = 0.85
"""By how much the fingers of a half-closed hand look shorter."""
LEAN = 80
"""Degrees by which hands on both sides of the neck point inward from up: their two pads lie one
above the other, since there is no more room between the bumps and the side of the neck."""
TILT = 18
"""Degrees by which a hand that lies on another is turned against it."""
BESIDE_CM = 9.0
"""From the middle of one hand to that of another that works beside it."""
FOLLOWS_CM = 5.0
"""From a hand to the one that follows it on its way."""

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
"""A left hand from above by its pose: its outline, the place that is put down, what touches."""


def drawn(
    technique: Technique, halves: Sequence[str], rests: Sequence[float] | None = None
) -> dict[str, Any]:
    """How the hands look and move on each of these halves: `right`, `left`, or `middle` for both.

    `looks` are those of `poses`, each as paths in pixels round the place that is put down. Of each
    of the `hands`, `on` is the half whose place it follows, `tilt` is a turn of its own,
    `second` says that it moves as the second of two, and `top` that it lies on another. `times` are
    shares of `lasts` beats, and `states` what the first and the second hand do at them: ahead and
    outward along its way, on along its fingers, all in pixels, height and pressure, of 1. A hand
    that `rests` lies flat at that place, and has the last of the looks.
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
    """All poses of a technique, its own first."""
    own = technique.hands.pose
    return list(dict.fromkeys([own, *(stroke.pose or own for stroke in technique.strokes)]))


def _on_half(technique: Technique, half: str, halves: Sequence[str]) -> list[dict[str, Any]]:
    """The hands on a half: one, two along the stroke, or one on the other."""
    work = technique.hands.work
    paired = len(halves) > 1 and work in movement.TWO
    own = (technique.hands.working == "same side") != (half == "left")
    first = {"on": half, "flip": own, "second": half == "left" and paired}
    other = {"on": half, "flip": not own, "second": True}
    if work == "one on the other":
        return [first, other | {"second": False, "tilt": -TILT if own else TILT, "top": True}]
    if work in movement.TWO and len(halves) == 1:
        return [first | {"beside": -1}, other | {"beside": 1}]
    return [first]


def fingers(technique: Technique) -> Point:
    """The direction of the fingers on the right half of the back."""
    return {
        "to the head": (0, -1),
        "up and outward": (0.64, -0.77),
        "outward": (1, 0),
        "to the spine": (-1, 0),
        "across": (1, 0),
    }[technique.hands.fingers]


def _outward(technique: Technique) -> float:
    """Degrees by which the fingers point outward from up."""
    u, v = fingers(technique)
    return degrees(atan2(u, -v))


def beside_cm(technique: Technique) -> float:
    """From the middle of one hand to that of the other on the same half."""
    usual = FOLLOWS_CM if technique.hands.pose == "half closed" else BESIDE_CM
    return movement.spacing(technique) or usual


# --- shapes -----------------------------------------------------------------------------------


def _look(pose: str, technique: Technique) -> dict[str, Any]:
    """The paths of a hand and of what touches, and how far it leans inward."""
    outline, at, touch = ANCHORS[pose.removesuffix(", hand over hand")]
    bend = FIST if pose in {"half closed", "loose fist"} else 0

    def shaped(shape: Shape) -> Shape:
        bent = tuple((x, y - bend * max(0, y - FINGERS_AT)) for x, y in shape)
        return placed(bent, (-at[0], -at[1], 0))

    return {
        "outline": _path([shaped(outline)]),
        "touch": _path([shaped(each) for each in touch]),
        "lean": round(LEAN + _outward(technique)) * (pose != technique.hands.pose),
    }


def _path(rings: Sequence[Shape]) -> str:
    """Rings as an SVG path, y down."""
    points = ("L".join(f"{PER_CM * x:.1f} {-PER_CM * y:.1f}" for x, y in ring) for ring in rings)
    return "".join(f"M{each}Z" for each in points)


_RESTING = {"outline": _path([placed(shapes.PALM_EDGE, (0, -7, 0))]), "touch": "", "lean": 0}
"""A hand that lies flat and does nothing."""

# --- what they do -----------------------------------------------------------------------------


def _state(technique: Technique, time: float, *, second: bool) -> list[float]:
    hand = movement.hand_at(technique, time, second=second)
    ahead, out = movement.way(technique, hand, time)
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
