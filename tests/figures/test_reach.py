from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
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

from ..shipped import COURSE, TECHNIQUES
from .legible import drawn

ZONES = COURSE.zones
STANDARD = make_steps(Plan.of(COURSE.sessions[0], COURSE), COURSE)
in_turn = sorted(t.id for t in COURSE.techniques if t.strokes[0].side == "each")


def one(technique, side="both", seconds=60):
    strokes = TECHNIQUES[technique].strokes
    given = {"technique": technique, "side": side, "seconds": seconds, "strokes": strokes}
    return [replace(STANDARD[0], lead=0, rest=0, **given)]


def test_the_map_contains_no_transitions_or_rests_and_may_be_empty():
    at_work = sum(step.passes * step.pass_seconds for step in STANDARD)
    assert at_work < sum(step.seconds for step in STANDARD)
    grid = density(STANDARD, TECHNIQUES, ZONES)
    assert grid.sum() == pytest.approx(at_work)
    assert (grid >= 0).all()
    assert not density([], TECHNIQUES, ZONES).any()
    assert "without any hands" in where_hands_go([], TECHNIQUES, ZONES).alt


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_each_stroke_has_its_share_of_a_pass(technique):
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


@pytest.mark.parametrize("technique", in_turn)
def test_each_side_is_worked_alone_in_a_mirror(technique):
    us, _ = grid_axes()
    right, left = (density(one(technique, side), TECHNIQUES, ZONES) for side in ("right", "left"))
    assert right[:, us > 0].sum() > 0.97 * right.sum()
    np.testing.assert_allclose(right, left[:, ::-1], atol=0.02 * right.max())


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


def test_the_outline_contains_the_firmest_strokes_and_grows_with_lighter_ones():
    us, vs = grid_axes()
    firm, all_of_it = (covered(STANDARD, TECHNIQUES, ZONES, force) for force in (4, 0))
    assert (firm <= all_of_it + 1e-9).all()
    for stroke, places, _ in stroke_times(STANDARD, TECHNIQUES):
        if stroke.force >= 4:
            for u, v in places[::5]:
                assert firm[np.abs(vs - v).argmin(), np.abs(us - u).argmin()] >= COVERED


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda session: session.id)
def test_worked_zones_are_named_with_a_number_inside_them(session):
    made = make_steps(Plan.of(session, COURSE), COURSE)
    drawing = drawn(f"reach-{session.id}")
    names = {zone.id: zone.name for zone in ZONES}
    worked = [name for name, (s, _) in by_zone(made, TECHNIQUES, ZONES).items() if round(s)]
    kept = [zone.id for zone in ZONES if zone.kind == "keep-off"]
    assert all(names[each] in drawing.alt for each in (*worked, *kept))
    numbers = {t.get_text(): t.get_position() for t in drawing.axes[1].texts}
    assert list(numbers) == [str(i) for i in range(1, len(worked) + 1)]
    for name, place in zip(worked, numbers.values(), strict=True):
        here = {zone.id: zone.kind for zone in anatomy.zones_at(place, ZONES)}
        assert name in here
        assert here[name] == "keep-off" or "keep-off" not in here.values()


def test_every_path_is_drawn_under_its_name():
    found = paths_by_side(COURSE.techniques, ZONES, Restrictions())
    shown = {each.get_gid() or "" for each in bands(found, ZONES).findobj(PathPatch)}
    assert {gid for gid in shown if gid.startswith("path-")} == {f"path-{name}" for name in found}
