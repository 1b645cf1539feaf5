"""Hand and tissue in section, seen from the side.

Hands come from the left, as the giver sees them; the second is farther away. The x axis is the skin
at rest. Tick marks go through the skin, and others through the muscle, down to where nothing moves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, exp, sin
from typing import Literal

from massage_workbook.body import hand_shapes as shapes
from massage_workbook.body.hand_shapes import Shape, View
from massage_workbook.body.movement import ROLL_CM, Hand, hand_at, hand_offset, hands_at, spacing
from massage_workbook.body.scene import Band, Frame, Part, Place, Scene, placed
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Motion, Technique

_SKIN_CM, _DEEP_CM = 0.9, 4.0
"""Depths of the upper edge of the muscle, and of the tissue that does not move."""
_FALL_CM = 3.4
"""Height of a lifted hand."""
FOLD_CM, _HELD_SHARE = 3.95, 0.5
"""Height of a fold between the fingers, and the share of it if nothing is lifted."""
_SHOULDER_SHARE = 0.6
"""Height of the roll of the shoulder at rest, as a share of `FOLD_CM`."""
_RAISED_CM = 1.2
"""Distance by which a fold is lifted."""
_SPREAD_CM = 1.6
"""Width of the slope of pressed tissue around a hand."""
_BEHIND_CM = 2.4, 0.7
"""Offset of a second hand behind the first, to the right and up."""
_IN_TURN_CM = 6.5
"""Distance between two hands in turn without a stated gap."""
_TRACE_ORIGIN, _TRACE_ABOVE = (8.2, 5.4), (9.4, 8.7)
"""Origins of the drawn path over the skin, and of one that avoids a second hand."""
_TRACE_STEPS = 72
"""Segments of that path."""
_ARROW_CM = 5.6
"""Height of the movement's arrow above the hand."""
_SAMPLES = tuple(1.2 * i for i in range(-12, 14))
"""Points of the skin at rest, along the first axis."""

SLOPED_STANCE, SLOPE = "behind-seated", -0.24
"""The stance with hands on a slope, and its angle in radians."""
_LOW: Frame = (-11, 12, -4, 9.8)
_TALL: Frame = (-12.6, 14.4, -3.6, 12.6)


@dataclass(frozen=True)
class _Grip:
    """A hand on the skin: x ranges that touch, and its place."""

    view: View
    touches: tuple[tuple[float, float], ...]
    place: Place = (0, 0, 0)
    frame: Frame = _LOW


_FLAT_TOUCHES, _FINGERS_FROM = ((-8.0, 8.8),), 0.6
"""x range of a flat hand that touches, and x where its fingers begin."""
_VIEWS = shapes.VIEWS
GRIPS: Mapping[str, _Grip] = {
    "flat": _Grip(_VIEWS["flat"], _FLAT_TOUCHES, (-2, 0, 0)),
    "hand over hand": _Grip(_VIEWS["flat, hand over hand"], _FLAT_TOUCHES, (-2, 0, 0)),
    "heel": _Grip(_VIEWS["heel"], ((-8.6, -1.5),), (3, 0, 0)),
    "heel, hand over hand": _Grip(shapes.SQUEEZING, ((-1.6, 1.2),), (-1, 0, 0.9)),
    "finger pads": _Grip(_VIEWS["pads"], ((4.8, 7.3),), (-3, 0, 0)),
    "finger pads, hand over hand": _Grip(_VIEWS["pads, hand over hand"], ((4.8, 7.3),), (-3, 0, 0)),
    "thumb": _Grip(_VIEWS["thumb"], ((-1.3, 0.7),), (1, 0, 0)),
    "half closed": _Grip(_VIEWS["half closed"], ((-0.6, 3.8),)),
    "loose fist": _Grip(_VIEWS["half closed"], ((-0.6, 3.8),)),
    "cupped": _Grip(_VIEWS["cup"], ((-8.2, -6.6), (2.2, 3.4), (6.8, 8)), (-1.5, 0, 0)),
    "clamp": _Grip(_VIEWS["clamp"], ((-4.2, 5.2),)),
    "clamp, hand over hand": _Grip(_VIEWS["clamp, hand over hand"], ((-4.2, 5.2),)),
    "edge": _Grip(shapes.EDGE_VIEW, ((-1.3, 1.0),), (0, 0, 0), _TALL),
    "thumb side": _Grip(_VIEWS["thumb side"], ((-1.3, 1.0),), (-1, 0, 0), _TALL),
}
_BLADE_BORDER = (
    (6.2, -1.5), (6.6, -1.15), (7.6, -1.2), (11, -1.5), (16, -1.7), (16, -2.5), (11, -2.3),
    (7.6, -2.0), (6.5, -1.95),
)  # fmt: skip
_HIP_RIM = (
    (-16, -1.2), (-9, -1.25), (-7.2, -1.5), (-6.8, -2.2), (-7.8, -2.9), (-11, -3.2), (-16, -3.3),
)  # fmt: skip
_INSIDE: Mapping[str, tuple[tuple[Literal["bone", "fold"], Shape], ...]] = {
    "blade-border-rubbing": (("bone", _BLADE_BORDER),),
    "radial-edge-rubbing": (
        ("bone", _HIP_RIM),
        *(("bone", shapes.oval((x, -2.3), 1.9, 1.3)) for x in (6.6, 10.4)),
    ),
    "tender-spot-hold": (("fold", shapes.oval((0.7, -2.4), 4.4, 1.9)),),
}
"""Structures under the skin, by technique: the rim of a bone, ribs, a tender spot."""


def side_view(technique: Technique, at: float) -> Scene:
    """Hands and tissue at a moment of the movement."""
    grip, hands = _grip(technique), hands_at(technique, at)
    places = [_place(technique, hand, grip, i, at) for i, hand in enumerate(hands)]
    presses = [_press(technique, *each, grip, at) for each in zip(hands, places, strict=True)]
    apart = technique.hands.work == "in turn"
    in_plane = presses if apart else presses[:1]
    skin = tuple(_surface(s, in_plane, 1, 1) for s in _SAMPLES)
    deep = tuple(_below(_surface(s, in_plane, *_muscle_share(technique))) for s in _SAMPLES)
    base = tuple((float(s), -_DEEP_CM) for s in _SAMPLES)
    level = Scene(
        frame=grip.frame,
        from_above=False,
        bands=(Band("muscle", (deep, base)), Band("skin", (skin, deep))),
        parts=(
            *(Part(kind, shape) for kind, shape in _INSIDE.get(technique.id, ())),
            *_hands(technique, hands, places, grip),
            *_touches(in_plane, hands),
        ),
        tips=tuple((right + 2, up + _ARROW_CM) for right, up, _ in places[: len(in_plane)]),
        dot=_traced(technique, hand_offset(technique, hands[0], at)),
    )
    return _on_slope(level) if technique.stance == SLOPED_STANCE else level


def _grip(technique: Technique) -> _Grip:
    """The grip of a technique; of a flat hand, only the palm or only the fingers may touch."""
    grip, contact = GRIPS[technique.hands.pose], technique.hands.contact
    if grip.touches != _FLAT_TOUCHES or {"palm", "fingers"} <= {*contact}:
        return grip
    (low, high), middle = *_FLAT_TOUCHES, _FINGERS_FROM
    return replace(grip, touches=((low, middle),) if "palm" in contact else ((middle, high),))


def _on_slope(level: Scene) -> Scene:
    """The scene tilted to the slope from neck to shoulder of a person who sits."""
    return replace(
        level,
        bands=tuple(
            Band(band.kind, (_tilted(band.edges[0]), _tilted(band.edges[1])), ticked=band.ticked)
            for band in level.bands
        ),
        parts=tuple(
            replace(part, place=(*_tilted((part.place[:2],))[0], part.place[2] + SLOPE))
            for part in level.parts
        ),
        tips=_tilted(level.tips),
    )


def _tilted(shape: Shape) -> Shape:
    return placed(shape, (0, 0, SLOPE))


def trace(technique: Technique) -> Shape:
    """The path of the hand over the skin, seen from above; empty if it stays in place."""
    offsets = [
        hand_offset(technique, hand_at(technique, i / _TRACE_STEPS), i / _TRACE_STEPS)
        for i in range(_TRACE_STEPS + 1)
    ]
    return tuple(_traced(technique, each) for each in offsets) if len(set(offsets)) > 1 else ()


def _traced(technique: Technique, offset: Point) -> Point:
    """A point of the drawn path over the skin."""
    x, y = _TRACE_ABOVE if technique.hands.work == "in turn" else _TRACE_ORIGIN
    return x + offset[0], y + offset[1]


def _place(technique: Technique, hand: Hand, grip: _Grip, number: int, at: float) -> Place:
    """The place of a hand; the second is behind the first, or ahead of it."""
    right, up, turn = grip.place
    right += hand_offset(technique, hand, at)[0] + ROLL_CM * hand.roll
    up += _FALL_CM * hand.height + _RAISED_CM * hand.lift - _depth(technique, hand)
    if technique.hands.work == "in turn":
        right += (spacing(technique) or _IN_TURN_CM) * (number - 0.5)
    elif number:
        right, up = right + _BEHIND_CM[0], up + _BEHIND_CM[1]
    return right, up, turn - 0.12 * hand.roll


def _depth(technique: Technique, hand: Hand) -> float:
    """Depth to which a hand sinks in, in cm; it grows with the square of the force."""
    force = max(stroke.force for stroke in technique.strokes)
    sinks = hand.on_skin * (1 - _closed(technique, hand))
    return sinks * hand.press * (0.06 + 0.05 * force**2)


def _closed(technique: Technique, hand: Hand) -> float:
    """Share by which a hand is closed around the muscle; less if the muscle is not lifted."""
    if technique.motion is not Motion.LIFT:
        return 0
    if technique.stance == "behind-seated":
        return _SHOULDER_SHARE + (1 - _SHOULDER_SHARE) * hand.close
    lifts = any(phase.do == "lift" for phase in technique.movement.phases)
    return hand.close * (1 if lifts else _HELD_SHARE)


# --- tissue -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Press:
    """The effect of a hand on the tissue: depth, shift, and a fold or a wave."""

    touches: tuple[tuple[float, float], ...]
    depth: float
    shift: float
    fold: float
    centre: float
    lean: float
    wave: float


def _press(technique: Technique, hand: Hand, place: Place, grip: _Grip, at: float) -> _Press:
    moved = hand_offset(technique, hand, at)[0]
    rest = place[0] - ROLL_CM * hand.roll - (0 if technique.glides else moved)
    return _Press(
        touches=tuple((low + rest, high + rest) for low, high in grip.touches),
        depth=_depth(technique, hand),
        shift=moved * hand.on_skin * (not technique.glides),
        fold=FOLD_CM * _closed(technique, hand) + _RAISED_CM * hand.lift,
        centre=rest + 0.4,
        lean=ROLL_CM * hand.roll,
        wave=1.4 * hand.press * (technique.motion is Motion.PUSH),
    )


def _muscle_share(technique: Technique) -> tuple[float, float]:
    """Shares of the skin's shift and depth with which the muscle moves; nearly all in kneading."""
    match technique.motion:
        case Motion.LIFT | Motion.ROLL | Motion.PRESS:
            return 0.92, 0.9
        case Motion.SHAKE:
            return 0.8, 0.5
        case Motion.PUSH:
            return 0, 0.75
        case _:
            return 0.05, 0.35


def _surface(s: float, presses: Sequence[_Press], follow: float, sink: float) -> Point:
    """The point of the skin whose x at rest is `s`, or of tissue below it, which moves less."""
    x, y = float(s), 0.0
    for press in presses:
        near = _nearness(s, press.touches)
        raised = 1 / (1 + (abs(s - press.centre) / 3.3) ** 5)
        ahead = s - press.touches[0][1] - 1.6
        x += follow * (press.shift * near + press.lean * raised)
        x -= 0.2 * (s - press.centre) * raised * press.fold / FOLD_CM
        y += press.fold * raised * follow - sink * press.depth * near
        y += press.wave * sink * exp(-((ahead / 1.4) ** 2))
    return x, y


def _nearness(s: float, touches: Sequence[tuple[float, float]]) -> float:
    """1 where a hand touches, falling to 0 around it."""
    away = min(max(low - s, s - high, 0) for low, high in touches)
    return exp(-((away / _SPREAD_CM) ** 2))


def _below(point: Point) -> Point:
    return point[0], point[1] - _SKIN_CM


def _touches(presses: Sequence[_Press], hands: Sequence[Hand]) -> Iterator[Part]:
    for press, hand in zip(presses, hands, strict=False):
        strength = hand.press * hand.on_skin
        for low, high in press.touches:
            run = (low + (high - low) * i / 8 for i in range(9))
            yield Part("touch", tuple(_surface(s, presses, 1, 1) for s in run), strength=strength)


# --- hands ------------------------------------------------------------------------------------


def _hands(
    technique: Technique, hands: Sequence[Hand], places: Sequence[Place], grip: _Grip
) -> Iterator[Part]:
    view = grip.view
    closes = technique.motion is Motion.LIFT
    opened = (shapes.OPEN_OVER if view.over else shapes.OPEN_VIEW) if closes else view
    in_plane = technique.hands.work == "in turn" or technique.hands.gap_cm
    for number in reversed(range(len(hands))):
        behind = number and not in_plane
        groups = (
            ("behind", opened.over, view.over),
            ("behind" if behind else "hand", opened.hands, view.hands),
            ("crease", opened.lines, view.lines),
        )
        for kind, begins, ends in groups:
            for shape, into in zip(begins, ends, strict=True):
                yield Part(
                    kind,
                    shapes.with_arm(shape),
                    places[number],
                    into=shapes.with_arm(into),
                    mix=_closed(technique, hands[number]),
                )


# --- round the side of the body ---------------------------------------------------------------

_ROUND_CM = 15.0
"""Radius of the back as it is drawn where hands glide round its sides."""
_ROUND_FRAME: Frame = (-19.5, 19.5, -15.5, 7.9)
_ROUND_START_CM = 10.5
"""Distance from the spine to the middle of a hand whose heel is beside the spine."""


def round_view(technique: Technique, at: float) -> Scene:
    """The back cut across, with both hands round its sides; the spine is in the middle."""
    hand = hand_at(technique, at)
    out = (_ROUND_START_CM + 1.2 * hand_offset(technique, hand, at)[0]) / _ROUND_CM
    up = _FALL_CM * hand.height
    rings = [_arc(-each) for each in (0, _SKIN_CM, _DEEP_CM)]
    parts = [part for side in (1, -1) for part in _trough(side, out, up, hand)]
    tips = tuple((side * (_ROUND_CM + 3 + up) * sin(out), _height(out, 3 + up)) for side in (1, -1))
    bands = (Band("muscle", (rings[1], rings[2])), Band("skin", (rings[0], rings[1])))
    spine = Part("bone", shapes.oval((0, -2.6), 3, 3.6))
    return Scene(_ROUND_FRAME, from_above=False, bands=bands, parts=(spine, *parts), tips=tips)


def _arc(up: float) -> Shape:
    return tuple(_bent((1.5 * s, up)) for s in range(-20, 21))


def _bent(point: Point) -> Point:
    """A point above level skin, mapped to a round back."""
    along, up = point
    return (_ROUND_CM + up) * sin(along / _ROUND_CM), _height(along / _ROUND_CM, up)


def _height(angle: float, up: float) -> float:
    return (_ROUND_CM + up) * cos(angle) - _ROUND_CM


def _trough(side: int, out: float, up: float, hand: Hand) -> Iterator[Part]:
    """A hand that fits the side of the body, the left one mirroring the right one."""
    place = (side * (_ROUND_CM + up) * sin(out), _height(out, up), -side * out)
    strength = hand.press * hand.on_skin
    for kind, shape in (
        *(("hand", each) for each in shapes.TROUGH),
        ("touch", shapes.TROUGH_TOUCH),
    ):
        bent = tuple(_bent(point) for point in shape)
        yield Part(kind, bent, place, strength, flip=side < 0)
