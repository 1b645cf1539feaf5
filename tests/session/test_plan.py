"""The minutes of a plan: sums, bounds, locks and restoration."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from massage_workbook.session import MAX_SECONDS, Part, PlanError, carry_over, mmss
from massage_workbook.session.plan import share_seconds

from .generated import SESSIONS, TECHNIQUES, plan, plans, ready_made

blocks = st.sampled_from([part.block for part in plan().parts])


@st.composite
def plans_and_totals(draw):
    """A ready-made session with some blocks locked, and a total that it can have."""
    begun = draw(ready_made)
    for block in draw(st.lists(blocks, max_size=4)):
        begun = begun.locked(block)
    return begun, draw(st.integers(begun.least, begun.most))


def seconds_of(of):
    return [part.seconds for part in of.parts]


def names(of, block):
    return [choice.technique for choice in of.part(block).choices]


@pytest.mark.parametrize("session", SESSIONS.values(), ids=SESSIONS)
def test_a_ready_made_session_becomes_a_plan_with_its_minutes_and_techniques(session):
    made = plan(session.id)
    assert made.total == session.total * 60
    assert made.position == session.position
    for part in made.parts:
        assert part.seconds == 60 * session.minutes.get(part.block, 0)
        assert session.techniques.get(part.block, ()) in {(), tuple(names(made, part.block))}


@given(plans)
def test_no_plan_has_minutes_that_it_cannot_fill_or_a_technique_for_another_position(changed):
    for part in changed.parts:
        assert part.choices or part.most == 0
        assert all(changed.position in TECHNIQUES[c.technique].positions for c in part.choices)


@given(plans_and_totals())
def test_the_seconds_add_up_to_the_total_within_all_bounds_and_locks(case):
    begun, total = case
    changed = begun.with_total(total)
    assert sum(seconds_of(changed)) == changed.total == total
    for before, after in zip(begun.parts, changed.parts, strict=True):
        assert after.least <= after.seconds <= after.most or after.seconds == 0
        assert not before.locked or after == before


@given(plans_and_totals(), blocks, st.data())
def test_changing_the_total_and_changing_back_gives_the_first_plan(case, block, data):
    begun, total = case
    again = data.draw(st.integers(begun.least, begun.most))
    changed = begun.with_total(total)
    assert changed.with_total(again).with_total(begun.total) == begun
    assert changed.with_total(again).with_total(total) == changed
    held = changed.locked(block)
    other = held.with_total(data.draw(st.integers(held.least, held.most)))
    assert other.part(block) == held.part(block)
    assert other.with_total(total) == held


def test_the_total_is_shared_in_proportion_within_bounds():
    assert seconds_of(plan().with_total(40 * 60)) == [2 * each for each in seconds_of(plan())]
    assert HELD.with_total(30 * 60).part("kneading") == HELD.part("kneading")
    assert HELD.unlocked("kneading").with_total(30 * 60) == plan().with_total(30 * 60)
    assert plan("evening-20").with_total(30 * 60).part("vibration").seconds == 0
    tight = Part("a", "a", 10, 10, 20, weight=Fraction(10))
    loose = Part("b", "b", 10, 0, 100, weight=Fraction(10))
    assert share_seconds(110, [tight, loose]) == [20, 90]
    assert share_seconds(12, [tight, loose]) == [10, 2]


@given(plans, blocks, st.data())
def test_a_block_changes_alone_and_back(begun, block, data):
    part = begun.part(block)
    assume(not part.locked)
    most = min(part.most, MAX_SECONDS - begun.total + part.seconds)
    changed = begun.with_block(block, data.draw(st.integers(part.least, most)))
    for before, after in zip(begun.parts, changed.parts, strict=True):
        assert after.block == block or after.seconds == before.seconds
    assert changed.with_block(block, part.seconds) == begun


ORDER = ["opening", "squeezing", "kneading", "rubbing", "vibration", "closing"]
HELD = plan().locked("kneading")
SAWING, COLLAR = TECHNIQUES["sawing"], TECHNIQUES["collar-stroking"]
OF_THE_USUAL_PLAN = [
    ("with_total", [119], r"1:59 is not possible.*opening needs 1:00.*2:00 to 40:00$"),
    ("with_total", [MAX_SECONDS + 1], "a session has 40:00 at most"),
    ("with_block", ["vibration", 181], "vibration takes 0:00 to 3:00 minutes, not 3:01"),
    ("with_block", ["kneeding", 60], r'No block "kneeding". Did you mean "kneading"\?'),
    ("without", ["opening"], "opening stays: it takes 1:00 minutes at least"),
    ("without", ["closing"], "closing stays: it takes 1:00 minutes at least"),
    ("in_order", [ORDER[::-1]], "begins with opening and ends with closing"),
    ("in_order", [ORDER[1:]], "an order names each block once"),
    ("with_technique", ["kneading", SAWING], "sawing is rubbing and has no place in kneading"),
    ("with_technique", ["opening", COLLAR], "cannot be done on somebody who is prone"),
    ("with_technique", ["rubbing", SAWING, 0], "a technique weighs 1 to 5"),
    ("with_technique", ["rubbing", SAWING, 6], "a technique weighs 1 to 5"),
    ("without_technique", ["vibration", "finger-drumming"], "leave vibration out"),
    ("without_technique", ["kneading", "picking"], 'Did you mean "picking-up"'),
]
REFUSED = [
    *((plan(), *each) for each in OF_THE_USUAL_PLAN),
    (plan().with_block("rubbing", 840), "with_block", ["kneading", 1500], "have up to 20:30"),
    (HELD, "with_total", [600], r"kneading is locked at 9:45.*allow 11:45 to 40:00$"),
    (HELD, "with_block", ["kneading", 700], "kneading is locked at 9:45; unlock it first"),
]


@pytest.mark.parametrize(("begun", "change", "of", "says"), REFUSED)
def test_an_impossible_change_is_refused_with_its_reason_and_an_alternative(
    begun, change, of, says
):
    with pytest.raises(PlanError, match=says):
        getattr(begun, change)(*of)


def test_omitting_and_reordering_blocks():
    assert plan().without("vibration").total == plan().total - 45
    assert plan().locked("vibration").without("vibration").part("vibration").seconds == 0
    assert [part.block for part in plan().in_order(ORDER).parts] == ORDER


def test_a_session_on_the_side_begins_and_ends_on_each_half():
    parts = plan("side-lying-20").parts
    assert [parts[0].least, parts[-1].least] == [60 + 45 + 60, 60 + 60]


def test_techniques_are_added_before_the_last_stroke_changed_in_place_and_removed():
    changed = plan().with_technique("rubbing", TECHNIQUES["hatching"], weight=2, side="left")
    assert names(changed, "rubbing") == [*names(plan(), "rubbing"), "hatching"]
    last = changed.part("rubbing").choices[-1]
    assert (last.weight, last.side) == (2, "left")
    closing = plan().with_technique("closing", TECHNIQUES["figure-of-eight"])
    assert names(closing, "closing")[-1] == names(plan(), "closing")[-1]
    heavier = plan().with_technique("kneading", TECHNIQUES["palm-circle-kneading"], weight=3)
    assert names(heavier, "kneading") == names(plan(), "kneading")
    assert heavier.part("kneading").choices[0].weight == 3
    fewer = plan().without_technique("kneading", "picking-up")
    assert "picking-up" not in names(fewer, "kneading")
    assert fewer.total == plan().total


def test_carrying_over_changes_only_what_was_changed():
    today = plan().only(lambda _, choice: choice.technique != "longitudinal-kneading")
    fixed = today.without_technique("kneading", "picking-up").with_block("rubbing", 300)
    after = carry_over(plan(), today, fixed.locked("rubbing"))
    assert names(after, "kneading") == names(plan(), "kneading")[:2]
    assert (after.part("rubbing").seconds, after.part("rubbing").locked) == (300, True)
    assert after.part("kneading").seconds == 585
    assert carry_over(plan(), today, today) == plan()
    with pytest.raises(PlanError, match="40:00 at most"):
        carry_over(plan().with_total(MAX_SECONDS), today, today.with_block("rubbing", 840))


@pytest.mark.parametrize(("seconds", "words"), [(0, "0:00"), (59, "0:59"), (600, "10:00")])
def test_seconds_are_shown_as_minutes_and_seconds(seconds, words):
    assert mmss(seconds) == words
