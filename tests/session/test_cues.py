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

from ..shipped import COURSE
from .generated import TECHNIQUES, ZONES, plan, plans, ready_made, restricted

NONE = Restrictions()


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
def test_announcements_are_rare_and_never_overlap(given_row):
    found = session_cues(given_row[0], COURSE, given_row[1])
    assert [cue.at for cue in found] == sorted(cue.at for cue in found)
    spoken = [cue for cue in found if cue.say]
    for first, last in zip(spoken, spoken[2:], strict=False):
        assert last.at - first.at >= 60 - 1e-6, "two a minute"
    assert all(one.until + SILENCE_SECONDS <= two.at + 1e-6 for one, two in pairwise(spoken))


@given(screened())
def test_each_step_is_announced_with_its_restrictions_and_each_pass_has_a_tick(given_row):
    row, shut = given_row
    found = session_cues(row, COURSE, shut)
    begins = [cue for cue in found if cue.kind == "begin"]
    said = ""
    for cue, step, text in zip(begins, row, announcements(row, COURSE, shut), strict=True):
        assert cue.at == step.start
        said = cue.say or said or found[0].say
        assert text[1:] in said, "at its start or with the one before"
        cut = any(isinstance(stroke, passes.StrokePiece) for stroke in step.strokes)
        here = any(
            step.side == "both" or area.side in {"both", step.side} or not ZONES[area.zone].mirrored
            for area in shut.areas
        )
        weaker = step.force[1] < TECHNIQUES[step.technique].pressure.range[1]
        assert ("Leave out" in text) == (cut and here)
        assert (f"Force {step.force[1]:g} at most today." in text) == weaker
    ticks = [
        step.start + step.lead + number * step.pass_seconds
        for step in row
        for number in range(1, step.passes)
    ]
    ticked = [cue for cue in found if cue.kind in {"pass", "last"}]
    assert [cue.at for cue in ticked] == pytest.approx(ticks)
    assert sum(cue.kind == "last" for cue in ticked) == sum(step.passes > 1 for step in row)
    assert (found[-1].at, found[-1].kind) == (row[-1].start + row[-1].seconds, "end")


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


def test_cues_announce_transitions_and_lighter_places():
    row = row_of()
    first, *_, last = found = session_cues(row, COURSE)
    words = "Get ready. First: superficial stroking, both sides."
    assert first == Cue(-READY_SECONDS, words, "chime", "ready")
    assert said(found, "begin")[:5] == [
        "",
        "Ask how it feels. Planar stroking, both sides.",
        "Blot off the oil. Semicircle rubbing, right side. Lightly over the kidneys.",
        "Ask how it feels. Thumb-edge rubbing of the sides, right side.",
        "Walk round, one hand on the back. Semicircle rubbing, left side.",
    ]
    assert last.say == "Hands rest. Let the person lie for a while."
    assert [transition_sentences(step, COURSE) for step in row[:2]] == [
        (),
        ("Two short flat strokes where the hands are.", "Ask how it feels."),
    ]
    lighter = light_by_stroke(row[2], TECHNIQUES[row[2].technique], COURSE.zones)
    assert lighter["small-of-the-back"] == "lightly over the kidneys"
    assert "middle" not in lighter
    names = {name: each.names.english for name, each in TECHNIQUES.items()}
    assert next_labels(row[:2], names) == ["planar stroking, both sides", "the end"]
    with pytest.raises(ValueError, match="without steps"):
        session_cues([], COURSE)


def test_an_excluded_area_is_announced_with_its_side():
    shut = Restrictions(areas=frozenset({Area("shoulder-blade", "right")}))
    first, *_ = session_cues(row_of(restrictions=shut), COURSE, shut)
    assert "Leave out the shoulder blade on the right; lift your hands over it." in first.say


def test_a_long_rest_and_the_last_minute_are_announced():
    drawn_out = plan().with_block("vibration", 180)
    found = session_cues(make_steps(drawn_out, COURSE), COURSE)
    assert said(found, "rest") == ["Rest your hands on the back."]
    calm = session_cues(row_of("evening-20"), COURSE)
    assert said(calm, "last minute") == ["Last minute. Slower and lighter."]


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
