"""A technique's strokes on the back: where the hand goes, which way, how firmly, in which order.

The line is as wide as the force; a light return is dashed. What a hand does over and over on its
way, such as circles or taps, is drawn as marks along a thin line that leads from start to end.
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
from massage_workbook.figures.curves import bezier
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import BADGE, badge
from massage_workbook.figures.palette import colour

ALONG = {"line", "spiral", "zigzag"}
"""Marks that are themselves the way of the hand; the others stand along it."""
JOINED, NEXT_MARK = 0.02, 0.1
"""A stroke that starts this near to the end of the one before goes on from it, in (u, v):
a line from a line, and a mark from marks of its kind that head the same way."""
LONG = 0.16
"""A line of this length has a head on its way as well, in (u, v)."""
SECOND_SIDE = 0.45
"""Opacity of the side that is worked after the other."""
HEAD = 0.016
"""Half the width of an arrow head, in (u, v)."""


@with_style
def stroke_map(technique: Technique, zones: Iterable[Zone]) -> Drawing:
    """A technique's strokes on the back, what it keeps off hatched, what it goes light on dotted.

    The SVG carries `zone-<id>` for each zone that it names, and `stroke-<id>-right`, `-left` or
    `-middle` for each way, which runs from the stroke's start to its end.
    """
    drawing = Drawing("", *back.size_inches(FRAME))
    drawing.alt = draw_strokes(back.uv_axes(drawing), technique, tuple(zones))
    return drawing


def draw_strokes(axes: Axes, technique: Technique, zones: Sequence[Zone]) -> str:
    """Draw a stroke map into axes of the plane; return in words what it shows."""
    edge = back.draw_body(axes)
    kinds = anatomy.zone_kinds(technique, zones)
    marked = {
        kind: [zone for zone in zones if kinds.get(zone.id) == kind] for kind in STROKE_MAP_LABELS
    }
    for kind in ("light", "keep-off"):
        back.hatch_zones(axes, marked[kind], kind, edge)
    # Small over large: where zones overlap, a page gives the pointer to the last.
    for zone in sorted(zones, key=anatomy.area, reverse=True):
        if zone.id in kinds:
            back.add_zone_outline(axes, zone, edge)
    rows = chains(technique.strokes)
    for row in rows:
        for stroke, following in zip(row, [*row[1:], None], strict=True):
            _stroke(axes, stroke, ends=following is None)
    _beginnings(axes, [row[0] for row in rows])
    _join_heads(axes)
    return _alt_text(technique, marked)


def _alt_text(technique: Technique, marked: Mapping[str, Sequence[Zone]]) -> str:
    parts = [f"{technique.names.english} on the back: {technique.direction}"]
    for kind in ("keep-off", "light"):
        if marked[kind]:
            names = ", ".join(uncapitalised(zone.name) for zone in marked[kind])
            parts.append(f"{STROKE_MAP_LABELS[kind].capitalize()}: {names}.")
    return " ".join(parts)


def chains(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Strokes in rows in which each goes on where the one before it ends."""
    rows: list[list[Stroke]] = []
    for stroke in strokes:
        before = rows[-1][-1] if rows else None
        if before and before.side == stroke.side and _goes_on(before, stroke):
            rows[-1].append(stroke)
        else:
            rows.append([stroke])
    return rows


def _goes_on(before: Stroke, stroke: Stroke) -> bool:
    gap = dist(before.points[-1], stroke.points[0])
    if before.mark != stroke.mark or stroke.mark in {"line", "spiral"}:
        return gap < JOINED
    (a, b), (c, d) = (
        np.subtract(points[-1], points[0]) for points in (before.points, stroke.points)
    )
    return gap < NEXT_MARK and (a * c + b * d) > 0.7 * hypot(a, b) * hypot(c, d)


# --- one stroke ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pen:
    """How a stroke is drawn: width in points, opacity, the most half width of its heads."""

    width: float
    opacity: float
    widest: float = 1


def _stroke(axes: Axes, stroke: Stroke, *, ends: bool) -> None:
    for side, ways in anatomy.hand_paths(stroke).items():
        gid = f"stroke-{stroke.id}-{side}"
        if stroke.mark in ALONG:
            width = 1.6 if stroke.light_return else 1.6 + 0.7 * stroke.force
            pen = Pen(width, _opacity(stroke, side))
            curved = _curve(_sides(stroke)[side]) if stroke.mark == "line" else Path(ways[0])
            _line(axes, curved, pen, gid, dashed=stroke.light_return)
            long = anatomy.length_cm(stroke.points) > LONG * CM_PER_UNIT
            _heads(axes, [ways[0][: 1 + len(ways[0]) * 3 // 5]] * long + [ways[0]] * ends, pen)
        else:
            pen = Pen(1.1 + 0.45 * stroke.force, _opacity(stroke, side))
            _guide(axes, _sides(stroke)[side], pen, past=_reach(ways[-1]) if ends else None)
            _MARKS[stroke.mark](axes, ways, pen, gid)


def _line(axes: Axes, path: Path, pen: Pen, gid: str, *, dashed: bool) -> None:
    """The way of the hand itself."""
    halo = _draw(axes, [path], Pen(pen.width + 2.5, 0.8), None)
    # It sets the line off from what it crosses, and lies below the stroke that this one goes on.
    halo.set(edgecolor=colour("skin"), zorder=2.8)
    _draw(axes, [path], pen, gid).set_linestyle((0, (3, 2.5)) if dashed else "solid")


def _curve(points: Sequence[Point]) -> Path:
    return bezier(anatomy.smooth(points))


def _circles(axes: Axes, ways: list[list[Point]], pen: Pen, gid: str) -> None:
    """Rings or half rings, each with a small head that shows which way it turns."""
    _draw(axes, map(Path, ways), pen, gid)
    turns = [way[: 1 + len(way) * 5 // 8] if way[0] == way[-1] else way for way in ways]
    _heads(axes, turns, replace(pen, widest=0.45 * _reach(ways[0])))


def _saw(axes: Axes, ways: list[list[Point]], pen: Pen, gid: str) -> None:
    """To and fro: a head at both ends."""
    _draw(axes, map(Path, ways), pen, gid)
    _heads(axes, [*ways, *(way[::-1] for way in ways)], pen)


def _taps(axes: Axes, ways: list[list[Point]], pen: Pen, gid: str) -> None:
    """Dots, each in a thin ring of what spreads from it."""
    _draw(axes, map(Path, ways), replace(pen, width=pen.width + 2), gid)
    _rings(axes, map(_middle, ways), 0.021, replace(pen, width=0.9))


def _press(axes: Axes, ways: list[list[Point]], pen: Pen, gid: str) -> None:
    """A ring with a dot in its middle: pressed and let go."""
    _draw(axes, map(Path, ways), pen, gid)
    _rings(axes, map(_middle, ways), 0.003, replace(pen, width=1.5))


def _lifts(axes: Axes, ways: list[list[Point]], pen: Pen, gid: str) -> None:
    """Two arcs that close round a fold, with heads towards each other."""
    arcs = [arc for way in ways for arc in (way[: len(way) // 2], way[len(way) // 2 :])]
    _draw(axes, map(Path, arcs), pen, gid)
    inward = []
    for way in ways:
        u, v = _middle(way)
        for a, b in (way[len(way) // 4], way[-1 - len(way) // 4]):
            inward.append([(a, b), (u + 0.45 * (a - u), v + 0.45 * (b - v))])
    _heads(axes, inward, replace(pen, width=0))


_MARKS = {
    "circles": _circles,
    "semicircles": _circles,
    "saw": _saw,
    "taps": _taps,
    "press": _press,
    "lifts": _lifts,
}


def _middle(way: Sequence[Point]) -> Point:
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*way, strict=True))
    return (left + right) / 2, (top + bottom) / 2


def _reach(way: Sequence[Point]) -> float:
    """Radius of a mark."""
    return max(dist(_middle(way), point) for point in way)


# --- lines, heads and beginnings -------------------------------------------------------------


def _draw(axes: Axes, paths: Iterable[Path], pen: Pen, gid: str | None) -> PathPatch:
    patch = PathPatch(Path.make_compound_path(*paths), fill=False)
    patch.set(edgecolor=colour("motion"), linewidth=pen.width, alpha=pen.opacity, zorder=3)
    patch.set(capstyle="round", joinstyle="round", gid=gid)
    axes.add_artist(patch)
    return patch


def _guide(axes: Axes, points: Sequence[Point], pen: Pen, past: float | None) -> None:
    """A thin line along the marks, led on `past` the last of them to a head, if it ends there."""
    thin = Pen(1.1, pen.opacity * 0.8)
    paths = [_curve(points)]
    if past is not None:
        (a, b), (u, v) = anatomy.along(points)[-2:]
        size = hypot(u - a, v - b)
        x, y = (u - a) / size, (v - b) / size
        tip = past + 2.4 * HEAD
        _heads(axes, [[(a, b), (u, v), (u + tip * x, v + tip * y)]], thin)
        paths.append(Path([(u, v), (u + past * x, v + past * y)]))
    _draw(axes, paths, thin, None).set_zorder(2.5)


def _heads(axes: Axes, ways: Sequence[Sequence[Point]], pen: Pen) -> None:
    """Triangles whose tips are the ends of the ways."""
    if not ways:
        return
    half = min(pen.widest, 0.7 * HEAD + 0.003 * pen.width)
    triangles = [Path(_triangle(way, half), closed=True) for way in ways]
    patch = PathPatch(Path.make_compound_path(*triangles), facecolor=colour("motion"), linewidth=0)
    patch.set(alpha=pen.opacity, zorder=3.5, gid="heads")
    axes.add_artist(patch)


def _join_heads(axes: Axes) -> None:
    """Draw all heads of the same opacity at once, which keeps a picture small."""
    alike: dict[float, list[PathPatch]] = {}
    for patch in [each for each in axes.patches if each.get_gid() == "heads"]:
        alike.setdefault(patch.get_alpha(), []).append(patch)
    for first, *others in alike.values():
        whole = Path.make_compound_path(*(each.get_path() for each in (first, *others)))
        first.set_path(whole)
        for each in others:
            each.remove()


def _triangle(way: Sequence[Point], half: float) -> list[Point]:
    (u, v), length = way[-1], 1.8 * half
    before = next((p for p in reversed(way) if dist(p, way[-1]) >= length), way[0])
    reach = dist(before, way[-1]) or 1
    x, y = half * (u - before[0]) / reach, half * (v - before[1]) / reach
    left, right = (u - 1.8 * x - y, v - 1.8 * y + x), (u - 1.8 * x + y, v - 1.8 * y - x)
    return [(u, v), left, right, (u, v)]


def _beginnings(axes: Axes, strokes: Sequence[Stroke]) -> None:
    """Where the hands are laid down: a ring, or numbers where several rows follow each other."""
    if len(strokes) == 1:
        for side, points in _sides(strokes[0]).items():
            pen = Pen(1.8, _opacity(strokes[0], side))
            _rings(axes, [points[0]], 0.017, pen).set_facecolor(colour("skin"))
        return
    taken: list[Point] = []
    for number, stroke in enumerate(strokes, start=1):
        place = next(place for place in _number_places(stroke) if _is_free(place, taken))
        places = [
            *([place] if {"right", "middle"} & {*anatomy.hand_paths(stroke)} else []),
            *(anatomy.mirrored([place]) if "left" in anatomy.hand_paths(stroke) else []),
        ]
        for each in places:
            badge(axes, each, number, "motion")
        taken += places


def _sides(stroke: Stroke) -> dict[str, tuple[Point, ...]]:
    """The points of a stroke on each of its sides."""
    return {
        side: anatomy.mirrored(stroke.points) if side == "left" else stroke.points
        for side in anatomy.hand_paths(stroke)
    }


def _opacity(stroke: Stroke, side: str) -> float:
    return SECOND_SIDE if stroke.side == "each" and side == "left" else 1


def _number_places(stroke: Stroke) -> Iterator[Point]:
    """Within the first mark where there is room, else around the beginning, behind it first."""
    points, first = stroke.points, next(iter(anatomy.hand_paths(stroke).values()))[0]
    if stroke.mark in {"circles", "lifts"} and _reach(first) > BADGE / 2:
        yield points[0]
    (u, v), (a, b) = points[0], anatomy.along(points)[1]
    back_way = atan2(v - b, u - a)
    nearest = (0 if stroke.mark in ALONG else _reach(first)) + 0.02
    for away in count(nearest, BADGE / 2):
        for turn in (0, 50, -50, 90, -90, 130, -130):
            angle = back_way + radians(turn)
            yield u + away * cos(angle), v + away * sin(angle)


def _is_free(place: Point, taken: Iterable[Point]) -> bool:
    return all(dist(place, other) > BADGE for other in taken)


def _rings(axes: Axes, places: Iterable[Point], radius: float, pen: Pen) -> PathPatch:
    whole = Path.make_compound_path(*(Path.circle(place, radius) for place in places))
    patch = PathPatch(whole, facecolor="none", edgecolor=colour("motion"), linewidth=pen.width)
    patch.set(alpha=pen.opacity, zorder=4)
    axes.add_artist(patch)
    return patch


# --- a sheet of several ----------------------------------------------------------------------


TITLE = 1.0
"""Inches above each map of a sheet, for a name in two lines."""


@with_style
def stroke_sheet(
    techniques: Sequence[Technique], zones: Sequence[Zone], columns: int = 3
) -> Drawing:
    """The stroke maps of several techniques side by side, each under its name."""
    rows = ceil(len(techniques) / columns)
    width, tall = back.size_inches(FRAME)
    cell = 1 / columns, 1 / rows
    drawing = Drawing("", columns * width, rows * (tall + TITLE))
    descriptions = []
    for i, technique in enumerate(techniques):
        row, column = divmod(i, columns)
        left, low = column * cell[0], 1 - (row + 1) * cell[1]
        axes = back.uv_axes(drawing, box=(left, low, cell[0], cell[1] * tall / (tall + TITLE)))
        descriptions.append(draw_strokes(axes, technique, zones))
        name = drawing.text(
            left + cell[0] / 2,
            low + cell[1] * (tall + TITLE / 2) / (tall + TITLE),
            fill(technique.names.english, width=17),
        )
        name.set(size=25, weight="bold", ha="center", va="center", color=colour("ink"))
    drawing.alt = " ".join(descriptions)
    return drawing
