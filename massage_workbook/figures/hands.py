"""The hand of each technique: its shape, its contact areas, and the gap between two hands."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import sqrt

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from massage_workbook.body import anatomy
from massage_workbook.body.hand_shapes import (
    ABOVE,
    ABOVE_HALF_WIDTH,
    EDGE_HALF_WIDTH,
    EDGE_VIEW,
    LEVEL,
    VIEWS,
    Shape,
    View,
    pair,
    roll,
)
from massage_workbook.course.schema import Technique
from massage_workbook.figures.curves import bezier, ring, stroked
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import write
from massage_workbook.figures.palette import colour

_SIZE_INCHES = 5.0, 2.9
"""Width and height of a picture, in inches."""
POSES = {
    "flat": ("palm", "flat"),
    "hand over hand": ("palm", "flat, hand over hand"),
    "heel": ("palm", "heel"),
    "heel, hand over hand": ("palm", "heel, hand over hand"),
    "finger pads": ("palm", "pads"),
    "finger pads, hand over hand": ("palm", "pads, hand over hand"),
    "finger pads, spread": ("spread", "pads"),
    "thumb": ("palm", "thumb"),
    "half closed": ("half closed",),
    "loose fist": ("half closed", "fist"),
    "cupped": ("rim", "cup"),
    "clamp": ("palm", "clamp"),
    "clamp, hand over hand": ("palm", "clamp, hand over hand"),
    "edge": ("palm", "edge"),
    "thumb side": ("palm", "thumb side"),
}
"""The views that show a pose, from left to right."""

_WORK = {
    "one": "One hand",
    "one, the other rests": "One hand, the other rests",
    "together": "Two hands at once",
    "in turn": "Two hands in turn",
    "against each other": "Two hands against each other",
    "one on the other": "One hand on the other",
}


@with_style
def hand_picture(technique: Technique) -> Drawing:
    """The hand of a technique: its parts that touch filled, a gap between two hands to scale.

    The SVG carries `contact-<part>` for each part that touches, and `gap` for a gap.
    """
    hands = technique.hands
    drawing = Drawing(_alt_text(technique), *_SIZE_INCHES)
    views = hand_views(technique)
    # The square root is a compromise between equal widths and equal heights.
    widths = [sqrt((v.frame[1] - v.frame[0]) / (v.frame[3] - v.frame[2])) for v in views]
    ends = [end / sum(widths) for end in accumulate(widths, initial=0)]
    for view, (left, right) in zip(views, pairwise(ends), strict=True):
        axes = drawing.add_axes((left + 0.01, 0.01, right - left - 0.02, 0.98))
        _draw(axes, view, hands.contact)
    if hands.gap_cm:
        _draw_gap(drawing.axes[-1], hands.gap_cm)
    return drawing


def hand_views(technique: Technique) -> list[View]:
    """The views of a technique's hands; of two hands with a gap, the last one shows it to scale."""
    hands = technique.hands
    views = [VIEWS[name] for name in POSES[hands.pose]]
    if not hands.gap_cm:
        return views
    gap = sum(hands.gap_cm) / 2
    if hands.pose == "edge":
        reach = gap / 2 + 2 * EDGE_HALF_WIDTH + 2.5
        frame = (-reach, reach, -1.6, 12.0)
        skin = roll(gap) if technique.motion == "shift" else LEVEL
        apart = pair(EDGE_VIEW, gap + 2 * EDGE_HALF_WIDTH, frame, skin)
    else:
        reach = gap / 2 + 1.6 * ABOVE_HALF_WIDTH
        apart = pair(ABOVE, gap + 2 * ABOVE_HALF_WIDTH, (-reach, reach, -2.8, 21))
    return [*views[:-1], apart]


def _alt_text(technique: Technique) -> str:
    """Number of hands, shape, contact and distance in words."""
    hands = technique.hands
    count = _WORK[hands.work]
    gap = f" The hands are {format_gap(hands.gap_cm)} apart." if hands.gap_cm else ""
    touches = ", ".join(hands.contact)
    return f"{technique.names.english}. {count}: {hands.shape} What touches: {touches}.{gap}"


def format_gap(gap: tuple[float, float]) -> str:
    """A gap in centimetres, such as `2-3 cm`."""
    low, high = gap
    return f"{low:g} cm" if low == high else f"{low:g}-{high:g} cm"


# --- one view --------------------------------------------------------------------------------


def _draw(axes: Axes, view: View, contact: Iterable[str]) -> None:
    left, right, bottom, top = view.frame
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.set_axis_off()
    if view.skin:
        _skin(axes, view.skin, bottom)
    regions = {f"contact-{part.replace(' ', '-')}": view.contacts.get(part) for part in contact}
    regions["touch"] = view.touch
    for outline in (*view.hands, *view.over):
        path = _path(outline)
        axes.add_artist(PathPatch(path, facecolor=colour("skin"), linewidth=0))
        for gid, shapes in regions.items():
            if shapes:
                _contact_area(axes, shapes, path, gid if outline is view.hands[0] else None)
        _line(axes, path, width=1.4)
    for line in view.lines:
        _line(axes, _path(line), width=0.9)


def _path(points: Shape) -> Path:
    if anatomy.is_closed(points):
        return ring(points)
    return bezier(anatomy.smooth(points))


def _line(axes: Axes, path: Path, width: float) -> None:
    axes.add_artist(stroked([path], "contour", width))


def _skin(axes: Axes, surface: Shape, bottom: float) -> None:
    """A section of the back under the hand."""
    line = _path(surface)
    (start, _), (end, _) = surface[0], surface[-1]
    vertices = [*line.vertices, (end, bottom), (start, bottom)]
    ground = Path(vertices, [*line.codes, Path.LINETO, Path.LINETO])
    axes.add_artist(PathPatch(ground, facecolor=colour("muscle"), linewidth=0))
    _line(axes, line, width=1.8)


def _contact_area(axes: Axes, regions: Sequence[Shape], edge: Path, gid: str | None) -> None:
    paths = (bezier(anatomy.smooth(each, closed=True), closed=True) for each in regions)
    patch = PathPatch(Path.make_compound_path(*paths), facecolor=colour("hand"), linewidth=0)
    patch.set_gid(gid)
    axes.add_artist(patch)
    patch.set_clip_path(edge, axes.transData)


def _draw_gap(axes: Axes, gap: tuple[float, float]) -> None:
    """An arrow across the gap, with its centimetres above."""
    half, top = sum(gap) / 4, axes.get_ylim()[1]
    height = 0.86 * top
    arrow = axes.annotate(
        "", (-half, height), (half, height), arrowprops={"arrowstyle": "<->", "shrinkA": 0}
    )
    arrow.arrow_patch.set(color=colour("motion"), linewidth=1.4, gid="gap")
    for x in (-half, half):
        axes.plot([x, x], [0.3 * top, 0.9 * top], color=colour("motion"), linewidth=0.8)
    write(axes, (0, 0.91 * top), format_gap(gap), ha="center", va="bottom", size=11)
