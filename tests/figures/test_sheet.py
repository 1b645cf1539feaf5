"""The page for the wall: everything on it, nothing over its edge."""

import pytest

from massage_workbook.figures.sheet import wall_sheet
from massage_workbook.planning import Plan, steps
from massage_workbook.screening import Area, Restrictions

from ..shipped import COURSE
from .test_back import assert_no_overlap

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
SESSIONS = {session.id: session for session in COURSE.sessions}


def sheet(session, restrictions=None):
    plan = Plan.of(SESSIONS[session], COURSE)
    made = steps(plan, COURSE, restrictions or Restrictions())
    return wall_sheet(plan, made, COURSE, "For Anna"), made


@pytest.mark.parametrize("session", ["first-try-15", "standard-40", "neck-shoulders-14"])
def test_everything_is_said_and_no_words_overlap_or_leave_the_page(session):
    drawing, made = sheet(session)
    words = [" ".join(text.get_text().split()) for text in drawing.texts]
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


def test_it_prints_as_one_page():
    content = sheet("neck-shoulders-14")[0].printed("pdf")
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == 1


def test_the_force_is_that_of_today():
    drawing, _ = sheet("first-try-15", Restrictions(force_ceiling=2))
    forces = [t.get_text() for t in drawing.texts if t.get_text().startswith("force")]
    assert forces
    assert not any("3" in each.splitlines()[0] or "4" in each.splitlines()[0] for each in forces)


def test_what_is_left_out_today_is_not_drawn():
    shut = Restrictions(areas=frozenset({Area("shoulder-roll", "both")}))
    whole, cut = sheet("neck-shoulders-14")[1], sheet("neck-shoulders-14", shut)[1]
    assert {s.technique for s in cut} < {s.technique for s in whole} or cut != whole
