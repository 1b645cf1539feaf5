"""Spoken cues and sounds of a practice."""

from itertools import pairwise
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import make_steps, passes
from massage_workbook.session.cues import (
    READY_SECONDS,
    SILENCE_SECONDS,
    Cue,
    announcements,
    beats,
    light_by_stroke,
    next_labels,
    session_cues,
    speaking_seconds,
    transition_sentences,
)
from massage_workbook.session.steps import NO_RESTRICTIONS

from ..shipped import COURSE
from .generated import TECHNIQUES, ZONES, plan, plans, ready_made, restricted


def steps_of(session="standard-20", restrictions=NO_RESTRICTIONS):
    return make_steps(plan(session), COURSE, restrictions)


def texts(found, kind):
    return [cue.text for cue in found if cue.kind == kind]


@st.composite
def screened(draw):
    """Steps of any plan, or of a ready-made session, under any restrictions."""
    restrictions = draw(restricted)
    made = make_steps(draw(plans | ready_made), COURSE, restrictions)
    assume(made)
    return made, restrictions


@given(screened())
def test_announcements_are_rare_and_never_overlap(drawn):
    steps, restrictions = drawn
    found = session_cues(steps, COURSE, restrictions)
    assert [cue.at for cue in found] == sorted(cue.at for cue in found)
    spoken = [cue for cue in found if cue.text]
    for first, last in zip(spoken, spoken[2:], strict=False):
        assert last.at - first.at >= 60 - 1e-6, "two a minute"
    assert all(one.end + SILENCE_SECONDS <= two.at + 1e-6 for one, two in pairwise(spoken))


@given(screened())
def test_each_step_is_announced_with_its_restrictions_and_each_pass_has_a_tick(drawn):
    steps, restrictions = drawn
    found = session_cues(steps, COURSE, restrictions)
    starts = [cue for cue in found if cue.kind == "step"]
    spoken = ""
    for cue, step, text in zip(
        starts, steps, announcements(steps, COURSE, restrictions), strict=True
    ):
        assert cue.at == step.start
        spoken = cue.text or spoken or found[0].text
        assert text[1:] in spoken, "at its start or with the one before"
        cut = any(isinstance(stroke, passes.StrokePiece) for stroke in step.strokes)
        here = any(
            step.side == "both" or area.side in {"both", step.side} or not ZONES[area.zone].mirrored
            for area in restrictions.areas
        )
        weaker = step.force[1] < TECHNIQUES[step.technique].pressure.range[1]
        assert ("Leave out" in text) == (cut and here)
        assert (f"Force {step.force[1]:g} at most today." in text) == weaker
    ticks = [
        step.start + step.lead + number * step.pass_seconds
        for step in steps
        for number in range(1, step.passes)
    ]
    ticked = [cue for cue in found if cue.kind in {"pass", "last pass"}]
    assert [cue.at for cue in ticked] == pytest.approx(ticks)
    assert sum(cue.kind == "last pass" for cue in ticked) == sum(step.passes > 1 for step in steps)
    assert (found[-1].at, found[-1].kind) == (steps[-1].start + steps[-1].seconds, "end")


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda each: each.id)
def test_a_ready_made_session_speaks_little_and_announces_the_next_step(session):
    steps = steps_of(session.id)
    found = session_cues(steps, COURSE)
    assert len([cue for cue in found if cue.text]) <= 1.5 * session.total
    names = [TECHNIQUES[step.technique].names.english.lower() for step in steps]
    lasts = [cue for cue in found if cue.kind == "last pass" and cue.text]
    assert len(lasts) >= len(steps) / 3
    for cue in lasts:
        then = next(i for i, step in enumerate(steps) if step.start > cue.at)
        assert cue.text.startswith(f"Last time. Then {names[then]}")


def test_cues_announce_transitions_and_lighter_places():
    steps = steps_of()
    first, *_, last = found = session_cues(steps, COURSE)
    words = "Get ready. First: superficial stroking, both sides."
    assert first == Cue(-READY_SECONDS, words, "chime", "ready")
    assert texts(found, "step")[:5] == [
        "",
        "Ask how it feels. Planar stroking, both sides.",
        "Blot off the oil. Semicircle rubbing, right side. Lightly over the kidneys.",
        "Ask how it feels. Thumb-edge rubbing of the sides, right side.",
        "Walk round, one hand on the back. Semicircle rubbing, left side.",
    ]
    assert last.text == "Hands rest. Let the person lie for a while."
    assert [transition_sentences(step, COURSE) for step in steps[:2]] == [
        (),
        ("Two short flat strokes where the hands are.", "Ask how it feels."),
    ]
    lighter = light_by_stroke(steps[2], TECHNIQUES[steps[2].technique], COURSE.zones)
    assert lighter["small-of-the-back"] == "lightly over the kidneys"
    assert "middle" not in lighter
    names = {name: each.names.english for name, each in TECHNIQUES.items()}
    assert next_labels(steps[:2], names) == ["planar stroking, both sides", "the end"]
    with pytest.raises(ValueError, match="without steps"):
        session_cues([], COURSE)


def test_an_excluded_area_is_announced_with_its_side():
    restrictions = Restrictions(areas=frozenset({Area("shoulder-blade", "right")}))
    first, *_ = session_cues(steps_of(restrictions=restrictions), COURSE, restrictions)
    assert "Leave out the shoulder blade on the right; lift your hands over it." in first.text


def test_a_long_rest_and_the_last_minute_are_announced():
    long_rest = plan().with_block("vibration", 180)
    found = session_cues(make_steps(long_rest, COURSE), COURSE)
    assert texts(found, "rest") == ["Rest your hands on the back."]
    quiet = session_cues(steps_of("evening-20"), COURSE)
    assert texts(quiet, "last minute") == ["Last minute. Slower and lighter."]


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda each: each.id)
def test_beats_are_those_of_the_stops_and_each_stop_begins_a_cycle(session):
    for step in steps_of(session.id):
        technique = TECHNIQUES[step.technique]
        found = beats(step, technique)
        assert bool(found) == bool(technique.one_pass.stops)
        pace = step.pass_seconds / passes.seconds(technique, step.strokes)
        stops = [
            step.start + step.lead + number * step.pass_seconds + pace * leg.start
            for number in range(step.passes)
            for leg in passes.legs(technique, step.strokes)
            if leg.kind == "stop"
        ]
        cycles = [
            run.first + number * run.interval * run.cycle
            for run in found
            for number in range(ceil((run.end - run.first) / (run.interval * run.cycle) - 1e-6))
        ]
        assert cycles == pytest.approx(stops)


def test_speaking_time_grows_with_each_word_from_zero():
    assert speaking_seconds("") == 0
    assert speaking_seconds("one two-three") > speaking_seconds("one two") > 0
