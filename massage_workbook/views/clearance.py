"""Keep the drawn hands off the zones that they may not press: a hand is wider than its way."""

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
_FAR_OUT = 0.2
"""Distance from the midline of a zone from which a hand is moved inward."""
_APART_CM = 2.0
"""Distance from which places on a way need others between them."""
MIN_GAP_CM = 0.9
"""Minimum distance between two places of a glide that the page is told."""
_View = dict[str, Any]
_Shape = Sequence[Point]
_Box = tuple[Point, Point]
_Places = Mapping[str, Sequence[Point]]


def kept_off(tour: _View, technique: Technique, zones: Sequence[Zone]) -> _View:
    """The tour with its hands moved so that what of them touches stays out of keep-off zones.

    A hand may lie there where the zone allows the motion as much force as the stroke has. On both
    sides of the spine the hands move outward, all of a pose alike; from other zones straight away.
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
        _cleared(tour, leg, then, [z for z in keep_off if (leg["look"], z.id) in firm])
        for leg, then in zip(legs, [*legs[1:], legs[0]], strict=True)
    ]
    return tour | {
        "legs": [
            leg | {"places": _joined(own, *_neighbours(legs, cleared, i))}
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


def _joined(own: _Places, before: _Places, after: _Places) -> dict[str, list[list[float]]]:
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
        thin = thinned(moved, _pixels(MIN_GAP_CM))
        joined[on] = [[round(x, 1), round(y, 1)] for x, y in thin]
    return joined


def _cleared(tour: _View, leg: _View, then: _View, zones: Sequence[Zone]) -> _Places:
    """The places of a leg, after which another one comes, out of zones."""
    cleared = {}
    for on, places in leg["places"].items():
        shape = _touched(tour, leg, then, on)
        box = _box(shape or [(0, 0)])
        way = [*_close(places)]
        spine = [zone for zone in zones if any(_is_level(zone, place) for place in way)]
        out = [_beside_spine(place, box, on, spine) for place in way]
        for outline in (each for zone in zones if zone not in spine for each in _outlines(zone)):
            if _near(out, box, outline):
                out = _away(out, shape, outline)
        cleared[on] = [_beside_spine(place, box, on, spine) for place in out]
    return cleared


def thinned(places: Sequence[Point], gap: float) -> list[Point]:
    """The ends of a way, and places between them at least that far apart."""
    kept = [*places[:1]]
    for place in places[1:-1]:
        if dist(kept[-1], place) >= gap:
            kept.append(place)
    return [*kept, *places[1:][-1:]]


def _close(places: _Shape) -> Iterator[Point]:
    """Places with others between them where they are far apart."""
    yield from places[:1]
    for (a, b), (c, d) in pairwise(places):
        count = ceil(dist((a, b), (c, d)) / _pixels(_APART_CM))
        yield from ((a + (c - a) * i / count, b + (d - b) * i / count) for i in range(1, count + 1))


def _pixels(cm: float) -> float:
    return cm * PER_CM


# --- what touches ----------------------------------------------------------------------------


def _touched(tour: _View, leg: _View, then: _View, on: str) -> _Shape:
    """Where the hands on a half touch in the course of a leg, in pixels from its place."""
    turns = then["look"] == leg["look"] and bool(then["beside"]) == bool(leg["beside"])
    same = turns and (then["turn"], then["beside"]) == (leg["turn"], leg["beside"])
    shares = (0, 0.5, 1) if turns and not same else (0,)
    return [
        (x + right, y + down)
        for hand in tour["hands"]
        if hand["on"] == on and "rests" not in hand and "top" not in hand
        for moves in [_moves(tour, leg, hand)]
        for share in shares
        for x, y in _contact(tour, hand, _between(leg, then, share))
        for right, down in moves
    ]


def _between(leg: _View, then: _View, share: float) -> _View:
    """How the hands lie on their way from a leg to the next."""
    beside = [
        [a + (b - a) * share for a, b in zip(one, other, strict=True)]
        for one, other in zip(
            leg["beside"], then["beside"] if share else leg["beside"], strict=True
        )
    ]
    turn = leg["turn"] + (then["turn"] - leg["turn"]) * share
    return {"look": leg["look"], "turn": turn, "beside": beside}


def _contact(tour: _View, hand: Mapping[str, Any], lies: _View) -> Iterator[Point]:
    """What of a hand touches, turned as it lies, beside the other one if there are two."""
    look, flip = tour["looks"][lies["look"]], -1 if hand["flip"] else 1
    angle = radians(_mirror(hand) * lies["turn"] + hand.get("tilt", 0) + flip * look["lean"])
    beside = (0.0, 0.0)
    if "beside" in hand and lies["beside"]:
        x, y = lies["beside"][0 if hand["beside"] < 0 else 1]
        beside = _mirror(hand) * x, y
    for x, y in _points(look["touch"]):
        yield (
            flip * x * cos(angle) - y * sin(angle) + beside[0],
            flip * x * sin(angle) + y * cos(angle) + beside[1],
        )


@lru_cache(maxsize=64)
def _points(path: str) -> _Shape:
    """The corners of rings, and the middles between them."""
    found = []
    for ring in filter(None, path.replace("M", "").split("Z")):
        corners = [tuple(map(float, place.split())) for place in ring.split("L")]
        for (a, b), (c, d) in pairwise([*corners, corners[0]]):
            found += [(a, b), ((a + c) / 2, (b + d) / 2)]
    return found


def _moves(tour: _View, leg: _View, hand: Mapping[str, Any]) -> set[Point]:
    """Where a hand goes at a stop while it touches: the farthest in each of eight directions."""
    if leg["kind"] != "stop":
        return {(0, 0)}
    (right, down), mirror = leg["heading"], _mirror(hand)
    turn, reach = radians(leg["turn"]), leg.get("reach", 1)
    moves = [
        (
            reach * mirror * (ahead * right - out * down + along * sin(turn)),
            reach * (ahead * down + out * right - along * cos(turn)),
        )
        for ahead, out, along, lift, press in tour["states"][bool(hand.get("second"))]
        if press and not lift
    ]
    ways = ((1, 0), (0, 1), (1, 1), (1, -1), (-1, 0), (0, -1), (-1, -1), (-1, 1))
    return {(0, 0), *(max(moves, key=lambda move: a * move[0] + b * move[1]) for a, b in ways)}


def _mirror(hand: Mapping[str, Any]) -> int:
    return -1 if hand["on"] == "left" else 1


# --- where it may not ------------------------------------------------------------------------


def _outlines(zone: Zone) -> list[_Shape]:
    """The outlines of a zone, in pixels."""
    return [[*map(to_svg, outline)] for outline in anatomy.outlines(zone)]


def _beside_spine(place: Point, box: _Box, on: str, zones: Sequence[Zone]) -> Point:
    """A place so far out that the shape in the box is beside what lies on the midline there."""
    (x, y), (middle, _) = place, to_svg((0, 0))
    widths = [max(u for u, _ in zone.outline) for zone in zones if _is_level(zone, place)]
    if on == "middle" or not widths:
        return place
    (left, _), (right, _) = box
    least = to_svg((max(widths), 0))[0] - middle + (right if on == "left" else -left)
    return (min(x, middle - least) if on == "left" else max(x, middle + least)), y


def _is_level(zone: Zone, place: Point) -> bool:
    """Whether a zone is on the midline where a place is beside it."""
    _, v = from_svg(place)
    return not zone.mirrored and anatomy.inside((0.0, v), zone.outline)


def _box(shape: _Shape) -> _Box:
    """The upper left and the lower right corner of what holds a shape."""
    xs, ys = zip(*shape, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _near(places: _Shape, box: _Box, outline: _Shape) -> bool:
    """Whether what the box holds comes near an outline at one of the places, or in its moves."""
    (left, top), (right, bottom) = box
    (a, b), (c, d) = _box(outline)
    return any(x + left < c and x + right > a and y + top < d and y + bottom > b for x, y in places)


def _away(places: _Shape, shape: _Shape, outline: _Shape) -> list[Point]:
    """Places on a way so moved that the shape is out of an outline all along it, if it can be."""
    tried = (
        (weight, [_needed(place, shape, outline, way) for place in places], way)
        for way, weight in _ways_out(outline).items()
    )
    _, needed, (right, down) = min(tried, key=lambda each: each[0] * max(each[1]))
    if inf in needed:
        return [*places]
    most = [max(needed[max(0, i - 4) : i + 5]) for i in range(len(needed))]
    even = [fmean(most[max(0, i - 4) : i + 5]) for i in range(len(most))]
    return [(x + far * right, y + far * down) for (x, y), far in zip(places, even, strict=True)]


def _ways_out(outline: _Shape) -> dict[Point, float]:
    """Ways out of an outline, and how much is against each.

    From what lies far out they lead to the midline or down the back; from the middle parts down, or
    up from below the back, or outward.
    """
    x, y = (sum(axis) / len(outline) for axis in zip(*outline, strict=True))
    u, v = from_svg((x, y))
    out = 1.0 if u > 0 else -1.0
    if abs(u) > _FAR_OUT:
        return {(-out, 0): 1, (0, 1): 1.4}
    return {(0, 1 if v < 0 else -1): 1, (out, 0): 1.1}


def _needed(place: Point, shape: _Shape, outline: _Shape, way: Point) -> float:
    """How far a place has to move for the shape to be out of an outline."""
    (x, y), (right, down) = place, way
    tried = (_pixels(_STEP_CM * i) for i in range(_STEPS))
    moved = ((far, (x + far * right, y + far * down)) for far in tried)
    free = next((far for far, at in moved if not _meet(at, shape, outline)), inf)
    return free and free + _pixels(_STEP_CM)


def _meet(place: Point, shape: _Shape, outline: _Shape) -> bool:
    (left, top), (right, bottom) = _box(outline)
    x, y = place
    near = ((x + a, y + b) for a, b in shape if left < x + a < right and top < y + b < bottom)
    return any(anatomy.inside(each, outline) for each in near)
