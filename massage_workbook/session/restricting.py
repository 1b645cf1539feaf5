"""Restrict a technique to the strokes that the screening allows today.

Strokes are cut so that the edge of the hand stays clear of excluded areas, and no stroke exceeds
the force ceiling.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import dist
from typing import Literal

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.safety.screening import Restrictions, Side
from massage_workbook.session.passes import StrokePiece

CLEARANCE_CM = 2
"""Distance between the edge of the hand and an excluded area; the course's own."""
HALF_HAND_CM = {
    "thumb": 1.2,
    "finger pads": 2.5,
    "finger pads, hand over hand": 2.5,
    "half closed": 3.5,
    "edge": 7,
    "thumb side": 7,
}
"""From the middle of the touching part to its edge, by pose: three pads are 5 cm wide, an edge lies
across its path. Every other pose counts as a palm."""
HALF_PALM_CM = 4.5
_MIN_PIECE_CM = 6
"""Minimum length of a stroke piece; shorter ones are dropped."""
_SPOT_MARKS = {"circles", "semicircles", "saw", "taps", "press", "lifts"}
"""Marks at separate spots of a path; a single spot is enough for a stroke."""
_NEEDS_OIL = {"thin film"}
"""Amounts of oil of techniques that need it: without, they drag at the skin."""

HALVES: dict[Side, tuple[Literal["right", "left"], ...]] = {
    "right": ("right",),
    "left": ("left",),
    "both": ("right", "left"),
}
_Outline = tuple[Point, ...]


@dataclass(frozen=True)
class AllowedStrokes:
    """The allowed strokes of a technique on a side, and their force range (0-10)."""

    strokes: tuple[Stroke, ...]
    force: tuple[float, float]


def sides_of(technique: Technique) -> tuple[Side, ...]:
    """The sides of a technique: `right` and `left` in turn, or `both` at once."""
    in_turn = any(stroke.side == "each" for stroke in technique.strokes)
    return ("right", "left") if in_turn else ("both",)


def allowed_strokes(
    technique: Technique, side: Side, restrictions: Restrictions, zones: Sequence[Zone]
) -> AllowedStrokes | None:
    """The allowed strokes of a technique on a side; None if there are none."""
    return _cached_allowed_strokes(technique, side, restrictions, tuple(zones))


@lru_cache(maxsize=1024)
def _cached_allowed_strokes(
    technique: Technique, side: Side, restrictions: Restrictions, zones: tuple[Zone, ...]
) -> AllowedStrokes | None:
    if restrictions.everything or technique.id in restrictions.techniques:
        return None
    if "any oil" in restrictions.lubricants and technique.lubricant.amount in _NEEDS_OIL:
        return None
    most = restrictions.force_ceiling
    low, high = technique.pressure.range
    strokes = technique.strokes
    if restrictions.areas or side not in sides_of(technique):
        excluded = tuple(_outlines(restrictions, zones))
        strokes = _cut(technique, side, excluded, zones)
    if most < high:
        strokes = tuple(
            each.model_copy(update={"force": min(each.force, most)}) for each in strokes
        )
    return AllowedStrokes(strokes, (min(low, most), min(high, most))) if strokes else None


def _outlines(restrictions: Restrictions, zones: Sequence[Zone]) -> Iterator[_Outline]:
    """The excluded polygons. A zone across the midline is excluded whole."""
    by_id = {zone.id: zone for zone in zones}
    for area in sorted(restrictions.areas, key=lambda each: (each.zone, each.side)):
        zone = by_id[area.zone]
        if area.side in {"right", "both"} or not zone.mirrored:
            yield zone.outline
        if zone.mirrored and area.side in {"left", "both"}:
            yield anatomy.mirrored(zone.outline)


def _cut(
    technique: Technique, side: Side, excluded: tuple[_Outline, ...], zones: Sequence[Zone]
) -> tuple[Stroke, ...]:
    """The strokes on a side, each cut into its clear pieces; unchanged if all are clear."""
    limits = tuple(
        (outline, zone.ceiling.get(technique.motion, 0))
        for zone in zones
        for outline in anatomy.outlines(zone)
    )
    half_width = HALF_HAND_CM.get(technique.hands.pose, HALF_PALM_CM)
    found = [_pieces(stroke, side, excluded, limits, half_width) for stroke in technique.strokes]
    if side in sides_of(technique) and all(each.whole for each in found):
        return technique.strokes
    return tuple(stroke for each in found for stroke in each.strokes)


@dataclass(frozen=True)
class _Pieces:
    """The clear pieces of a stroke, each on one side; `whole` if nothing was cut."""

    strokes: tuple[Stroke, ...]
    whole: bool


def _pieces(
    stroke: Stroke,
    side: Side,
    excluded: tuple[_Outline, ...],
    limits: tuple[tuple[_Outline, float], ...],
    half_width: float,
) -> _Pieces:
    """The pieces of a stroke on a side that stay clear of the `excluded` outlines.

    A shorter path moves its marks, so a piece that would now exceed one of the `limits`, outlines
    with their maximum force, is dropped. `half_width` is half the width of the hand, in cm.
    """
    reach, min_cm = _reach(stroke, half_width), 0 if stroke.mark in _SPOT_MARKS else _MIN_PIECE_CM
    found: list[Stroke] = []
    whole = True
    for hand_side in ("middle",) if stroke.side == "middle" else HALVES[side]:
        path = anatomy.along(stroke.points)
        here = [anatomy.mirrored(each) if hand_side == "left" else each for each in excluded]
        runs = list(_clear_runs(path, reach, here))
        whole = whole and runs == [path]
        for run in runs:
            points = stroke.points if run == path else tuple(run)
            update = {"id": f"{stroke.id}-{len(found) + 1}", "side": hand_side, "points": points}
            piece = StrokePiece.model_construct(**{**dict(stroke), **update, "whole": stroke.id})
            long = len(run) > 1 and anatomy.length_cm(run) >= min_cm
            if run == path or (long and _within_limits(piece, limits)):
                found.append(piece)
    return _Pieces(tuple(found), whole)


def _within_limits(piece: Stroke, limits: Iterable[tuple[_Outline, float]]) -> bool:
    """Whether a stroke exceeds the force of no zone."""
    tight = [outline for outline, most in limits if piece.force > most]
    return not any(
        anatomy.inside(place, outline)
        for paths in anatomy.hand_paths(piece).values()
        for place in anatomy.dense_points(paths)
        for outline in tight
    )


def _reach(stroke: Stroke, half_width: float) -> float:
    """The distance from the path to keep clear, in (u, v): mark, half a hand and clearance."""
    path = anatomy.along(stroke.points)
    marks = next(iter(anatomy.hand_paths(stroke.model_copy(update={"side": "middle"})).values()))
    beside = max(min(dist(p, q) for q in path) for mark in marks for p in mark)
    return beside + (half_width + CLEARANCE_CM) / CM_PER_UNIT


def _clear_runs(
    places: Iterable[Point], reach: float, excluded: Iterable[_Outline]
) -> Iterator[list[Point]]:
    """The runs of points farther than `reach` from all outlines."""
    for is_excluded, run in groupby(
        places, lambda p: any(is_near(p, each, reach) for each in excluded)
    ):
        if not is_excluded:
            yield list(run)


def is_near(point: Point, outline: _Outline, reach: float) -> bool:
    """Whether a point lies inside a polygon or at most `reach` from its edge."""
    if anatomy.inside(point, outline):
        return True
    around = zip(outline, (*outline[1:], outline[0]), strict=True)
    return any(_distance(point, a, b) <= reach for a, b in around)


def _distance(point: Point, a: Point, b: Point) -> float:
    """The distance of a point from the segment between two others."""
    (x, y), (u, v) = (b[0] - a[0], b[1] - a[1]), (point[0] - a[0], point[1] - a[1])
    along = max(0.0, min(1.0, (u * x + v * y) / ((x * x + y * y) or 1)))
    return dist(point, (a[0] + along * x, a[1] + along * y))
