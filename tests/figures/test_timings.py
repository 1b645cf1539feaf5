from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from massage_workbook.figures.timings import MIN_LABELLED_SECONDS, MIN_PACE_HEIGHT, minutes, paces
from massage_workbook.session import MAX_SECONDS, Plan, make_steps

from ..shipped import COURSE
from .legible import assert_legible

BLOCKS = {block.id: block for block in COURSE.blocks}
STANDARD = Plan.of(next(s for s in COURSE.sessions if s.id == "standard-20"), COURSE)
LONG_KNEADING = STANDARD.with_block("kneading", STANDARD.part("kneading").most)
PLANS = {
    f"{session.id}-{length}": plan.with_total(getattr(plan, length))
    for session in COURSE.sessions
    for plan in [Plan.of(session, COURSE)]
    for length in ("least", "total", "most")
} | {"long-kneading": LONG_KNEADING}
each_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


def paces_of(plan):
    return paces(plan, make_steps(plan, COURSE), BLOCKS)


def bars(drawing):
    return {bar.get_gid(): bar for bar in drawing.findobj(Rectangle) if bar.get_gid()}


@settings(max_examples=25)
@given(st.integers(STANDARD.least, STANDARD.most))
def test_the_bars_follow_one_another_without_a_gap_and_are_as_long_as_their_blocks(total):
    plan = STANDARD.with_total(total)
    drawn = bars(minutes(plan, BLOCKS))
    spans = [drawn[f"span-{part.block}"] for part in plan.parts]
    for bar, following in pairwise(spans):
        assert bar.get_x() + bar.get_width() == pytest.approx(following.get_x())
    for part in plan.parts:
        for what in ("span", "minutes"):
            length = drawn[f"{what}-{part.block}"].get_width()
            assert length == pytest.approx(part.seconds / 60)


def test_the_words_name_every_block_and_its_minutes():
    alt = minutes(STANDARD, BLOCKS).alt
    assert "20:00" in alt
    assert "Kneading 9:45" in alt


@each_plan
def test_words_of_minutes_do_not_overlap_and_are_readable(plan):
    assert_legible(minutes(plan, BLOCKS))


@each_plan
def test_a_length_stands_within_its_part_of_the_timeline(plan):
    drawing = minutes(plan, BLOCKS)
    drawing.draw_without_rendering()
    lengths = iter(drawing.axes[0].texts[1:-1])
    for part in plan.parts:
        if part.seconds >= MIN_LABELLED_SECONDS:
            words = next(lengths).get_window_extent()
            room = bars(drawing)[f"span-{part.block}"].get_window_extent()
            assert room.x0 <= words.x0
            assert words.x1 <= room.x1


def test_the_most_minutes_are_marked_in_the_timeline_alone():
    timeline, shares = minutes(STANDARD, BLOCKS).axes
    assert [set(line.get_xdata()) for line in timeline.lines] == [{MAX_SECONDS / 60}]
    assert not shares.lines


# --- how fast ------------------------------------------------------------------------------------


def test_a_block_s_pace_spans_those_of_its_steps_along_its_minutes():
    made = [step for step in make_steps(STANDARD, COURSE) if step.block == "kneading"]
    drawing = paces_of(STANDARD)
    box = bars(drawing)["pace-kneading"]
    assert (box.get_x(), box.get_width()) == (7.25, 9.75)
    slow, quick = (end(step.per_minute for step in made) for end in (min, max))
    assert 0 < slow < quick <= 30  # within the slow band
    assert box.get_y() == pytest.approx(slow / 30)
    assert box.get_y() + box.get_height() == pytest.approx(quick / 30)
    assert f"Kneading {slow:.0f} to {quick:.0f}" in drawing.alt


def test_a_block_of_one_pace_is_seen_and_said_once():
    (pace,) = (s.per_minute for s in make_steps(STANDARD, COURSE) if s.block == "vibration")
    drawing = paces_of(STANDARD)
    assert bars(drawing)["pace-vibration"].get_height() == MIN_PACE_HEIGHT
    assert f"Vibration {pace:.0f}," in drawing.alt


def test_a_block_without_minutes_has_no_pace():
    drawing = paces_of(STANDARD.without("vibration"))
    assert "pace-vibration" not in bars(drawing)
    assert "Vibration" not in drawing.alt


@settings(max_examples=25)
@given(st.integers(0, 1680))
def test_paces_stay_within_their_picture(seconds):
    for box in bars(paces_of(STANDARD.with_block("kneading", seconds))).values():
        assert box.get_y() >= 0
        assert box.get_y() + box.get_height() <= 3 + 1e-9


def test_words_of_paces_do_not_overlap_and_are_readable():
    assert_legible(paces_of(STANDARD))
