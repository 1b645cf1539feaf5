"""Simulated hands can carry out every session."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.safety.screening import Decision, Restrictions
from massage_workbook.session import check, make_steps, passes, restrict_plan
from massage_workbook.session.restricting import sides_of
from massage_workbook.session.steps import MIN_STEP_SECONDS

from ..hand import follow, lasts, middle, one_pass
from ..shipped import COURSE
from .generated import SESSIONS, TECHNIQUES, plan, plans, restricted, screenings

FEW = {"few passes"}
"""The only violation that a plan may have: it gives a technique too little time."""
TAKEN = st.just(Restrictions()) | restricted | screenings.map(lambda each: each.restrictions)


def carried_out(of, made):
    return follow(made, COURSE, of.total if made else None)


@settings(max_examples=2 * settings.default.max_examples)
@given(plans, TAKEN)
def test_hands_carry_out_any_plan_under_any_restrictions(changed, taken):
    left, made = restrict_plan(changed, COURSE, taken), make_steps(changed, COURSE, taken)
    assert left.total <= changed.total
    assert all(step.passes * step.pass_seconds >= MIN_STEP_SECONDS - 1e-6 for step in made)
    report = carried_out(left, made)
    assert [each for each in report.violations if each.kind not in FEW] == []


@pytest.mark.parametrize("session", SESSIONS)
def test_hands_carry_out_a_ready_made_session(session):
    assert carried_out(plan(session), make_steps(plan(session), COURSE)).violations == []


def wanted(changed):
    """Each technique of a plan with its block and the sides on which it is done."""
    for part in changed.parts:
        for choice in part.choices if part.seconds else ():
            sides = sides_of(TECHNIQUES[choice.technique])
            if changed.position == "side-lying":
                sides = ("right", "left")
            if choice.side != "both":
                sides = (choice.side,)
            yield part.block, TECHNIQUES[choice.technique], sides


def done(made, block, technique):
    return {s.side: s.passes for s in made if (s.block, s.technique) == (block, technique.id)}


@given(plans)
def test_every_whole_stroke_has_enough_passes_on_every_side_or_a_finding(changed):
    made = make_steps(changed, COURSE)
    for step in made:
        technique = TECHNIQUES[step.technique]
        assert step.side not in sides_of(technique) or step.strokes == technique.strokes
    found = [f for f in check(changed, COURSE, Decision("go")) if f.about == "three-times"]
    for block, technique, sides in wanted(changed):
        passes_of = done(made, block, technique)
        if min(passes_of.get(side, 0) for side in sides) < technique.passes.minimum:
            begins = f"{block.capitalize()} is too short"
            (finding,) = (each for each in found if each.message.startswith(begins))
            assert technique.names.english.lower() in finding.message
            # The first and the last block have a least time of their own.
            assert finding.fixes or changed.part(block).least


def test_hands_take_the_computed_time_for_a_pass():
    for technique in COURSE.techniques:
        beat = 60 / middle(technique.tempo.per_minute)
        moves = one_pass(technique, sides_of(technique)[0], technique.strokes, beat, 1)
        assert lasts(moves) == pytest.approx(passes.seconds(technique), rel=0.01)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("tempo", lambda s: {"per_minute": s.per_minute * 2}),
        ("spot", lambda s: {"per_minute": s.per_minute / 8}),
        ("speed", lambda s: {"per_minute": s.per_minute * 12}),
        ("late", lambda s: {"seconds": s.seconds * 2 // 3}),
        ("slow", lambda s: {"seconds": s.seconds * 3}),
        ("gap", lambda s: {"start": s.start + 1}),
        ("lead", lambda s: {"lead": s.lead - 6}),
        ("walk", lambda _: {"side": "left"}),
        ("passes", lambda s: {"passes": s.passes + 9}),
        ("few passes", lambda _: {"passes": 1}),
    ],
)
def test_the_simulated_hands_report_errors(kind, change):
    made = list(make_steps(plan(), COURSE))
    i, step = next((i, s) for i, s in enumerate(made) if s.technique == "palm-circle-kneading")
    made[i] = replace(step, **change(step))
    assert kind in carried_out(plan(), made).kinds
