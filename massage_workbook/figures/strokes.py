"""A technique's strokes on the back: path, direction, force and order.

The width of a line shows the force; a light return is dashed. Repeated movements, such as circles
or taps, are drawn as marks along a thin line from start to end.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from math import atan2, ceil, cos, dist, hypot, radians, sin
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from massage_workbook.body import anatomy
from massage_workbook.body.frame import FRAME
from massage_workbook.body.zones import STROKE_MAP_LABELS
from massage_workbook.course.model import CM_PER_UNIT, Point, uncapitalised
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.figures import back
from massage_workbook.figures.curves import bezier, stroked
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import BADGE, badge, write
from massage_workbook.figures.palette import colour

PATH_MARKS = {"line", "spiral", "zigzag"}
"""Marks that are the path of the hand itself; the others are drawn along it."""
_JOIN_DISTANCE, _MARK_DISTANCE = 0.02, 0.1
"""Maximum distance from the end of a stroke at which the next one continues it, in (u, v): for
lines, and for marks of one kind and direction."""
_SECOND_HEAD_LENGTH = 0.16
"""Length from which a line has a second arrow head, in (u, v)."""
_SECOND_SIDE_ALPHA = 0.45
"""Opacity of the side that is worked second."""
_HEAD_HALF_WIDTH = 0.016
"""Half the width of an arrow head, in (u, v)."""


@with_style
def stroke_map(technique: Technique, zones: Iterable[Zone]) -> Drawing:
    """A technique's strokes on the back; keep-off zones are hatched, light ones dotted.

    The SVG carries `zone-<id>` for each zone that concerns it, and `stroke-<id>-right`, `-left` or
    `-middle` for each path, which runs from the stroke's start to its end.
    """
    drawing = Drawing("", *back.size_inches(FRAME))
    drawing.alt = draw_strokes(back.uv_axes(drawing), technique, tuple(zones))
    return drawing


def draw_strokes(axes: Axes, technique: Technique, zones: Sequence[Zone]) -> str:
    """Draw a stroke map into axes in (u, v); return its alt text."""
    edge = back.draw_body(axes)
    kinds = anatomy.zone_kinds(technique, zones)
    marked = {
        kind: [zone for zone in zones if kinds.get(zone.id) == kind] for kind in STROKE_MAP_LABELS
    }
    for kind in ("light", "keep-off"):
        back.hatch_zones(axes, marked[kind], kind, edge)
    # Small over large: the topmost of overlapping zones gets the pointer.
    for zone in sorted(zones, key=anatomy.area, reverse=True):
        if zone.id in kinds:
            back.add_zone_outline(axes, zone, edge)
    chained = chains(technique.strokes)
    for chain in chained:
        for stroke, following in zip(chain, [*chain[1:], None], strict=True):
            _draw_stroke(axes, stroke, ends=following is None)
    _draw_starts(axes, [chain[0] for chain in chained])
    _merge_heads(axes)
    return _alt_text(technique, marked)


def _alt_text(technique: Technique, marked: Mapping[str, Sequence[Zone]]) -> str:
    parts = [f"{technique.names.english} on the back: {technique.direction}"]
    for kind in ("keep-off", "light"):
        if marked[kind]:
            names = ", ".join(uncapitalised(zone.name) for zone in marked[kind])
            parts.append(f"{STROKE_MAP_LABELS[kind].capitalize()}: {names}.")
    return " ".join(parts)


def chains(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Strokes in chains in which each continues the one before it."""
    chained: list[list[Stroke]] = []
    for stroke in strokes:
        before = chained[-1][-1] if chained else None
        if before and before.side == stroke.side and _continues(before, stroke):
            chained[-1].append(stroke)
        else:
            chained.append([stroke])
    return chained


def _continues(before: Stroke, stroke: Stroke) -> bool:
    gap = dist(before.points[-1], stroke.points[0])
    if before.mark != stroke.mark or stroke.mark in {"line", "spiral"}:
        return gap < _JOIN_DISTANCE
    (a, b), (c, d) = (
        np.subtract(points[-1], points[0]) for points in (before.points, stroke.points)
    )
    return gap < _MARK_DISTANCE and (a * c + b * d) > 0.7 * hypot(a, b) * hypot(c, d)


# --- one stroke ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Pen:
    """Style of a stroke: width in points, opacity, maximum half width of its arrow heads."""

    width: float
    opacity: float
    max_head: float = 1


def _draw_stroke(axes: Axes, stroke: Stroke, *, ends: bool) -> None:
    for side, paths in anatomy.hand_paths(stroke).items():
        gid = f"stroke-{stroke.id}-{side}"
        if stroke.mark in PATH_MARKS:
            width = 1.6 if stroke.light_return else 1.6 + 0.7 * stroke.force
            pen = _Pen(width, _opacity(stroke, side))
            curved = _curve(_sides(stroke)[side]) if stroke.mark == "line" else Path(paths[0])
            _draw_path(axes, curved, pen, gid, dashed=stroke.light_return)
            long = anatomy.length_cm(stroke.points) > _SECOND_HEAD_LENGTH * CM_PER_UNIT
            (path,) = paths
            _draw_heads(axes, [path[: 1 + len(path) * 3 // 5]] * long + [path] * ends, pen)
        else:
            pen = _Pen(1.1 + 0.45 * stroke.force, _opacity(stroke, side))
            _draw_guide(axes, _sides(stroke)[side], pen, past=_radius(paths[-1]) if ends else None)
            _MARKS[stroke.mark](axes, paths, pen, gid)


def _draw_path(axes: Axes, path: Path, pen: _Pen, gid: str, *, dashed: bool) -> None:
    """Draw the path of the hand."""
    halo = _draw_paths(axes, [path], _Pen(pen.width + 2.5, 0.8), None)
    # Separates the line from those it crosses, below the stroke that this one continues.
    halo.set(edgecolor=colour("skin"), zorder=2.8)
    _draw_paths(axes, [path], pen, gid).set_linestyle((0, (3, 2.5)) if dashed else "solid")


def _curve(points: Sequence[Point]) -> Path:
    return bezier(anatomy.smooth(points))


def _circles(axes: Axes, paths: list[list[Point]], pen: _Pen, gid: str) -> None:
    """Circles or half circles, each with a small head for its direction."""
    _draw_paths(axes, map(Path, paths), pen, gid)
    turns = [path[: 1 + len(path) * 5 // 8] if path[0] == path[-1] else path for path in paths]
    _draw_heads(axes, turns, replace(pen, max_head=0.45 * _radius(paths[0])))


def _saw(axes: Axes, paths: list[list[Point]], pen: _Pen, gid: str) -> None:
    """To and fro: a head at both ends."""
    _draw_paths(axes, map(Path, paths), pen, gid)
    _draw_heads(axes, [*paths, *(path[::-1] for path in paths)], pen)


def _taps(axes: Axes, paths: list[list[Point]], pen: _Pen, gid: str) -> None:
    """Dots, each in a thin ring."""
    _draw_paths(axes, map(Path, paths), replace(pen, width=pen.width + 2), gid)
    _draw_rings(axes, map(_middle, paths), 0.021, replace(pen, width=0.9))


def _press(axes: Axes, paths: list[list[Point]], pen: _Pen, gid: str) -> None:
    """A ring with a dot in its middle."""
    _draw_paths(axes, map(Path, paths), pen, gid)
    _draw_rings(axes, map(_middle, paths), 0.003, replace(pen, width=1.5))


def _lifts(axes: Axes, paths: list[list[Point]], pen: _Pen, gid: str) -> None:
    """Two arcs that close round a fold, with heads towards each other."""
    arcs = [arc for path in paths for arc in (path[: len(path) // 2], path[len(path) // 2 :])]
    _draw_paths(axes, map(Path, arcs), pen, gid)
    inward = []
    for path in paths:
        u, v = _middle(path)
        for a, b in (path[len(path) // 4], path[-1 - len(path) // 4]):
            inward.append([(a, b), (u + 0.45 * (a - u), v + 0.45 * (b - v))])
    _draw_heads(axes, inward, replace(pen, width=0))


_MARKS = {
    "circles": _circles,
    "semicircles": _circles,
    "saw": _saw,
    "taps": _taps,
    "press": _press,
    "lifts": _lifts,
}


def _middle(path: Sequence[Point]) -> Point:
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*path, strict=True))
    return (left + right) / 2, (top + bottom) / 2


def _radius(path: Sequence[Point]) -> float:
    """Radius of a mark."""
    return max(dist(_middle(path), point) for point in path)


# --- lines, heads and starts -----------------------------------------------------------------


def _draw_paths(axes: Axes, paths: Iterable[Path], pen: _Pen, gid: str | None) -> PathPatch:
    patch = stroked(paths, "motion", pen.width, alpha=pen.opacity, zorder=3, gid=gid)
    axes.add_artist(patch)
    return patch


def _draw_guide(axes: Axes, points: Sequence[Point], pen: _Pen, past: float | None) -> None:
    """Draw a thin line along the marks, with a head `past` the last one if the stroke ends."""
    thin = _Pen(1.1, pen.opacity * 0.8)
    paths = [_curve(points)]
    if past is not None:
        (a, b), (u, v) = anatomy.along(points)[-2:]
        size = hypot(u - a, v - b)
        x, y = (u - a) / size, (v - b) / size
        tip = past + 2.4 * _HEAD_HALF_WIDTH
        _draw_heads(axes, [[(a, b), (u, v), (u + tip * x, v + tip * y)]], thin)
        paths.append(Path([(u, v), (u + past * x, v + past * y)]))
    _draw_paths(axes, paths, thin, None).set_zorder(2.5)


def _draw_heads(axes: Axes, paths: Sequence[Sequence[Point]], pen: _Pen) -> None:
    """Triangles whose tips are the ends of the paths."""
    if not paths:
        return
    half = min(pen.max_head, 0.7 * _HEAD_HALF_WIDTH + 0.003 * pen.width)
    triangles = [Path(_triangle(path, half), closed=True) for path in paths]
    patch = PathPatch(Path.make_compound_path(*triangles), facecolor=colour("motion"), linewidth=0)
    patch.set(alpha=pen.opacity, zorder=3.5, gid="heads")
    axes.add_artist(patch)


def _merge_heads(axes: Axes) -> None:
    """Merge all heads of the same opacity into one patch, which keeps a picture small."""
    alike: dict[float, list[PathPatch]] = {}
    for patch in [each for each in axes.patches if each.get_gid() == "heads"]:
        alike.setdefault(patch.get_alpha(), []).append(patch)
    for first, *others in alike.values():
        whole = Path.make_compound_path(*(each.get_path() for each in (first, *others)))
        first.set_path(whole)
        for each in others:
            each.remove()


def _triangle(path: Sequence[Point], half: float) -> list[Point]:
    (u, v), length = path[-1], 1.8 * half
    before = next((p for p in reversed(path) if dist(p, path[-1]) >= length), path[0])
    reach = dist(before, path[-1]) or 1
    x, y = half * (u - before[0]) / reach, half * (v - before[1]) / reach
    left, right = (u - 1.8 * x - y, v - 1.8 * y + x), (u - 1.8 * x + y, v - 1.8 * y - x)
    return [(u, v), left, right, (u, v)]


def _draw_starts(axes: Axes, strokes: Sequence[Stroke]) -> None:
    """Mark where the hands start: a ring, or numbers if there are several chains."""
    if len(strokes) == 1:
        for side, points in _sides(strokes[0]).items():
            pen = _Pen(1.8, _opacity(strokes[0], side))
            _draw_rings(axes, [points[0]], 0.017, pen).set_facecolor(colour("skin"))
        return
    occupied: list[Point] = []
    for number, stroke in enumerate(strokes, start=1):
        place = next(place for place in _number_places(stroke) if _is_free(place, occupied))
        places = [
            *([place] if {"right", "middle"} & {*anatomy.hand_paths(stroke)} else []),
            *(anatomy.mirrored([place]) if "left" in anatomy.hand_paths(stroke) else []),
        ]
        for each in places:
            badge(axes, each, number, "motion")
        occupied += places


def _sides(stroke: Stroke) -> dict[str, tuple[Point, ...]]:
    """The points of a stroke on each of its sides."""
    return {
        side: anatomy.mirrored(stroke.points) if side == "left" else stroke.points
        for side in anatomy.hand_paths(stroke)
    }


def _opacity(stroke: Stroke, side: str) -> float:
    return _SECOND_SIDE_ALPHA if stroke.side == "each" and side == "left" else 1


def _number_places(stroke: Stroke) -> Iterator[Point]:
    """Candidates for a number: in the first mark if there is room, else around the start."""
    points, first = stroke.points, next(iter(anatomy.hand_paths(stroke).values()))[0]
    if stroke.mark in {"circles", "lifts"} and _radius(first) > BADGE / 2:
        yield points[0]
    (u, v), (a, b) = points[0], anatomy.along(points)[1]
    backward = atan2(v - b, u - a)
    nearest = (0 if stroke.mark in PATH_MARKS else _radius(first)) + 0.02
    for away in count(nearest, BADGE / 2):
        for turn in (0, 50, -50, 90, -90, 130, -130):
            angle = backward + radians(turn)
            yield u + away * cos(angle), v + away * sin(angle)


def _is_free(place: Point, occupied: Iterable[Point]) -> bool:
    return all(dist(place, other) > BADGE for other in occupied)


def _draw_rings(axes: Axes, places: Iterable[Point], radius: float, pen: _Pen) -> PathPatch:
    whole = Path.make_compound_path(*(Path.circle(place, radius) for place in places))
    patch = PathPatch(whole, facecolor="none", edgecolor=colour("motion"), linewidth=pen.width)
    patch.set(alpha=pen.opacity, zorder=4)
    axes.add_artist(patch)
    return patch


# --- a sheet of several maps -----------------------------------------------------------------


_COLUMNS, _TITLE = 3, 1.0
"""Maps side by side, and the height of a name in two lines above each, in inches."""


@with_style
def stroke_sheet(techniques: Sequence[Technique], zones: Sequence[Zone]) -> Drawing:
    """The stroke maps of several techniques side by side, each under its name."""
    rows = ceil(len(techniques) / _COLUMNS)
    width, tall = back.size_inches(FRAME)
    cell = 1 / _COLUMNS, 1 / rows
    drawing = Drawing("", _COLUMNS * width, rows * (tall + _TITLE))
    alts = []
    for i, technique in enumerate(techniques):
        row, column = divmod(i, _COLUMNS)
        left, low = column * cell[0], 1 - (row + 1) * cell[1]
        axes = back.uv_axes(drawing, box=(left, low, cell[0], cell[1] * tall / (tall + _TITLE)))
        alts.append(draw_strokes(axes, technique, zones))
        place = left + cell[0] / 2, low + cell[1] * (tall + _TITLE / 2) / (tall + _TITLE)
        style = {"size": 25, "weight": "bold", "ha": "center", "va": "center"}
        write(drawing, place, fill(technique.names.english, width=17), **style)
    drawing.alt = " ".join(alts)
    return drawing
