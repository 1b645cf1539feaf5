"""Spoken cues and sounds of a practice."""

from dataclasses import replace
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import Plan, make_steps, passes
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

from ..shipped import COURSE
from .generated import ZONES, plans, ready_made, restricted

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SESSIONS = {session.id: session for session in COURSE.sessions}
NONE = Restrictions()


def plan(session="standard-20"):
    return Plan.of(SESSIONS[session], COURSE)


def row_of(session="standard-20", restrictions=NONE):
    return make_steps(plan(session), COURSE, restrictions)


def said(found, kind):
    return [cue.say for cue in found if cue.kind == kind]


@st.composite
def screened(draw):
    """Steps of any plan, or of a ready-made session, under any restrictions."""
    shut = draw(restricted)
    made = make_steps(draw(plans | ready_made), COURSE, shut)
    assume(made)
    return made, shut


@given(screened())
def test_at_most_two_announcements_begin_within_any_minute_and_none_overlap(given_row):
    found = session_cues(given_row[0], COURSE, given_row[1])
    assert [cue.at for cue in found] == sorted(cue.at for cue in found)
    spoken = [cue for cue in found if cue.say]
    assert all(
        last.at - first.at >= 60 - 1e-6 for first, last in zip(spoken, spoken[2:], strict=False)
    )
    assert all(one.until + SILENCE_SECONDS <= two.at + 1e-6 for one, two in pairwise(spoken))


@given(screened())
def test_every_step_is_announced_at_its_start_or_with_the_one_before(given_row):
    row, shut = given_row
    found = session_cues(row, COURSE, shut)
    begins = [cue for cue in found if cue.kind == "begin"]
    assert [cue.at for cue in begins] == [step.start for step in row]
    said = ""
    for cue, text in zip(begins, announcements(row, COURSE, shut), strict=True):
        said = cue.say or said or found[0].say
        assert text[1:] in said
    assert found[-1] == replace(found[-1], at=row[-1].start + row[-1].seconds, kind="end")


@given(screened())
def test_every_pass_has_a_tick_and_the_last_one_another_name(given_row):
    row, shut = given_row
    found = [cue for cue in session_cues(row, COURSE, shut) if cue.kind in {"pass", "last"}]
    ticks = [
        step.start + step.lead + number * step.pass_seconds
        for step in row
        for number in range(1, step.passes)
    ]
    assert [cue.at for cue in found] == pytest.approx(ticks)
    assert len([cue for cue in found if cue.kind == "last"]) == sum(s.passes > 1 for s in row)


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda each: each.id)
def test_a_ready_made_session_speaks_little_and_announces_the_next_step(session):
    row = row_of(session.id)
    found = session_cues(row, COURSE)
    assert len([cue for cue in found if cue.say]) <= 1.5 * session.total
    names = [TECHNIQUES[step.technique].names.english.lower() for step in row]
    lasts = [cue for cue in found if cue.kind == "last" and cue.say]
    assert len(lasts) >= len(row) / 3
    for cue in lasts:
        then = next(i for i, step in enumerate(row) if step.start > cue.at)
        assert cue.say.startswith(f"Last time. Then {names[then]}")


@given(screened())
def test_restrictions_are_announced_at_every_step_that_they_affect(given_row):
    row, shut = given_row
    for words, step in zip(announcements(row, COURSE, shut), row, strict=True):
        cut = any(isinstance(stroke, passes.StrokePiece) for stroke in step.strokes)
        here = any(
            step.side == "both" or area.side in {"both", step.side} or not ZONES[area.zone].mirrored
            for area in shut.areas
        )
        weaker = step.force[1] < TECHNIQUES[step.technique].pressure.range[1]
        assert ("Leave out" in words) == (cut and here)
        assert (f"Force {step.force[1]:g} at most today." in words) == weaker


def test_the_start_of_a_step_announces_transitions_and_lighter_places():
    begins = said(session_cues(row_of(), COURSE), "begin")
    assert begins[:5] == [
        "",
        "Ask how it feels. Planar stroking, both sides.",
        "Blot off the oil. Semicircle rubbing, right side. Lightly over the kidneys.",
        "Ask how it feels. Thumb-edge rubbing of the sides, right side.",
        "Walk round, one hand on the back. Semicircle rubbing, left side.",
    ]


def test_the_transitions_before_a_step_are_sentences():
    first, second, *_ = row_of()
    assert transition_sentences(first, COURSE) == ()
    assert transition_sentences(second, COURSE) == (
        "Two short flat strokes where the hands are.",
        "Ask how it feels.",
    )


def test_an_excluded_area_is_announced_with_its_side():
    shut = Restrictions(areas=frozenset({Area("shoulder-blade", "right")}))
    first, *_ = session_cues(row_of(restrictions=shut), COURSE, shut)
    assert "Leave out the shoulder blade on the right; lift your hands over it." in first.say


def test_lighter_strokes_name_their_place():
    step = next(step for step in row_of() if step.technique == "semicircle-rubbing")
    lighter = light_by_stroke(step, TECHNIQUES[step.technique], COURSE.zones)
    assert lighter["small-of-the-back"] == "lightly over the kidneys"
    assert "middle" not in lighter


def test_a_long_rest_and_the_last_minute_are_announced():
    drawn_out = plan().with_block("vibration", 180)
    found = session_cues(make_steps(drawn_out, COURSE), COURSE)
    assert said(found, "rest") == ["Rest your hands on the back."]
    calm = session_cues(row_of("evening-20"), COURSE)
    assert said(calm, "last minute") == ["Last minute. Slower and lighter."]


def test_cues_begin_with_getting_ready_and_end_with_resting_hands():
    first, *_, last = session_cues(row_of(), COURSE)
    assert first == Cue(
        -READY_SECONDS, "Get ready. First: superficial stroking, both sides.", "chime", "ready"
    )
    assert last.say == "Hands rest. Let the person lie for a while."


def test_cues_without_steps_are_refused():
    with pytest.raises(ValueError, match="without steps"):
        session_cues([], COURSE)


def test_every_step_has_the_label_of_the_next():
    names = {name: each.names.english for name, each in TECHNIQUES.items()}
    one, two, *_ = row_of()
    assert next_labels([one, two], names) == ["planar stroking, both sides", "the end"]


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda each: each.id)
def test_beats_are_those_of_the_stops_and_each_stop_begins_a_cycle(session):
    for step in row_of(session.id):
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
            beat.first + number * beat.every * beat.cycle
            for beat in found
            for number in range(ceil((beat.until - beat.first) / (beat.every * beat.cycle) - 1e-6))
        ]
        assert cycles == pytest.approx(stops)


def test_speaking_time_grows_with_each_word_from_zero():
    assert speaking_seconds("") == 0
    assert speaking_seconds("one two-three") > speaking_seconds("one two") > 0
