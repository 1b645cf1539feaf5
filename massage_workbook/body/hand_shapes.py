"""Shapes of a right hand, in centimetres, drawn by eye: the parts of all pictures of hands.

In a view of the palm the fingers point up, and the origin is the middle of the wrist. In a view
from the side the hand comes from the left, and the x axis is the skin of the back; in a view from
the finger tips the hand stands on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import cos, sin

from massage_workbook.course.model import Point

Shape = tuple[Point, ...]


@dataclass(frozen=True)
class View:
    """A hand seen from one side.

    `frame` is the part shown: left, right, bottom, top. `hands` are outlines from back to front,
    open where the arm or the palm continues; `over` are those of a second hand on top, behind the
    first. `lines` are creases, nails and folds. `contacts` are the regions that touch, by part of
    the hand, or `touch` without distinction of parts; the outline clips them. `skin` is the surface
    below.
    """

    frame: tuple[float, float, float, float]
    hands: tuple[Shape, ...]
    lines: tuple[Shape, ...] = ()
    contacts: Mapping[str, tuple[Shape, ...]] = field(default_factory=dict)
    touch: tuple[Shape, ...] = ()
    skin: Shape | None = None
    over: tuple[Shape, ...] = ()


def oval(middle: Point, width: float, height: float, lean: float = 0) -> Shape:
    """A closed ring round a middle; `lean` shifts the top to the right."""
    u, v = middle
    ring = (
        (0, 1), (0.7, 0.7), (1, 0), (0.7, -0.7), (0, -1), (-0.7, -0.7), (-1, 0), (-0.7, 0.7),
        (0, 1),
    )  # fmt: skip
    return tuple((u + x * width / 2 + y * lean, v + y * height / 2) for x, y in ring)


def _moved(shape: Sequence[Point], right: float, up: float, slope: float = 0) -> Shape:
    """A shape shifted, and sheared upwards by `slope` cm for each cm to the right."""
    return tuple((x + right, y + up + slope * x) for x, y in shape)


# --- the palm --------------------------------------------------------------------------------

PALM_EDGE = (
    (-2.9, -3.0), (-2.95, -1.2), (-3.35, 0.3), (-4.0, 2.2), (-4.35, 4.4), (-4.3, 6.4), (-4.25, 8.0),
    (-4.45, 9.8), (-4.72, 11.6), (-4.86, 12.9), (-4.62, 13.75), (-4.05, 13.85), (-3.6, 13.1),
    (-3.35, 11.6), (-3.0, 9.9), (-2.72, 9.25), (-2.72, 10.4), (-2.88, 12.6), (-2.92, 14.7),
    (-2.8, 15.85), (-2.3, 16.55), (-1.65, 16.4), (-1.3, 15.5), (-1.15, 13.4), (-0.95, 11.0),
    (-0.72, 9.75), (-0.6, 11.2), (-0.62, 13.8), (-0.55, 15.9), (-0.4, 17.1), (0.12, 17.75),
    (0.78, 17.45), (1.1, 16.3), (1.15, 14.0), (1.18, 11.4), (1.3, 9.75), (1.5, 11.0), (1.72, 13.3),
    (1.9, 15.0), (2.1, 15.95), (2.62, 16.45), (3.2, 16.1), (3.42, 15.0), (3.4, 13.0), (3.38, 11.0),
    (3.45, 9.2), (3.55, 7.9), (3.75, 6.6), (4.4, 5.9), (5.3, 6.6), (6.2, 7.9), (6.75, 8.85),
    (7.45, 9.25), (8.05, 8.8), (8.05, 7.9), (7.5, 6.6), (6.6, 4.9), (5.9, 3.3), (5.0, 1.6),
    (3.7, 0.2), (3.1, -1.2), (2.95, -3.0),
)  # fmt: skip
_PALM_LINES = (
    ((-4.2, 7.2), (-2.6, 6.6), (-0.6, 7.0), (0.9, 8.0), (1.35, 9.0)),
    ((3.5, 7.3), (1.6, 6.6), (-0.6, 5.4), (-2.9, 4.6)),
    ((3.45, 7.0), (1.6, 5.9), (0.6, 4.0), (0.55, 1.8), (1.1, 0.1)),
    ((-2.8, -0.3), (-1.0, -0.55), (1.0, -0.5), (2.9, -0.4)),
)
_JOINTS = (
    ((-4.1, 9.0), (-3.2, 9.3)), ((-4.4, 10.9), (-3.5, 11.0)), ((-4.6, 12.3), (-3.7, 12.35)),
    ((-2.45, 10.1), (-1.2, 10.15)), ((-2.6, 12.5), (-1.4, 12.5)), ((-2.65, 14.5), (-1.45, 14.5)),
    ((-0.35, 10.4), (0.95, 10.4)), ((-0.4, 13.2), (0.9, 13.2)), ((-0.35, 15.5), (0.9, 15.5)),
    ((1.75, 10.0), (3.1, 9.9)), ((2.0, 12.3), (3.15, 12.2)), ((2.15, 14.3), (3.2, 14.2)),
    ((5.75, 6.75), (6.7, 5.85)), ((6.5, 8.0), (7.5, 7.35)),
)  # fmt: skip
# Regions larger than the hand; its edge clips them.
PALM_CONTACTS = {
    "heel": (
        ((-5, -0.2), (-2, -0.5), (0, -0.4), (2, -0.5), (4.2, -0.2), (5.2, 1.4), (4.4, 2.4),
         (2.4, 2.6), (0.6, 1.9), (-1.2, 2.5), (-3.2, 2.9), (-5.2, 2.4)),
    ),
    "palm": (
        ((-5, 1.0), (-2.8, 0.4), (-0.6, 0.3), (1.6, 0.5), (3.2, 1.8), (4.4, 4.0), (4.0, 6.2),
         (3.8, 8.6), (2.4, 9.4), (0.2, 9.8), (-1.8, 9.5), (-3.6, 9.0), (-5.2, 8.6), (-5.2, 4.6)),
    ),
    "fingers": (
        ((-6, 8.2), (-4.2, 8.2), (-2.9, 8.6), (-2.5, 15), (-2, 18), (-6, 16)),
        ((-3.0, 8.7), (-1.8, 8.8), (-0.6, 9.2), (-0.7, 14), (-0.9, 18), (-3.2, 18)),
        ((-0.9, 9.2), (0.2, 9.2), (1.4, 9.2), (1.4, 14), (1.2, 19), (-0.8, 19)),
        ((1.1, 9.2), (2.4, 9.0), (3.8, 8.7), (4.2, 14), (3.8, 18), (1.6, 17.6)),
    ),
    "finger pads": (
        oval((-4.18, 13.0), 1.0, 1.5, -0.08), oval((-2.12, 15.5), 1.2, 1.7),
        oval((0.28, 16.6), 1.25, 1.8), oval((2.7, 15.3), 1.2, 1.75, 0.05),
    ),
    "thumb pad": (oval((7.2, 8.3), 1.15, 1.7, 0.45),),
    "thumb web": (
        ((2.4, 8.4), (2.6, 6.4), (3.4, 5.2), (4.8, 4.6), (5.6, 5.4), (5.6, 6.9), (5.2, 7.4),
         (4.4, 6.6), (4.0, 7.0), (3.9, 8.6)),
    ),
    "thumb edge": (
        ((2.75, 16.2), (2.85, 13), (2.85, 10), (2.9, 7.6), (3.3, 6.0), (4.4, 5.0), (4.9, 6.4),
         (4.2, 7.2), (4.2, 10), (4.2, 14), (3.9, 16.8)),
    ),
    "little-finger edge": (
        ((-4.2, 14.4), (-4.15, 12.4), (-3.95, 10), (-3.5, 7.6), (-3.4, 5), (-3.1, 2.6),
         (-2.5, 0.4), (-4.4, -0.4), (-5.6, 4), (-5.8, 12), (-5.4, 14.6)),
    ),
}  # fmt: skip
_PALM = View((-6.2, 9.4, -2.8, 18.6), (PALM_EDGE,), (*_PALM_LINES, *_JOINTS), PALM_CONTACTS)

_FINGERS = ((7, 15, -0.13), (16, 25, -0.05), (26, 35, 0.0), (36, 45, 0.07))
"""Range of points in the palm's edge, and lean, of each finger from the smallest on."""

PALM_TOUCH = (
    (-3.3, 0.5), (-3.9, 2.2), (-4.25, 4.4), (-4.2, 6.4), (-4.1, 8.0), (-2.75, 9.2), (-0.75, 9.6),
    (1.3, 9.6), (3.35, 9.1), (3.45, 7.9), (3.65, 6.5), (4.5, 5.6), (4.9, 4.0), (4.2, 1.8),
    (2.8, 0.4), (0.0, 0.2),
)  # fmt: skip
"""Region of a flat palm that touches."""


def _spread(finger: int, shape: Sequence[Point], share: float = 1) -> Shape:
    """A shape on a finger, moved as the fingers spread by a `share`; closed if it is negative."""
    lean = share * _FINGERS[finger][2]
    return tuple((x + lean * max(0, y - 8.8), y) for x, y in shape)


def _spread_edge(share: float) -> Shape:
    """The palm's edge with its fingers spread."""
    edge = list(PALM_EDGE)
    for finger, (first, end, _) in enumerate(_FINGERS):
        edge[first:end] = _spread(finger, edge[first:end], share)
    return tuple(edge)


_CLOSED = -0.8
"""Share by which fingers are spread when they lie side by side."""


def _spread_palm() -> View:
    edge = _spread_edge(1)
    joints = tuple(_spread(i // 3, each) for i, each in enumerate(_JOINTS[:12]))
    pads = tuple(_spread(i, each) for i, each in enumerate(PALM_CONTACTS["finger pads"]))
    lines = (*_PALM_LINES, *joints, *_JOINTS[12:])
    return View(_PALM.frame, (edge,), lines, {"finger pads": pads})


FINGERS_CLOSED = _spread_edge(_CLOSED)
FINGERS_TOUCH = tuple(FINGERS_CLOSED[first - 1 : end + 1] for first, end, _ in _FINGERS)
PADS_CLOSED = tuple(
    _spread(finger, pad, _CLOSED) for finger, pad in enumerate(PALM_CONTACTS["finger pads"])
)
"""The palm's edge, the fingers and their pads when they lie side by side."""

_NAILS_ABOVE = (
    oval((-4.2, 13.1), 0.8, 0.95, -0.06), oval((-2.15, 15.75), 0.95, 1.1),
    oval((0.28, 16.95), 1.0, 1.15), oval((2.68, 15.65), 0.95, 1.1, 0.04),
    oval((7.45, 8.45), 0.9, 1.1, 0.35),
)  # fmt: skip
_KNUCKLES = (
    ((-4.0, 8.0), (-3.4, 8.3), (-2.8, 8.1)), ((-2.3, 8.7), (-1.7, 9.0), (-1.1, 8.8)),
    ((-0.1, 9.0), (0.5, 9.2), (1.1, 8.9)), ((1.9, 8.5), (2.5, 8.7), (3.0, 8.4)),
    ((-0.3, 13.1), (0.3, 13.3), (0.9, 13.1)), ((-2.6, 12.4), (-2.0, 12.6), (-1.5, 12.4)),
    ((2.0, 12.2), (2.6, 12.4), (3.1, 12.2)), ((-4.4, 10.9), (-3.9, 11.05), (-3.5, 10.9)),
)  # fmt: skip

# The contact of a cupped hand: its rim.
_RIM = (
    (-3.2, 0.2), (-4.0, 3.0), (-4.1, 6.6), (-4.5, 10.6), (-4.4, 13.3), (-3.2, 14.6), (-2.2, 16.2),
    (-0.8, 16.9), (0.2, 17.4), (1.6, 16.6), (2.7, 16.0), (3.3, 14.0), (3.2, 11.0), (4.0, 8.2),
    (5.6, 7.4), (7.2, 8.6), (7.8, 8.4), (7.0, 6.2), (5.4, 2.8), (3.4, 0.4), (0.2, -0.2),
)  # fmt: skip
# The inner line turns the other way, and so leaves a hole.
RIM = (
    tuple((1.25 * x - 0.2, 1.1 * y - 0.8) for x, y in _RIM),
    tuple((0.72 * x + 0.1, 0.8 * y + 1.5) for x, y in reversed(_RIM)),
)

# --- from the side ---------------------------------------------------------------------------

LEVEL = ((-20.0, 0.0), (-5.0, 0.0), (5.0, 0.0), (14.0, 0.0))
_SIDE = (-12.0, 10.5, -2.0, 9.6)

_FLAT = (
    (-15, 2.4), (-11.5, 1.5), (-9.4, 0.7), (-8.3, 0.1), (-7.2, 0.0), (-5.0, 0.12), (-2.0, 0.05),
    (1, 0.02), (5, 0.0), (8.3, 0.0), (9.1, 0.25), (9.25, 0.75), (8.8, 1.15), (6.6, 1.35),
    (4.6, 1.5), (2.2, 1.75), (0.4, 2.25), (-1.2, 2.75), (-4, 3.2), (-7, 3.5), (-9.5, 3.9),
    (-12, 4.7), (-15, 5.6),
)  # fmt: skip
_FLAT_THUMB = (
    (-6.4, 2.2), (-4.9, 1.7), (-3.2, 1.2), (-1.6, 0.85), (-0.2, 0.65), (0.6, 0.4), (0.6, 0.05),
    (-0.4, 0.0), (-2.2, 0.05), (-4.2, 0.35), (-6.2, 0.7),
)  # fmt: skip
_FLAT_LINES = (
    ((8.25, 1.2), (8.8, 1.08), (9.15, 0.8)), ((4.5, 1.5), (4.7, 1.15)), ((6.7, 1.35), (6.85, 1.0)),
)  # fmt: skip

_PADS = (
    (-14, 5.0), (-10.5, 3.9), (-8.4, 3.1), (-6.6, 2.6), (-4.2, 2.5), (-1.8, 2.7), (0.6, 3.0),
    (2.2, 2.75), (3.6, 1.8), (4.5, 0.7), (5.0, 0.12), (5.8, 0.0), (6.7, 0.0), (7.35, 0.3),
    (7.4, 0.95), (6.9, 1.9), (6.0, 3.1), (4.9, 4.2), (3.6, 4.85), (1.8, 5.1), (0.2, 5.35),
    (-1.4, 5.75), (-4.2, 5.9), (-7.4, 5.9), (-10, 6.4), (-15, 7.9),
)  # fmt: skip
_PADS_THUMB = (
    (-5.6, 4.4), (-4.2, 3.5), (-2.4, 2.6), (-0.9, 1.6), (0.2, 0.6), (0.7, 0.05), (1.5, 0.0),
    (2.0, 0.35), (1.8, 1.0), (1.0, 2.1), (-0.2, 3.3), (-1.8, 4.3), (-3.6, 4.9),
)  # fmt: skip
_PADS_LINES = (
    ((6.95, 1.85), (7.35, 1.2), (7.4, 0.6)), ((4.8, 4.2), (4.3, 3.6)), ((6.3, 2.7), (5.7, 2.3)),
)  # fmt: skip

_THUMB_HAND = (
    (-14, 5.2), (-10.6, 4.4), (-8.3, 4.0), (-6.4, 3.9), (-4, 3.7), (-1.2, 3.2), (1.4, 2.4),
    (4.0, 1.2), (6.2, 0.35), (7.6, 0.0), (8.6, 0.0), (9.3, 0.35), (9.3, 0.95), (8.6, 1.5),
    (6.6, 2.4), (4.4, 3.7), (2.6, 4.7), (0.8, 5.5), (-1.4, 6.1), (-4.2, 6.5), (-7.4, 6.5),
    (-10, 6.9), (-15, 8.2),
)  # fmt: skip
_THUMB = (
    (-6.8, 5.1), (-5.6, 3.7), (-4.3, 2.5), (-3.0, 1.4), (-1.9, 0.55), (-1.0, 0.05), (0.0, 0.0),
    (0.75, 0.3), (0.75, 0.95), (0.0, 1.6), (-1.2, 2.5), (-2.4, 3.6), (-3.6, 4.8), (-5.2, 5.7),
)  # fmt: skip
_THUMB_LINES = (
    ((0.1, 1.5), (0.65, 1.05), (0.75, 0.5)), ((8.6, 1.5), (9.2, 1.0), (9.3, 0.5)),
    ((-2.3, 3.5), (-2.9, 2.9)), ((-0.9, 2.3), (-1.5, 1.7)), ((4.6, 3.6), (4.2, 3.0)),
)  # fmt: skip

_HALF = (
    (-14, 4.4), (-10.6, 3.4), (-8.3, 2.9), (-6.4, 2.6), (-4.6, 2.6), (-3.0, 2.4), (-1.6, 1.4),
    (-0.6, 0.5), (0.4, 0.05), (1.6, 0.0), (3.2, 0.0), (4.1, 0.35), (4.5, 1.1), (4.4, 2.2),
    (3.9, 3.6), (3.2, 4.7), (2.0, 5.5), (0.3, 5.8), (-1.6, 5.75), (-4.2, 5.6), (-7.4, 5.4),
    (-10, 5.8), (-15, 7.2),
)  # fmt: skip
_HALF_THUMB = (
    (-5.8, 4.2), (-4.2, 3.7), (-2.6, 3.2), (-1.0, 2.8), (0.6, 2.5), (2.0, 2.2), (2.9, 2.35),
    (3.1, 2.95), (2.6, 3.4), (1.2, 3.6), (-0.6, 3.9), (-2.4, 4.4), (-4.2, 4.9),
)  # fmt: skip
_HALF_LINES = (
    ((0.4, 0.05), (-0.3, 0.9), (-0.2, 1.7), (0.6, 2.0), (1.6, 1.7)),
    ((2.4, 3.35), (2.95, 3.05), (3.0, 2.6)), ((0.9, 3.6), (0.8, 2.9)), ((4.4, 1.6), (3.7, 1.5)),
)  # fmt: skip
_HALF_CONTACT = (
    ((-1.2, -0.4), (5, -0.4), (5, 1.05), (4.2, 0.95), (3, 0.8), (1, 0.75), (-0.2, 0.9)),
)

_CUP = (
    (-14, 4.6), (-11, 3.2), (-9.0, 1.7), (-8.0, 0.5), (-7.3, 0.0), (-6.7, 0.35), (-5.6, 1.2),
    (-3.6, 1.95), (-1.2, 2.25), (1.4, 2.15), (4.0, 1.6), (6.0, 0.75), (7.0, 0.05), (7.7, 0.0),
    (8.15, 0.35), (8.0, 1.0), (7.0, 2.0), (5.2, 3.0), (3.2, 3.75), (0.8, 4.35), (-1.6, 4.75),
    (-4.4, 4.95), (-7, 5.0), (-9.6, 5.5), (-15, 7.4),
)  # fmt: skip
_CUP_THUMB = (
    (-5.8, 3.8), (-4.0, 3.3), (-2.2, 2.8), (-0.4, 2.1), (1.2, 1.2), (2.2, 0.35), (2.7, 0.0),
    (3.4, 0.1), (3.6, 0.75), (3.0, 1.6), (1.6, 2.7), (-0.2, 3.5), (-2.4, 4.1), (-4.4, 4.5),
)  # fmt: skip
_CUP_LINES = (
    ((7.2, 1.9), (7.95, 1.2), (8.15, 0.6)), ((3.2, 3.7), (2.9, 3.1)), ((5.3, 2.95), (5.0, 2.4)),
)  # fmt: skip

_FOLD = (
    (-20, 0), (-7, 0), (-5, 0.15), (-3.7, 0.9), (-2.8, 2.5), (-1.4, 3.6), (0.4, 3.95), (2.1, 3.45),
    (3.4, 2.2), (4.3, 0.8), (5.6, 0.1), (8, 0), (14, 0),
)  # fmt: skip
_CLAMP = (
    (-13, 9.5), (-10, 7.7), (-8, 6.5), (-6.4, 5.6), (-4.4, 4.2), (-2.4, 3.8), (-0.2, 4.0),
    (1.6, 3.7), (2.9, 2.9), (3.8, 1.9), (4.4, 1.0), (5.0, 0.6), (5.7, 0.75), (5.95, 1.4),
    (5.6, 2.4), (4.9, 3.7), (3.8, 5.0), (2.4, 5.9), (0.6, 6.4), (-1.4, 7.0), (-3.6, 7.8),
    (-6, 8.6), (-8.4, 9.6), (-13, 12.4),
)  # fmt: skip
_CLAMP_THUMB = (
    (-6.9, 7.2), (-6.6, 5.8), (-6.0, 4.4), (-5.3, 3.0), (-4.7, 1.9), (-4.1, 1.0), (-3.4, 0.75),
    (-2.9, 1.2), (-3.0, 2.0), (-3.5, 3.1), (-3.9, 4.3), (-4.2, 5.6), (-4.8, 6.8),
)  # fmt: skip
_CLAMP_TOUCH = (
    tuple((x, y - 0.3) for x, y in _FOLD[3:10]) + tuple((x, y + 0.75) for x, y in _FOLD[9:2:-1]),
    ((-4.4, 0.2), (-2.2, 0.2), (-2.2, 1.8), (-3.1, 2.2), (-3.7, 1.9)),
    ((4.0, 0.2), (6.2, 0.2), (5.2, 1.6), (4.6, 2.4), (3.4, 2.6)),
)
_CLAMP_LINES = (
    ((-4.75, 1.95), (-4.3, 1.15), (-3.8, 0.85)), ((5.7, 2.1), (5.9, 1.4), (5.6, 0.8)),
    ((-4.9, 4.6), (-5.6, 4.3)), ((3.7, 5.0), (3.1, 4.4)), ((5.2, 3.1), (4.5, 2.7)),
)  # fmt: skip

# The same hand before it closes: each point of _CLAMP has its own here.
_OPEN = (
    (-13, 5.2), (-10, 3.6), (-8, 2.5), (-6.4, 1.6), (-4.4, 0.3), (-2.4, 0.05), (-0.2, 0.05),
    (1.6, 0.05), (3.4, 0.05), (5.0, 0.05), (6.3, 0.02), (7.4, 0.0), (8.2, 0.2), (8.4, 0.75),
    (7.9, 1.2), (6.2, 1.5), (4.6, 1.85), (2.6, 2.3), (0.6, 2.8), (-1.4, 3.3), (-3.6, 3.9),
    (-6, 4.5), (-8.4, 5.5), (-13, 8.2),
)  # fmt: skip
_OPEN_THUMB = (
    (-7.2, 3.6), (-7.15, 2.6), (-7.1, 1.8), (-7.0, 1.1), (-6.9, 0.5), (-6.4, 0.05), (-5.7, 0.0),
    (-5.2, 0.4), (-5.1, 1.0), (-5.0, 1.7), (-4.9, 2.3), (-4.9, 3.0), (-5.3, 3.6),
)  # fmt: skip
_OPEN_LINES = (
    ((-7.0, 1.1), (-6.95, 0.6), (-6.6, 0.15)), ((7.9, 1.15), (8.35, 0.8), (8.2, 0.35)),
    ((-5.4, 2.4), (-6.2, 2.2)), ((4.5, 1.85), (4.1, 1.4)), ((6.3, 1.45), (5.9, 1.1)),
)  # fmt: skip

# --- from the finger tips --------------------------------------------------------------------

_TIPS = (-7.5, 7.5, -2.0, 10.5)
_EDGE = (
    (-1.3, 0.5), (-0.7, 0.05), (0.2, 0.0), (0.9, 0.25), (1.35, 1.0), (1.5, 3.0), (1.5, 5.4),
    (1.35, 7.2), (0.8, 8.2), (0.0, 8.4), (-0.8, 8.2), (-1.35, 7.4), (-1.55, 5.4), (-1.55, 3.0),
    (-1.5, 1.4), (-1.3, 0.5),
)  # fmt: skip
_FINGER_TIPS = tuple(oval((0.05, y), 1.75, 1.95) for y in (6.75, 4.95, 3.05, 1.25))
_EDGE_THUMB = (
    (0.4, 8.9), (1.2, 8.7), (1.9, 8.0), (2.1, 7.0), (1.7, 6.3), (1.1, 6.5),
    (0.7, 7.3), (0.2, 8.1), (0.4, 8.9),
)  # fmt: skip
_NAILS = tuple(((-0.75, y - 0.5), (-0.95, y), (-0.7, y + 0.5)) for y in (6.75, 4.95, 3.05, 1.25))
_EDGE_CONTACT = (((-2, -0.4), (2, -0.4), (1.6, 0.75), (0.6, 0.55), (-0.6, 0.6), (-1.7, 0.9)),)


def _on_top(right: float, up: float, slope: float) -> tuple[Shape, ...]:
    """A flat hand on top of another."""
    return tuple(_moved(shape, right, up, slope) for shape in (_FLAT, _FLAT_THUMB))


def with_arm(shape: Shape) -> Shape:
    """A hand with its arm extended beyond the frame; a shape without an arm is unchanged."""
    (x, y), (a, b) = shape[:2]
    if x > _ARM_FROM:
        return shape
    (c, d), (e, f) = shape[-2:]
    low = (x + _ARM_CM * (x - a), y + _ARM_CM * (y - b))
    return (low, *shape, (e + _ARM_CM * (e - c), f + _ARM_CM * (f - d)))


_ARM_FROM, _ARM_CM = -12, 4
"""x up to which a shape has an arm, and the factor by which its last segment is extended."""


def mirrored(shape: Sequence[Point]) -> Shape:
    """The same shape of the other hand."""
    return tuple((-x, y) for x, y in shape)


def pair(
    view: View, apart: float, frame: tuple[float, float, float, float], skin: Shape | None = None
) -> View:
    """A hand, on the left, and its mirror image; `apart` is the distance of their x origins."""

    def both(group: Sequence[Shape]) -> tuple[Shape, ...]:
        left = tuple(_moved(shape, -apart / 2, 0) for shape in group)
        return (*left, *map(mirrored, left))

    return View(frame, both(view.hands), both(view.lines), touch=both(view.touch), skin=skin)


def roll(width: float) -> Shape:
    """Level skin, pushed up between two hands that are `width` apart."""
    half = width / 2
    right = ((half - 0.4, 0.75), (half, 0.2), (half + 0.4, 0.0), (half + 3, 0.0), (20.0, 0.0))
    return (*reversed(mirrored(right)), (0.0, 1.1), *right)


def _touching(start: float, end: float) -> tuple[Shape, ...]:
    """The contact region on level skin between two places."""
    return (((start, -0.4), (end, -0.4), (end, 0.5), ((start + end) / 2, 0.55), (start, 0.5)),)


OPEN_VIEW = View(_SIDE, (_OPEN, _OPEN_THUMB), _OPEN_LINES)
OPEN_OVER = replace(OPEN_VIEW, over=_on_top(-1.0, 3.0, -0.16))
# A hand on its little-finger edge, seen from above; the thumb is on the forefinger.
EDGE_ABOVE = (
    (-1.9, -14.0), (-1.9, -3.0), (-1.6, -0.6), (-1.75, 2.0), (-1.7, 5.0), (-1.35, 8.6),
    (-1.15, 12.0), (-1.0, 15.2), (-0.6, 16.9), (0.1, 17.4), (0.7, 16.8), (0.95, 15.0),
    (1.1, 12.0), (1.35, 9.2), (1.8, 6.0), (1.9, 2.4), (1.7, -0.4), (2.0, -3.0), (2.0, -14.0),
)  # fmt: skip
_EDGE_ABOVE_THUMB = (
    (0.2, 1.2), (0.5, 3.4), (0.7, 5.6), (0.75, 7.8), (0.95, 9.4), (1.45, 10.0), (1.95, 9.4),
    (2.1, 7.8), (2.2, 5.6), (2.3, 3.2), (1.9, 1.0),
)  # fmt: skip
EDGE_FROM_ABOVE = View(
    _PALM.frame,
    (EDGE_ABOVE, _EDGE_ABOVE_THUMB),
    (((-0.1, 16.9), (0.35, 16.3), (0.3, 15.5)),),
    touch=(((-1.0, 9.5), (1.1, 9.5), (0.7, 16.4), (-0.6, 16.5)),),
)
PALM_HALF_WIDTH = 4.2


def _turned(shape: Sequence[Point], around: Point, turn: float) -> Shape:
    (a, b), c, s = around, cos(turn), sin(turn)
    return tuple((a + (x - a) * c - (y - b) * s, b + (x - a) * s + (y - b) * c) for x, y in shape)


_THUMB_FROM, _THUMB_AT, _THUMB_OUT, _THUMB_IN = 51, (3.6, 3.4), -0.5, 0.26
"""First point of the thumb in the palm's edge, its root, and its angles when turned out and in."""


def _thumb_turned(edge: Shape, turn: float) -> Shape:
    """An edge of the palm with its thumb turned to the fingers."""
    return (*edge[:_THUMB_FROM], *_turned(edge[_THUMB_FROM:-4], _THUMB_AT, turn), *edge[-3:])


HAND_CLOSED = _thumb_turned(FINGERS_CLOSED, _THUMB_IN)
"""The palm's edge, fingers and thumb closed."""


def _kneading() -> View:
    """A left hand from above with its arm, the thumb turned out to hold a muscle."""
    edge = ((-2.6, -16.0), *_thumb_turned(PALM_EDGE, _THUMB_OUT), (2.6, -16.0))
    nail = _turned(_NAILS_ABOVE[-1], _THUMB_AT, _THUMB_OUT)
    touch = (
        ((-3.6, 1.6), (-0.6, 0.8), (2.0, 1.2), (3.1, 3.0), (3.2, 6.0), (3.0, 8.2), (1.2, 8.8),
         (-1.8, 8.6), (-3.6, 8.0), (-3.8, 4.6)),
    )  # fmt: skip
    return View(_PALM.frame, (edge,), (*_KNUCKLES, *_NAILS_ABOVE[:-1], nail), touch=touch)


KNEADING_FROM_ABOVE = _kneading()


def _with_forearm(view: View, touch: tuple[Shape, ...]) -> View:
    """A left hand from above with its arm and its contact region."""
    edge = ((-2.6, -16.0), *view.hands[0], (2.6, -16.0))
    return View(_PALM.frame, (edge,), (*_KNUCKLES[:4], *_NAILS_ABOVE), touch=touch)


THUMB_FROM_ABOVE = _with_forearm(_PALM, PALM_CONTACTS["thumb pad"])
FLAT_FROM_ABOVE = _with_forearm(View(_PALM.frame, (FINGERS_CLOSED,)), (PALM_TOUCH, *FINGERS_TOUCH))


def _spread_from_above() -> View:
    opened = _spread_palm()
    nails = tuple(_spread(i, each) for i, each in enumerate(_NAILS_ABOVE[:4]))
    edge = ((-2.6, -16.0), *opened.hands[0], (2.6, -16.0))
    lines = (*_KNUCKLES[:4], *nails, _NAILS_ABOVE[-1])
    return View(_PALM.frame, (edge,), lines, touch=opened.contacts["finger pads"])


SPREAD_FROM_ABOVE = _spread_from_above()
# A hand without its arm, laid round the side of the body.
TROUGH = (
    ((-8.6, 1.6), (-8.3, 0.3), (-7.2, 0.0), (-2.0, 0.0), (5.0, 0.0), (8.3, 0.0), (9.1, 0.25),
     (9.25, 0.75), (8.8, 1.15), (6.6, 1.35), (4.6, 1.5), (2.2, 1.75), (0.4, 2.25), (-1.2, 2.75),
     (-4, 3.2), (-7, 3.3)),
    _FLAT_THUMB,
)  # fmt: skip
TROUGH_TOUCH = tuple((float(x), 0.0) for x in range(-7, 9, 3))
EDGE_VIEW = View(
    _TIPS, (_EDGE, _EDGE_THUMB, *_FINGER_TIPS), _NAILS, {}, touch=_EDGE_CONTACT, skin=LEVEL
)
# The hand on its edge, with the back of another over it at a hand's thickness.
SQUEEZING = replace(EDGE_VIEW, over=tuple(_moved(each, 2.7, 0.6) for each in EDGE_VIEW.hands))
EDGE_HALF_WIDTH = 1.5
"""Distance from the middle of a hand on its edge to its palm, in cm."""
ABOVE = View(_PALM.frame, (PALM_EDGE,), (*_KNUCKLES, *_NAILS_ABOVE))
"""A left hand seen from above."""
ABOVE_HALF_WIDTH = 8.1
"""Distance from the middle of that hand to the side of its thumb, in cm."""
_UPSIDE_DOWN = tuple((x, 8.4 - y) for x, y in _EDGE)
_FIST_FINGERS = tuple(oval((0.15, y), 2.7, 2.0) for y in (6.75, 4.95, 3.05, 1.25))

_SHOWN_FLAT = View(_SIDE, (_FLAT, _FLAT_THUMB), _FLAT_LINES, skin=LEVEL)
_SHOWN_PADS = View(_SIDE, (_PADS, _PADS_THUMB), _PADS_LINES, touch=_touching(4.8, 7.3), skin=LEVEL)
_SHOWN_CLAMP = View(_SIDE, (_CLAMP, _CLAMP_THUMB), _CLAMP_LINES, touch=_CLAMP_TOUCH, skin=_FOLD)
_FLAT_TOUCH, _HEEL_TOUCH = _touching(-8, 8.8), _touching(-8.6, -1.5)
_FLAT_OVER = _on_top(-1.6, 2.7, -0.17)

VIEWS = {
    "palm": _PALM,
    "spread": _spread_palm(),
    "rim": replace(_PALM, contacts={"rim of the cupped hand": RIM}),
    "flat": replace(_SHOWN_FLAT, touch=_FLAT_TOUCH),
    "flat, hand over hand": replace(_SHOWN_FLAT, over=_FLAT_OVER, touch=_FLAT_TOUCH),
    "heel": replace(_SHOWN_FLAT, touch=_HEEL_TOUCH),
    "heel, hand over hand": replace(_SHOWN_FLAT, over=_FLAT_OVER, touch=_HEEL_TOUCH),
    "pads": _SHOWN_PADS,
    "pads, hand over hand": replace(
        _SHOWN_PADS, frame=(-12.0, 10.5, -2.0, 11.0), over=_on_top(-2.4, 5.3, -0.1)
    ),
    "thumb": View(
        _SIDE, (_THUMB_HAND, _THUMB), _THUMB_LINES, touch=_touching(-1.3, 0.7), skin=LEVEL
    ),
    "half closed": View(
        _SIDE,
        (_HALF, _HALF_THUMB),
        _HALF_LINES,
        {"middle phalanges": _HALF_CONTACT, "back of the hand": _HALF_CONTACT},
        skin=LEVEL,
    ),
    "fist": View(
        _TIPS, (_EDGE, *_FIST_FINGERS, _EDGE_THUMB), (), {"loose fist": _EDGE_CONTACT}, skin=LEVEL
    ),
    "thumb side": View(
        _TIPS, (_UPSIDE_DOWN, *_FINGER_TIPS), _NAILS, touch=_EDGE_CONTACT, skin=LEVEL
    ),
    "cup": View(
        _SIDE,
        (_CUP, _CUP_THUMB),
        _CUP_LINES,
        touch=(*_touching(-8.4, -6.6), *_touching(2, 3.6), *_touching(6.6, 8)),
        skin=LEVEL,
    ),
    "clamp": _SHOWN_CLAMP,
    "clamp, hand over hand": replace(
        _SHOWN_CLAMP, frame=(-12.0, 10.5, -2.0, 12.0), over=_on_top(-1.0, 7.0, -0.36)
    ),
    "edge": EDGE_VIEW,
}
