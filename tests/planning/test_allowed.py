"""A technique as the screening allows it: cut strokes keep every rule that whole ones keep."""

import pytest

from massage_workbook import anatomy
from massage_workbook.planning.allowed import allowed, near, seated, sides_of
from massage_workbook.screening import Area, Restrictions

from ..shipped import COURSE

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
each_technique = pytest.mark.parametrize("technique", COURSE.techniques, ids=TECHNIQUES)


def without(zone, side="both"):
    return Restrictions(areas=frozenset({Area(zone, side)}))


@each_technique
def test_what_is_left_of_a_technique_keeps_the_rules_of_all_zones(technique):
    for zone in COURSE.zones:
        for side in sides_of(technique):
            for shut in ("left", "right"):
                left = allowed(technique, side, without(zone.id, shut), COURSE.zones)
                if left:
                    cut = technique.model_copy(update={"strokes": left.strokes})
                    assert anatomy.breaches(cut, COURSE.zones) == []


@each_technique
def test_without_restrictions_nothing_changes(technique):
    for side in sides_of(technique):
        whole = allowed(technique, side, Restrictions(), COURSE.zones)
        assert (whole.strokes, whole.force) == (technique.strokes, technique.pressure.range)


def test_what_is_left_out_on_the_left_mirrors_what_is_left_out_on_the_right():
    sawing = TECHNIQUES["sawing"]
    right = allowed(sawing, "right", without("kidneys", "right"), COURSE.zones)
    left = allowed(sawing, "left", without("kidneys", "left"), COURSE.zones)
    assert [each.points for each in right.strokes] == [each.points for each in left.strokes]
    assert {each.side for each in left.strokes} == {"left"}
    assert (
        allowed(sawing, "left", without("kidneys", "right"), COURSE.zones).strokes == sawing.strokes
    )


def test_a_spiral_still_turns_away_from_the_spine_on_the_other_side():
    planar = TECHNIQUES["planar-stroking"]
    left = allowed(planar, "both", without("shoulder-roll", "right"), COURSE.zones)
    spirals = [each for each in left.strokes if each.mark == "spiral"]
    for stroke in spirals:
        for side, ways in anatomy.ways(stroke).items():
            assert all((u > 0) == (side == "right") for way in ways for u, _ in way)
    assert {each.side for each in spirals} == {"right", "left"}


def test_a_technique_whose_whole_place_is_left_out_is_gone():
    assert (
        allowed(TECHNIQUES["blade-border-rubbing"], "left", without("between-blades"), COURSE.zones)
        is None
    )


@pytest.mark.parametrize(
    "restrictions",
    [Restrictions(everything=True), Restrictions(techniques=frozenset({"sawing"}))],
    ids=["everything", "this technique"],
)
def test_what_is_taken_away_is_not_allowed(restrictions):
    assert allowed(TECHNIQUES["sawing"], "left", restrictions, COURSE.zones) is None


def test_without_oil_nothing_is_done_that_needs_it():
    dry = Restrictions(lubricants=frozenset({"any oil"}))
    assert allowed(TECHNIQUES["reinforced-squeezing"], "left", dry, COURSE.zones) is None
    assert allowed(TECHNIQUES["sawing"], "left", dry, COURSE.zones)


@pytest.mark.parametrize("ceiling", [1, 3, 10])
def test_no_stroke_is_firmer_than_the_ceiling(ceiling):
    left = allowed(
        TECHNIQUES["deep-stroking"], "left", Restrictions(force_ceiling=ceiling), COURSE.zones
    )
    low, high = TECHNIQUES["deep-stroking"].pressure.range
    assert left.force == (min(low, ceiling), min(high, ceiling))
    assert max(stroke.force for stroke in left.strokes) <= ceiling


def test_who_sits_gets_what_the_session_for_neck_and_shoulders_has():
    assert seated(COURSE) == {"collar-stroking", "blade-border-rubbing", "collar-kneading"}


SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@pytest.mark.parametrize(
    ("point", "is_near"),
    [
        ((0.5, 0.5), True),
        ((1.05, 0.5), True),
        ((1.15, 0.5), False),
        ((1.05, 1.05), True),
        ((1.08, 1.08), False),
    ],
)
def test_nearness_is_measured_from_edges_and_corners(point, is_near):
    assert near(point, SQUARE, 0.1) is is_near
