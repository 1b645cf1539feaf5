"""Steps of a plan: whole passes that fill the time and respect the screening."""

from collections import Counter
from dataclasses import replace
from itertools import groupby, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from massage_workbook.body import anatomy
from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import MAX_SECONDS, make_steps, time_ranges
from massage_workbook.session.restricting import (
    CLEARANCE_CM,
    HALF_HAND_CM,
    HALF_PALM_CM,
    is_near,
    sides_of,
)

from ..hand import place_of
from ..shipped import COURSE
from .generated import (
    BLOCKS,
    SESSIONS,
    TECHNIQUES,
    ZONES,
    plan,
    plans,
    restricted,
    screenings,
    zones_gone,
)

SECONDS = {each.id: each.seconds for each in COURSE.transitions}
WALKS = {"change-sides", "turn-over"}
each_session = pytest.mark.parametrize("session", SESSIONS)


def passes_of(steps):
    """Passes by block, technique and side."""
    return {(step.block, step.technique, step.side): step.passes for step in steps}


@given(plans)
def test_a_block_with_enough_time_has_all_its_techniques_with_their_minimum_passes(changed):
    steps = make_steps(changed, COURSE)
    ranges = time_ranges(changed, COURSE)
    used = [part for part in changed.parts if part.seconds]
    enough = [part for part in used if part.seconds >= ranges[part.block].least]
    for part in enough:
        done = [step for step in steps if step.block == part.block]
        assert {s.technique for s in done} == {each.technique for each in part.choices}
        assert all(s.passes >= TECHNIQUES[s.technique].passes.minimum for s in done)
    if enough == used:
        for step in steps:
            assert step.lead == sum(SECONDS[name] for name in step.transitions)


@given(plans, st.data())
def test_more_minutes_for_a_block_never_mean_fewer_passes_in_it(changed, data):
    part = data.draw(st.sampled_from([part for part in changed.parts if not part.locked] or [None]))
    assume(part)
    most = min(part.most, MAX_SECONDS - changed.total + part.seconds)
    more = changed.with_block(part.block, data.draw(st.integers(part.seconds, most)))
    after = passes_of(make_steps(more, COURSE))
    for key, passes in passes_of(make_steps(changed, COURSE)).items():
        assert key[0] != part.block or after.get(key, 0) >= passes


@each_session
def test_more_minutes_for_a_ready_made_session_never_mean_fewer_passes(session):
    before = {}
    for minutes in range(plan(session).least // 60 + 1, 41):
        now = passes_of(make_steps(plan(session).with_total(minutes * 60), COURSE))
        assert all(now.get(key, 0) >= passes for key, passes in before.items())
        before = now


def test_a_technique_of_more_weight_gets_more_of_the_remaining_passes():
    heavy = plan("standard-40").with_technique("kneading", TECHNIQUES["picking-up"], weight=5)

    def passes(of):
        return passes_of(make_steps(of, COURSE))["kneading", "picking-up", "right"]

    assert passes(heavy) > passes(plan("standard-40"))


def test_spare_time_slows_passes_down_and_then_becomes_a_rest():
    def drumming(seconds):
        steps = make_steps(plan().with_block("vibration", seconds), COURSE)
        return next(step for step in steps if step.technique == "finger-drumming")

    assert drumming(180).passes == drumming(65).passes == 5
    assert drumming(180).pass_seconds > drumming(65).pass_seconds
    assert drumming(180).rest > 60 > drumming(65).rest


@given(plans)
def test_blocks_keep_their_order_and_both_sides_get_the_same(changed):
    assume(changed.position != "side-lying")
    steps = make_steps(changed, COURSE)
    order = [part.block for part in changed.parts]
    places = [order.index(step.block) for step in steps]
    assert places == sorted(places)
    for _, run in groupby(steps, key=lambda step: (step.block, step.side == "both")):
        assert len([side for side, _ in groupby(run, key=lambda step: step.side)]) <= 2
    for key in {(step.block, step.technique) for step in steps}:
        sides = [step for step in steps if (step.block, step.technique) == key]
        assert len({step.passes for step in sides}) == 1
        assert max(s.pass_seconds for s in sides) - min(s.pass_seconds for s in sides) <= 1


def test_in_side_lying_one_half_follows_the_other():
    steps = make_steps(plan("side-lying-20"), COURSE)
    assert [side for side, _ in groupby(steps, key=lambda step: step.side)] == ["right", "left"]
    assert ["turn-over" in step.transitions for step in steps].count(True) == 1


@given(plans)
def test_a_session_begins_and_ends_with_strokes(changed):
    steps = make_steps(changed, COURSE)
    first, last = changed.parts[0].choices[0], changed.parts[-1].choices[-1]
    assume(changed.position != "side-lying" or first.side == last.side == "both")
    assert (steps[0].technique, steps[-1].technique) == (first.technique, last.technique)


def walks(steps, stances):
    """How often the giver changes sides, wherever each step is done."""
    place, count = None, 0
    for step, side in steps:
        to = place_of(stances[step.stance], side, place)
        count += bool(place and to != place)
        place = to
    return count


@each_session
def test_no_other_order_of_sides_needs_fewer_walks(session):
    stances = {each.id: each for each in COURSE.stances}
    steps = make_steps(plan(session), COURSE)
    other = {"right": "left", "left": "right", "both": "both"}
    blocks = list(dict.fromkeys(step.block for step in steps))
    orders = [
        walks([(s, other[s.side] if s.block in turned else s.side) for s in steps], stances)
        for chosen in product([False, True], repeat=len(blocks))
        for turned in [{block for block, turn in zip(blocks, chosen, strict=True) if turn}]
    ]
    assert walks([(s, s.side) for s in steps], stances) == min(orders)
    if plan(session).position != "side-lying":
        assert sum(bool(WALKS & {*step.transitions}) for step in steps) == min(orders)


@given(plans)
def test_the_back_is_blotted_after_oil_and_the_person_asked_early_in_each_block(changed):
    oiled, done = False, Counter()
    for step in make_steps(changed, COURSE):
        amount = TECHNIQUES[step.technique].lubricant.amount
        assert ("blot" in step.transitions) == (oiled and amount in {"none", "little"})
        oiled = amount in {"thin film", "none or thin film"}
        if changed.position != "side-lying":
            second = done[step.block] == 1 and BLOCKS[step.block].stage != "calm-down"
            assert ("ask" in step.transitions) == second
        done[step.block] += 1


def test_a_technique_on_one_side_is_done_there_alone():
    one = plan().with_technique("rubbing", TECHNIQUES["semicircle-rubbing"], side="left")
    one = one.with_technique("opening", TECHNIQUES["planar-stroking"], side="right")
    steps = make_steps(one, COURSE)
    assert {s.side for s in steps if s.technique == "semicircle-rubbing"} == {"left"}
    (step,) = (s for s in steps if (s.block, s.technique) == ("opening", "planar-stroking"))
    assert {step.side, *(stroke.side for stroke in step.strokes)} == {"right"}


@given(plans, restricted)
def test_steps_respect_all_restrictions(changed, restrictions):
    steps = make_steps(changed, COURSE, restrictions)
    assert not steps or changed.position not in restrictions.positions
    assert not make_steps(changed, COURSE, replace(restrictions, everything=True))
    excluded = [each for area in restrictions.areas for each in outlines(area)]
    for step in steps:
        technique = TECHNIQUES[step.technique]
        assert step.block not in restrictions.blocks
        assert step.technique not in restrictions.techniques
        assert step.force[1] <= restrictions.force_ceiling
        assert all(stroke.force <= restrictions.force_ceiling for stroke in step.strokes)
        assert not restrictions.lubricants or technique.lubricant.amount != "thin film"
        half_hand = HALF_HAND_CM.get(technique.hands.pose, HALF_PALM_CM)
        reach = (half_hand + CLEARANCE_CM) / 50 - 1e-9
        for place in places(step) if excluded else ():
            assert not any(is_near(place, outline, reach) for outline in excluded)


def outlines(area):
    zone = ZONES[area.zone]
    right, left = zone.outline, anatomy.mirrored(zone.outline)
    if not zone.mirrored:
        return [right]
    return {"right": [right], "left": [left], "both": [right, left]}[area.side]


def places(step):
    """Places of the middle of a hand in the strokes of a step, about a cm apart."""
    for stroke in step.strokes:
        path = anatomy.along(stroke.points)
        side = step.side if stroke.side == "each" else stroke.side
        yield from path if side != "left" else ()
        yield from anatomy.mirrored(path) if side in {"left", "both"} else ()


@given(plans, st.sampled_from(sorted(ZONES)))
def test_strokes_change_only_near_excluded_areas(changed, zone):
    area = Area(zone, "right")
    for step in make_steps(changed, COURSE, Restrictions(areas=frozenset({area}))):
        whole = TECHNIQUES[step.technique].strokes
        if step.side in sides_of(TECHNIQUES[step.technique]) and step.strokes != whole:
            path = places(replace(step, strokes=whole))
            assert any(is_near(place, *outlines(area), 0.3) for place in path)


@given(screenings)
def test_a_screening_leaves_a_useful_session_unless_it_excludes_nearly_all(decision):
    restrictions = decision.restrictions
    # Light strokes without oil are one technique, and a back has few zones.
    assume("kneading" not in restrictions.blocks or "any oil" not in restrictions.lubricants)
    assume(
        len(zones_gone(restrictions)) <= 2 and len(zones_gone(restrictions, both_sides=True)) <= 1
    )
    steps = (make_steps(plan(session), COURSE, restrictions) for session in SESSIONS)
    assert any(len({s.technique for s in each}) > 1 and lasts(each) >= 5 * 60 for each in steps)


def lasts(steps):
    return sum(step.seconds for step in steps)
