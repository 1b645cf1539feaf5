"""What is said while a plan is carried out."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.cues import APART, BREATH, READY, Cue, beats, cues, following, speaking
from massage_workbook.planning import Plan, Step, steps

from .shipped import COURSE

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
BLOCKS = [block.id for block in COURSE.blocks]


def made(technique="sawing", side="left", start=0, seconds=60, block="rubbing", **fields):
    """A step as planning makes it."""
    found = TECHNIQUES[technique]
    band = found.tempo.per_minute
    given = {
        "passes": 3,
        "per_minute": sum(band) / 2 if band else None,
        "link": False,
        "moves": (),
        "strokes": found.strokes,
        "force": found.pressure.range,
    }
    return Step(block, technique, side, start, seconds, **(given | fields))


def in_a_row(*parts):
    """Steps one after the other."""
    start, row = 0, []
    for part in parts:
        row.append(made(**{"start": start, **part}))
        start += row[-1].seconds
    return row


def said(found, kind):
    return [(cue.at, cue.say) for cue in found if cue.kind == kind]


@st.composite
def sessions(draw):
    """Steps of any technique, side and length, with links and spots."""
    parts = []
    for _ in range(draw(st.integers(1, 12))):
        seconds = draw(st.integers(1, 120))
        every = draw(st.integers(3, 20))
        parts.append(
            {
                "technique": draw(st.sampled_from(sorted(TECHNIQUES))),
                "side": draw(st.sampled_from(["right", "left", "both"])),
                "block": draw(st.sampled_from(BLOCKS)),
                "seconds": seconds,
                "link": draw(st.booleans()),
                "moves": tuple(range(every, seconds, every)),
            }
        )
    return in_a_row(*parts)


@settings(max_examples=60)
@given(sessions())
def test_nothing_is_said_over_anything_else_and_every_step_is_announced(row):
    found = cues(row, COURSE)
    assert [cue.at for cue in found] == sorted(cue.at for cue in found)
    spoken = [cue for cue in found if cue.say]
    assert all(before.until + BREATH <= after.at + 1e-6 for before, after in pairwise(spoken))
    assert [at for at, _ in said(found, "begin")] == [step.start for step in row]
    long = [step.start for step in row if step.seconds >= 6]
    assert set(long) <= {at for at, words in said(found, "begin") if words}
    end = row[-1].start + row[-1].seconds
    assert found[-1].kind == "end"
    assert found[-1].at == end
    assert all(-READY <= cue.at < end for cue in found[:-1])


@settings(max_examples=40)
@given(sessions())
def test_every_spot_has_its_tick_and_move_on_is_said_apart_from_the_rest(row):
    found = cues(row, COURSE)
    ticks = [cue for cue in found if cue.kind == "move on"]
    assert [cue.at for cue in ticks] == [step.start + m for step in row for m in step.moves]
    others = [cue for cue in found if cue.say and cue.kind != "move on"]
    for tick in (cue for cue in ticks if cue.say):
        assert all(
            other.until + APART <= tick.at + 1e-6 or tick.until + APART <= other.at + 1e-6
            for other in others
        )


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda each: each.id)
def test_every_ready_made_session_says_each_step_by_name_and_what_comes_next(session):
    row = steps(Plan.of(session, COURSE), COURSE)
    found = cues(row, COURSE)
    begins = said(found, "begin")
    assert all(words for _, words in begins)
    ahead = dict(said(found, "ahead"))
    for before, step in pairwise(row):
        if before.seconds >= 20 and not step.link:
            assert (
                TECHNIQUES[step.technique].names.english.lower() in ahead[step.start - 10].lower()
            )


def test_a_beginning_says_what_is_new():
    row = in_a_row(
        {"technique": "finger-pad-rubbing", "side": "right"},
        {"technique": "sawing", "side": "right"},
        {"technique": "superficial-stroking", "side": "both", "link": True, "seconds": 8},
        {"technique": "sawing", "side": "left"},
        {"technique": "knuckle-rubbing", "side": "right"},
        {"technique": "dough-kneading", "side": "right", "block": "kneading"},
        {"technique": "dough-kneading", "side": "left", "block": "kneading"},
    )
    assert [words for _, words in said(cues(row, COURSE), "begin")] == [
        "Rubbing. Finger-pad rubbing. Right side.",
        "Change to sawing.",
        "A few light strokes.",
        "Change sides. Left side.",
        "Change sides. Knuckle rubbing. Right side.",
        "Kneading. Dough kneading. Right side.",
        "Change sides. Left side.",
    ]


def test_a_step_too_short_for_all_of_it_says_less_and_one_of_a_second_only_chimes():
    row = in_a_row({"seconds": 2}, {"technique": "knuckle-rubbing", "seconds": 1}, {})
    begins = said(cues(row, COURSE), "begin")
    assert begins[0] == (0, "Sawing. Left side.")
    assert begins[1] == (2, "")


def test_what_follows_a_link_is_announced_together_with_it():
    row = in_a_row(
        {"technique": "finger-pad-rubbing", "side": "right"},
        {"technique": "superficial-stroking", "side": "both", "link": True, "seconds": 8},
        {"side": "right"},
    )
    assert said(cues(row, COURSE), "ahead") == [
        (50, "In ten seconds: a few light strokes, then sawing, right side.")
    ]


def test_every_step_knows_what_follows_it():
    row = in_a_row({}, {"technique": "superficial-stroking", "side": "both", "link": True}, {})
    names = {name: each.names.english for name, each in TECHNIQUES.items()}
    assert following(row, names) == [
        "a few light strokes, then sawing, left side",
        "sawing, left side",
        "the end",
    ]
    assert following(row[:1], names) == ["the end"]


def test_the_tightest_places_are_said_on_each_side_and_the_others_once():
    row = in_a_row({"side": "right", "seconds": 60}, {"side": "left", "seconds": 60})
    words = [words for _, words in said(cues(row, COURSE), "lighter")]
    assert words == [
        "Lighter over the kidneys and on the lowest ribs.",
        "Lighter on the small of the back and on the waist.",
        "Lighter over the kidneys and on the lowest ribs.",
    ]


def test_a_force_that_is_low_anyway_asks_for_nothing_lighter():
    assert said(cues(in_a_row({"force": (2, 2)}), COURSE), "lighter") == []


def test_what_strokes_do_not_enter_today_is_not_named():
    upper = TECHNIQUES["sawing"].strokes[1:]  # cut off above the small of the back
    words = said(cues(in_a_row({"strokes": upper}), COURSE), "lighter")
    assert words == []


def test_move_on_is_said_at_first_and_then_only_ticks():
    found = cues(in_a_row({"seconds": 120, "moves": tuple(range(10, 120, 10))}), COURSE)
    ticks = [cue for cue in found if cue.kind == "move on"]
    assert len(ticks) == 11
    assert {cue.sound for cue in ticks} == {"soft"}
    assert 1 <= sum(bool(cue.say) for cue in ticks) <= 2
    assert not any(cue.say for cue in ticks[2:])


def test_half_and_last_minute_are_said_in_sessions_long_enough():
    long, short = in_a_row({"seconds": 600}), in_a_row({"seconds": 120})
    assert [at for at, _ in said(cues(long, COURSE), "halfway")] == [300]
    assert [at for at, _ in said(cues(long, COURSE), "last minute")] == [540]
    assert said(cues(short, COURSE), "halfway") == said(cues(short, COURSE), "last minute") == []


def test_it_begins_with_getting_ready_and_ends_with_resting_hands():
    found = cues(in_a_row({}), COURSE)
    ready = "Get ready. First: sawing, left side."
    assert found[0] == Cue(-READY, ready, "chime", "ready")
    assert found[-1].say == "Hands rest. Let the person lie for a while."


def test_no_steps_are_no_session():
    with pytest.raises(ValueError, match="without any steps"):
        cues([], COURSE)


def test_beats_begin_with_the_step_and_keep_its_tempo():
    assert beats(made(start=30, per_minute=75)) == (30, 0.8)
    assert beats(made(per_minute=None)) is None


def test_speaking_takes_longer_with_each_word_and_nothing_takes_none():
    assert speaking("") == 0
    assert speaking("one two-three") > speaking("one two") > 0
