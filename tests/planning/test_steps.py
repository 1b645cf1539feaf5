"""What to do when: no gaps, three passes, both sides alike, nothing that the screening forbids."""

from collections import defaultdict
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook import anatomy
from massage_workbook.course.schema import Motion
from massage_workbook.planning import LONGEST, Plan, steps, within
from massage_workbook.planning.allowed import near, seated, sides_of
from massage_workbook.planning.steps import LINK, once
from massage_workbook.screening import Area, Restrictions

from ..shipped import COURSE

BLOCKS = {block.id: block for block in COURSE.blocks}
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SESSIONS = {session.id: session for session in COURSE.sessions}
ZONES = {zone.id: zone for zone in COURSE.zones}


def plan(session="standard-20"):
    return Plan.of(SESSIONS[session], COURSE)


@st.composite
def plans(draw):
    begun = plan(draw(st.sampled_from(sorted(SESSIONS))))
    changed = begun.with_total(draw(st.integers(begun.least, begun.most)))
    part = draw(st.sampled_from(changed.parts))
    room = LONGEST - changed.total + part.seconds
    changed = changed.with_block(part.block, draw(st.integers(part.least, min(part.most, room))))
    block, weight = draw(st.sampled_from(changed.parts)), draw(st.integers(1, 5))
    family = [each for each in COURSE.techniques if each.family == block.family]
    technique, side = (
        draw(st.sampled_from(family)),
        draw(st.sampled_from(["both", "left", "right"])),
    )
    return changed.with_technique(block.block, technique, weight, side)


areas = st.frozensets(
    st.builds(Area, st.sampled_from(sorted(ZONES)), st.sampled_from(["left", "right", "both"])),
    max_size=3,
)
restricted = st.builds(
    Restrictions,
    areas=areas,
    blocks=st.frozensets(st.sampled_from(["vibration", "squeezing", "rubbing"]), max_size=2),
    techniques=st.frozensets(st.sampled_from(sorted(TECHNIQUES)), max_size=4),
    lubricants=st.sampled_from([frozenset(), frozenset({"any oil"})]),
    positions=st.sampled_from([frozenset(), frozenset({"prone"})]),
    force_ceiling=st.integers(1, 10),
)


def worked(made):
    return [step for step in made if not step.link]


# --- time ----------------------------------------------------------------------------------------


@given(plans())
def test_steps_follow_one_another_without_a_gap_and_fill_the_session(changed):
    made = steps(changed, COURSE)
    assert made[0].start == 0
    for step, following in pairwise(made):
        assert following.start == step.start + step.seconds
    assert made[-1].start + made[-1].seconds == changed.total


@given(plans())
def test_each_block_s_steps_take_its_time(changed):
    made = steps(changed, COURSE)
    for part in changed.parts:
        assert sum(step.seconds for step in made if step.block == part.block) == part.seconds


@given(plans())
def test_no_step_is_empty(changed):
    assert all(step.seconds > 0 for step in steps(changed, COURSE))


@pytest.mark.parametrize("seconds", [1, 2, 3])
def test_a_block_of_a_second_or_two_still_takes_its_time(seconds):
    made = steps(plan().with_block("vibration", seconds), COURSE)
    assert sum(step.seconds for step in made if step.block == "vibration") == seconds


@given(plans())
def test_there_is_time_for_three_passes_or_for_one_technique_only(changed):
    by_block = defaultdict(list)
    for step in worked(steps(changed, COURSE)):
        by_block[step.block].append(step)
    for within_block in by_block.values():
        if len({step.technique for step in within_block}) > 1:
            assert all(step.passes >= 3 for step in within_block)


@given(plans())
def test_passes_are_those_that_fit_at_the_middle_of_the_tempo(changed):
    for step in worked(steps(changed, COURSE)):
        takes = once(TECHNIQUES[step.technique])
        assert step.passes * takes <= step.seconds + 1e-5
        assert (step.passes + 1) * takes > step.seconds - 1e-5


@given(plans())
def test_both_sides_of_a_technique_get_the_same_time(changed):
    time = defaultdict(dict)
    for step in worked(steps(changed, COURSE)):
        time[step.block, step.technique][step.side] = step.seconds
    sides = {
        (part.block, choice.technique): choice.side
        for part in changed.parts
        for choice in part.choices
    }
    for key, by_side in time.items():
        if sides[key] == "both" and "both" not in by_side:
            assert abs(by_side.get("right", 0) - by_side.get("left", 0)) <= 1


def test_a_heavier_technique_gets_more_of_what_is_left_over():
    begun = plan("standard-40").without_technique("rubbing", "semicircle-rubbing")
    heavy = begun.with_technique("rubbing", TECHNIQUES["sawing"], weight=5)

    def time(of):
        return sum(s.seconds for s in steps(of, COURSE) if s.technique == "sawing")

    assert time(heavy) > time(begun) + 30


def test_a_technique_on_one_side_is_done_there_alone():
    one = plan().with_technique("rubbing", TECHNIQUES["sawing"], side="left")
    assert {s.side for s in steps(one, COURSE) if s.technique == "sawing"} == {"left"}


def test_two_hands_that_work_at_once_may_be_kept_to_one_side():
    one = plan().with_technique("opening", TECHNIQUES["planar-stroking"], weight=5, side="right")
    one = one.with_block("opening", 400)
    (step,) = [
        s for s in steps(one, COURSE) if s.technique == "planar-stroking" and s.block == "opening"
    ]
    assert step.side == "right"
    assert all(stroke.side == "right" for stroke in step.strokes)


# --- order ---------------------------------------------------------------------------------------


@given(plans())
def test_blocks_keep_their_order_and_one_side_is_done_before_the_other(changed):
    made = worked(steps(changed, COURSE))
    order = [part.block for part in changed.parts]
    assert [order.index(step.block) for step in made] == sorted(
        order.index(step.block) for step in made
    )
    in_turn = [
        s for s in made if s.block == "kneading" and len(sides_of(TECHNIQUES[s.technique])) > 1
    ]
    for is_run, run in groupby(made, key=lambda step: step in in_turn):
        sides = [step.side for step in run]
        assert not is_run or sides == sorted(sides, reverse=True)


@given(plans())
def test_a_session_begins_and_ends_with_strokes(changed):
    made = steps(changed, COURSE)
    assert made[0].technique == changed.parts[0].choices[0].technique
    assert made[-1].technique == changed.parts[-1].choices[-1].technique


@given(plans())
def test_a_few_light_strokes_stand_between_two_strong_techniques_where_there_is_time(changed):
    made = steps(changed, COURSE)
    light = {t.id for t in COURSE.techniques if t.motion is Motion.SLIDE}
    members = defaultdict(set)
    for step in worked(made):
        members[step.block].add(step.technique)
    for before, after in pairwise(made):
        tight = len(members[after.block]) == 1
        assert tight or {before.technique, after.technique} & light
    for step in made:
        assert not step.link or (step.seconds == LINK and step.technique in light)


def test_an_evening_has_no_step_of_vibration():
    blocks = {step.block for step in steps(plan("evening-30"), COURSE)}
    assert blocks == {"opening", "squeezing", "rubbing", "kneading", "closing"}


def test_a_session_of_one_part_of_the_back_stays_there():
    session = SESSIONS["neck-shoulders-14"]
    assert {step.technique for step in steps(plan(session.id), COURSE)} == {*session.techniques}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_a_block_is_filled_with_core_techniques_of_its_own_family(block):
    for name in block.techniques:
        assert TECHNIQUES[name].family == block.family
        assert TECHNIQUES[name].standing == "core"


# --- one spot ------------------------------------------------------------------------------------


@given(plans())
def test_whoever_stays_is_told_to_move_on_within_the_limit(changed):
    for step in worked(steps(changed, COURSE)):
        technique = TECHNIQUES[step.technique]
        if technique.motion in {Motion.SLIDE, Motion.PUSH}:
            assert step.moves == ()
            continue
        marks = [0, *step.moves, step.seconds]
        longest = min(technique.per_spot.seconds, BLOCKS[step.block].per_spot_seconds)
        assert all(0 < b - a <= longest for a, b in pairwise(marks))


# --- the screening is applied --------------------------------------------------------------------


def outlines(area):
    zone = ZONES[area.zone]
    right, left = zone.outline, anatomy.mirrored(zone.outline)
    if not zone.mirrored:
        return [right]
    return {"right": [right], "left": [left], "both": [right, left]}[area.side]


@given(plans(), restricted)
def test_no_stroke_enters_an_area_that_is_left_out(changed, restrictions):
    shut = [each for area in restrictions.areas for each in outlines(area)]
    for step in steps(changed, COURSE, restrictions):
        for stroke in step.strokes:
            sides = anatomy.ways(stroke)
            chosen = [sides[step.side]] if step.side in sides else sides.values()
            for ways in chosen:
                for place in anatomy.places(ways):
                    assert not any(anatomy.inside(place, outline) for outline in shut)


@given(plans(), restricted)
def test_nothing_that_is_taken_away_is_done(changed, restrictions):
    for step in steps(changed, COURSE, restrictions):
        assert step.block not in restrictions.blocks
        assert step.technique not in restrictions.techniques
        assert step.force[1] <= restrictions.force_ceiling
        assert all(stroke.force <= restrictions.force_ceiling for stroke in step.strokes)
        if "prone" in restrictions.positions:
            assert step.technique in seated(COURSE)
        if restrictions.lubricants:
            assert TECHNIQUES[step.technique].lubricant.amount != "thin film"


@given(plans(), restricted)
def test_what_is_left_still_has_no_gaps_and_is_no_longer(changed, restrictions):
    made = steps(changed, COURSE, restrictions)
    assert sum(step.seconds for step in made) == within(changed, COURSE, restrictions).total
    assert within(changed, COURSE, restrictions).total <= changed.total
    for step, following in pairwise(made):
        assert following.start == step.start + step.seconds


def test_without_oil_the_lightest_strokes_still_begin_and_end_it_dry():
    made = steps(plan(), COURSE, Restrictions(lubricants=frozenset({"any oil"})))
    assert made[0].technique == made[-1].technique == "superficial-stroking"
    assert "reinforced-squeezing" not in {step.technique for step in made}


def test_everything_taken_away_leaves_no_step():
    assert steps(plan(), COURSE, Restrictions(everything=True)) == ()


def test_a_shoulder_that_is_left_out_is_still_worked_on_the_other_side():
    made = steps(plan(), COURSE, Restrictions(areas=frozenset({Area("shoulder-roll", "left")})))
    rolls = {
        step.side
        for step in made
        for stroke in step.strokes
        if step.technique == "finger-pad-rubbing" and "shoulder-roll" in stroke.id
    }
    assert rolls == {"right"}


@given(plans(), st.sampled_from(sorted(ZONES)))
def test_strokes_change_only_where_something_is_left_out(changed, zone):
    made = steps(changed, COURSE, Restrictions(areas=frozenset({Area(zone, "right")})))
    for step in made:
        technique = TECHNIQUES[step.technique]
        if step.side == "left" or step.strokes != technique.strokes:
            continue
        for stroke in step.strokes:
            for place in anatomy.places(anatomy.ways(stroke).get("right", [])):
                assert not near(place, ZONES[zone].outline, 0.02)
