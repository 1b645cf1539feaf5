"""Charts of a plan, and what sums can tell of it, by the script that draws them."""

from contextlib import suppress
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massage_workbook.figures import palette
from massage_workbook.session import MAX_SECONDS, Plan, PlanError, make_steps, pace_range
from massage_workbook.session.passes import TEMPO_BANDS
from massage_workbook.widgets.bundle import bundle
from massage_workbook.widgets.planner import Planner
from massage_workbook.widgets.widget import SHARED

from ..shipped import COURSE
from .conftest import blank_page

BLOCKS = {block.id: block for block in COURSE.blocks}
STANDARD = Plan.of(COURSE.sessions[0], COURSE)
PLANS = {
    f"{session.id}-{length}": plan.with_total(getattr(plan, length))
    for session in COURSE.sessions
    for plan in [Plan.of(session, COURSE)]
    for length in ("least", "total", "most")
} | {"long-kneading": STANDARD.with_block("kneading", STANDARD.part("kneading").most)}
LOAD = """async ([text, css]) => {
    const made = new Blob([text], { type: "text/javascript" });
    window.charts = await import(URL.createObjectURL(made));
    document.head.appendChild(document.createElement("style")).textContent = css;
    const place = '<div class="mw mw-planner" style="width: 402px"><div class="chart"></div></div>';
    document.body.innerHTML = place;
}"""
# Where everything of a chart is, in units of its view box.
DRAW = """([name, plan]) => {
    const svg = charts[name](plan);
    document.querySelector(".chart").replaceChildren(svg);
    const all = [...svg.querySelectorAll("rect, text")].map((each) => {
        const { x, y, width, height } = each.getBBox();
        const { bar } = each.dataset;
        const kind = each.getAttribute("class");
        return { kind, bar, text: each.textContent, x, y, width, height };
    });
    const { width, height } = svg.viewBox.baseVal;
    return { all, width, height, said: svg.getAttribute("aria-label") };
}"""
each_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


@pytest.fixture(scope="module")
def page(browser):
    css = palette.css() + "".join(
        path.read_text(encoding="utf-8") for path in (SHARED, *Planner.stylesheets)
    )
    with blank_page(browser) as page:
        page.evaluate(LOAD, [bundle(Planner.script.with_name("charts.js")), css])
        yield page


def numbers(plan, other=STANDARD, beside="ready-made"):
    """A plan as the page is told of it."""
    made = make_steps(plan, COURSE)
    blocks = [
        {
            "block": part.block,
            "name": BLOCKS[part.block].name,
            "family": part.family,
            "seconds": part.seconds,
            "other": other.part(part.block).seconds,
            "pace": pace_range(made, part.block),
        }
        for part in plan.parts
    ]
    return {"blocks": blocks, "beside": beside, "longest": MAX_SECONDS, "bands": TEMPO_BANDS}


def drawn(page, name, plan, **how):
    return page.evaluate(DRAW, [name, numbers(plan, **how)])


def bars(chart, kind="bar "):
    return {each["bar"]: each for each in chart["all"] if each["bar"] and each["kind"] == kind}


def ends(box):
    return box["x"], box["x"] + box["width"]


@each_plan
def test_bars_follow_one_another_without_a_gap_and_are_as_long_as_their_blocks(page, plan):
    chart = drawn(page, "timeline", plan)
    spans = [bars(chart)[part.block] for part in plan.parts]
    for bar, following in pairwise(spans):
        assert ends(bar)[1] == pytest.approx(following["x"], abs=0.01)
    for found in (spans, bars(drawn(page, "shares", plan)).values()):
        lengths = [bar["width"] for bar in found]
        for part, length in zip(plan.parts, lengths, strict=True):
            assert length == pytest.approx(part.seconds * sum(lengths) / plan.total, abs=0.01)


def test_the_other_plan_s_bars_stand_below_under_its_name(page):
    plan = STANDARD.with_block("kneading", 720)
    chart = drawn(page, "timeline", plan, beside="Anna")
    for block, below in bars(chart, "bar other").items():
        above = bars(chart)[block]
        assert below["y"] > above["y"] + above["height"]
        assert (below["width"] == pytest.approx(above["width"])) == (block != "kneading")
    assert "Kneading 12:00 (Anna 9:45)" in chart["said"]
    assert "Rubbing 4:45," in chart["said"]
    assert "Anna" in {each["text"] for each in chart["all"]}


@each_plan
def test_no_words_of_a_chart_overlap_and_all_of_it_is_in_sight(page, plan):
    for name in ("timeline", "shares", "paces"):
        assert_in_sight(drawn(page, name, plan))


def assert_in_sight(chart):
    for each in chart["all"]:
        assert each["x"] >= 0, each
        assert ends(each)[1] <= chart["width"], each
        assert each["y"] >= -1, each
        assert each["y"] + each["height"] <= chart["height"] + 1, each
    for one, other in combinations([each for each in chart["all"] if each["text"]], 2):
        beside = ends(one)[1] <= other["x"] or ends(other)[1] <= one["x"]
        # Boxes of two lines of letters may overlap where no letter has a stroke.
        line = abs(one["y"] - other["y"]) >= 10
        assert beside or line, (one["text"], other["text"])


@each_plan
def test_a_length_stands_within_its_bar(page, plan):
    chart = drawn(page, "timeline", plan)
    lengths = [each for each in chart["all"] if each["kind"] == "length middle"]
    assert lengths or plan.total < 600
    for length in lengths:
        left, right = ends(length)
        assert any(b <= left and right <= e for b, e in map(ends, bars(chart).values()))


def test_words_are_readable_on_a_telephone(page):
    drawn(page, "timeline", STANDARD)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("text")].map((each) => {
            const { width } = each.closest("svg").viewBox.baseVal;
            return (parseFloat(getComputedStyle(each).fontSize) * 360) / width;
        })"""
    )
    assert min(sizes) >= 10


@given(st.lists(st.floats(0, 300), min_size=20, max_size=20))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bands_are_equally_high(page, paces):
    levels = page.evaluate(
        "([bands, paces]) => paces.map((each) => charts.levelOf(bands, each))", [TEMPO_BANDS, paces]
    )
    ends_of_bands = [0, *(end for _, end, *_ in TEMPO_BANDS)]
    assert levels == pytest.approx(np.interp(paces, ends_of_bands, range(len(TEMPO_BANDS) + 1)))


def test_a_block_s_pace_spans_those_of_its_steps_along_its_minutes(page):
    chart = drawn(page, "paces", STANDARD)
    spans = bars(drawn(page, "timeline", STANDARD))
    for part in STANDARD.parts:
        slow, quick = pace_range(make_steps(STANDARD, COURSE), part.block)
        if not slow:
            assert part.block not in bars(chart)
            continue
        assert ends(bars(chart)[part.block]) == pytest.approx(ends(spans[part.block]))
        name = BLOCKS[part.block].name
        span = f"{slow:.0f} to {quick:.0f}" if round(slow) < round(quick) else f"{slow:.0f}"
        assert f"{name} {span}" in chart["said"]
    assert bars(chart)["vibration"]["height"] == 5  # all of it is done at one pace
    assert bars(chart)["vibration"]["y"] < bars(chart)["kneading"]["y"]


@given(
    st.sampled_from(COURSE.sessions),
    st.lists(st.tuples(st.sampled_from([*BLOCKS]), st.integers(0, 112)), min_size=1, max_size=4),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_granted_is_what_was_expected(page, session, moves):
    plan, wishes = Plan.of(session, COURSE), []
    begun = minutes_of(plan)
    for block, quarters in moves:
        with suppress(PlanError):
            plan = plan.with_block(block, 15 * quarters)
            wishes += [{"do": "set", "block": block, "seconds": 15 * quarters}, {"do": "autosave"}]
    assert expected(page, begun, *wishes) == minutes_of(plan)


def test_what_is_longer_than_a_session_may_be_is_not_expected(page):
    begun = minutes_of(STANDARD)
    assert (
        expected(page, begun, {"do": "set", "block": "kneading", "seconds": MAX_SECONDS}) == begun
    )
    assert (
        expected(page, begun, {"do": "set", "block": "total", "seconds": MAX_SECONDS + 15}) == begun
    )


def test_of_the_whole_session_s_minutes_the_kernel_decides_which_block_gets_them(page):
    found = expected(page, minutes_of(STANDARD), {"do": "set", "block": "total", "seconds": 1500})
    assert found["total"]["seconds"] == 1500
    assert found["rows"] == minutes_of(STANDARD)["rows"]


def expected(page, state, *wishes):
    script = "([state, wishes]) => charts.expected(state, wishes)"
    return page.evaluate(script, [state, list(wishes)])


def minutes_of(plan):
    rows = [{"block": part.block, "seconds": part.seconds} for part in plan.parts]
    return {"total": {"seconds": plan.total, "longest": MAX_SECONDS}, "rows": rows}
