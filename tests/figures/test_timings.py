import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.figures.timings import THIN, Paces, Timings
from massage_workbook.session import LONGEST, Plan, steps

from ..shipped import COURSE
from .test_back import assert_no_overlap

BLOCKS = {block.id: block for block in COURSE.blocks}
SVG = "{http://www.w3.org/2000/svg}"
STANDARD = Plan.of(next(s for s in COURSE.sessions if s.id == "standard-20"), COURSE)


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+\.?\d*", text)]


def places_in(svg):
    """The places of what moves, read back from a picture drawn anew."""
    found = {}
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        path, text = group.find(f"{SVG}path"), group.find(f"{SVG}text")
        if path is not None and path.get("d"):
            found[group.get("id")] = numbers(path.get("d"))
        elif text is not None:
            found[group.get("id")] = (numbers(text.get("x")), text.text)
    return found


def sent(places):
    return {
        gid: numbers(place["d"]) if "d" in place else ([place["x"]], place["text"])
        for gid, place in places.items()
    }


@settings(max_examples=25)
@given(st.integers(STANDARD.least, STANDARD.most))
def test_moved_parts_stand_where_a_new_picture_would_draw_them(total):
    plan = STANDARD.with_total(total)
    moved = Timings(STANDARD, STANDARD, BLOCKS)
    moved.show(plan)
    drawn = places_in(Timings(plan, STANDARD, BLOCKS).svg())
    for gid, place in sent(moved.places()).items():
        if isinstance(place, tuple):
            assert place[0] == pytest.approx(drawn[gid][0], abs=0.06)
            assert place[1] == drawn[gid][1]
        else:
            assert sorted(place) == pytest.approx(sorted(drawn[gid]), abs=0.06)


def test_the_bars_follow_one_another_without_a_gap():
    timings = Timings(STANDARD, STANDARD, BLOCKS)
    bars = [timings.moving[f"span-{part.block}"] for part in STANDARD.parts]
    for bar, following in pairwise(bars):
        assert bar.get_x() + bar.get_width() == pytest.approx(following.get_x())
    assert bars[-1].get_x() + bars[-1].get_width() == pytest.approx(STANDARD.total / 60)


def test_the_words_name_every_block_and_its_minutes():
    alt = Timings(STANDARD, STANDARD, BLOCKS).alt
    assert "20:00" in alt
    assert "Kneading 9:45" in alt


def test_nothing_hangs_over_the_edge_at_the_longest_session():
    timings = Timings(STANDARD.with_total(LONGEST), STANDARD, BLOCKS)
    renderer = timings.canvas.get_renderer() if hasattr(timings.canvas, "get_renderer") else None
    width = timings.bbox.width
    for text in (a for a in timings.moving.values() if hasattr(a, "get_text")):
        assert text.get_window_extent(renderer).x1 <= width


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda session: session.id)
@pytest.mark.parametrize("length", ["least", "total", "most"])
def test_words_do_not_overlap_and_are_readable_at_360_pixels(session, length):
    ready_made = Plan.of(session, COURSE)
    drawing = Timings(ready_made.with_total(getattr(ready_made, length)), ready_made, BLOCKS)
    for axes in drawing.axes:
        for text in [*axes.texts]:
            assert text.get_fontsize() * 360 / (72 * drawing.get_figwidth()) >= 10, text
            if text.get_alpha() == 0:  # what has no room is not seen
                text.remove()
        for label in axes.get_xticklabels():
            assert label.get_fontsize() * 360 / (72 * drawing.get_figwidth()) >= 10
    assert_no_overlap(drawing)


@pytest.mark.parametrize("session", COURSE.sessions, ids=lambda session: session.id)
def test_a_length_stands_within_its_part_of_the_timeline(session):
    plan = Plan.of(session, COURSE)
    drawing = Timings(plan, plan, BLOCKS)
    drawing.draw_without_rendering()
    for part in plan.parts:
        text, bar = (drawing.moving[f"{what}-{part.block}"] for what in ("length", "span"))
        if text.get_alpha():
            words, room = text.get_window_extent(), bar.get_window_extent()
            assert room.x0 <= words.x0
            assert words.x1 <= room.x1


def test_the_longest_block_s_minutes_and_share_find_room():
    kneading = STANDARD.part("kneading").most
    plan = STANDARD.with_block("kneading", kneading)
    share = Timings(plan, STANDARD, BLOCKS).moving["share-kneading"]
    assert share.get_window_extent().x1 <= share.figure.bbox.x1


def test_the_most_minutes_are_marked_in_the_timeline_alone():
    timeline, minutes = Timings(STANDARD, STANDARD, BLOCKS).axes
    dashed = [line for line in timeline.lines if line.get_linestyle() == "--"]
    assert [set(line.get_xdata()) for line in dashed] == [{LONGEST / 60}]
    assert not [line for line in minutes.lines if line.get_linestyle() == "--"]


# --- how fast ------------------------------------------------------------------------------------


def paces(plan):
    return Paces(plan, steps(plan, COURSE), COURSE)


@settings(max_examples=15)
@given(st.integers(STANDARD.least, STANDARD.most))
def test_moved_paces_stand_where_a_new_picture_would_draw_them(total):
    plan = STANDARD.with_total(total)
    moved = paces(STANDARD)
    moved.show(plan, steps(plan, COURSE))
    assert moved.places() == paces(plan).places()
    assert moved.alt == paces(plan).alt


def test_a_block_s_pace_spans_those_of_its_steps_along_its_minutes():
    made = [step for step in steps(STANDARD, COURSE) if step.block == "kneading"]
    box = paces(STANDARD).moving["pace-kneading"]
    assert (box.get_x(), box.get_width()) == (7.25, 9.75)
    slow, quick = (end(step.per_minute for step in made) for end in (min, max))
    assert 0 < slow < quick <= 30  # within the slow band
    assert box.get_y() == pytest.approx(slow / 30)
    assert box.get_y() + box.get_height() == pytest.approx(quick / 30)
    assert f"Kneading {slow:.0f} to {quick:.0f}" in paces(STANDARD).alt


def test_a_block_of_one_pace_is_seen_and_said_once():
    (pace,) = (s.per_minute for s in steps(STANDARD, COURSE) if s.block == "vibration")
    box = paces(STANDARD).moving["pace-vibration"]
    assert box.get_height() == THIN
    assert f"Vibration {pace:.0f}," in paces(STANDARD).alt
    assert paces(STANDARD.without("vibration")).moving["pace-vibration"].get_height() == 0


@settings(max_examples=25)
@given(st.integers(0, 1680))
def test_paces_stay_within_their_picture(seconds):
    for box in paces(STANDARD.with_block("kneading", seconds)).moving.values():
        assert box.get_y() >= 0
        assert box.get_y() + box.get_height() <= 3 + 1e-9


def test_a_block_without_minutes_has_no_pace():
    plan = STANDARD.without("vibration")
    assert paces(plan).moving["pace-vibration"].get_width() == 0
    assert "Vibration" not in paces(plan).alt


def test_words_of_paces_do_not_overlap_and_are_readable_at_360_pixels():
    drawing = paces(STANDARD)
    assert_no_overlap(drawing)
    for text in drawing.axes[0].texts:
        assert text.get_fontsize() * 360 / (72 * drawing.get_figwidth()) >= 10


def test_what_a_plan_is_compared_with_stands_under_its_name():
    drawing = Timings(STANDARD.with_block("kneading", 720), STANDARD, BLOCKS, "Anna")
    assert "Kneading 12:00 (Anna 9:45)" in drawing.alt
    assert "Anna" in {text.get_text() for text in drawing.axes[0].texts}
