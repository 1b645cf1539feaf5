from dataclasses import replace
from functools import cache

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from massage_workbook.figures import palette
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.sessions import PATTERNS, comparison, draw_timeline, timeline
from massage_workbook.session import Plan, make_steps

from ..shipped import COURSE
from .legible import assert_legible, assert_no_overlap

BLOCKS = {block.id: block for block in COURSE.blocks}
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}
LONGEST = sorted(TECHNIQUES, key=lambda name: -len(TECHNIQUES[name].names.english))[:6]
"""Techniques whose names need the most room: where they fit, the others do."""
PLANS = {session.name: Plan.of(session, COURSE) for session in COURSE.sessions}


@cache
def drawn(plan):
    return timeline(plan, make_steps(plan, COURSE), BLOCKS, TECHNIQUES)


def assert_in_palette(drawing):
    known = {palette.colour(name) for name in palette._table()}
    for text in drawing.findobj(Text):
        assert not text.get_text() or to_hex(text.get_color()) in known, text


def boxes(drawing, gid):
    (axes,) = drawing.axes
    return {
        p.get_gid(): p
        for p in axes.patches
        if isinstance(p, Rectangle) and (p.get_gid() or "").startswith(gid)
    }


def test_the_passes_of_a_step_stand_in_their_time_and_on_their_side():
    for plan in PLANS.values():
        found = boxes(drawn(plan), "step-")
        made = make_steps(plan, COURSE)
        assert len(found) == len(made)
        for number, step in enumerate(made, start=1):
            box = found[f"step-{number}"]
            assert box.get_y() == step.start + step.lead
            assert box.get_height() == pytest.approx(step.passes * step.pass_seconds)
            lanes = {"left": (0, 1), "right": (1, 2), "both": (0, 2)}[step.side]
            assert (box.get_x(), box.get_x() + box.get_width()) == lanes


def test_what_comes_before_and_after_the_passes_of_a_step_is_lighter():
    for plan in PLANS.values():
        drawing = drawn(plan)
        for number, step in enumerate(make_steps(plan, COURSE), start=1):
            for part, seconds in (("lead", step.lead), ("rest", step.rest)):
                box = boxes(drawing, part).get(f"{part}-{number}")
                assert (box.get_height() if box else 0) == seconds
                assert box is None or box.get_alpha() < 0.5


def test_the_parts_of_a_timeline_follow_one_another_without_a_gap():
    for plan in PLANS.values():
        drawing = drawn(plan)
        parts = [p for gid in ("step-", "lead-", "rest-") for p in boxes(drawing, gid).values()]
        end = 0
        for box in sorted(parts, key=lambda part: part.get_y()):
            assert box.get_y() == end
            end += box.get_height()
        assert end == plan.total


def test_every_technique_stands_beside_its_time_and_its_passes():
    for plan in PLANS.values():
        words = {
            text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in drawn(plan).axes[0].texts
        }
        for step in make_steps(plan, COURSE):
            name = TECHNIQUES[step.technique].names.english
            assert any(
                name in each and f"{step.passes} \N{MULTIPLICATION SIGN}" in each for each in words
            )


def test_a_session_on_the_side_names_its_blocks_on_each_half():
    plan = PLANS["On the side, 20 minutes"]
    names = [text.get_text().split("\n")[0] for text in drawn(plan).axes[0].texts]
    assert names.count("Kneading") == names.count("Closing strokes") == 2


def test_the_most_crowded_plan_finds_room_in_smaller_words():
    plan = PLANS["40 minutes"]
    for technique in COURSE.techniques:
        block = next(part.block for part in plan.parts if part.family == technique.family)
        if plan.position in technique.positions:
            plan = plan.with_technique(block, technique)
    made = make_steps(plan, COURSE)
    drawing = Drawing("", 11, 3)
    draw_timeline(drawing.add_axes((0.2, 0.1, 0.04, 0.8)), plan, made, BLOCKS, TECHNIQUES)
    assert len(made) > 20
    assert_no_overlap(drawing)


def test_a_timeline_is_legible():
    for plan in PLANS.values():
        assert_legible(drawn(plan))


@pytest.mark.parametrize("technique", LONGEST)
def test_the_longest_names_find_room_in_a_timeline(technique):
    plan = PLANS["40 minutes"]
    last = make_steps(plan, COURSE)[-1]
    late = replace(last, technique=technique, start=plan.total - 60, seconds=60, lead=6, rest=0)
    drawing = timeline(plan, [late], BLOCKS, TECHNIQUES)
    assert_no_overlap(drawing)
    drawing.draw_without_rendering()
    for text in drawing.axes[0].texts:
        assert text.get_window_extent().x1 <= drawing.bbox.x1, text


def test_limits_are_said_where_they_hold():
    for plan in PLANS.values():
        (note,) = drawn(plan).texts
        assert "10 seconds at most on one spot" in note.get_text()
        assert "40 minutes at most" in note.get_text()
        assert "Lighter: " in note.get_text()


def test_words_follow_the_theme():
    for plan in PLANS.values():
        assert_in_palette(drawn(plan))


def test_a_timeline_names_every_technique_in_words():
    for plan in PLANS.values():
        said = drawn(plan).alt
        for step in make_steps(plan, COURSE):
            assert TECHNIQUES[step.technique].names.english in said


def test_sessions_are_compared_bar_by_bar():
    found = boxes(comparison(PLANS, BLOCKS), "bar-")
    for row, plan in enumerate(PLANS.values()):
        parts = [part for part in plan.parts if part.seconds]
        bars = [found[f"bar-{row}-{part.block}"] for part in parts]
        assert [bar.get_width() * 60 for bar in bars] == pytest.approx(
            [part.seconds for part in parts]
        )
        for bar, part in zip(bars, parts, strict=True):
            assert bar.get_x() * 60 == pytest.approx(
                sum(p.seconds for p in parts[: parts.index(part)])
            )


def test_the_comparison_is_legible():
    assert_legible(comparison(PLANS, BLOCKS))


def test_words_of_the_comparison_follow_the_theme():
    assert_in_palette(comparison(PLANS, BLOCKS, PLANS))


def test_families_are_told_apart_without_colour():
    assert len({*PATTERNS.values()}) == len({block.family for block in BLOCKS.values()})
    found = boxes(comparison(PLANS, BLOCKS), "bar-")
    (axes,) = comparison(PLANS, BLOCKS).axes
    over = {(p.get_x(), p.get_y()): p.get_hatch() for p in axes.patches if not p.get_gid()}
    for gid, bar in found.items():
        family = BLOCKS[gid.split("-")[-1]].family
        assert (over[bar.get_x(), bar.get_y()] or "") == PATTERNS[family]


def test_sessions_that_are_reconstructed_are_marked_and_said_to_be():
    marked = comparison(PLANS, BLOCKS, ["20 minutes"])
    names = {text.get_text() for text in marked.axes[0].texts}
    assert "20 minutes *" in names
    assert "30 minutes" in names
    assert any("reconstructed" in text.get_text() for text in marked.texts)
    assert "20 minutes (reconstructed)" in marked.alt
    assert "reconstructed" not in comparison(PLANS, BLOCKS).alt


def test_the_comparison_names_every_session():
    for name in PLANS:
        assert name in comparison(PLANS, BLOCKS).alt
