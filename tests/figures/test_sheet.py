"""The page for the wall: everything on it, nothing over its edge."""

import re
from dataclasses import replace
from functools import cache

import pytest

from massage_workbook.figures.sheet import TIMELINE, _how, wall_sheet
from massage_workbook.safety.screening import Area, Restrictions
from massage_workbook.session import Plan, make_steps, restrict_plan

from ..shipped import COURSE
from .legible import assert_no_overlap

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SESSIONS = {session.id: session for session in COURSE.sessions}
LONGEST = sorted(TECHNIQUES, key=lambda name: -len(TECHNIQUES[name].names.english))[:6]
"""Techniques whose names need the most room: where they fit, the others do."""


@cache
def sheet(session, restrictions=None, left_out=()):
    plan = Plan.of(SESSIONS[session], COURSE)
    made = make_steps(plan, COURSE, restrictions or Restrictions())
    return wall_sheet(plan, made, COURSE, "For Anna", left_out), made


def how(technique, made):
    """What is said below the pictures of a technique."""
    return ", ".join(_how([step for step in made if step.technique == technique], COURSE)).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def words_of(drawing):
    """All words but those beside the timeline, in one line each."""
    return [" ".join(text.get_text().split()) for text in drawing.texts]


@pytest.mark.parametrize(
    "session", ["first-try-15", "standard-40", "neck-shoulders-14", "side-lying-20"]
)
@pytest.mark.parametrize("left_out", [(), ("Not here. ",) * 60], ids=["", "much left out"])
def test_everything_is_said_and_no_words_overlap_or_leave_the_page(session, left_out):
    drawing, made = sheet(session, left_out=left_out)
    words = words_of(drawing)
    for step in made:
        assert TECHNIQUES[step.technique].names.english in words
    for sign in COURSE.stop_signs:
        if sign.when == "during":
            assert any(sign.sign in each for each in words), sign.sign
    assert any("For Anna" in each for each in words)
    assert_no_overlap(drawing)
    drawing.draw_without_rendering()
    for text in drawing.texts:
        box = text.get_window_extent()
        assert min(box.x0, box.y0) >= 0, text
        assert (box.x1 <= drawing.bbox.x1, box.y1 <= drawing.bbox.y1) == (True, True), text


@pytest.mark.parametrize("technique", LONGEST)
def test_the_words_beside_the_timeline_end_before_the_pictures(technique):
    plan = Plan.of(SESSIONS["standard-40"], COURSE)
    (*_, last) = make_steps(plan, COURSE)
    late = replace(last, technique=technique, start=plan.total - 60, seconds=60)
    drawing = wall_sheet(plan, [late], COURSE, "For Anna")
    drawing.draw_without_rendering()
    timeline = next(axes for axes in drawing.axes if axes.texts)
    for text in timeline.texts:
        assert text.get_window_extent().x1 <= TIMELINE * drawing.dpi, text


def test_passes_places_and_the_towel_stand_below_each_technique():
    drawing, made = sheet("standard-20")
    times = "\N{MULTIPLICATION SIGN}"
    for technique in {step.technique: None for step in made}:
        assert how(technique, made) in words_of(drawing)
    assert how("semicircle-rubbing", made).startswith(f"3 {times} each side, force 2-4")
    assert how("semicircle-rubbing", made).endswith("stand: right/left, blot the oil first")
    assert how("palm-circle-kneading", made).endswith("stand: left/right")
    assert how("superficial-stroking", made).startswith(f"3-4 {times} both sides")
    assert "stand" not in how("superficial-stroking", made)


def test_a_session_on_the_side_says_when_the_person_turns_over():
    drawing, made = sheet("side-lying-20")
    assert how("superficial-stroking", made).endswith("turn over before the left")
    assert any("For Anna, on the side" in each for each in words_of(drawing))


def test_what_is_left_out_today_stands_below_the_title_and_in_the_description():
    said = ("Not touched: shoulder roll (left side).", "Never firmer than 3 of 10.")
    drawing, _ = sheet("first-try-15", left_out=said)
    assert f"Today: {' '.join(said)}" in words_of(drawing)
    assert " ".join(said) in drawing.alt
    assert "Today" not in sheet("first-try-15")[0].alt


def test_a_day_without_a_massage_leaves_a_page_with_the_stop_signs():
    plan = restrict_plan(
        Plan.of(SESSIONS["standard-20"], COURSE), COURSE, Restrictions(everything=True)
    )
    drawing = wall_sheet(plan, (), COURSE, "For Anna", ["Everything: there is no massage."])
    assert drawing.printed("pdf").startswith(b"%PDF")
    assert "Today: Everything: there is no massage." in words_of(drawing)


def test_it_prints_as_one_page():
    content = sheet("neck-shoulders-14")[0].printed("pdf")
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == 1


def test_words_do_not_overlap_where_there_are_more_techniques_than_in_any_ready_made_session():
    plan = Plan.of(SESSIONS["standard-40"], COURSE)
    for each in COURSE.techniques:
        if plan.position in each.positions:
            block = next(part.block for part in plan.parts if part.family == each.family)
            plan = plan.with_technique(block, each)
    made = make_steps(plan, COURSE)
    assert len({step.technique for step in made}) > 12
    assert_no_overlap(wall_sheet(plan, made, COURSE, "For Anna"))


def test_the_force_is_that_of_today():
    drawing, _ = sheet("first-try-15", Restrictions(force_ceiling=2))
    forces = re.findall(r"force ([\d-]+)", " ".join(words_of(drawing)))
    assert {*forces} == {"1-2", "2"}


def test_what_is_left_out_today_is_not_drawn():
    shut = Restrictions(areas=frozenset({Area("shoulder-roll", "both")}))
    whole, cut = sheet("neck-shoulders-14")[1], sheet("neck-shoulders-14", shut)[1]
    assert {s.technique for s in cut} < {s.technique for s in whole} or cut != whole
