"""Geometry of the back: curves, zones, strokes and force ceilings."""

import re
from itertools import pairwise, product
from math import dist, hypot

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matplotlib.path import Path

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.course.schema import Motion

from ..shipped import COURSE

STROKES = [stroke for technique in COURSE.techniques for stroke in technique.strokes]
TECHNIQUE = next(t for t in COURSE.techniques if t.id == "deep-stroking")
MARKS = sorted({stroke.mark for stroke in STROKES})

# Never on the edge of a zone, which belongs to one of its sides: edges have two or three decimals.
coordinate = st.integers(-1000, 1000).map(lambda n: (n + 0.37) / 1000)
places = st.tuples(coordinate, coordinate)
# Strokes of the course bend, and never go back on themselves at once.
rows = st.lists(places, min_size=2, max_size=6, unique=True)
zones = st.sampled_from(COURSE.zones)


@given(rows)
def test_a_curve_goes_smoothly_through_all_points_and_can_be_mirrored(points):
    curves = anatomy.smooth(points)
    assert [curve[0] for curve in curves] == points[:-1]
    assert [curve[3] for curve in curves] == points[1:]
    for before, after in pairwise(curves):
        coming, going = np.subtract(before[3], before[2]), np.subtract(after[1], after[0])
        assert coming == pytest.approx(going)
    mirrored = anatomy.smooth(anatomy.mirrored(points))
    assert mirrored == [anatomy.mirrored(curve) for curve in curves]
    with pytest.raises(ValueError, match="two points or more, not 1"):
        anatomy.smooth(points[:1])


@given(st.lists(places, min_size=3, max_size=6, unique=True))
def test_a_closed_curve_ends_where_it_began_without_a_corner(points):
    curves = anatomy.smooth(points, closed=True)
    assert curves[-1][3] == curves[0][0]
    coming = np.subtract(curves[-1][3], curves[-1][2])
    assert coming == pytest.approx(np.subtract(curves[0][1], curves[0][0]))


@given(rows, st.sampled_from([0.2, 0.5, 1.0]))
def test_points_along_a_path_include_its_ends_and_its_length_is_symmetric(points, step):
    way = anatomy.along(points)
    assert (way[0], way[-1]) == (points[0], pytest.approx(points[-1]))
    assert len(anatomy.along(points, step)) >= len(anatomy.along(points, 2 * step))
    length = anatomy.length_cm(points)
    assert length == pytest.approx(anatomy.length_cm(anatomy.mirrored(points)))
    assert length >= CM_PER_UNIT * dist(points[0], points[-1]) - 1e-9


@given(places, zones)
def test_inside_agrees_with_matplotlib_away_from_the_edge(place, zone):
    path = Path([*zone.outline, zone.outline[0]])
    near, far = (path.contains_point(place, radius=r) for r in (-1e-6, 1e-6))
    assume(near == far)
    assert anatomy.inside(place, zone.outline) == near


@given(places, st.sampled_from(Motion), st.sets(zones.map(lambda zone: zone.id)), zones)
def test_force_ceilings_are_symmetric_and_an_additional_zone_never_raises_one(
    place, motion, ids, further
):
    here = anatomy.zones_at(place, COURSE.zones)
    assert here == anatomy.zones_at(*anatomy.mirrored([place]), COURSE.zones)
    if any(motion not in zone.ceiling for zone in here):
        assert anatomy.force_ceiling(place, motion, COURSE.zones) == 0
    some = [zone for zone in COURSE.zones if zone.id in ids]
    before = anatomy.force_ceiling(place, motion, some)
    assert anatomy.force_ceiling(place, motion, [*some, further]) <= before


def test_the_area_of_a_zone_agrees_with_a_grid():
    for zone in COURSE.zones:
        us, vs = zip(*zone.outline, strict=True)
        grid = product(np.linspace(min(us), max(us), 80), np.linspace(min(vs), max(vs), 80))
        held = np.mean([anatomy.inside(place, zone.outline) for place in grid])
        box = (max(us) - min(us)) * (max(vs) - min(vs))
        assert anatomy.area(zone) == pytest.approx(held * box, rel=0.12)


def stroke_of(mark, points, side="both"):
    like = next(stroke for stroke in STROKES if stroke.mark == mark)
    return like.model_copy(update={"points": tuple(points), "side": side})


@given(st.sampled_from(MARKS), rows)
def test_a_stroke_has_mirrored_paths_or_one_in_the_middle(mark, points):
    ways = anatomy.hand_paths(stroke_of(mark, points))
    assert ways["left"] == [list(anatomy.mirrored(way)) for way in ways["right"]]
    assert set(anatomy.hand_paths(stroke_of(mark, points, "middle"))) == {"middle"}
    if mark in {"line", "spiral", "zigzag"}:
        (way,) = ways["right"]
        assert way[0] == pytest.approx(points[0], abs=1e-6)
        assert way[-1] == pytest.approx(points[-1], abs=1e-6)


@given(st.sampled_from(["circles", "press", "taps", "saw", "lifts"]), rows)
def test_marks_are_on_the_path_including_its_ends(mark, points):
    ways = anatomy.hand_paths(stroke_of(mark, points))["right"]
    middles = [
        tuple((min(axis) + max(axis)) / 2 for axis in zip(*way, strict=True)) for way in ways
    ]
    dense = anatomy.along(points, 0.2)
    for middle in middles:
        assert min(dist(middle, place) for place in dense) < 0.02
    assert dist(middles[0], points[0]) < 0.02
    assert dist(middles[-1], points[-1]) < 0.02


@given(st.floats(0.5, 6))
def test_circles_are_as_wide_as_the_stroke_says(radius):
    stroke = stroke_of("circles", [(0.1, 0.5), (0.1, 0.9)]).model_copy(update={"radius_cm": radius})
    (first, *_) = anatomy.hand_paths(stroke)["right"]
    assert {round(hypot(u - 0.1, v - 0.5) * CM_PER_UNIT, 6) for u, v in first} == {round(radius, 6)}


def firm(force):
    strokes = tuple(each.model_copy(update={"force": force}) for each in TECHNIQUE.strokes)
    return TECHNIQUE.model_copy(update={"strokes": strokes})


@given(st.integers(0, 10))
def test_more_force_has_more_breaches_in_the_same_zones(force):
    kinds = {zone.id: zone for zone in COURSE.zones}
    gentle = anatomy.breaches(firm(0), COURSE.zones)
    assert all(TECHNIQUE.motion not in kinds[each.zone].ceiling for each in gentle)
    broken, more = (
        {(each.stroke, each.zone) for each in anatomy.breaches(firm(by), COURSE.zones)}
        for by in (force, force + 1)
    )
    assert broken <= more
    entered = anatomy.zones_entered(firm(force), COURSE.zones)
    assert entered == anatomy.zones_entered(TECHNIQUE, COURSE.zones)
    first = str(next(iter(anatomy.breaches(firm(9), COURSE.zones))))
    assert re.fullmatch(
        r'stroke ".+" enters ".+" at \(.+ with force 9; at most \d is allowed there', first
    )


def test_the_kinds_of_zones_depend_on_the_technique():
    for technique in COURSE.techniques:
        kinds = anatomy.zone_kinds(technique, COURSE.zones)
        assert {name for name, kind in kinds.items() if kind == "keep-off"} == {*technique.keep_off}
        entered = anatomy.zones_entered(technique, COURSE.zones)
        for name, kind in kinds.items():
            if kind == "light":
                assert name in entered
