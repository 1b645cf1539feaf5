"""What is said of a plan, and that what mends it mends it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Decision, Reason, Restrictions
from massage_workbook.session import check, steps, within

from ..shipped import COURSE
from .generated import BLOCKS, SESSIONS, TECHNIQUES, plan, plans, restricted

GO = Decision("go")


def found(of, decision=GO, **known):
    return {finding.about: finding for finding in check(of, COURSE, decision, **known)}


def adapted(**taken):
    return Decision("adapt", restrictions=Restrictions(**taken))


MILD = next(each for each in COURSE.contraindications if each.yes.leads_to == "adapt")
REASON = Reason(MILD, "yes", "adapt", MILD.yes.do)


def left_of(of, decision):
    return within(of, COURSE, decision.restrictions)


# --- the screening -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (None, "Nobody has asked today"),
        (adapted(own_area=True), "not marked yet"),
        (Decision("adapt", (REASON,)), REASON.do),
    ],
)
def test_what_the_screening_says_stands_first(decision, says):
    first, *_ = check(plan("standard-40"), COURSE, decision)
    assert says in first.says
    assert first.severity == "safety"


def test_a_plan_whose_strokes_are_all_taken_away_is_left_for_another_day():
    strokes = frozenset(t.id for t in COURSE.techniques if t.family == "stroking")
    shut = adapted(techniques=strokes)
    assert "another day" in found(left_of(plan(), shut), shut)["build-up-then-calm"].says


@pytest.mark.parametrize("session", SESSIONS)
def test_a_position_that_is_left_out_has_sessions_for_another_one_in_its_place(session):
    shut = adapted(positions=frozenset({plan(session).position}))
    left = left_of(plan(session), shut)
    finding = found(left, shut)["no-harm-first"]
    assert steps(left, COURSE, shut.restrictions) == ()
    assert finding.severity == "safety"
    assert finding.mends
    for mend in finding.mends:
        assert mend.plan.position != left.position
        assert steps(mend.plan, COURSE, shut.restrictions)


def test_a_session_that_the_screening_shortens_says_so():
    shut = adapted(areas=frozenset({Area("kidneys", "both"), Area("waist", "both")}))
    left = left_of(plan(), shut)
    assert left.total < plan().total
    assert "instead of 20:00" in found(left, shut, whole=plan())["no-harm-first"].says
    assert "no-harm-first" not in found(plan(), whole=plan())


# --- craft ---------------------------------------------------------------------------------------


def test_a_session_of_more_than_half_an_hour_is_said_to_be_long():
    for session in SESSIONS:
        long = plan(session).total > 30 * 60
        assert ("session-length" in found(plan(session))) == long


def test_too_little_time_for_three_passes_can_be_mended_in_three_ways():
    finding = found(plan("evening-40").with_block("rubbing", 120))["three-times"]
    assert finding.says.startswith("Rubbing is too short for 3 passes of ")
    given_, longer, fewer = (mend.words for mend in finding.mends)
    assert given_.startswith("give rubbing ")
    assert longer.startswith("make the session ")
    assert fewer.startswith("leave ")


def test_nothing_is_given_by_a_block_that_cannot_spare_it():
    finding = found(plan().with_block("kneading", 300))["three-times"]
    assert not any(mend.words.startswith("give") for mend in finding.mends)


def test_more_time_than_the_most_passes_fill_is_shortened_or_given_to_kneading():
    finding = found(plan().with_block("vibration", 180))["three-times"]
    assert "finger drumming 5 times, the most of the cards" in finding.says
    assert [mend.words.split()[0] for mend in finding.mends] == ["shorten", "give"]


@pytest.mark.parametrize(("session", "minutes"), [("first-try-15", 7), ("seated-15", 10)])
def test_too_many_techniques_for_the_minutes_are_left_out_until_they_are_few(session, minutes):
    (mend,) = found(plan(session).with_total(minutes * 60))["few-techniques"].mends
    assert len({s.technique for s in steps(mend.plan, COURSE)}) <= minutes // 2


@given(plans)
def test_where_techniques_are_few_there_are_no_more_than_two_changes_a_minute(changed):
    made = steps(changed, COURSE)
    if "few-techniques" not in found(changed):
        assert (len(made) - 1) * 60 <= 2 * changed.total


def test_kneading_gets_time_from_the_part_that_is_longer_as_far_as_it_has_room():
    changed = plan("evening-40").with_block("kneading", 300)
    (mend,) = found(changed)["kneading"].mends
    assert mend.words == "give it 1:30 from opening"
    assert "kneading" not in found(mend.plan)
    assert "kneading" not in found(plan("neck-shoulders-14"))


def test_another_order_is_said_and_put_back():
    order = ["opening", "squeezing", "kneading", "rubbing", "vibration", "closing"]
    (mend,) = found(plan().in_order(order))["sequence"].mends
    assert mend.plan == plan()


def test_a_side_that_is_left_out_is_said_and_put_back():
    one = plan().with_technique("rubbing", TECHNIQUES["semicircle-rubbing"], side="left")
    (mend,) = found(one)["one-side-then-the-other"].mends
    assert mend.plan == plan()


def test_a_mend_that_a_lock_forbids_is_not_offered():
    locked = plan().with_block("vibration", 180).locked("vibration")
    assert found(locked)["three-times"].mends == ()


# --- any plan ------------------------------------------------------------------------------------


def counted(findings):
    """How many findings there are of each rule, by block or technique where it names one."""
    of_one = {"three-times", "one-side-then-the-other"}
    return Counter((f.about, *f.says.split()[: 2 * (f.about in of_one)]) for f in findings)


@given(plans, st.one_of(st.just(Restrictions()), restricted))
def test_every_mend_is_rid_of_its_finding(changed, restrictions):
    decision = Decision("adapt", restrictions=restrictions)
    left = left_of(changed, decision)
    findings = check(left, COURSE, decision, whole=changed)
    for finding in findings:
        (key,) = counted([finding])
        for mend in finding.mends:
            assert counted(check(mend.plan, COURSE, decision))[key] < counted(findings)[key]


@given(plans)
def test_every_finding_names_its_rule_and_who_says_so(changed):
    for finding in check(changed, COURSE, GO):
        assert finding.about in {*BLOCKS, *(rule.id for rule in COURSE.rules)}
        assert finding.sources
        assert finding.severity == "craft"
