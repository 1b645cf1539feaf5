"""The pages for the wall: everything on them, nothing over their edges."""

import io
import re
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image

from massage_workbook.figures.sheet import MIN_FONT_SIZE, TIMELINE_INCHES, _how, printed, wall_pages
from massage_workbook.safety.screening import Restrictions
from massage_workbook.session import Plan, make_steps, restrict_plan

from ..shipped import COURSE, SESSIONS, TECHNIQUES
from .legible import LONGEST_NAMES, assert_no_overlap


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


def crowded():
    """A plan of more techniques than in any ready-made session."""
    plan = Plan.of(SESSIONS["standard-40"], COURSE)
    for each in COURSE.techniques:
        if plan.position in each.positions:
            block = next(part.block for part in plan.parts if part.family == each.family)
            plan = plan.with_technique(block, each)
    made = make_steps(plan, COURSE)
    assert len({step.technique for step in made}) > 12
    return wall_pages(plan, made, COURSE, "For Anna"), made


MUCH, MOST = ("Not here. " * 20,) * 3, ("Not here. ",) * 40


@pytest.mark.parametrize(
    ("session", "left_out"),
    [
        ("first-try-15", ()), ("standard-40", MOST), ("neck-shoulders-14", MOST),
        ("side-lying-20", MUCH), (None, ()),
    ],
    ids=lambda each: each if isinstance(each, str) else len(each or ()),
)  # fmt: skip
def test_pages_are_complete_and_legible_without_overlaps(session, left_out):
    pages, made = sheet(session, left_out=left_out) if session else crowded()
    words = words_of(pages)
    assert {TECHNIQUES[step.technique].names.english for step in made} <= {*words}
    assert " ".join(words).count("Not here.") == " ".join(left_out).count("Not here.")
    for sign in COURSE.stop_signs:
        assert sign.when != "during" or any(sign.sign in each for each in words), sign.sign
    for page in pages:
        assert_no_overlap(page)
        for text in [*page.texts, *(each for axes in page.axes for each in axes.texts)]:
            box = text.get_window_extent()
            assert text.get_size() >= MIN_FONT_SIZE == 9, text
            assert min(box.x0, box.y0) >= 0, text
            assert (box.x1 <= page.bbox.x1, box.y1 <= page.bbox.y1) == (True, True), text


@pytest.mark.parametrize("technique", LONGEST_NAMES)
def test_the_longest_names_fit_beside_the_timeline(technique):
    plan = Plan.of(SESSIONS["standard-40"], COURSE)
    (*_, last) = make_steps(plan, COURSE)
    late = replace(last, technique=technique, start=plan.total - 60, seconds=60)
    drawing, _ = wall_pages(plan, [late], COURSE, "For Anna")
    drawing.draw_without_rendering()
    timeline = next(axes for axes in drawing.axes if axes.texts)
    for text in timeline.texts:
        assert text.get_window_extent().x1 <= TIMELINE_INCHES * drawing.dpi, text


def test_passes_places_and_transitions_are_below_each_technique():
    drawing, made = sheet("standard-20")
    times = "\N{MULTIPLICATION SIGN}"
    assert {how(step.technique, made) for step in made} <= {*words_of(drawing)}
    assert how("semicircle-rubbing", made).startswith(f"3 {times} each side, force 2-4")
    assert how("semicircle-rubbing", made).endswith("stand: right/left, blot the oil first")
    assert how("palm-circle-kneading", made).endswith("stand: left/right")
    assert how("superficial-stroking", made).startswith(f"4 {times} both sides")
    assert "stand" not in how("superficial-stroking", made)
    drawing, made = sheet("side-lying-20")
    assert how("superficial-stroking", made).endswith("turn over before the left")
    assert any("For Anna, on the side" in each for each in words_of(drawing))


def test_restrictions_of_today_are_printed_and_drawn():
    said = ("Not touched: shoulder roll (left side).", "Never firmer than 2 of 10.")
    pages, _ = sheet("first-try-15", Restrictions(force_ceiling=2), said)
    words = words_of(pages)
    assert " ".join(f"· {each}" for each in said) in words
    assert all(each in pages[0].alt for each in said)
    assert {*re.findall(r"force ([\d-]+)", " ".join(words))} == {"1-2", "2"}
    whole = words_of(sheet("first-try-15")[0])
    assert "3" in "".join(re.findall(r"force ([\d-]+)", " ".join(whole)))
    assert not any("·" in each and "Not touched" in each for each in whole)


def test_a_day_without_a_massage_has_pages_to_print_as_one_file():
    plan = restrict_plan(
        Plan.of(SESSIONS["standard-20"], COURSE), COURSE, Restrictions(everything=True)
    )
    pages = wall_pages(plan, (), COURSE, "For Anna", MOST)
    assert " ".join(words_of(pages)).count("Not here.") == len(MOST)
    content = printed(pages, "pdf")
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == 2
    width, height = Image.open(io.BytesIO(printed(pages, "png"))).size
    assert height / width == pytest.approx(2 * 8.27 / 11.69, rel=0.01)
