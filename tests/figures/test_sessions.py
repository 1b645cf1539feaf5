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

from ..shipped import BLOCKS, COURSE, TECHNIQUES
from .legible import LONGEST_NAMES, assert_no_overlap

PLANS = {session.name: Plan.of(session, COURSE) for session in COURSE.sessions}


STEPS = {name: make_steps(plan, COURSE) for name, plan in PLANS.items()}


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


@pytest.mark.parametrize("name", PLANS)
def test_steps_fill_the_timeline_with_lighter_parts_before_and_after_their_passes(name):
    drawing, end = drawn(PLANS[name]), 0
    found = {gid: boxes(drawing, f"{gid}-") for gid in ("lead", "step", "rest")}
    assert len(found["step"]) == len(STEPS[name])
    for number, step in enumerate(STEPS[name], start=1):
        lanes = {"left": (0, 1), "right": (1, 2), "both": (0, 2)}[step.side]
        work = step.passes * step.pass_seconds
        for part, seconds in (("lead", step.lead), ("step", work), ("rest", step.rest)):
            box = found[part].get(f"{part}-{number}")
            assert (box.get_height() if box else 0) == pytest.approx(seconds)
            if box:
                assert box.get_y() == pytest.approx(end)
                assert (box.get_alpha() or 1) < 0.5 or part == "step"
                assert part != "step" or (box.get_x(), box.get_x() + box.get_width()) == lanes
            end += seconds
    assert end == pytest.approx(PLANS[name].total)


@pytest.mark.parametrize("name", PLANS)
def test_a_timeline_names_techniques_passes_and_limits(name):
    drawing = drawn(PLANS[name])
    assert_in_palette(drawing)
    words = [t.get_text().replace("\N{NO-BREAK SPACE}", " ") for t in drawing.axes[0].texts]
    for step in STEPS[name]:
        technique = TECHNIQUES[step.technique].names.english
        times = f"{step.passes} \N{MULTIPLICATION SIGN}"
        assert any(technique in each and times in each for each in words)
        assert technique in drawing.alt
    (note,) = drawing.texts
    for limit in ("10 seconds at most on one spot", "40 minutes at most", "Lighter: "):
        assert limit in note.get_text()


def test_a_session_on_the_side_names_its_blocks_on_each_half():
    plan = PLANS["On the side, 20 minutes"]
    names = [text.get_text().split("\n")[0] for text in drawn(plan).axes[0].texts]
    assert names.count("Kneading") == names.count("Closing strokes") == 2


def test_the_most_crowded_plan_has_smaller_words():
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


@pytest.mark.parametrize("technique", LONGEST_NAMES)
def test_the_longest_names_fit_into_a_timeline(technique):
    plan = PLANS["40 minutes"]
    last = make_steps(plan, COURSE)[-1]
    late = replace(last, technique=technique, start=plan.total - 60, seconds=60, lead=6, rest=0)
    drawing = timeline(plan, [late], BLOCKS, TECHNIQUES)
    assert_no_overlap(drawing)
    drawing.draw_without_rendering()
    for text in drawing.axes[0].texts:
        assert text.get_window_extent().x1 <= drawing.bbox.x1, text


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


def test_families_differ_without_colour():
    assert len({*PATTERNS.values()}) == len({block.family for block in BLOCKS.values()})
    found = boxes(comparison(PLANS, BLOCKS), "bar-")
    (axes,) = comparison(PLANS, BLOCKS).axes
    over = {(p.get_x(), p.get_y()): p.get_hatch() for p in axes.patches if not p.get_gid()}
    for gid, bar in found.items():
        family = BLOCKS[gid.split("-")[-1]].family
        assert (over[bar.get_x(), bar.get_y()] or "") == PATTERNS[family]


def test_reconstructed_sessions_are_marked_in_the_comparison_of_all():
    marked = comparison(PLANS, BLOCKS, ["20 minutes"])
    assert_in_palette(marked)
    assert {"20 minutes *", "30 minutes"} <= {text.get_text() for text in marked.axes[0].texts}
    assert any("reconstructed" in text.get_text() for text in marked.texts)
    assert "20 minutes (reconstructed)" in marked.alt
    assert all(name in marked.alt for name in PLANS)
    assert "reconstructed" not in comparison(PLANS, BLOCKS).alt
