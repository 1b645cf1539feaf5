"""Allowed strokes of a technique: cut strokes respect the same rules as whole ones."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from massage_workbook.body import anatomy
from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import passes
from massage_workbook.session.restricting import allowed_strokes, is_near, sides_of

from ..shipped import COURSE
from .generated import SIDES, TECHNIQUES, ZONES

some_area = st.builds(Area, st.sampled_from(sorted(ZONES)), st.sampled_from(SIDES))
some_technique = st.sampled_from(COURSE.techniques)


def left_of(name, side, *areas, **taken):
    technique = TECHNIQUES.get(name, name)
    return allowed_strokes(
        technique, side, Restrictions(areas=frozenset(areas), **taken), COURSE.zones
    )


@given(some_technique, some_area)
def test_allowed_strokes_respect_the_ceilings_of_all_zones(technique, area):
    for side in sides_of(technique):
        if left := left_of(technique, side, area):
            cut = technique.model_copy(update={"strokes": left.strokes})
            assert anatomy.breaches(cut, COURSE.zones) == []


def test_without_restrictions_a_technique_is_unchanged():
    for technique in COURSE.techniques:
        for side in sides_of(technique):
            whole = left_of(technique, side)
            assert (whole.strokes, whole.force) == (technique.strokes, technique.pressure.range)


@given(some_technique, some_area)
def test_a_piece_of_a_stroke_lies_on_it_and_is_no_longer(technique, area):
    by_id = {stroke.id: stroke for stroke in technique.strokes}
    for side in sides_of(technique):
        left = left_of(technique, side, area)
        assume(left and left.strokes != technique.strokes)
        for piece in left.strokes:
            whole = anatomy.along(by_id[piece.of].points)
            ends = {piece.points[0], piece.points[-1]}
            assert all(min(dist_cm(end, p) for p in whole) < 0.1 for end in ends)
            assert anatomy.length_cm(piece.points) <= anatomy.length_cm(whole) + 0.1


def dist_cm(a, b):
    return anatomy.length_cm([a, b]) if a != b else 0


@given(some_technique, st.lists(st.sampled_from(sorted(ZONES)), min_size=1, max_size=3))
def test_allowed_strokes_take_no_longer_than_the_whole_technique(technique, zones):
    for side in sides_of(technique):
        left = left_of(technique, side, *map(Area, zones))
        if left:
            assert at_work(technique, left.strokes) <= at_work(technique, technique.strokes) + 1e-6


def at_work(technique, strokes):
    """Seconds of a pass but for the ways from one stroke to the next."""
    return sum(leg.seconds for leg in passes.legs(technique, strokes) if leg.kind != "between")


@given(some_technique, some_area)
def test_exclusions_on_the_left_mirror_those_on_the_right(technique, area):
    other = {"left": "right", "right": "left", "both": "both"}
    assume(all(stroke.side != "middle" for stroke in technique.strokes))
    for side in sides_of(technique):
        here = left_of(technique, side, area)
        there = left_of(technique, other[side], Area(area.zone, other[area.side]))
        assert (here is None) == (there is None)
        if here:
            points = sorted((each.id.rsplit("-", 1)[0], each.points) for each in here.strokes)
            mirrored = sorted((each.id.rsplit("-", 1)[0], each.points) for each in there.strokes)
            assert points == mirrored
            seconds = passes.seconds(technique, here.strokes)
            assert passes.seconds(technique, there.strokes) == pytest.approx(seconds)


def test_a_spiral_still_turns_away_from_the_spine_on_the_other_side():
    left = left_of("planar-stroking", "both", Area("shoulder-roll", "right"))
    spirals = [each for each in left.strokes if each.mark == "spiral"]
    assert {each.side for each in spirals} == {"right", "left"}
    for stroke in spirals:
        for side, ways in anatomy.hand_paths(stroke).items():
            assert all((u > 0) == (side == "right") for way in ways for u, _ in way)


def test_a_technique_inside_an_excluded_area_is_not_allowed():
    assert left_of("blade-border-rubbing", "left", Area("between-blades")) is None


@pytest.mark.parametrize("taken", [{"everything": True}, {"techniques": frozenset({"sawing"})}])
def test_excluded_techniques_are_not_allowed(taken):
    assert left_of("sawing", "left", **taken) is None


def test_techniques_that_need_oil_are_not_allowed_without():
    dry = {"lubricants": frozenset({"any oil"})}
    assert left_of("reinforced-squeezing", "left", **dry) is None
    assert left_of("sawing", "left", **dry)


@given(some_technique, st.integers(1, 10))
def test_no_stroke_is_firmer_than_the_ceiling(technique, ceiling):
    left = left_of(technique, sides_of(technique)[0], force_ceiling=ceiling)
    low, high = technique.pressure.range
    assert left.force == (min(low, ceiling), min(high, ceiling))
    assert all(stroke.force <= ceiling for stroke in left.strokes)


SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((0.5, 0.5), True),
        ((1.05, 0.5), True),
        ((1.15, 0.5), False),
        ((1.05, 1.05), True),
        ((1.08, 1.08), False),
    ],
)
def test_nearness_is_measured_to_edges_and_corners(point, expected):
    assert is_near(point, SQUARE, 0.1) is expected
