"""Spoken cues and sounds of a practice."""

from dataclasses import replace
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import Plan, make_steps, passes
from massage_workbook.session.cues import (
    READY_SECONDS,
    SILENCE_SECONDS,
    Cue,
    beats,
    light_by_stroke,
    next_labels,
    session_cues,
    speaking_seconds,
    transition_sentences,
)

from ..shipped import COURSE

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SESSIONS = {session.id: session for session in COURSE.sessions}
NONE = Restrictions()
MIRRORED = sorted(zone.id for zone in COURSE.zones if zone.mirrored and zone.kind != "keep-off")


def plan(session="standard-20"):
    return Plan.of(SESSIONS[session], COURSE)


def row_of(session="standard-20", restrictions=NONE):
    return make_steps(plan(session), COURSE, restrictions)


def said(found, kind):
    return [cue.say for cue in found if cue.kind == kind]


@st.composite
def screened(draw):
    """Steps of a session of any length, under any areas and force ceiling."""
    whole = plan(draw(st.sampled_from(sorted(SESSIONS))))
    whole = whole.with_total(draw(st.integers(whole.least, whole.most)))
    areas = st.builds(Area, st.sampled_from(MIRRORED), st.sampled_from(["left", "right", "both"]))
    shut = Restrictions(
        areas=frozenset(draw(st.sets(areas, max_size=2))),
        force_ceiling=draw(st.sampled_from([2, 3, 10])),
    )
    return make_steps(whole, COURSE, shut), shut


@settings(max_examples=40)
@given(screened())
def test_speech_never_overlaps_and_every_step_is_announced(given_row):
    row, shut = given_row
    if not row:
        return
    found = session_cues(row, COURSE, shut)
    assert [cue.at for cue in found] == sorted(cue.at for cue in found)
    spoken = [cue for cue in found if cue.say]
    assert all(one.until + SILENCE_SECONDS <= two.at + 1e-6 for one, two in pairwise(spoken))
    assert [cue.at for cue in found if cue.kind == "begin"] == [step.start for step in row]
    assert all(said(found, "begin"))
    assert found[-1] == replace(found[-1], at=row[-1].start + row[-1].seconds, kind="end")


@settings(max_examples=40)
@given(screened())
def test_every_pass_has_a_tick_and_the_last_one_is_announced(given_row):
    row, shut = given_row
    if not row:
        return
    found = [cue for cue in session_cues(row, COURSE, shut) if cue.kind in {"pass", "last"}]
    ticks = [
        step.start + step.lead + number * step.pass_seconds
        for step in row
        for number in range(1, step.passes)
    ]
    assert [cue.at for cue in found] == pytest.approx(ticks)
    assert len(said(found, "last")) == sum(step.passes > 1 for step in row)
    assert all(words.startswith("Last time.") for words in said(found, "last"))


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda each: each.id)
def test_a_ready_made_session_speaks_little_and_announces_the_next_step(session):
    row = row_of(session.id)
    found = session_cues(row, COURSE)
    assert sum(bool(cue.say) for cue in found) <= 2 * session.total
    names = {name: each.names.english.lower() for name, each in TECHNIQUES.items()}
    for words, step in zip(said(found, "last"), row[1:], strict=False):
        assert names[step.technique] in words


@given(screened())
@settings(max_examples=40)
def test_restrictions_are_announced_at_every_step_that_they_affect(given_row):
    row, shut = given_row
    found = said(session_cues(row, COURSE, shut) if row else (), "begin")
    for words, step in zip(found, row, strict=True):
        cut = any(isinstance(stroke, passes.StrokePiece) for stroke in step.strokes)
        here = any(step.side == "both" or area.side in {"both", step.side} for area in shut.areas)
        assert ("Leave out" in words) == (cut and here)
        weaker = step.force[1] < TECHNIQUES[step.technique].pressure.range[1]
        assert (f"Force {step.force[1]:g} at most today." in words) == weaker


def test_the_start_of_a_step_announces_transitions_and_lighter_places():
    begins = said(session_cues(row_of(), COURSE), "begin")
    assert begins[:4] == [
        "Superficial stroking, both sides.",
        "Ask how it feels. Planar stroking, both sides.",
        "Blot off the oil. Semicircle rubbing, right side. Lightly over the kidneys.",
        "Ask how it feels. Thumb-edge rubbing of the sides, right side.",
    ]
    assert begins[4] == "Walk round, one hand on the back. Semicircle rubbing, left side."


def test_the_transitions_before_a_step_are_sentences():
    first, second, *_ = row_of()
    assert transition_sentences(first, COURSE) == ()
    assert transition_sentences(second, COURSE) == (
        "Two short flat strokes where the hands are.",
        "Ask how it feels.",
    )


def test_an_excluded_area_is_announced_with_its_side():
    shut = Restrictions(areas=frozenset({Area("shoulder-blade", "right")}))
    begins = said(session_cues(row_of(restrictions=shut), COURSE, shut), "begin")
    assert "Leave out the shoulder blade on the right; lift your hands over it." in begins[0]


def test_the_second_of_long_passes_is_announced_and_short_ones_only_tick():
    row = row_of()
    long = sum(step.passes > 2 and step.pass_seconds >= 30 for step in row)
    ticks = said(session_cues(row, COURSE), "pass")
    assert ticks.count("Second time.") == long > 0
    assert set(ticks) == {"Second time.", ""}


def test_lighter_strokes_name_their_place():
    step = next(step for step in row_of() if step.technique == "semicircle-rubbing")
    lighter = light_by_stroke(step, TECHNIQUES[step.technique], COURSE.zones)
    assert lighter["small-of-the-back"] == "lightly over the kidneys"
    assert "middle" not in lighter


def test_a_long_rest_and_the_last_minute_are_announced():
    drawn_out = plan().with_block("vibration", 180)
    found = session_cues(make_steps(drawn_out, COURSE), COURSE)
    assert said(found, "rest") == ["Rest your hands on the back."]
    assert said(found, "last minute") == ["Last minute. Slower and lighter."]


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
