"""Findings on plans, and fixes that remove them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Decision, Reason, Restrictions
from massage_workbook.session import check, make_steps, restrict_plan

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
    return restrict_plan(of, COURSE, decision.restrictions)


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (None, "Nobody has asked today"),
        (adapted(own_area=True), "not marked yet"),
        (Decision("adapt", (REASON,)), REASON.do),
    ],
)
def test_findings_of_the_screening_come_first(decision, says):
    first, *_ = check(plan("standard-40"), COURSE, decision)
    assert says in first.message
    assert first.severity == "safety"


def test_a_plan_without_allowed_strokes_is_for_another_day():
    strokes = frozenset(t.id for t in COURSE.techniques if t.family == "stroking")
    shut = adapted(techniques=strokes)
    assert "another day" in found(left_of(plan(), shut), shut)["build-up-then-calm"].message


@pytest.mark.parametrize("session", SESSIONS)
def test_an_excluded_position_offers_sessions_for_other_positions(session):
    shut = adapted(positions=frozenset({plan(session).position}))
    left = left_of(plan(session), shut)
    finding = found(left, shut)["no-harm-first"]
    assert make_steps(left, COURSE, shut.restrictions) == ()
    assert finding.severity == "safety"
    assert finding.fixes
    for mend in finding.fixes:
        assert mend.plan.position != left.position
        assert make_steps(mend.plan, COURSE, shut.restrictions)


def test_a_session_shortened_by_the_screening_has_a_finding():
    shut = adapted(areas=frozenset({Area("kidneys", "both"), Area("waist", "both")}))
    left = left_of(plan(), shut)
    assert left.total < plan().total
    assert "instead of 20:00" in found(left, shut, whole=plan())["no-harm-first"].message
    assert "no-harm-first" not in found(plan(), whole=plan())


def test_a_session_of_more_than_half_an_hour_has_a_finding():
    for session in SESSIONS:
        long = plan(session).total > 30 * 60
        assert ("session-length" in found(plan(session))) == long


def test_too_little_time_for_three_passes_has_fixes_that_take_no_needed_time():
    finding = found(plan("evening-40").with_block("rubbing", 120))["three-times"]
    assert finding.message.startswith("Rubbing is too short for 3 passes of ")
    words = ["give rubbing ", "make the session ", "leave "]
    assert all(mend.words.startswith(each) for mend, each in zip(finding.fixes, words, strict=True))
    finding = found(plan().with_block("kneading", 300))["three-times"]
    assert not any(mend.words.startswith("give") for mend in finding.fixes)


def test_unused_time_is_removed_or_given_to_kneading_unless_it_is_locked():
    unused = plan().with_block("vibration", 180)
    finding = found(unused)["three-times"]
    assert "finger drumming 5 times, the most of the cards" in finding.message
    assert [mend.words.split()[0] for mend in finding.fixes] == ["shorten", "give"]
    assert found(unused.locked("vibration"))["three-times"].fixes == ()


@pytest.mark.parametrize(("session", "minutes"), [("first-try-15", 7), ("seated-15", 10)])
def test_a_fix_leaves_out_techniques_until_they_are_few_enough(session, minutes):
    (mend,) = found(plan(session).with_total(minutes * 60))["few-techniques"].fixes
    assert len({s.technique for s in make_steps(mend.plan, COURSE)}) <= minutes // 2


def test_kneading_gets_time_from_the_longest_part_up_to_its_useful_maximum():
    changed = plan("evening-40").with_block("kneading", 300)
    (mend,) = found(changed)["kneading"].fixes
    assert mend.words == "give it 1:30 from opening"
    assert "kneading" not in found(mend.plan)
    assert "kneading" not in found(plan("neck-shoulders-14"))


def test_another_order_or_an_omitted_side_has_a_finding_and_a_fix():
    order = ["opening", "squeezing", "kneading", "rubbing", "vibration", "closing"]
    one = plan().with_technique("rubbing", TECHNIQUES["semicircle-rubbing"], side="left")
    for changed, about in ((plan().in_order(order), "sequence"), (one, "one-side-then-the-other")):
        (mend,) = found(changed)[about].fixes
        assert mend.plan == plan()


def counted(findings):
    """How many findings there are of each rule, by block or technique where it names one."""
    of_one = {"three-times", "one-side-then-the-other"}
    return Counter((f.about, *f.message.split()[: 2 * (f.about in of_one)]) for f in findings)


@given(plans, st.one_of(st.just(Restrictions()), restricted))
def test_every_fix_removes_its_finding_and_names_the_techniques_that_it_removes(
    changed, restrictions
):
    decision = Decision("adapt", restrictions=restrictions)
    left = left_of(changed, decision)
    done, before = techniques_of(left, restrictions)
    findings = check(left, COURSE, decision, whole=changed)
    for finding in findings:
        (key,) = counted([finding])
        for fix in finding.fixes:
            assert counted(check(fix.plan, COURSE, decision))[key] < counted(findings)[key]
            if fix.plan.position == left.position:
                still_done, chosen = techniques_of(fix.plan, restrictions)
                gone = (done - still_done) | (before - chosen)
                assert all(TECHNIQUES[n].names.english.lower() in fix.words for n in gone)


def techniques_of(of, restrictions):
    """Those that are done, and those that are done or chosen for a block in the session."""
    done = {step.technique for step in make_steps(of, COURSE, restrictions)}
    chosen = {each.technique for part in of.parts if part.seconds for each in part.choices}
    return done, done | chosen


@given(plans)
def test_every_finding_names_its_rule_and_sources(changed):
    findings = check(changed, COURSE, GO)
    for finding in findings:
        assert finding.about in {*BLOCKS, *(rule.id for rule in COURSE.rules)}
        assert finding.sources
        assert finding.severity == "craft"
    if "few-techniques" not in {each.about for each in findings}:
        assert (len(make_steps(changed, COURSE)) - 1) * 60 <= 2 * changed.total
