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


UNUSED = plan().with_block("vibration", 180)
LITTLE_KNEADING = plan("evening-40").with_block("kneading", 300)
OTHER_ORDER = ["opening", "squeezing", "kneading", "rubbing", "vibration", "closing"]
ONE_SIDE = plan().with_technique("rubbing", TECHNIQUES["semicircle-rubbing"], side="left")


@pytest.mark.parametrize(
    ("changed", "about", "says", "fixes"),
    [
        (
            plan("evening-40").with_block("rubbing", 120),
            "three-times",
            "Rubbing is too short for 3 passes of ",
            ["give rubbing ", "make the session ", "leave "],
        ),
        (
            plan().with_block("kneading", 300),
            "three-times",
            "Kneading",
            ["make the session ", "leave "],
        ),
        (UNUSED, "three-times", "finger drumming 5 times, the most", ["shorten ", "give "]),
        (UNUSED.locked("vibration"), "three-times", "", []),
        (LITTLE_KNEADING, "kneading", "", ["give it 1:30 from opening"]),
        (plan().in_order(OTHER_ORDER), "sequence", "", [""]),
        (ONE_SIDE, "one-side-then-the-other", "", [""]),
        (plan("first-try-15").with_total(7 * 60), "few-techniques", "", ["leave "]),
        (plan("seated-15").with_total(10 * 60), "few-techniques", "", ["leave "]),
    ],
)
def test_a_problem_of_a_plan_has_its_finding_and_fixes(changed, about, says, fixes):
    finding = found(changed)[about]
    assert says in finding.message
    for mend, words in zip(finding.fixes, fixes, strict=True):
        assert mend.words.startswith(words)


@pytest.mark.parametrize("session", SESSIONS)
def test_a_ready_made_session_has_no_finding_but_its_length(session):
    long = plan(session).total > 30 * 60
    assert found(plan(session)).keys() == ({"session-length"} if long else set())


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
