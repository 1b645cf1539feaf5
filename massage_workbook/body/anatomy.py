"""Geometry of the back in (u, v): smooth curves, zones, and the force allowed at a point.

v is 0 at C7 and 1 at the S2 line and grows downwards; u is the distance from the midline in the
same unit, to the right of the picture. One unit is about 50 cm (`model.CM_PER_UNIT`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import ceil, cos, dist, hypot, pi, sin

from massage_workbook.course.model import CM_PER_UNIT, Point
from massage_workbook.course.schema import Motion, Stroke, Technique, Zone

Curve = tuple[Point, Point, Point, Point]
"""A cubic Bézier curve: start, two control points, end."""


def mirrored(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points mirrored at the spine."""
    return tuple((-u, v) for u, v in points)


def smooth(points: Sequence[Point], *, closed: bool = False) -> list[Curve]:
    """Smooth Bézier curves through all points (Catmull-Rom).

    `closed` joins the last point to the first. Raises ValueError for fewer than two points.
    """
    if len(points) < 2:  # noqa: PLR2004
        raise ValueError(f"a curve needs two points or more, not {len(points)}")
    if closed:
        around = [points[-1], *points, points[0], points[1 % len(points)]]
    else:
        around = [points[0], *points, points[-1]]
    return [
        (b, _control_point(b, c, a), _control_point(c, b, d), c)
        for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False)
    ]


def _control_point(here: Point, there: Point, behind: Point) -> Point:
    """The control point next to `here` on the way to `there`, coming from `behind`."""
    return here[0] + (there[0] - behind[0]) / 6, here[1] + (there[1] - behind[1]) / 6


def along(points: Sequence[Point], step_cm: float = 1.0) -> list[Point]:
    """Points on the smooth curve through `points`, about `step_cm` apart, including both ends."""
    closed = is_closed(points)
    places = [points[0]]
    for curve in smooth(points[:-1] if closed else points, closed=closed):
        count = max(1, ceil(dist(curve[0], curve[3]) * CM_PER_UNIT / step_cm))
        places += [_bezier_point(curve, i / count) for i in range(1, count + 1)]
    return places


def is_closed(points: Sequence[Point]) -> bool:
    """Whether a path ends at its first point."""
    return len(points) > 3 and points[0] == points[-1]  # noqa: PLR2004


def _bezier_point(curve: Curve, t: float) -> Point:
    (u0, v0), (u1, v1), (u2, v2), (u3, v3) = curve
    s = 1 - t
    w0, w1, w2, w3 = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return w0 * u0 + w1 * u1 + w2 * u2 + w3 * u3, w0 * v0 + w1 * v1 + w2 * v2 + w3 * v3


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
    """The polygons of a zone: one, or the given one and its mirror image."""
    return (zone.outline, mirrored(zone.outline)) if zone.mirrored else (zone.outline,)


def area(zone: Zone) -> float:
    """Area of one outline of a zone, in (u, v) units squared."""
    around = zip(zone.outline, (*zone.outline[1:], zone.outline[0]), strict=True)
    return abs(sum(a * d - c * b for (a, b), (c, d) in around)) / 2


def zones_at(point: Point, zones: Iterable[Zone]) -> list[Zone]:
    """The zones that contain a point; several may overlap."""
    return [zone for zone in zones if any(inside(point, each) for each in outlines(zone))]


def force_ceiling(point: Point, motion: Motion, zones: Iterable[Zone]) -> float:
    """The maximum force of a motion at a point: the lowest of all zones there, 10 outside all."""
    return min((zone.ceiling.get(motion, 0) for zone in zones_at(point, zones)), default=10)


# --- paths of the hand -----------------------------------------------------------------------

_MIN_ZIGZAG_TURNS = 4
"""Turns of the shortest zigzag."""


def hand_paths(stroke: Stroke) -> dict[str, list[list[Point]]]:
    """The paths of the hand in a stroke, each a list of points (u, v), by side of the back.

    The sides are `right` and `left`, only one of them, or only `middle`.
    """
    given = _mark_paths(stroke.mark, stroke.points, stroke.radius_cm / CM_PER_UNIT)
    if stroke.side == "middle":
        return {"middle": given}
    sides = {"right": given, "left": [list(mirrored(path)) for path in given]}
    return {stroke.side: sides[stroke.side]} if stroke.side in sides else sides


def _mark_paths(mark: str, points: Sequence[Point], radius: float) -> list[list[Point]]:
    """One path for a `line`, `spiral` or `zigzag`; for other marks a short path at each spot."""
    if mark == "line":
        return [along(points)]
    if mark == "spiral":
        return [_spiral(points, radius)]
    if mark == "zigzag":
        return [_zigzag(points, radius)]
    shape, every = _mark_shape(mark, radius)
    return [
        [(u + a * x - b * y, v + a * y + b * x) for a, b in shape]
        for (u, v), (x, y) in _spaced_points(points, every)
    ]


def _mark_shape(mark: str, radius: float) -> tuple[list[Point], float]:
    """The shape of a mark on a path along the first axis, and the distance between marks."""
    match mark:
        case "circles":
            return _arc(radius, 0, 2 * pi), 2.5 * radius
        case "semicircles":
            return _arc(radius, pi, -pi), 2 * radius
        case "saw":
            return [(0, -0.05), (0, 0.05)], 0.045
        case "taps":
            return _arc(0.006, 0, 2 * pi, 8), 0.035
        case "press":
            return _arc(0.014, 0, 2 * pi), 0.08
        case _:  # lifts: two arcs around a fold
            return [*_arc(0.045, -2.4, 1.66, 8), *_arc(0.045, 0.74, 1.66, 8)], 0.11


def _arc(radius: float, start: float, turn: float, count: int = 16) -> list[Point]:
    angles = [start + turn * i / count for i in range(count + 1)]
    return [(radius * cos(angle), radius * sin(angle)) for angle in angles]


def _spaced_points(points: Sequence[Point], every: float) -> list[tuple[Point, Point]]:
    """Points about `every` apart on a path, including both ends, each with its direction."""
    dense = along(points, step_cm=0.2)
    count = max(1, round(length_cm(points) / CM_PER_UNIT / every))
    chosen = [round(i * (len(dense) - 1) / count) for i in range(count + 1)]
    return [(dense[i], _direction(dense, i)) for i in chosen]


def _direction(places: Sequence[Point], i: int) -> Point:
    (u1, v1), (u2, v2) = places[max(i - 1, 0)], places[min(i + 1, len(places) - 1)]
    size = hypot(u2 - u1, v2 - v1) or 1
    return (u2 - u1) / size, (v2 - v1) / size


def _spiral(points: Sequence[Point], radius: float) -> list[Point]:
    dense = along(points, step_cm=0.2)
    turns = max(1, round(length_cm(points) / CM_PER_UNIT / (2.6 * radius)))
    steps = len(dense) - 1
    path = []
    for i, (u, v) in enumerate(dense):
        x, y = _direction(dense, i)
        a, b = sin(2 * pi * turns * i / steps), 1 - cos(2 * pi * turns * i / steps)
        path.append((u + radius * (a * x - b * y), v + radius * (a * y + b * x)))
    return path


def _zigzag(points: Sequence[Point], radius: float) -> list[Point]:
    length = length_cm(points) / CM_PER_UNIT
    step = min(0.045, length / _MIN_ZIGZAG_TURNS)
    stations = _spaced_points(points, every=step)
    last, wide = len(stations) - 1, min(radius, 0.75 * step)
    swing = [0 if i in {0, last} else wide * (-1) ** i for i in range(last + 1)]
    return [(u - s * y, v + s * x) for s, ((u, v), (x, y)) in zip(swing, stations, strict=True)]


# --- zones and force -------------------------------------------------------------------------


@dataclass(frozen=True)
class Breach:
    """A point where a stroke exceeds the force that a zone allows for its motion."""

    stroke: str
    zone: str
    point: Point
    force: float
    most: float

    def __str__(self) -> str:
        u, v = self.point
        return (
            f'stroke "{self.stroke}" enters "{self.zone}" at ({u:.3f}, {v:.3f})'
            f" with force {self.force:g}; at most {self.most:g} is allowed there"
        )


def breaches(technique: Technique, zones: Sequence[Zone]) -> list[Breach]:
    """Where strokes exceed the ceiling of a zone: the first point for each stroke and zone.

    A light return counts as `slide`, whatever the motion of the technique.
    """
    found: dict[tuple[str, str], Breach] = {}
    for stroke, point, zone in _points_in_zones(technique, zones):
        most = zone.ceiling.get(Motion.SLIDE if stroke.light_return else technique.motion)
        if most is None or stroke.force > most:
            breach = Breach(stroke.id, zone.id, point, stroke.force, most or 0)
            found.setdefault((stroke.id, zone.id), breach)
    return list(found.values())


def zones_entered(technique: Technique, zones: Sequence[Zone]) -> set[str]:
    """Ids of the zones that a technique's strokes pass through."""
    return {zone.id for _, _, zone in _points_in_zones(technique, zones)}


def zone_kinds(technique: Technique, zones: Sequence[Zone]) -> dict[str, str]:
    """The kind of each relevant zone for a technique, by id: `keep-off`, `light` or `work`.

    `keep-off` zones are those of the technique's file; a zone is `light` if a stroke enters it and
    its ceiling is below the technique's highest force.
    """
    through, most = zones_entered(technique, zones), technique.pressure.range[1]
    found = {}
    for zone in zones:
        if zone.id in technique.keep_off:
            found[zone.id] = "keep-off"
        elif zone.id in through and zone.ceiling.get(technique.motion, 0) < most:
            found[zone.id] = "light"
        elif zone.id in technique.zones:
            found[zone.id] = "work"
    return found


def _points_in_zones(
    technique: Technique, zones: Sequence[Zone]
) -> Iterator[tuple[Stroke, Point, Zone]]:
    """All points of all strokes, 0.5 cm apart, with each zone that contains them."""
    parts = [(zone, outline, *_bounds(outline)) for zone in zones for outline in outlines(zone)]
    for stroke in technique.strokes:
        for side in hand_paths(stroke).values():
            for u, v in dense_points(side):
                for zone, outline, left, right, top, bottom in parts:
                    if left <= u <= right and top <= v <= bottom and inside((u, v), outline):
                        yield stroke, (u, v), zone


def _bounds(outline: Sequence[Point]) -> tuple[float, float, float, float]:
    us, vs = zip(*outline, strict=True)
    return min(us), max(us), min(vs), max(vs)


def dense_points(paths: Sequence[Sequence[Point]]) -> list[Point]:
    """Points on paths of a hand, at most 0.5 cm apart."""
    return list(chain.from_iterable(map(_interpolated, paths)))


def _interpolated(path: Sequence[Point]) -> Iterator[Point]:
    """The points of a path, with interpolated ones between any two."""
    for (u1, v1), (u2, v2) in pairwise(path):
        count = ceil(CM_PER_UNIT * dist((u1, v1), (u2, v2)) / 0.5) or 1
        for i in range(count):
            yield u1 + (u2 - u1) * i / count, v1 + (v2 - v1) * i / count
    yield path[-1]
