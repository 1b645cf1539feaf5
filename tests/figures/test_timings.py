from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from massage_workbook.figures.timings import _MIN_LABELLED_SECONDS, _MIN_PACE_HEIGHT, minutes, paces
from massage_workbook.session import MAX_SECONDS, Plan, make_steps, mmss

from ..shipped import BLOCKS, COURSE
from .legible import assert_legible

STANDARD = Plan.of(next(s for s in COURSE.sessions if s.id == "standard-20"), COURSE)
LONG_KNEADING = STANDARD.with_block("kneading", STANDARD.part("kneading").most)
PLANS = {
    f"{session.id}-{length}": plan.with_total(getattr(plan, length))
    for session in COURSE.sessions
    for plan in [Plan.of(session, COURSE)]
    for length in ("least", "most")
} | {"long-kneading": LONG_KNEADING, "standard": STANDARD}


def paces_of(plan):
    return paces(plan, make_steps(plan, COURSE), BLOCKS)


def bars(drawing):
    return {bar.get_gid(): bar for bar in drawing.findobj(Rectangle) if bar.get_gid()}


@settings(max_examples=12)
@given(st.integers(STANDARD.least, STANDARD.most))
def test_bars_follow_one_another_and_are_as_long_as_their_blocks(total):
    plan = STANDARD.with_total(total)
    drawn = bars(minutes(plan, BLOCKS))
    spans = [drawn[f"span-{part.block}"] for part in plan.parts]
    for bar, following in pairwise(spans):
        assert bar.get_x() + bar.get_width() == pytest.approx(following.get_x())
    for part in plan.parts:
        lengths = [drawn[f"{what}-{part.block}"].get_width() for what in ("span", "minutes")]
        assert lengths == pytest.approx([part.seconds / 60] * 2)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_lengths_are_legible_within_their_parts_of_the_timeline(plan):
    drawing = minutes(plan, BLOCKS)
    assert_legible(drawing)
    timeline, shares = drawing.axes
    assert [set(line.get_xdata()) for line in timeline.lines] == [{MAX_SECONDS / 60}]
    assert not shares.lines
    lengths = iter(timeline.texts[1:-1])
    for part in plan.parts:
        if part.seconds >= _MIN_LABELLED_SECONDS:
            words = next(lengths).get_window_extent()
            room = bars(drawing)[f"span-{part.block}"].get_window_extent()
            assert room.x0 <= words.x0
            assert words.x1 <= room.x1
            assert f" {mmss(part.seconds)}" in drawing.alt


def test_a_block_s_pace_spans_those_of_its_steps_along_its_minutes():
    made = make_steps(STANDARD, COURSE)
    drawing = paces_of(STANDARD)
    assert_legible(drawing)
    box = bars(drawing)["pace-kneading"]
    assert (box.get_x(), box.get_width()) == (7.25, 9.75)
    kneading = [step.per_minute for step in made if step.block == "kneading"]
    slow, quick = min(kneading), max(kneading)
    assert 0 < slow < quick <= 30  # within the slow band
    assert box.get_y() == pytest.approx(slow / 30)
    assert box.get_y() + box.get_height() == pytest.approx(quick / 30)
    assert f"Kneading {slow:.0f} to {quick:.0f}" in drawing.alt
    (pace,) = (step.per_minute for step in made if step.block == "vibration")
    assert bars(drawing)["pace-vibration"].get_height() == _MIN_PACE_HEIGHT
    assert f"Vibration {pace:.0f}," in drawing.alt
    without = paces_of(STANDARD.without("vibration"))
    assert "pace-vibration" not in bars(without)
    assert "Vibration" not in without.alt


@settings(max_examples=12)
@given(st.integers(0, 1680))
def test_paces_stay_within_their_picture(seconds):
    for box in bars(paces_of(STANDARD.with_block("kneading", seconds))).values():
        assert 0 <= box.get_y() <= box.get_y() + box.get_height() <= 3 + 1e-9
