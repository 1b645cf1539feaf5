"""Allowed strokes of a technique: cut strokes respect the same rules as whole ones."""

from math import dist, hypot

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT
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
def test_pieces_lie_on_their_strokes_within_the_ceilings_and_take_no_longer(technique, area):
    by_id = {stroke.id: stroke for stroke in technique.strokes}
    for side in sides_of(technique):
        left = left_of(technique, side, area)
        if left is None:
            continue
        cut = technique.model_copy(update={"strokes": left.strokes})
        assert anatomy.breaches(cut, COURSE.zones) == []
        assert at_work(technique, left.strokes) <= at_work(technique, technique.strokes) + 0.01
        for piece in left.strokes if left.strokes != technique.strokes else ():
            whole = anatomy.along(by_id[piece.whole].points)
            for end in (piece.points[0], piece.points[-1]):
                assert min(dist(end, place) for place in whole) * CM_PER_UNIT < 0.1
            assert anatomy.length_cm(piece.points) <= anatomy.length_cm(whole) + 0.1


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("sawing", {"everything": True}),
        ("sawing", {"techniques": frozenset({"sawing"})}),
        ("reinforced-squeezing", {"lubricants": frozenset({"any oil"})}),
        ("blade-border-rubbing", {"areas": frozenset({Area("between-blades")})}),
    ],
)
def test_an_excluded_technique_is_not_allowed(name, taken):
    technique = TECHNIQUES[name]
    assert allowed_strokes(technique, "left", Restrictions(**taken), COURSE.zones) is None


def test_without_restrictions_a_technique_is_unchanged():
    for technique in COURSE.techniques:
        for side in sides_of(technique):
            whole = left_of(technique, side)
            assert (whole.strokes, whole.force) == (technique.strokes, technique.pressure.range)
    assert left_of("sawing", "left", lubricants=frozenset({"any oil"})), "it is done dry"


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


SQUARE = ((1.0, 2.0), (2.0, 2.0), (2.0, 3.0), (1.0, 3.0))


@pytest.mark.parametrize(("u", "v"), [(1.5, 2), (2, 2.5), (1.5, 3), (1, 2.5), (2, 3), (1, 2)])
def test_nearness_is_measured_to_edges_and_corners(u, v):
    assert is_near((1.5, 2.5), SQUARE, 0.1)
    right, down = 2 * u - 3, 2 * v - 5  # out of the square
    away = hypot(right, down)
    for cm, near in ((0.09, True), (0.11, False)):
        assert is_near((u + cm * right / away, v + cm * down / away), SQUARE, 0.1) is near
