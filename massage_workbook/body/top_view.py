"""Two hands on one muscle, or on both long ones, seen from above.

The forearms come from below, where the giver is. Tick marks are on the muscle, or on the skin over
it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt

from massage_workbook.body import hand_shapes as shapes
from massage_workbook.body.hand_shapes import Shape, View
from massage_workbook.body.movement import ROLL_CM, SHIFT_CM, Hand, hand_offset, hands_at, spacing
from massage_workbook.body.scene import Band, Frame, Part, Place, Scene
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Motion, Technique

_FRAME: Frame = (-18.5, 18.5, -11.2, 11.0)
_MUSCLE_CM = 3.6
"""Half the width of a muscle between two hands."""
_BEND_CM = 3.2
"""Distance by which a muscle is bent."""
_SAMPLES = tuple(1.5 * i for i in range(-13, 14))
"""Places along a muscle at rest."""


@dataclass(frozen=True)
class _Layout:
    """The left one of two hands, its distances and its rotation.

    `apart` is from the y axis, `reach` from the wrist to the x axis; the tissue up to `wide` from
    the middle of the hand moves with it.
    """

    view: View
    apart: float
    reach: float
    turn: float
    wide: float


_LAYOUTS: Mapping[str, _Layout] = {
    "clamp": _Layout(shapes.KNEADING_FROM_ABOVE, 7.0, 4.6, 0.1, 3.0),
    "edge": _Layout(shapes.EDGE_FROM_ABOVE, 0, 12.5, 0.02, 1.0),
    "thumb": _Layout(shapes.THUMB_FROM_ABOVE, 4.6, 11.0, -0.62, 1.0),
    "flat": _Layout(shapes.FLAT_FROM_ABOVE, 8.2, 9.4, 0.0, 5.0),
    "finger pads, spread": _Layout(shapes.SPREAD_FROM_ABOVE, 7.2, 14.5, 0.06, 5.0),
}


def is_seen_from_above(technique: Technique) -> bool:
    """Whether the movement is shown from above."""
    work, pose = technique.hands.work, technique.hands.pose
    return pose in _LAYOUTS and (
        work == "against each other"
        or pose == "finger pads, spread"
        or technique.strokes[0].mark == "spiral"
        or (work == "in turn" and technique.motion in {Motion.LIFT, Motion.PRESS})
    )


def top_view(technique: Technique, at: float) -> Scene:
    """Hands and tissue at a moment of the movement."""
    layout, hands = _LAYOUTS[technique.hands.pose], hands_at(technique, at)
    middles = [side * _apart(technique, layout) for side in (-1, 1)]
    leans = [_lean(technique, i) for i in range(2)]
    places = [
        (
            x + ROLL_CM * hand.roll * lean + side * out,
            _pushed(hand) + ahead - layout.reach,
            layout.turn * side,
        )
        for side, x, hand, lean in zip((-1, 1), middles, hands, leans, strict=True)
        for ahead, out in [_glided(technique, hand, at)]
    ]
    spine, folds = _spine(technique), _folds(technique, places, layout, hands)
    parts = [
        part
        for side, hand, place in zip((-1, 1), hands, places, strict=True)
        for part in _hand(layout.view, hand, place, mirror=side > 0)
    ]
    tips = tuple((right, up + layout.reach) for right, up, _ in places)
    bands = tuple(_bands(technique, layout, middles, hands))
    return Scene(
        _FRAME,
        from_above=True,
        bands=bands,
        parts=(*spine, *parts, *folds),
        tips=tips,
        dot=tips[-1],
    )


def trace(technique: Technique) -> Shape:
    """The path of the right hand; empty if it does not glide."""
    if not technique.glides:
        return ()
    return tuple(top_view(technique, i / _TRACE_STEPS).dot for i in range(_TRACE_STEPS + 1))


_TRACE_STEPS = 72
"""Segments of that path."""


def _glided(technique: Technique, hand: Hand, at: float) -> Point:
    """Distance that a hand has glided, away from the giver and outward."""
    return hand_offset(technique, hand, at) if technique.glides else (0, 0)


def _apart(technique: Technique, layout: _Layout) -> float:
    between = spacing(technique)
    return layout.apart if between is None else between / 2


def _lean(technique: Technique, number: int) -> float:
    """The direction of a rolling hand: outward, along the muscle, or to the other hand."""
    if technique.motion is Motion.PRESS:
        return 0.5 * (2 * number - 1)
    return 1 if _steps_on(technique) else 1 - 2 * number


def _steps_on(technique: Technique) -> bool:
    """Whether a hand goes back after it has rolled the muscle, and the other continues."""
    return any(phase.do == "return" for phase in technique.movement.phases)


def _pushed(hand: Hand) -> float:
    """Distance by which a hand is pushed away from the giver."""
    return _BEND_CM * hand.bend + SHIFT_CM * hand.shift


def _hand(view: View, hand: Hand, place: Place, *, mirror: bool) -> Iterator[Part]:
    for kind, group in (("hand", view.hands), ("crease", view.lines), ("glow", view.touch)):
        for shape in group:
            strength = hand.press if kind == "glow" else 1
            yield Part(kind, shape, place, strength, _curled(shape), hand.close, flip=mirror)


def _curled(shape: Shape) -> Shape:
    """Fingers seen from above look shorter when they are closed."""
    return tuple((x, y - _CURL * max(0, y - FINGERS_AT)) for x, y in shape)


_CURL, FINGERS_AT = 0.38, 8.8
"""Share by which closed fingers look shorter, and their distance from the wrist."""


def _spine(technique: Technique) -> Iterator[Part]:
    """The spinous processes between the hands, or beside the long muscle that they follow."""
    if technique.motion in {Motion.PRESS, Motion.SLIDE}:
        yield from (Part("bone", shapes.oval((0, y), 1.1, 1.8)) for y in range(-9, 12, 3))
    elif technique.motion is Motion.LIFT and _steps_on(technique):
        yield from (Part("bone", shapes.oval((x, -8.2), 1.8, 1.1)) for x in range(-18, 19, 3))


def _folds(
    technique: Technique, places: Sequence[Place], layout: _Layout, hands: Sequence[Hand]
) -> Iterator[Part]:
    """The fold of muscle in each of two alternating hands, larger when lifted."""
    if technique.motion is not Motion.LIFT or technique.hands.work != "in turn":
        return
    for number, (hand, (right, up, _)) in enumerate(zip(hands, places, strict=True)):
        size = max(0, 1.25 * hand.close - 0.25) * (0.8 + 0.3 * hand.lift)
        ahead = layout.apart / 2 * hand.roll * _lean(technique, number)
        place = (right + ahead, up + layout.reach, 0)
        for kind, shape in (("fold", shapes.oval((0, 0), 6.4, 5.2)), ("crease", _CREST)):
            yield Part(kind, tuple((0.0, 0.0) for _ in shape), place, into=shape, mix=size)


_CREST = ((-2.4, 0.3), (0.0, 0.9), (2.4, 0.3))
"""The ridge of the largest fold."""

# --- tissue -----------------------------------------------------------------------------------


def _bands(
    technique: Technique, layout: _Layout, middles: Sequence[float], hands: Sequence[Hand]
) -> Iterator[Band]:
    if technique.motion is Motion.PRESS:
        yield from (_long_muscle(x, hand) for x, hand in zip(middles, hands, strict=True))
        return
    if technique.motion is Motion.SLIDE:
        yield from (_long_muscle(x, hand) for x, hand in zip(_BESIDE_SPINE, hands, strict=True))
        return
    kneads = technique.motion is Motion.LIFT
    if technique.hands.pose == "finger pads, spread":
        yield from (_rib(x) for x in _RIBS)
    elif not kneads:
        yield Band("muscle", (_level(_MUSCLE_CM), _level(-_MUSCLE_CM)), ticked=False)
    edges = [
        tuple(
            _moved(technique, layout, (x, side * _half_width(technique, x)), middles, hands)
            for x in _SAMPLES
        )
        for side in (1, -1)
    ]
    yield Band("muscle" if kneads else "skin", (edges[0], edges[1]))


_BESIDE_SPINE = -5.0, 5.0
"""The middles of the long muscles."""


def _half_width(technique: Technique, x: float) -> float:
    """Half the width of the tissue with the marks: an oval muscle, a long one, or skin over it."""
    if technique.motion is not Motion.LIFT:
        return _MUSCLE_CM - 1.2
    if technique.hands.work == "in turn" and not _steps_on(technique):
        return _OVAL_CM[1] * sqrt(max(0, 1 - (x / _OVAL_CM[0]) ** 2))
    return _MUSCLE_CM


_OVAL_CM = 16.6, 6.8
"""Half the length and the width of a large muscle."""


def _level(y: float) -> Shape:
    return tuple((x, y) for x in _SAMPLES)


_RIBS = (-15.2, -11.0, -8.3, -5.5, -2.6, 2.6, 5.5, 8.3, 11.0, 15.2)
"""Middles of the ribs between which spread fingers lie."""


def _rib(x: float) -> Band:
    lean = 0.06 * x
    left, right = (
        tuple((x + w + lean * y / 10, y) for y in (-12.0, 0.0, 12.0)) for w in (-0.55, 0.55)
    )
    return Band("bone", (left, right), ticked=False)


def _long_muscle(x: float, hand: Hand) -> Band:
    """The long muscle on one side of the spine, under a thumb."""

    def edge(half: float) -> Shape:
        found = []
        for y in (each for each in _SAMPLES if abs(each) <= _FRAME[3] + 1):
            near = exp(-((y / 2.2) ** 2)) * hand.roll
            found.append((x + half + near * ROLL_CM / 2 * (1 if x > 0 else -1), y + near * 1.2))
        return tuple(found)

    return Band("muscle", (edge(-2.0), edge(2.0)))


def _moved(
    technique: Technique,
    layout: _Layout,
    at: Point,
    middles: Sequence[float],
    hands: Sequence[Hand],
) -> Point:
    """The point of the muscle, or of the skin over it, whose place at rest is `at`."""
    x, y = at
    right, up, width = x, 0.0, 1.0
    for i, hand in enumerate(hands):
        away = max(0, abs(x - middles[i]) - layout.wide)
        near = exp(-((away / (1.1 * layout.wide)) ** 2))
        up += near * _pushed(hand)
        width -= 0.4 * near * hand.close
        right += near * 2 * ROLL_CM * hand.roll * _lean(technique, i)
        right -= 0.45 * near * hand.close * (x - middles[i])
    return right, up + y * width
