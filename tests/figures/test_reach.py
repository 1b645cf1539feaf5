from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import PathPatch

from massage_workbook.body import anatomy
from massage_workbook.figures.reach import (
    COVERED,
    bands,
    by_zone,
    covered,
    density,
    grid_axes,
    stroke_times,
    where_hands_go,
)
from massage_workbook.safety.screening import Restrictions
from massage_workbook.session import Plan, make_steps, passes
from massage_workbook.session.hand_paths import paths_by_side
from massage_workbook.session.restricting import sides_of

from ..shipped import COURSE
from .legible import assert_legible, assert_no_overlap

ZONES = COURSE.zones
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
STANDARD = make_steps(Plan.of(COURSE.sessions[0], COURSE), COURSE)
in_turn = sorted(t.id for t in COURSE.techniques if t.strokes[0].side == "each")


def one(technique, side="both", seconds=60):
    strokes = TECHNIQUES[technique].strokes
    given = {"technique": technique, "side": side, "seconds": seconds, "strokes": strokes}
    return [replace(STANDARD[0], lead=0, rest=0, **given)]


@settings(max_examples=20)
@given(st.sampled_from(sorted(TECHNIQUES)), st.integers(1, 600))
def test_the_map_holds_all_the_time_of_the_passes(technique, seconds):
    grid = density(one(technique, seconds=seconds), TECHNIQUES, ZONES)
    assert grid.sum() == pytest.approx(seconds)
    assert (grid >= 0).all()


def test_walks_towels_and_rests_are_nowhere_on_the_map():
    at_work = sum(step.passes * step.pass_seconds for step in STANDARD)
    assert at_work < sum(step.seconds for step in STANDARD)
    assert density(STANDARD, TECHNIQUES, ZONES).sum() == pytest.approx(at_work)


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_a_stroke_gets_the_time_that_it_takes_in_a_pass(technique):
    made = one(technique, side=sides_of(TECHNIQUES[technique])[0])
    got = defaultdict(float)
    for stroke, _, seconds in stroke_times(made, TECHNIQUES):
        got[stroke.id] += seconds
    takes = defaultdict(float)
    for leg in passes.legs(TECHNIQUES[technique]):
        if leg.kind != "between":
            takes[leg.stroke.id] += leg.seconds
    for name, seconds in got.items():
        assert seconds / 60 == pytest.approx(takes[name] / sum(takes.values()))


def test_no_steps_make_an_empty_map():
    assert not density([], TECHNIQUES, ZONES).any()


@pytest.mark.parametrize("technique", in_turn)
def test_the_other_side_is_the_mirror_image(technique):
    right, left = (density(one(technique, side), TECHNIQUES, ZONES) for side in ("right", "left"))
    np.testing.assert_allclose(right, left[:, ::-1], atol=0.02 * right.max())


@pytest.mark.parametrize("technique", in_turn)
def test_one_side_gets_nothing_while_the_other_is_worked(technique):
    us, _ = grid_axes()
    grid = density(one(technique, "right"), TECHNIQUES, ZONES)
    assert grid[:, us > 0].sum() > 0.97 * grid.sum()


@pytest.mark.parametrize("zone", [z for z in ZONES if z.kind == "keep-off"], ids=lambda z: z.id)
def test_a_keep_off_zone_that_no_stroke_enters_stays_empty(zone):
    made = [
        s for s in STANDARD if zone.id not in anatomy.zones_entered(TECHNIQUES[s.technique], ZONES)
    ]
    grid = density(made, TECHNIQUES, ZONES)
    us, vs = grid_axes()
    held = np.array([[anatomy.zones_at((u, v), [zone]) != [] for u in us] for v in vs])
    assert held.any()
    assert not grid[held].any()


def test_the_time_in_zones_is_no_longer_than_the_session_and_never_firmer_than_the_rule():
    found = by_zone(STANDARD, TECHNIQUES, ZONES)
    assert sum(seconds for seconds, _ in found.values()) <= sum(s.seconds for s in STANDARD) + 1e-6
    for name, (_, force) in found.items():
        zone = next(zone for zone in ZONES if zone.id == name)
        assert force <= max(zone.ceiling.values())


def test_the_line_holds_every_place_of_the_firmest_strokes_and_more_hands_widen_it():
    us, vs = grid_axes()
    firm, all_of_it = (covered(STANDARD, TECHNIQUES, ZONES, force) for force in (4, 0))
    assert (firm <= all_of_it + 1e-9).all()
    for stroke, places, _ in stroke_times(STANDARD, TECHNIQUES):
        if stroke.force >= 4:
            for u, v in places[::5]:
                assert firm[np.abs(vs - v).argmin(), np.abs(us - u).argmin()] >= COVERED


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda session: session.id)
def test_the_number_of_a_zone_stands_in_it_and_on_no_place_to_keep_off(session):
    made = make_steps(Plan.of(session, COURSE), COURSE)
    drawing = where_hands_go(made, TECHNIQUES, ZONES)
    assert_no_overlap(drawing)
    worked = [name for name, (s, _) in by_zone(made, TECHNIQUES, ZONES).items() if round(s)]
    numbers = {t.get_text(): t.get_position() for t in drawing.axes[1].texts}
    assert list(numbers) == [str(i) for i in range(1, len(worked) + 1)]
    for name, place in zip(worked, numbers.values(), strict=True):
        here = {zone.id: zone.kind for zone in anatomy.zones_at(place, ZONES)}
        assert name in here
        assert here[name] == "keep-off" or "keep-off" not in here.values()


def test_a_plan_without_steps_shows_a_back_without_hands():
    assert "without any hands" in where_hands_go([], TECHNIQUES, ZONES).alt


def test_the_map_is_legible_and_names_each_zone_that_is_kept_off_or_worked():
    drawing = where_hands_go(STANDARD, TECHNIQUES, ZONES)
    assert_legible(drawing)
    for zone in ZONES:
        assert zone.kind != "keep-off" or zone.name in drawing.alt
    for name, (seconds, _) in by_zone(STANDARD, TECHNIQUES, ZONES).items():
        if round(seconds):
            assert next(zone.name for zone in ZONES if zone.id == name) in drawing.alt


# --- the ways ------------------------------------------------------------------------------------


def test_every_way_is_drawn_under_its_name():
    found = paths_by_side(COURSE.techniques, ZONES, Restrictions())
    drawn = {each.get_gid() for each in bands(found, ZONES).findobj(PathPatch)}
    assert {gid for gid in drawn if gid and gid.startswith("ways-")} == {
        f"ways-{name}" for name in found
    }
