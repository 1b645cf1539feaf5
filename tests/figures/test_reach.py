import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook import anatomy
from massage_workbook.course import read
from massage_workbook.figures.reach import axes_of_grid, by_zone, density, where_hands_go
from massage_workbook.planning import Plan, Step, steps

from .test_back import assert_no_overlap

COURSE = read()
ZONES = COURSE.zones
BLOCKS = {block.id: block for block in COURSE.blocks}
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
USUAL = {block.id: [TECHNIQUES[name] for name in block.techniques] for block in COURSE.blocks}
STANDARD = steps(Plan.of(COURSE.sessions[0], BLOCKS), USUAL)
in_turn = sorted(t.id for t in COURSE.techniques if t.strokes[0].side == "each")


def one(technique, side="both", seconds=60):
    return [Step("kneading", technique, side, 0, seconds)]


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(TECHNIQUES)), st.integers(1, 600))
def test_the_map_holds_all_the_time_of_the_steps(technique, seconds):
    grid = density(one(technique, seconds=seconds), TECHNIQUES, ZONES)
    assert grid.sum() == pytest.approx(seconds)
    assert (grid >= 0).all()


def test_no_steps_make_an_empty_map():
    assert not density([], TECHNIQUES, ZONES).any()


@pytest.mark.parametrize("technique", in_turn)
def test_the_other_side_is_the_mirror_image(technique):
    right, left = (density(one(technique, side), TECHNIQUES, ZONES) for side in ("right", "left"))
    np.testing.assert_allclose(right, left[:, ::-1], atol=0.02 * right.max())


@pytest.mark.parametrize("technique", in_turn)
def test_one_side_gets_nothing_while_the_other_is_worked(technique):
    us, _ = axes_of_grid()
    grid = density(one(technique, "right"), TECHNIQUES, ZONES)
    assert grid[:, us > 0].sum() > 0.97 * grid.sum()


@pytest.mark.parametrize("zone", [z for z in ZONES if z.kind == "keep-off"], ids=lambda z: z.id)
def test_a_keep_off_zone_that_no_stroke_enters_stays_empty(zone):
    made = [s for s in STANDARD if zone.id not in anatomy.entered(TECHNIQUES[s.technique], ZONES)]
    grid = density(made, TECHNIQUES, ZONES)
    us, vs = axes_of_grid()
    held = np.array([[anatomy.zones_at((u, v), [zone]) != [] for u in us] for v in vs])
    assert held.any()
    assert not grid[held].any()


def test_the_time_in_zones_is_no_longer_than_the_session_and_never_firmer_than_the_rule():
    found = by_zone(STANDARD, TECHNIQUES, ZONES)
    assert sum(seconds for seconds, _ in found.values()) <= sum(s.seconds for s in STANDARD) + 1e-6
    for name, (_, force) in found.items():
        zone = next(zone for zone in ZONES if zone.id == name)
        assert force <= max(zone.ceiling.values())


def test_the_map_names_each_zone_that_is_worked_and_no_words_overlap():
    drawing = where_hands_go(STANDARD, TECHNIQUES, ZONES)
    assert_no_overlap(drawing)
    for name, (seconds, _) in by_zone(STANDARD, TECHNIQUES, ZONES).items():
        if round(seconds):
            assert next(zone.name for zone in ZONES if zone.id == name) in drawing.alt


def test_the_same_steps_give_the_same_bytes():
    one, other = (where_hands_go(STANDARD, TECHNIQUES, ZONES).svg() for _ in range(2))
    assert one == other
