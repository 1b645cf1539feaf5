"""The minutes of a plan: they add up, keep within bounds and locks, and come back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.planning import LONGEST, Part, Plan, PlanError, clock
from massage_workbook.planning.plan import shared

from ..shipped import COURSE

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SESSIONS = {session.id: session for session in COURSE.sessions}


def plan(session="standard-20"):
    return Plan.of(SESSIONS[session], COURSE)


@st.composite
def any_plan(draw):
    """A ready-made session with some blocks locked."""
    begun = plan(draw(st.sampled_from(sorted(SESSIONS))))
    for block in draw(st.lists(st.sampled_from([part.block for part in begun.parts]), max_size=4)):
        begun = begun.locked(block)
    return begun


@st.composite
def plans_and_totals(draw):
    begun = draw(any_plan())
    return begun, draw(st.integers(begun.least, begun.most))


def test_a_ready_made_session_becomes_a_plan_with_its_minutes():
    assert [part.seconds for part in plan().parts] == [120, 60, 240, 600, 60, 120]
    assert plan().total == 20 * 60


# --- the total -----------------------------------------------------------------------------------


@given(plans_and_totals())
def test_the_seconds_always_add_up_to_the_total(case):
    begun, total = case
    assert begun.with_total(total).total == total


@given(plans_and_totals())
def test_no_block_leaves_its_bounds_when_the_total_changes(case):
    begun, total = case
    for part in begun.with_total(total).parts:
        assert part.least <= part.seconds <= part.most or part.seconds == 0


@given(plans_and_totals())
def test_a_locked_block_keeps_its_seconds_when_the_total_changes(case):
    begun, total = case
    changed = begun.with_total(total)
    for part in begun.parts:
        if part.locked:
            assert changed.part(part.block) == part


@given(plans_and_totals(), st.data())
def test_changing_the_total_and_changing_back_gives_the_first_plan(case, data):
    begun, total = case
    again = data.draw(st.integers(begun.least, begun.most))
    assert begun.with_total(total).with_total(again).with_total(begun.total) == begun
    assert begun.with_total(total).with_total(again).with_total(total) == begun.with_total(total)


@given(plans_and_totals(), st.data())
def test_a_lock_set_on_the_way_holds_on_the_way_back(case, data):
    begun, total = case
    changed = begun.with_total(total)
    block = data.draw(st.sampled_from([part.block for part in changed.parts]))
    held = changed.locked(block)
    other = data.draw(st.integers(held.least, held.most))
    assert held.with_total(other).with_total(total) == held
    assert held.with_total(other).part(block) == held.part(block)


def test_the_total_is_shared_in_proportion():
    assert [part.seconds for part in plan().with_total(30 * 60).parts] == [
        180, 90, 360, 900, 90, 180,
    ]  # fmt: skip


def test_a_locked_block_leaves_the_change_to_the_others():
    changed = plan().locked("kneading").with_total(30 * 60)
    assert [part.seconds for part in changed.parts] == [240, 120, 480, 600, 120, 240]


def test_an_unlocked_block_follows_again():
    assert plan().locked("kneading").unlocked("kneading").with_total(1800) == plan().with_total(
        1800
    )


def test_a_block_without_minutes_gets_none_when_the_total_grows():
    assert plan("evening-20").with_total(30 * 60).part("vibration").seconds == 0


def test_a_total_that_cannot_be_reached_says_what_can():
    with pytest.raises(PlanError, match=r"1:59 cannot.*opening needs 1:00.*2:00 to 40:00$"):
        plan().with_total(119)


def test_a_total_that_a_lock_forbids_names_the_lock_and_what_would_fit():
    held = plan().locked("kneading")
    with pytest.raises(PlanError, match=r"kneading is locked at 10:00.*make 12:00 to 40:00$"):
        held.with_total(600)


def test_a_total_beyond_forty_minutes_says_why():
    with pytest.raises(PlanError, match=r"a session has 40:00 at most"):
        plan().with_total(LONGEST + 1)


def test_bounds_hold_even_where_proportion_would_break_them():
    tight = Part("a", "a", 10, 10, 20, weight=Fraction(10))
    loose = Part("b", "b", 10, 0, 100, weight=Fraction(10))
    assert shared(110, [tight, loose]) == [20, 90]
    assert shared(12, [tight, loose]) == [10, 2]


# --- a block -------------------------------------------------------------------------------------


@given(any_plan(), st.data())
def test_changing_a_block_and_changing_back_gives_the_first_plan(begun, data):
    part = data.draw(st.sampled_from([part for part in begun.parts if not part.locked] or [None]))
    if part:
        room = LONGEST - begun.total + part.seconds
        seconds = data.draw(st.integers(part.least, min(part.most, room)))
        changed = begun.with_block(part.block, seconds)
        assert changed.with_block(part.block, part.seconds) == begun


def test_another_block_keeps_its_seconds_when_one_changes():
    changed = plan().with_block("kneading", 700)
    assert changed.part("rubbing").seconds == 240
    assert changed.total == 1300


def test_a_plan_is_never_changed_in_place():
    begun = plan()
    begun.with_block("kneading", 700)
    assert begun == plan()


def test_a_block_beyond_its_bounds_says_what_would_fit():
    with pytest.raises(PlanError, match="vibration takes 0:00 to 3:00 minutes, not 3:01"):
        plan().with_block("vibration", 181)


def test_a_session_beyond_forty_minutes_says_what_would_fit():
    with pytest.raises(PlanError, match="kneading can have up to 10:00"):
        plan().with_block("rubbing", 840).with_block("closing", 720).with_block("kneading", 1500)


def test_a_locked_block_says_that_it_is():
    with pytest.raises(PlanError, match="kneading is locked at 10:00; unlock it first"):
        plan().locked("kneading").with_block("kneading", 700)


def test_an_unknown_block_is_named_with_the_nearest():
    with pytest.raises(PlanError, match=r'No block "kneeding". Did you mean "kneading"?'):
        plan().with_block("kneeding", 60)


def test_a_block_that_is_left_out_gives_its_time_back():
    assert plan().without("vibration").total == plan().total - 60
    assert plan().locked("vibration").without("vibration").part("vibration").seconds == 0


@pytest.mark.parametrize("block", ["opening", "closing"])
def test_the_strokes_at_both_ends_cannot_be_left_out(block):
    with pytest.raises(PlanError, match=f"{block} stays: it takes 1:00 minutes at least"):
        plan().without(block)


# --- order and techniques ------------------------------------------------------------------------


ORDER = ["opening", "squeezing", "kneading", "rubbing", "vibration", "closing"]


def test_blocks_may_stand_in_another_order():
    assert [part.block for part in plan().in_order(ORDER).parts] == ORDER


def test_a_session_begins_and_ends_with_the_same_blocks_in_any_order():
    with pytest.raises(PlanError, match="begins with opening and ends with closing"):
        plan().in_order(ORDER[::-1])
    with pytest.raises(PlanError, match="an order names each block once"):
        plan().in_order(ORDER[1:])


def names(begun, block):
    return [choice.technique for choice in begun.part(block).choices]


def test_a_technique_that_is_added_comes_last():
    changed = plan().with_technique("rubbing", TECHNIQUES["hatching"], weight=2, side="left")
    assert names(changed, "rubbing") == [*names(plan(), "rubbing"), "hatching"]
    assert (
        changed.part("rubbing").choices[-1].weight,
        changed.part("rubbing").choices[-1].side,
    ) == (
        2,
        "left",
    )


def test_what_ends_a_session_stays_at_its_end():
    changed = plan().with_technique("closing", TECHNIQUES["figure-of-eight"])
    assert names(changed, "closing")[-1] == names(plan(), "closing")[-1]


def test_a_technique_that_is_there_is_changed_in_its_place():
    changed = plan().with_technique("rubbing", TECHNIQUES["sawing"], weight=3)
    assert names(changed, "rubbing") == names(plan(), "rubbing")


def test_a_technique_of_another_family_has_no_place():
    with pytest.raises(PlanError, match="sawing is rubbing and has no place in kneading"):
        plan().with_technique("kneading", TECHNIQUES["sawing"])


@pytest.mark.parametrize("weight", [0, 6, -1])
def test_a_weight_has_its_bounds(weight):
    with pytest.raises(PlanError, match="a technique weighs 1 to 5"):
        plan().with_technique("rubbing", TECHNIQUES["sawing"], weight=weight)


def test_a_technique_is_taken_out_and_its_block_keeps_its_time():
    changed = plan().without_technique("rubbing", "sawing")
    assert "sawing" not in names(changed, "rubbing")
    assert changed.total == plan().total


def test_the_only_technique_of_a_block_is_not_taken_out():
    with pytest.raises(PlanError, match="leave squeezing out"):
        plan().without_technique("squeezing", "reinforced-squeezing")


def test_a_technique_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(PlanError, match='Did you mean "sawing"'):
        plan().without_technique("rubbing", "sawng")


@pytest.mark.parametrize(("seconds", "words"), [(0, "0:00"), (59, "0:59"), (600, "10:00")])
def test_seconds_read_as_minutes_and_seconds(seconds, words):
    assert clock(seconds) == words
