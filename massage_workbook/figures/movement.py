"""One movement in a strip of three or four moments: hand and tissue, each with its caption."""

from collections.abc import Sequence
from itertools import groupby
from math import dist

from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyArrowPatch, PathPatch
from matplotlib.path import Path

from massage_workbook.body import movement
from massage_workbook.body.hand_shapes import Shape
from massage_workbook.body.illustration import scene, trace
from massage_workbook.body.movement import Moment
from massage_workbook.body.scene import Part, Scene
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Technique
from massage_workbook.figures.curves import ring, stroked
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import write
from massage_workbook.figures.palette import colour

_PANEL = 2.3, 1.38
"""Width and height of one moment, in inches."""
_CAPTION = 0.46
"""Height of the caption below it, in inches."""
_GAP = 0.06
_MIN_ARROW_CM = 0.9
"""Shortest movement that gets an arrow, in cm."""
_MIN_PRESSURE_CHANGE = 0.25
"""Smallest change of the pressure that gets an arrow, as a share of the force."""
_FOLD_ALPHA = 0.75
"""Opacity of a fold of muscle, which is seen through the hand that holds it."""
_HAND_ALPHA = 0.72
"""Opacity of a hand seen from above, for the muscle shows under it."""


@with_style
def movement_strip(technique: Technique) -> Drawing:
    """The phases of one movement that have a caption, in reading order, each with its time."""
    moments = list(movement.moments(technique))
    columns = 3 if len(moments) == 3 else 2  # noqa: PLR2004
    rows = len(moments) // columns
    width, height = _PANEL[0], _PANEL[1] + _CAPTION
    drawing = Drawing(movement.alt_text(technique), columns * width, rows * height)
    for i, moment in enumerate(moments):
        row, column = divmod(i, columns)
        left, low = (column + _GAP / 2) / columns, 1 - (row + 1) / rows
        words = low + _CAPTION / height / rows
        axes = drawing.add_axes((left, words, (1 - _GAP) / columns, 1 - row / rows - words))
        shown = scene(technique, moment.at)
        _draw(axes, shown)
        if path := trace(technique):
            _strokes(axes, [path], "motion", 1.2)
            axes.plot(*shown.dot, "o", color=colour("motion"), markersize=4)
        _arrows(axes, technique, moment)
        middle = left + (1 - _GAP) / columns / 2
        _caption(
            drawing, (middle, low + 0.56 * (words - low)), f"{i + 1}  {moment.phase.say}", "ink"
        )
        time = movement.phase_seconds(technique, moment.phase)
        _caption(drawing, (middle, low + 0.12 * (words - low)), time, "quiet")
    return drawing


def _caption(drawing: Drawing, at: Point, words: str, name: str) -> None:
    write(drawing, at, words, name, ha="center", va="baseline", size=14 if name == "ink" else 12)


def _draw(axes: Axes, shown: Scene) -> None:
    """Draw a scene into axes, in its frame."""
    left, right, bottom, top = shown.frame
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.set_axis_off()
    if shown.from_above:
        corners = ((left, bottom), (right, bottom), (right, top), (left, top))
        _fill(axes, corners, "shade", smooth=False)
    for band in shown.bands:
        tissue = _fill(axes, (*band.edges[0], *reversed(band.edges[1])), band.kind, smooth=False)
        tissue.set(edgecolor=colour("contour"), linewidth=1.2)
        if band.ticked:
            _strokes(axes, list(band.ticks), "contour", 0.5 if band.kind == "muscle" else 1.0)
    for kind, parts in groupby(shown.parts, key=lambda part: part.kind):
        if kind == "crease":
            _strokes(axes, [part.outline for part in parts], "contour", 0.7)
        else:
            for part in parts:
                _draw_part(axes, part, see_through=shown.from_above)


def _draw_part(axes: Axes, part: Part, *, see_through: bool) -> None:
    match part.kind:
        case "touch":
            line = _strokes(axes, [part.outline], "hand", 3.4)
            line.set_alpha(0.3 + 0.7 * part.strength if part.strength else 0)
        case "glow":
            _fill(axes, part.outline, "hand").set_alpha(0.38 * part.strength)
        case "bone" | "fold":
            patch = _fill(axes, part.outline, "bone" if part.kind == "bone" else "muscle")
            patch.set(edgecolor=colour("contour"), linewidth=1.4 if part.kind == "fold" else 0.8)
            patch.set_alpha(_FOLD_ALPHA if part.kind == "fold" else 1)
        case _:
            patch = _fill(axes, part.outline, "skin")
            patch.set(edgecolor=colour("contour"), linewidth=1.2 if part.kind == "hand" else 0.8)
            if see_through:
                patch.set_facecolor((*to_rgb(colour("skin")), _HAND_ALPHA))


def _fill(axes: Axes, shape: Shape, name: str, *, smooth: bool = True) -> PathPatch:
    path = ring(shape) if smooth else Path([*shape, shape[0]], closed=True)
    patch = PathPatch(path, facecolor=colour(name), linewidth=0, joinstyle="round")
    axes.add_artist(patch)
    return patch


def _strokes(axes: Axes, shapes: Sequence[Shape], name: str, width: float) -> PathPatch:
    """Polylines of one look as a single path, which keeps the file small."""
    patch = stroked(map(Path, shapes), name, width)
    axes.add_artist(patch)
    return patch


# --- arrows -----------------------------------------------------------------------------------


def _arrows(axes: Axes, technique: Technique, moment: Moment) -> None:
    """Arrows along the path of each hand in a phase, or for its pressure if it stays in place."""
    before, after = scene(technique, moment.start), scene(technique, moment.at)
    if moment.phase.do == "shake":
        ((x, y), *_) = after.tips
        _arrow(axes, (x - 1.3, y), (x + 1.3, y), style="<|-|>")
        return
    in_turn = technique.hands.work == "in turn"
    for number in [moment.hand] if in_turn else range(len(after.tips)):
        tail, head = before.tips[number], after.tips[number]
        if dist(tail, head) >= _MIN_ARROW_CM:
            _arrow(axes, tail, head)
        elif not after.from_above:
            _pressure_arrow(axes, head, _pressure_change(technique, moment, number))


def _pressure_change(technique: Technique, moment: Moment, hand: int) -> float:
    """The change of a hand's pressure in a phase, as a share of the force."""
    ends = (movement.hands_at(technique, at)[hand] for at in (moment.start, moment.at))
    before, after = (end.press for end in ends)
    return after - before


def _pressure_arrow(axes: Axes, at: Point, more: float) -> None:
    if abs(more) >= _MIN_PRESSURE_CHANGE:
        ends = [(at[0], at[1] + 1.1), (at[0], at[1] - 1.1)]
        _arrow(axes, *(ends if more > 0 else ends[::-1]))


def _arrow(axes: Axes, tail: Point, head: Point, style: str = "-|>") -> None:
    arrow = FancyArrowPatch(tail, head, arrowstyle=style, mutation_scale=11, shrinkA=0, shrinkB=0)
    arrow.set(color=colour("motion"), linewidth=2, zorder=6)
    arrow.set_path_effects(
        [patheffects.Stroke(linewidth=4, foreground=colour("paper")), patheffects.Normal()]
    )
    axes.add_artist(arrow)
