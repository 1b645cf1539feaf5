"""A technique as it may be done on this person today: what the screening takes away is cut away.

Strokes end a hand's thickness before an area that is left out, and none is firmer than the ceiling.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import dist
from typing import Literal

from massage_workbook import anatomy
from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Course, Stroke, Technique, Zone
from massage_workbook.screening import Restrictions

CLEAR_CM = 2
"""How far strokes stay from the edge of an area that is left out; the course's own."""
WORTH_CM = 6
"""Shorter pieces of a way are not worth a stroke."""
STANDING = {"circles", "semicircles", "saw", "taps", "press", "lifts"}
"""Marks that stand along their way; one of them alone is worth doing."""
OILY = {"thin film"}
"""Amounts of oil without which a technique drags at the skin."""

StepSide = Literal["right", "left", "both"]
SIDES: dict[StepSide, tuple[StepSide, ...]] = {
    "right": ("right",),
    "left": ("left",),
    "both": ("right", "left"),
}
Outline = tuple[Point, ...]


@dataclass(frozen=True)
class Allowed:
    """The strokes that may be made on a side, and the force of 10 from and to."""

    strokes: tuple[Stroke, ...]
    force: tuple[float, float]


def sides_of(technique: Technique) -> tuple[StepSide, ...]:
    """One side and then the other, or both at once."""
    in_turn = any(stroke.side == "each" for stroke in technique.strokes)
    return ("right", "left") if in_turn else ("both",)


def allowed(
    technique: Technique, side: StepSide, restrictions: Restrictions, zones: Sequence[Zone]
) -> Allowed | None:
    """What of a technique may be done on a side; None where nothing of it is left."""
    if restrictions.everything or technique.id in restrictions.techniques:
        return None
    if "any oil" in restrictions.lubricants and technique.lubricant.amount in OILY:
        return None
    most = restrictions.force_ceiling
    low, high = technique.pressure.range
    strokes = technique.strokes
    if restrictions.areas or (side != "both" and len(sides_of(technique)) == 1):
        shut = tuple(_outlines(restrictions, zones))
        strokes = _cut(technique, side, shut, zones)
    if most < high:
        strokes = tuple(
            each.model_copy(update={"force": min(each.force, most)}) for each in strokes
        )
    return Allowed(strokes, (min(low, most), min(high, most))) if strokes else None


def seated(course: Course) -> frozenset[str]:
    """Techniques that can be done on somebody who sits: those of the sessions for one part."""
    return frozenset(name for session in course.sessions for name in session.techniques)


def _outlines(restrictions: Restrictions, zones: Sequence[Zone]) -> Iterator[Outline]:
    """The polygons that are left out. A zone across the midline is left out whole."""
    by_id = {zone.id: zone for zone in zones}
    for area in sorted(restrictions.areas, key=lambda each: (each.zone, each.side)):
        zone = by_id[area.zone]
        if area.side in {"right", "both"} or not zone.mirrored:
            yield zone.outline
        if zone.mirrored and area.side in {"left", "both"}:
            yield anatomy.mirrored(zone.outline)


def _cut(
    technique: Technique, side: StepSide, shut: tuple[Outline, ...], zones: Sequence[Zone]
) -> tuple[Stroke, ...]:
    """The strokes on a side, each cut into what stays clear; unchanged where all of them do."""
    limits = tuple(
        (outline, zone.ceiling.get(technique.motion, 0))
        for zone in zones
        for outline in anatomy.outlines(zone)
    )
    found = [_pieces(stroke, side, shut, limits) for stroke in technique.strokes]
    if side in sides_of(technique) and all(each.whole for each in found):
        return technique.strokes
    return tuple(stroke for each in found for stroke in each.strokes)


@dataclass(frozen=True)
class _Pieces:
    """What is left of a stroke, on one side alone each; `whole` where that is all of it."""

    strokes: tuple[Stroke, ...]
    whole: bool


@lru_cache(maxsize=4096)
def _pieces(
    stroke: Stroke,
    side: StepSide,
    shut: tuple[Outline, ...],
    limits: tuple[tuple[Outline, float], ...],
) -> _Pieces:
    """The ways of a stroke on a side as far as they stay clear of the outlines.

    Marks stand elsewhere on a shorter way; a piece on which one would break the limit of a zone,
    an outline and its most force, is left out.
    """
    reach, worth = _reach(stroke), 0 if stroke.mark in STANDING else WORTH_CM
    found: list[Stroke] = []
    whole = True
    for one in ("middle",) if stroke.side == "middle" else SIDES[side]:
        way = anatomy.along(stroke.points)
        here = [anatomy.mirrored(each) if one == "left" else each for each in shut]
        runs = list(_clear(way, reach, here))
        whole = whole and runs == [way]
        for run in runs:
            points = stroke.points if run == way else tuple(run)
            update = {"id": f"{stroke.id}-{len(found) + 1}", "side": one, "points": points}
            piece = stroke.model_copy(update=update)
            long = len(run) > 1 and anatomy.length_cm(run) >= worth
            if run == way or (long and _keeps(piece, limits)):
                found.append(piece)
    return _Pieces(tuple(found), whole)


def _keeps(piece: Stroke, limits: Iterable[tuple[Outline, float]]) -> bool:
    """Whether a stroke is nowhere firmer than the zones allow."""
    tight = [outline for outline, most in limits if piece.force > most]
    return not any(
        anatomy.inside(place, outline)
        for ways in anatomy.ways(piece).values()
        for place in anatomy.places(ways)
        for outline in tight
    )


def _reach(stroke: Stroke) -> float:
    """How far from its way a hand of this stroke comes, in (u, v)."""
    path = anatomy.along(stroke.points)
    marks = next(iter(anatomy.ways(stroke.model_copy(update={"side": "middle"})).values()))
    beside = max(min(dist(p, q) for q in path) for way in marks for p in way)
    return beside + CLEAR_CM / CM_PER_UNIT


def _clear(places: Iterable[Point], reach: float, shut: Iterable[Outline]) -> Iterator[list[Point]]:
    """The runs of places that stay so far from all outlines."""
    for shut_off, run in groupby(places, lambda p: any(near(p, each, reach) for each in shut)):
        if not shut_off:
            yield list(run)


def near(point: Point, outline: Outline, reach: float) -> bool:
    """Whether a point lies within a polygon or no farther than `reach` from its edge."""
    if anatomy.inside(point, outline):
        return True
    around = zip(outline, (*outline[1:], outline[0]), strict=True)
    return any(_distance(point, a, b) <= reach for a, b in around)


def _distance(point: Point, a: Point, b: Point) -> float:
    """How far a point is from the straight between two others."""
    (x, y), (u, v) = (b[0] - a[0], b[1] - a[1]), (point[0] - a[0], point[1] - a[1])
    along = max(0.0, min(1.0, (u * x + v * y) / ((x * x + y * y) or 1)))
    return dist(point, (a[0] + along * x, a[1] + along * y))
