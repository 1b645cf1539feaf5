"""Keep the drawn hands off the zones that they may not press: a hand is wider than its path."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, cos, dist, inf, radians, sin
from statistics import fmean
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.frame import from_svg, to_svg
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.views.hands import PER_CM

_STEP_CM, _STEPS = 0.2, 40
"""By how much a hand is moved at a time away from a zone, and how often."""
_LATERAL_U = 0.2
"""Distance of a zone from the midline, in (u, v), from which a hand is moved inward."""
_SAMPLE_CM = 0.9
"""Maximum distance of two places at which the overlap with a zone is tested."""
_INVISIBLE_PIXELS = 0.4
"""How far a path that is sent to the page may be from that of the hand."""
_View = dict[str, Any]
_Shape = Sequence[Point]
_Box = tuple[Point, Point]
_Places = Mapping[str, Sequence[Point]]


def keep_hands_off(tour: _View, technique: Technique, zones: Sequence[Zone]) -> _View:
    """The tour with its hands moved so that what of them touches stays out of keep-off zones.

    A hand may lie there where the zone allows the motion as much force as the stroke has. From the
    spine hands move outward, from other zones straight away.
    """
    keep_off = [zone for zone in zones if zone.kind == "keep-off"]
    firm = {
        (leg["look"], zone.id)
        for leg in tour["legs"]
        for zone in keep_off
        if leg["force"] > zone.ceiling.get(technique.motion, 0)
    }
    legs = tour["legs"]
    cleared = [
        _clear_places(tour, leg, following, [z for z in keep_off if (leg["look"], z.id) in firm])
        for leg, following in zip(legs, [*legs[1:], legs[0]], strict=True)
    ]
    return tour | {
        "legs": [
            leg | {"places": _joined_ends(own, *_neighbours(legs, cleared, i))}
            for i, (leg, own) in enumerate(zip(legs, cleared, strict=True))
        ]
    }


def _neighbours(
    legs: Sequence[_View], cleared: Sequence[_Places], number: int
) -> tuple[_Places, _Places]:
    """The places of the legs before and after one that it has to meet."""
    before, own = legs[number - 1], legs[number]
    between = own["kind"] == "between"
    goes_on = own["kind"] == before["kind"] == "glide" and own["look"] == before["look"]
    return (
        cleared[number - 1] if between or goes_on else {},
        cleared[(number + 1) % len(legs)] if between else {},
    )


def _joined_ends(own: _Places, before: _Places, after: _Places) -> dict[str, list[list[float]]]:
    """The places of a leg, led from the end of the one before and to the start of the next."""
    joined = {}
    for on, places in own.items():
        (x, y), (u, v) = before.get(on, places[:1])[-1], after.get(on, places[-1:])[0]
        a, b, c, d = x - places[0][0], y - places[0][1], u - places[-1][0], v - places[-1][1]
        shares = [i / max(1, len(places) - 1) for i in range(len(places))]
        ends = [(max(0, 1 - 4 * share), max(0, 4 * share - 3)) for share in shares]
        moved = [
            (x + a * begin + c * end, y + b * begin + d * end)
            for (x, y), (begin, end) in zip(places, ends, strict=True)
        ]
        joined[on] = [[round(x, 1), round(y, 1)] for x, y in _simplified(moved)]
    return joined


def _clear_places(tour: _View, leg: _View, following: _View, zones: Sequence[Zone]) -> _Places:
    """The places of a leg, moved out of zones; `following` is the next leg."""
    cleared = {}
    for on, places in leg["places"].items():
        shape = _touching_shape(tour, leg, following, on)
        box = _box(shape or [(0, 0)])
        path = [*_interpolated(places)]
        spine = [zone for zone in zones if any(_is_beside(zone, place) for place in path)]
        out = [_beside_spine(place, box, on, spine) for place in path]
        for outline in (each for zone in zones if zone not in spine for each in _outlines(zone)):
            if _may_overlap(out, box, outline):
                out = _moved_out(out, shape, outline)
        cleared[on] = [_beside_spine(place, box, on, spine) for place in out]
    return cleared


def _simplified(places: Sequence[Point]) -> list[Point]:
    """The places without those near the straight line between others (Douglas-Peucker)."""
    first, *between, last = places if len(places) > 1 else [*places, *places]
    off = [_distance_to_line(place, first, last) for place in between]
    if max(off, default=0) <= _INVISIBLE_PIXELS:
        return [*places[:1], *places[1:][-1:]]
    corner = off.index(max(off)) + 1
    return [*_simplified(places[: corner + 1])[:-1], *_simplified(places[corner:])]


def _distance_to_line(place: Point, start: Point, end: Point) -> float:
    (x, y), (a, b), (c, d) = place, start, end
    length = dist(start, end)
    return abs((c - a) * (y - b) - (d - b) * (x - a)) / length if length else dist(place, start)


def _interpolated(places: _Shape) -> Iterator[Point]:
    """Places, with interpolated ones where two are far apart."""
    yield from places[:1]
    for (a, b), (c, d) in pairwise(places):
        count = ceil(dist((a, b), (c, d)) / _pixels(_SAMPLE_CM))
        yield from ((a + (c - a) * i / count, b + (d - b) * i / count) for i in range(1, count + 1))


def _pixels(cm: float) -> float:
    return cm * PER_CM


# --- the contact of the hands ------------------------------------------------------------------


def _touching_shape(tour: _View, leg: _View, following: _View, on: str) -> _Shape:
    """Where a hand touches during a leg, in pixels from its place, as it turns to the next leg."""
    hand = next(each for each in tour["hands"] if each.get("on") == on)
    turns = [leg["turns"][on]]
    if following["look"] == leg["look"] and following["turns"].get(on, turns[0]) != turns[0]:
        turns += [fmean([turns[0], following["turns"][on]]), following["turns"][on]]
    return [
        (x + right, y + down)
        for right, down in _offsets_at_stop(tour, leg, hand)
        for turn in turns
        for x, y in _contact(tour["looks"][leg["look"]], turn, flip=hand["flip"])
    ]


def _contact(look: Mapping[str, str], turn: float, *, flip: bool) -> Iterator[Point]:
    """The points at which a hand touches that is turned to the right by some degrees."""
    right, down = cos(radians(turn)), sin(radians(turn))
    for x, y in _points(look["touch"]):
        across = -x if flip else x
        yield across * right - y * down, across * down + y * right


@lru_cache(maxsize=64)
def _points(path: str) -> _Shape:
    """The corners of an SVG path of polygons, and the midpoints of their edges."""
    found = []
    for ring in filter(None, path.replace("M", "").split("Z")):
        corners = [tuple(map(float, place.split())) for place in ring.split("L")]
        for (a, b), (c, d) in pairwise([*corners, corners[0]]):
            found += [(a, b), ((a + c) / 2, (b + d) / 2)]
    return found


def _offsets_at_stop(tour: _View, leg: _View, hand: Mapping[str, Any]) -> set[Point]:
    """How far a hand moves at a stop while it touches: the maximum in each of eight directions."""
    if leg["kind"] != "stop":
        return {(0, 0)}
    (a, b), (c, d) = leg["axes"][hand["on"]]
    moves = [
        (ahead * a + out * c, ahead * b + out * d)
        for ahead, out, lift, press in tour["states"][hand["second"]]
        if press and not lift
    ]
    directions = ((1, 0), (0, 1), (1, 1), (1, -1), (-1, 0), (0, -1), (-1, -1), (-1, 1))
    return {
        (0, 0),
        *(max(moves, key=lambda move: a * move[0] + b * move[1]) for a, b in directions),
    }


# --- moving out of zones -----------------------------------------------------------------------


def _outlines(zone: Zone) -> list[_Shape]:
    """The outlines of a zone, in pixels."""
    return [[*map(to_svg, outline)] for outline in anatomy.outlines(zone)]


def _beside_spine(place: Point, box: _Box, on: str, zones: Sequence[Zone]) -> Point:
    """A place moved outward until the box is beside the zones on the midline at that height."""
    (x, y), (middle, _) = place, to_svg((0, 0))
    widths = [max(u for u, _ in zone.outline) for zone in zones if _is_beside(zone, place)]
    if not widths or "middle" in on:
        return place
    (left, _), (right, _) = box
    least = to_svg((max(widths), 0))[0] - middle + (right if "left" in on else -left)
    return (min(x, middle - least) if "left" in on else max(x, middle + least)), y


def _is_beside(zone: Zone, place: Point) -> bool:
    """Whether a zone on the midline reaches to the height of a place."""
    _, v = from_svg(place)
    return not zone.mirrored and anatomy.inside((0.0, v), zone.outline)


def _box(shape: _Shape) -> _Box:
    """The bounding box of a shape: its upper left and lower right corners."""
    xs, ys = zip(*shape, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _may_overlap(places: _Shape, box: _Box, outline: _Shape) -> bool:
    """Whether the box overlaps the bounding box of an outline at one of the places."""
    (left, top), (right, bottom) = box
    (a, b), (c, d) = _box(outline)
    return any(x + left < c and x + right > a and y + top < d and y + bottom > b for x, y in places)


def _moved_out(places: _Shape, shape: _Shape, outline: _Shape) -> list[Point]:
    """Places of a path, moved so that the shape is out of an outline all along it, if possible."""
    tried = (
        (weight, [_distance_out(place, shape, outline, direction) for place in places], direction)
        for direction, weight in _directions_out(outline).items()
    )
    _, needed, (right, down) = min(tried, key=lambda each: each[0] * max(each[1]))
    if inf in needed:
        return [*places]
    most = [max(needed[max(0, i - 4) : i + 5]) for i in range(len(needed))]
    even = [fmean(most[max(0, i - 4) : i + 5]) for i in range(len(most))]
    return [
        (x + distance * right, y + distance * down)
        for (x, y), distance in zip(places, even, strict=True)
    ]


def _directions_out(outline: _Shape) -> dict[Point, float]:
    """Directions out of an outline, each with its cost.

    From lateral zones: to the midline or down the back; from others: down (up from below the back)
    or outward.
    """
    x, y = (sum(axis) / len(outline) for axis in zip(*outline, strict=True))
    u, v = from_svg((x, y))
    out = 1.0 if u > 0 else -1.0
    if abs(u) > _LATERAL_U:
        return {(-out, 0): 1, (0, 1): 1.4}
    return {(0, 1 if v < 0 else -1): 1, (out, 0): 1.1}


def _distance_out(place: Point, shape: _Shape, outline: _Shape, direction: Point) -> float:
    """How far a place has to move for the shape to be out of an outline; infinity if too far."""
    (x, y), (right, down) = place, direction
    tried = (_pixels(_STEP_CM * i) for i in range(_STEPS))
    moved = ((distance, (x + distance * right, y + distance * down)) for distance in tried)
    free = next((distance for distance, at in moved if not _overlaps(at, shape, outline)), inf)
    return free and free + _pixels(_STEP_CM)


def _overlaps(place: Point, shape: _Shape, outline: _Shape) -> bool:
    (left, top), (right, bottom) = _box(outline)
    x, y = place
    near = ((x + a, y + b) for a, b in shape if left < x + a < right and top < y + b < bottom)
    return any(anatomy.inside(each, outline) for each in near)
