"""Geometry of the back: curves, zones, strokes and force ceilings."""

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
def test_a_curve_goes_through_all_points(points):
    curves = anatomy.smooth(points)
    assert [curve[0] for curve in curves] == points[:-1]
    assert [curve[3] for curve in curves] == points[1:]


@given(rows)
def test_a_curve_is_smooth(points):
    for before, after in pairwise(anatomy.smooth(points)):
        coming = np.subtract(before[3], before[2])
        going = np.subtract(after[1], after[0])
        assert coming == pytest.approx(going)


@given(st.lists(places, min_size=3, max_size=6, unique=True))
def test_a_closed_curve_ends_where_it_began_without_a_corner(points):
    curves = anatomy.smooth(points, closed=True)
    assert curves[-1][3] == curves[0][0]
    coming = np.subtract(curves[-1][3], curves[-1][2])
    assert coming == pytest.approx(np.subtract(curves[0][1], curves[0][0]))


def test_a_curve_needs_two_points():
    with pytest.raises(ValueError, match="two points or more, not 1"):
        anatomy.smooth([(0, 0)])


@given(rows)
def test_the_mirror_image_of_a_curve_is_the_curve_of_the_mirror_image(points):
    mirrored = anatomy.smooth(anatomy.mirrored(points))
    assert mirrored == [anatomy.mirrored(curve) for curve in anatomy.smooth(points)]


@given(rows)
def test_points_along_a_path_include_its_ends(points):
    way = anatomy.along(points)
    assert way[0] == points[0]
    assert way[-1] == pytest.approx(points[-1])


@given(rows, st.sampled_from([0.2, 0.5, 1.0]))
def test_a_smaller_step_gives_more_points(points, step):
    assert len(anatomy.along(points, step)) >= len(anatomy.along(points, 2 * step))


@given(rows)
def test_a_path_is_as_long_as_its_mirror_image_and_no_shorter_than_its_straight(points):
    length = anatomy.length_cm(points)
    assert length == pytest.approx(anatomy.length_cm(anatomy.mirrored(points)))
    assert length >= CM_PER_UNIT * dist(points[0], points[-1]) - 1e-9


@given(places, zones)
def test_inside_agrees_with_matplotlib_away_from_the_edge(place, zone):
    path = Path([*zone.outline, zone.outline[0]])
    near, far = (path.contains_point(place, radius=r) for r in (-1e-6, 1e-6))
    assume(near == far)
    assert anatomy.inside(place, zone.outline) == near


@given(places)
def test_zones_are_symmetric(place):
    (mirrored,) = anatomy.mirrored([place])
    assert anatomy.zones_at(place, COURSE.zones) == anatomy.zones_at(mirrored, COURSE.zones)


@given(places, st.sampled_from(Motion), st.sets(zones.map(lambda zone: zone.id)), zones)
def test_an_additional_zone_never_raises_the_ceiling(place, motion, ids, further):
    some = [zone for zone in COURSE.zones if zone.id in ids]
    before = anatomy.force_ceiling(place, motion, some)
    assert anatomy.force_ceiling(place, motion, [*some, further]) <= before


@given(places)
def test_a_motion_without_a_ceiling_may_not_enter_a_zone(place):
    for zone in anatomy.zones_at(place, COURSE.zones):
        for motion in set(Motion) - set(zone.ceiling):
            assert anatomy.force_ceiling(place, motion, COURSE.zones) == 0


def test_the_area_of_a_zone_agrees_with_a_grid():
    for zone in COURSE.zones:
        us, vs = zip(*zone.outline, strict=True)
        grid = product(np.linspace(min(us), max(us), 80), np.linspace(min(vs), max(vs), 80))
        held = np.mean([anatomy.inside(place, zone.outline) for place in grid])
        box = (max(us) - min(us)) * (max(vs) - min(vs))
        assert anatomy.area(zone) == pytest.approx(held * box, rel=0.12)


# --- strokes -----------------------------------------------------------------------------------


def stroke_of(mark, points, side="both"):
    like = next(stroke for stroke in STROKES if stroke.mark == mark)
    return like.model_copy(update={"points": tuple(points), "side": side})


@given(st.sampled_from(MARKS), rows)
def test_the_paths_of_a_stroke_on_both_sides_mirror_each_other(mark, points):
    ways = anatomy.hand_paths(stroke_of(mark, points))
    assert ways["left"] == [list(anatomy.mirrored(way)) for way in ways["right"]]


@given(st.sampled_from(MARKS), rows)
def test_a_stroke_in_the_middle_is_done_once(mark, points):
    assert set(anatomy.hand_paths(stroke_of(mark, points, "middle"))) == {"middle"}


@given(st.sampled_from(["line", "spiral", "zigzag"]), rows)
def test_a_path_runs_from_the_first_point_to_the_last(mark, points):
    (way,) = anatomy.hand_paths(stroke_of(mark, points))["right"]
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


# --- what may be done --------------------------------------------------------------------------


def firm(force):
    strokes = tuple(each.model_copy(update={"force": force}) for each in TECHNIQUE.strokes)
    return TECHNIQUE.model_copy(update={"strokes": strokes})


def test_strokes_without_force_have_no_breach_in_a_zone_that_allows_their_motion():
    for breach in anatomy.breaches(firm(0), COURSE.zones):
        zone = next(zone for zone in COURSE.zones if zone.id == breach.zone)
        assert TECHNIQUE.motion not in zone.ceiling


@given(st.integers(0, 10))
def test_more_force_never_has_fewer_breaches(force):
    broken = {(each.stroke, each.zone) for each in anatomy.breaches(firm(force), COURSE.zones)}
    more = {(each.stroke, each.zone) for each in anatomy.breaches(firm(force + 1), COURSE.zones)}
    assert broken <= more


def test_a_breach_names_its_place_and_the_maximum_force():
    breach = next(each for each in anatomy.breaches(firm(9), COURSE.zones))
    assert str(breach).startswith(f'stroke "{breach.stroke}" enters "{breach.zone}" at (')
    assert str(breach).endswith(f"with force 9; {breach.most:g} is the most there")


@given(st.integers(0, 10))
def test_the_zones_entered_do_not_depend_on_force(force):
    assert anatomy.zones_entered(firm(force), COURSE.zones) == anatomy.zones_entered(
        TECHNIQUE, COURSE.zones
    )


def test_zone_kinds_depend_on_the_technique():
    for technique in COURSE.techniques:
        kinds = anatomy.zone_kinds(technique, COURSE.zones)
        assert {name for name, kind in kinds.items() if kind == "keep-off"} == {*technique.keep_off}
        entered = anatomy.zones_entered(technique, COURSE.zones)
        for name, kind in kinds.items():
            if kind == "light":
                assert name in entered
