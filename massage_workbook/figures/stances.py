"""The giver's stance, seen from above: at a table, on a bed and on a mat, for both sides.

In centimetres; the head of the person is up. The giver is drawn in full for work on the right side
of the back, and in outline for the left. An arrow shows the direction of the giver's weight.
"""

from collections.abc import Iterable, Iterator
from math import pi

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, PathPatch, Rectangle
from matplotlib.path import Path

from massage_workbook.body.hand_shapes import Shape, mirrored, oval
from massage_workbook.body.places import FRAME, PLACES, SIZE
from massage_workbook.body.scene import placed
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Posture, Stance
from massage_workbook.figures.curves import ring
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import write
from massage_workbook.figures.palette import colour

_CAPTION_SHARE = 0.19
"""Height of the captions, as a share of the picture."""
_LEVEL_Y = {"shoulders": -8.0, "chest": -24.0, "waist": -38.0, "hips": -50.0}
"""Position of the giver along the body; 0 is the large bump of the neck."""
_DISTANCE = {"stands": 50.0, "one knee on edge": 46.0, "one knee down": 46.0, "kneels": 42.0}
"""Distance of the giver from the midline, by posture."""
_SURFACES = {  # left, bottom, width, height
    "At a table": (-36.0, -116.0, 72.0, 172.0),
    "On a bed": (-92.0, -118.0, 124.0, 178.0),
    "On a mat": (-70.0, -116.0, 140.0, 174.0),
}
_HEAD: Shape = oval((0, 28), 17, 21)
_TORSO: Shape = (
    (-5, 14), (-20, 6), (-22, -8), (-17, -30), (-15, -42), (-19, -56), (-17, -74), (-11, -112),
    (-4, -112), (0, -66), (4, -112), (11, -112), (17, -74), (19, -56), (15, -42), (17, -30),
    (22, -8), (20, 6), (5, 14),
)  # fmt: skip
_ARM: Shape = ((19, 4), (25, -2), (30, -24), (31, -52), (28, -60), (25, -52), (24, -26), (19, -10))
_SIDE_LYING: Shape = (
    (-2, 14), (-9, 4), (-10, -18), (-8, -40), (-10, -58), (2, -80), (-8, -104), (2, -110),
    (18, -82), (10, -58), (8, -40), (12, -14), (8, 4), (4, 14),
)  # fmt: skip
_SITTING: Shape = (
    (-6, 6), (-22, 2), (-27, -8), (-22, -17), (0, -20), (22, -17), (27, -8), (22, 2), (6, 6),
)  # fmt: skip


@with_style
def stance_plan(stance: Stance) -> Drawing:
    """The giver from above in the three places, weight and direction shown by an arrow."""
    drawing = Drawing(alt_text(stance), *SIZE)
    for i, (place, posture) in enumerate(zip(PLACES, stance.postures, strict=True)):
        axes = drawing.add_axes((i / 3, _CAPTION_SHARE, 1 / 3, 1 - _CAPTION_SHARE))
        left, right, bottom, top = FRAME
        axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
        axes.set_axis_off()
        _draw_surface(axes, stance, place)
        _draw_person(axes, stance)
        _draw_giver(axes, stance, posture, place)
        write(drawing, ((i + 0.5) / 3, 0.03), f"{place}\n{posture}", ha="center", size=14)
    return drawing


def alt_text(stance: Stance) -> str:
    """The stance in words, for readers who do not see the picture."""
    faces = "towards the head" if stance.faces == "head" else "across"
    side = {"near": "beside the half that is worked", "far": "beside the other half"}
    where = side.get(stance.works, "on either side")
    if stance.position != "prone":
        where = "behind the back"
    places = "; ".join(
        f"{place.lower()} the giver {posture}"
        for place, posture in zip(PLACES, stance.postures, strict=True)
    )
    return (
        f"{stance.name}, seen from above. Level with the {stance.level}, {where}, facing {faces}: "
        f"{places}. The weight comes from the legs."
    )


# --- the person -------------------------------------------------------------------------------


def _draw_surface(axes: Axes, stance: Stance, place: str) -> None:
    left, low, width, height = _SURFACES[place]
    if stance.position == "seated":
        left, low, width, height = -45, 18, 90, 40
    elif stance.works == "far":
        left = -left - width  # the giver reaches over from the edge of the bed
    patch = Rectangle((left, low), width, height, facecolor=colour("shade"), alpha=0.45)
    patch.set(edgecolor=colour("quiet"), linewidth=1, linestyle="--" if "mat" in place else "-")
    axes.add_artist(patch)


def _draw_person(axes: Axes, stance: Stance) -> None:
    shapes = {
        "prone": (_ARM, mirrored(_ARM), _TORSO),
        "seated": (_SITTING,),
        "side-lying": (_SIDE_LYING,),
    }
    for shape in (
        *shapes[stance.position],
        _HEAD if stance.position != "seated" else _SITTING_HEAD,
    ):
        _fill(axes, shape, "hair" if shape in {_HEAD, _SITTING_HEAD} else "skin")


_SITTING_HEAD: Shape = oval((0, 12), 17, 21)


# --- the giver --------------------------------------------------------------------------------


def _draw_giver(axes: Axes, stance: Stance, posture: Posture, place: str) -> None:
    """In full for the right side of the back, in outline for the left where that differs."""
    for side_of_back in (1, -1):
        at, turn = _giver_place(stance, posture, side_of_back)
        if side_of_back < 0 and (stance.position != "prone" or (place == "On a bed" and at[0] < 0)):
            continue  # the giver stays behind the person, or the person moves to the other edge
        is_right = side_of_back > 0
        for shape in _giver_shapes(posture, place):
            _fill(axes, placed(shape, (*at, turn)), "work", alpha=0.75 if is_right else 0)
        if is_right:
            arms = _arms(stance, at, turn)
            for arm in (arms[:2], arms[2:]):
                _draw_arm(axes, arm)
            _weight_arrow(axes, at, _hands_place(stance))


def _giver_place(stance: Stance, posture: Posture, side_of_back: int) -> tuple[Point, float]:
    """The giver's place, and rotation to the left, in radians; 0 faces the head."""
    level = _LEVEL_Y[stance.level]
    if stance.position == "seated":
        return (0.0, -52.0), 0.0
    if stance.position == "side-lying":
        return (_DISTANCE[posture] - 8, level), 0.35
    side = -side_of_back if stance.works == "far" else side_of_back
    turn = side * pi / 2 if stance.faces == "across" else side * 0.25
    return (side * _DISTANCE[posture], level), turn


def _giver_shapes(posture: Posture, place: str) -> Iterator[Shape]:
    """Feet or knees, shoulders and head of a giver who faces up."""
    yield from _legs(posture, on_edge=place == "On a bed")
    yield oval((0, 0), 44, 19)
    yield oval((0, 4), 16, 19)


def _legs(posture: Posture, *, on_edge: bool) -> Iterable[Shape]:
    foot, shin = oval((0, 0), 9, 25), oval((0, -12), 11, 38)
    if posture == "stands":
        return placed(foot, (-11, -8, 0)), placed(foot, (12, 12, 0))
    if posture == "kneels":
        return placed(shin, (-12, 0, 0.15)), placed(shin, (12, 0, -0.15))
    knee = (-14, -2, 0.5) if on_edge else (-11, -2, 0)
    return placed(shin, knee), placed(foot, (13, 14, 0))


def _hands_place(stance: Stance) -> Point:
    """The place of the hands, on the right side of the back."""
    if stance.position == "seated":
        return 13.0, -12.0
    ahead = 12 if stance.faces == "head" else 0
    return 10.0 if stance.position == "prone" else 4.0, _LEVEL_Y[stance.level] + ahead


def _arms(stance: Stance, at: Point, turn: float) -> Shape:
    """Two arms: left shoulder and hand, right shoulder and hand."""
    x, y = _hands_place(stance)
    other = -x if stance.works == "both" and stance.position != "side-lying" else x
    spread = 5 if other == x else 0
    left, right = placed(((-17, 3), (17, 3)), (*at, turn))
    across = stance.faces == "across"
    first = (other - spread * (not across), y + spread * across * (1 if at[0] < 0 else -1))
    last = (x + spread * (not across), y - spread * across * (1 if at[0] < 0 else -1))
    return left, first, right, last


def _weight_arrow(axes: Axes, at: Point, target: Point) -> None:
    (a, b), (x, y) = at, target
    tail, head = (a + 0.1 * (x - a), b + 0.1 * (y - b)), (a + 0.72 * (x - a), b + 0.72 * (y - b))
    arrow = FancyArrowPatch(tail, head, arrowstyle="-|>", mutation_scale=13, shrinkA=0, shrinkB=0)
    arrow.set(color=colour("hand"), linewidth=2.4, zorder=5)
    axes.add_artist(arrow)


# --- drawing ----------------------------------------------------------------------------------


def _fill(axes: Axes, shape: Shape, name: str, alpha: float = 1) -> None:
    patch = PathPatch(ring(shape), facecolor=(colour(name), alpha), linewidth=0.9)
    patch.set(edgecolor=(colour("contour" if alpha == 1 else "ink"), 1 if alpha else 0.5))
    patch.set_linestyle("-" if alpha else (0, (2, 2)))
    axes.add_artist(patch)


def _draw_arm(axes: Axes, points: Shape) -> None:
    arm = PathPatch(Path(list(points)), fill=False, edgecolor=colour("work"), linewidth=5)
    arm.set(capstyle="round", alpha=0.75)
    axes.add_artist(arm)
    axes.plot(*points[-1], "o", color=colour("hand"), markersize=5, zorder=6)
