"""What is said of a plan, and that what mends it mends it."""

import pytest
from hypothesis import given

from massage_workbook.planning import Plan, check, within
from massage_workbook.screening import Decision, Reason, Restrictions

from ..shipped import COURSE
from .test_steps import plans

SESSIONS = {session.id: session for session in COURSE.sessions}
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
GO = Decision("go")


def plan(session="standard-20"):
    return Plan.of(SESSIONS[session], COURSE)


def found(of, decision=GO):
    return {finding.about: finding for finding in check(of, COURSE, decision)}


def test_a_plan_without_a_screening_of_today_is_never_silent():
    first, *_ = check(plan("first-try-15"), COURSE, None)
    assert (first.about, first.severity) == ("no-harm-first", "safety")
    assert "no-harm-first" not in found(plan())


def test_what_the_screening_says_stands_first():
    reason = next(each for each in COURSE.contraindications if each.yes.leads_to == "adapt")
    decision = Decision("adapt", (Reason(reason, "yes", "adapt", reason.yes.do),), Restrictions())
    first, *_ = check(plan(), COURSE, decision)
    assert (first.about, first.severity) == (reason.id, "safety")
    assert reason.yes.do in first.says
    assert first.sources == reason.sources


def test_a_place_that_is_not_marked_yet_is_said():
    decision = Decision("adapt", restrictions=Restrictions(own_area=True))
    first, *_ = check(plan(), COURSE, decision)
    assert "not marked yet" in first.says
    assert first.severity == "safety"


def test_a_plan_whose_strokes_are_all_taken_away_is_left_for_another_day():
    strokes = frozenset(t.id for t in COURSE.techniques if t.family == "stroking")
    shut = Restrictions(techniques=strokes)
    left = within(plan(), COURSE, shut)
    assert (
        "another day"
        in found(left, Decision("adapt", restrictions=shut))["build-up-then-calm"].says
    )


def test_kneading_that_is_not_the_longest_part_is_given_time_by_the_one_that_is():
    finding = found(plan().with_block("rubbing", 660))["kneading"]
    (mend,) = finding.mends
    assert "from rubbing" in mend.words
    assert mend.plan.total == plan().with_block("rubbing", 660).total
    assert "kneading" not in found(mend.plan)


def test_too_little_time_for_three_passes_can_be_mended_in_three_ways():
    finding = found(plan())["three-times"]
    assert "one pass on each side" in finding.says
    assert [mend.words for mend in finding.mends] == [
        "give it 2:00 from kneading",
        "make the session 2:00 longer",
        "leave squeezing out",
    ]


def test_another_order_is_said_and_put_back():
    order = ["opening", "squeezing", "kneading", "rubbing", "vibration", "closing"]
    (mend,) = found(plan().in_order(order))["sequence"].mends
    assert mend.plan == plan()
    assert "sequence" not in found(plan())


def test_a_side_that_is_left_out_is_said_and_put_back():
    one = plan().with_technique("rubbing", TECHNIQUES["sawing"], side="left")
    (mend,) = found(one)["one-side-then-the-other"].mends
    assert mend.plan == plan()


def test_more_than_half_an_hour_is_for_practised_hands():
    (mend,) = found(plan("standard-40"))["session-length"].mends
    assert mend.plan.total == 1800
    assert "session-length" not in found(plan("standard-30"))


def test_a_mend_that_a_lock_forbids_is_not_offered():
    locked = plan().locked("kneading").with_block("rubbing", 660).locked("rubbing")
    assert found(locked)["kneading"].mends == ()


@given(plans())
def test_every_mend_of_any_plan_is_rid_of_its_finding(changed):
    for finding in check(changed, COURSE, GO):
        for mend in finding.mends:
            left = [f.says for f in check(mend.plan, COURSE, GO) if f.about == finding.about]
            assert finding.says not in left


@given(plans())
def test_every_finding_names_its_rule_and_who_says_so(changed):
    known = {each.id for each in (*COURSE.rules, *COURSE.blocks)}
    for finding in check(changed, COURSE, GO):
        assert finding.about in known
        assert finding.sources
        assert finding.severity == "craft"


@pytest.mark.parametrize("session", ["first-try-15", "textbook-20", "neck-shoulders-14"])
def test_nothing_is_to_be_said_of_these_ready_made_sessions(session):
    assert check(plan(session), COURSE, GO) == ()
