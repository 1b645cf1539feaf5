"""Geometry of the back in (u, v): smooth curves, zones, and what may be done at a place.

v is 0 at C7 and 1 at the S2 line and grows downwards; u is the distance from the midline in the
same unit, to the right of the picture. One unit is about 50 cm (`schema.CM_PER_UNIT`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, dist

from massage_workbook.course.schema import CM_PER_UNIT, Motion, Point, Stroke, Technique, Zone

Curve = tuple[Point, Point, Point, Point]
"""A cubic Bézier curve: start, two control points, end."""


def mirrored(points: Iterable[Point]) -> tuple[Point, ...]:
    """The same points on the other side of the spine."""
    return tuple((-u, v) for u, v in points)


def smooth(points: Sequence[Point], *, closed: bool = False) -> list[Curve]:
    """Bézier curves through all points, without corners (Catmull-Rom).

    `closed` joins the last point to the first. Raises ValueError for fewer than two points.
    """
    if len(points) < 2:  # noqa: PLR2004
        raise ValueError(f"a curve needs two points or more, not {len(points)}")
    if closed:
        around = [points[-1], *points, points[0], points[1 % len(points)]]
    else:
        around = [points[0], *points, points[-1]]
    return [
        (b, _toward(b, c, a), _toward(c, b, d), c)
        for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False)
    ]


def _toward(here: Point, there: Point, behind: Point) -> Point:
    """The control point next to `here` on the way to `there`, coming from `behind`."""
    return here[0] + (there[0] - behind[0]) / 6, here[1] + (there[1] - behind[1]) / 6


def along(points: Sequence[Point], step_cm: float = 1.0) -> list[Point]:
    """Places on the smooth curve through `points`, at most about `step_cm` apart, both ends in."""
    closed = is_closed(points)
    places = [points[0]]
    for curve in smooth(points[:-1] if closed else points, closed=closed):
        count = max(1, ceil(dist(curve[0], curve[3]) * CM_PER_UNIT / step_cm))
        places += [_at(curve, i / count) for i in range(1, count + 1)]
    return places


def is_closed(points: Sequence[Point]) -> bool:
    """Whether a path ends where it began."""
    return len(points) > 3 and points[0] == points[-1]  # noqa: PLR2004


def _at(curve: Curve, t: float) -> Point:
    weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
    u, v = (sum(w * p[axis] for w, p in zip(weights, curve, strict=True)) for axis in (0, 1))
    return u, v


def length_cm(points: Sequence[Point]) -> float:
    """Length of the smooth curve through `points`, in cm."""
    return CM_PER_UNIT * sum(dist(a, b) for a, b in pairwise(along(points)))


def inside(point: Point, outline: Sequence[Point]) -> bool:
    """Whether a point lies within a polygon (even-odd rule)."""
    u, v = point
    crossings = 0
    for (u1, v1), (u2, v2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (v1 > v) != (v2 > v) and u < u1 + (v - v1) / (v2 - v1) * (u2 - u1):
            crossings += 1
    return crossings % 2 == 1


def outlines(zone: Zone) -> tuple[tuple[Point, ...], ...]:
    """The polygons of a zone: one, or one on each side."""
    return (zone.outline, mirrored(zone.outline)) if zone.mirrored else (zone.outline,)


def zones_at(point: Point, zones: Iterable[Zone]) -> list[Zone]:
    """The zones that hold a point; several may overlap."""
    return [zone for zone in zones if any(inside(point, each) for each in outlines(zone))]


def ceiling(point: Point, motion: Motion, zones: Iterable[Zone]) -> float:
    """The most force for a motion at a point: the tightest of all zones there, 10 outside any."""
    return min((zone.ceiling.get(motion, 0) for zone in zones_at(point, zones)), default=10)


def paths(stroke: Stroke) -> tuple[tuple[Point, ...], ...]:
    """The paths of a stroke on the whole back: as given, and mirrored unless in the middle."""
    one = stroke.points
    return (one,) if stroke.side == "middle" else (one, mirrored(one))


@dataclass(frozen=True)
class Breach:
    """A place where a stroke has more force than a zone allows for its motion."""

    stroke: str
    zone: str
    point: Point
    force: float
    most: float

    def __str__(self) -> str:
        u, v = self.point
        return (
            f'stroke "{self.stroke}" enters "{self.zone}" at ({u:.3f}, {v:.3f})'
            f" with force {self.force:g}; {self.most:g} is the most there"
        )


def breaches(technique: Technique, zones: Sequence[Zone]) -> list[Breach]:
    """Where a technique's strokes break the rule of a zone: the first place for each zone."""
    found: dict[tuple[str, str], Breach] = {}
    for stroke in technique.strokes:
        for point in along(stroke.points, step_cm=0.5):
            for zone in zones_at(point, zones):
                most = zone.ceiling.get(technique.motion)
                if most is None or stroke.force > most:
                    breach = Breach(stroke.id, zone.id, point, stroke.force, most or 0)
                    found.setdefault((stroke.id, zone.id), breach)
    return list(found.values())


def entered(technique: Technique, zones: Sequence[Zone]) -> set[str]:
    """Ids of the zones that a technique's strokes pass through."""
    return {
        zone.id
        for stroke in technique.strokes
        for point in along(stroke.points)
        for zone in zones_at(point, zones)
    }
