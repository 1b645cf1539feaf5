"""The pages for the wall: everything on them, nothing over their edges."""

import io
import re
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image

from massage_workbook.figures.sheet import MIN_FONT_SIZE, TIMELINE_INCHES, _how, printed, wall_pages
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
    return wall_pages(plan, made, COURSE, "For Anna", left_out), made


def how(technique, made):
    """What is said below the pictures of a technique."""
    return ", ".join(_how([step for step in made if step.technique == technique], COURSE)).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def words_of(pages):
    """All words but those beside the timeline, in one line each."""
    return [" ".join(text.get_text().split()) for page in pages for text in page.texts]


@pytest.mark.parametrize(
    "session", ["first-try-15", "standard-40", "neck-shoulders-14", "side-lying-20"]
)
@pytest.mark.parametrize(
    "left_out", [(), ("Not here. " * 20,) * 3, ("Not here. ",) * 40], ids=["", "much", "most"]
)
def test_everything_is_said_large_enough_without_overlaps_and_within_the_page(session, left_out):
    pages, made = sheet(session, left_out=left_out)
    words = words_of(pages)
    for step in made:
        assert TECHNIQUES[step.technique].names.english in words
    assert " ".join(words).count("Not here.") == " ".join(left_out).count("Not here.")
    for sign in COURSE.stop_signs:
        if sign.when == "during":
            assert any(sign.sign in each for each in words), sign.sign
    for page in pages:
        assert_no_overlap(page)
        page.draw_without_rendering()
        for text in [*page.texts, *(each for axes in page.axes for each in axes.texts)]:
            box = text.get_window_extent()
            assert text.get_size() >= MIN_FONT_SIZE == 9, text
            assert min(box.x0, box.y0) >= 0, text
            assert (box.x1 <= page.bbox.x1, box.y1 <= page.bbox.y1) == (True, True), text


@pytest.mark.parametrize("technique", LONGEST)
def test_the_words_beside_the_timeline_end_before_the_pictures(technique):
    plan = Plan.of(SESSIONS["standard-40"], COURSE)
    (*_, last) = make_steps(plan, COURSE)
    late = replace(last, technique=technique, start=plan.total - 60, seconds=60)
    drawing, _ = wall_pages(plan, [late], COURSE, "For Anna")
    drawing.draw_without_rendering()
    timeline = next(axes for axes in drawing.axes if axes.texts)
    for text in timeline.texts:
        assert text.get_window_extent().x1 <= TIMELINE_INCHES * drawing.dpi, text


def test_passes_places_and_the_towel_stand_below_each_technique():
    drawing, made = sheet("standard-20")
    times = "\N{MULTIPLICATION SIGN}"
    for technique in {step.technique: None for step in made}:
        assert how(technique, made) in words_of(drawing)
    assert how("semicircle-rubbing", made).startswith(f"3 {times} each side, force 2-4")
    assert how("semicircle-rubbing", made).endswith("stand: right/left, blot the oil first")
    assert how("palm-circle-kneading", made).endswith("stand: left/right")
    assert how("superficial-stroking", made).startswith(f"4 {times} both sides")
    assert "stand" not in how("superficial-stroking", made)


def test_a_session_on_the_side_says_when_the_person_turns_over():
    drawing, made = sheet("side-lying-20")
    assert how("superficial-stroking", made).endswith("turn over before the left")
    assert any("For Anna, on the side" in each for each in words_of(drawing))


def test_what_is_left_out_today_stands_below_the_title_and_in_the_description():
    said = ("Not touched: shoulder roll (left side).", "Never firmer than 3 of 10.")
    pages, _ = sheet("first-try-15", left_out=said)
    assert " ".join(f"· {each}" for each in said) in words_of(pages)
    assert all(each in pages[0].alt for each in said)
    assert "Left out or changed today" not in words_of(sheet("first-try-15")[0])


def test_a_day_without_a_massage_leaves_a_page_with_the_stop_signs():
    plan = restrict_plan(
        Plan.of(SESSIONS["standard-20"], COURSE), COURSE, Restrictions(everything=True)
    )
    pages = wall_pages(plan, (), COURSE, "For Anna", ["Everything: there is no massage."])
    assert printed(pages, "pdf").startswith(b"%PDF")
    assert "· Everything: there is no massage." in words_of(pages)


def test_it_prints_as_two_pages_or_one_high_picture():
    pages, _ = sheet("neck-shoulders-14")
    content = printed(pages, "pdf")
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == 2
    width, height = Image.open(io.BytesIO(printed(pages, "png"))).size
    assert height / width == pytest.approx(2 * 8.27 / 11.69, rel=0.01)


def test_words_do_not_overlap_where_there_are_more_techniques_than_in_any_ready_made_session():
    plan = Plan.of(SESSIONS["standard-40"], COURSE)
    for each in COURSE.techniques:
        if plan.position in each.positions:
            block = next(part.block for part in plan.parts if part.family == each.family)
            plan = plan.with_technique(block, each)
    made = make_steps(plan, COURSE)
    assert len({step.technique for step in made}) > 12
    for page in wall_pages(plan, made, COURSE, "For Anna"):
        assert_no_overlap(page)


def test_the_force_is_that_of_today():
    drawing, _ = sheet("first-try-15", Restrictions(force_ceiling=2))
    forces = re.findall(r"force ([\d-]+)", " ".join(words_of(drawing)))
    assert {*forces} == {"1-2", "2"}


def test_what_is_left_out_today_is_not_drawn():
    shut = Restrictions(areas=frozenset({Area("shoulder-roll", "both")}))
    whole, cut = sheet("neck-shoulders-14")[1], sheet("neck-shoulders-14", shut)[1]
    assert {s.technique for s in cut} < {s.technique for s in whole} or cut != whole
