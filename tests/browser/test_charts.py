"""Charts of a plan, and what sums can tell of it, by the script that draws them."""

from contextlib import suppress
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.figures import palette
from massage_workbook.session import MAX_SECONDS, Plan, PlanError, make_steps, pace_range
from massage_workbook.session.passes import TEMPO_BANDS
from massage_workbook.widgets.bundle import bundle
from massage_workbook.widgets.planner import Planner
from massage_workbook.widgets.widget import SHARED

from ..shipped import COURSE
from .conftest import blank_page

BLOCKS = {block.id: block.name for block in COURSE.blocks}
STANDARD = Plan.of(COURSE.sessions[0], COURSE)
PLANS = {
    f"{session.id}-{length}": plan.with_total(getattr(plan, length))
    for session in COURSE.sessions
    for plan in [Plan.of(session, COURSE)]
    for length in ("least", "total", "most")
} | {"long-kneading": STANDARD.with_block("kneading", STANDARD.part("kneading").most)}
LOAD = """async ([text, css]) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    window.charts = await import(url);
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
        const kind = each.getAttribute("class");
        const size = parseFloat(getComputedStyle(each).fontSize);
        return { kind, bar: each.dataset.bar, text: each.textContent, x, y, width, height, size };
    });
    const { width, height } = svg.viewBox.baseVal;
    return { all, width, height, said: svg.getAttribute("aria-label") };
}"""


@pytest.fixture(scope="module")
def page(browser):
    sheets = (*SHARED, *Planner.stylesheets)
    css = palette.css() + "".join(path.read_text(encoding="utf-8") for path in sheets)
    with blank_page(browser) as page:
        page.evaluate(LOAD, [bundle(Planner.script.with_name("planner") / "charts.js"), css])
        yield page


@pytest.fixture(scope="module")
def draw(page):
    """Draw a chart of a plan; return where everything is."""

    def draw(name, plan, other=STANDARD, beside="ready-made"):
        steps = make_steps(plan, COURSE)
        blocks = [
            {
                "block": part.block,
                "name": BLOCKS[part.block],
                "family": part.family,
                "seconds": part.seconds,
                "comparison_seconds": other.part(part.block).seconds,
                "pace": pace_range(steps, part.block),
            }
            for part in plan.parts
        ]
        more = {"comparison_name": beside, "longest": MAX_SECONDS, "bands": TEMPO_BANDS}
        return page.evaluate(DRAW, [name, {"blocks": blocks} | more])

    return draw


def bars(chart, kind="bar "):
    return {each["bar"]: each for each in chart["all"] if each["bar"] and each["kind"] == kind}


def ends(box):
    return box["x"], box["x"] + box["width"]


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_charts_of_a_plan_are_to_scale_and_readable(draw, plan):
    charts = {name: draw(name, plan) for name in ("timeline", "shares", "paces")}
    spans = [bars(charts["timeline"])[part.block] for part in plan.parts]
    for bar, following in pairwise(spans):
        assert ends(bar)[1] == pytest.approx(following["x"], abs=0.01)
    for found in (spans, bars(charts["shares"]).values()):
        widths = [bar["width"] for bar in found]
        expected = [part.seconds * sum(widths) / plan.total for part in plan.parts]
        assert widths == pytest.approx(expected, abs=0.01)
    for chart in charts.values():
        expect_in_sight(chart)
    lengths = [each for each in charts["timeline"]["all"] if each["kind"] == "length middle"]
    assert lengths or plan.total < 600
    for left, right in map(ends, lengths):  # each within its bar
        assert any(begin <= left and right <= end for begin, end in map(ends, spans))


def expect_in_sight(chart):
    """Nothing is cut off, and no words overlap or are too small for a telephone."""
    words = [each for each in chart["all"] if each["text"]]
    for each in chart["all"]:
        assert each["x"] >= 0, each
        assert ends(each)[1] <= chart["width"], each
        assert each["y"] >= -1, each
        assert each["y"] + each["height"] <= chart["height"] + 1, each
    for one, other in combinations(words, 2):
        beside = ends(one)[1] <= other["x"] or ends(other)[1] <= one["x"]
        # Boxes of two lines of letters may overlap where no letter has a stroke.
        line = abs(one["y"] - other["y"]) >= 10
        assert beside or line, (one["text"], other["text"])
    assert all(each["size"] * 360 / chart["width"] >= 10 for each in words)


def test_bars_of_another_plan_stand_below_under_its_name(draw):
    chart = draw("timeline", STANDARD.with_block("kneading", 720), beside="Anna")
    for block, below in bars(chart, "bar other").items():
        above = bars(chart)[block]
        assert below["y"] > above["y"] + above["height"]
        assert (below["width"] == pytest.approx(above["width"])) == (block != "kneading")
    for text in ("Kneading 12:00 (Anna 9:45)", "Rubbing 4:45,"):
        assert text in chart["said"]
    assert "Anna" in {each["text"] for each in chart["all"]}


@settings(max_examples=10)
@given(st.lists(st.floats(0, 300), min_size=20, max_size=20))
def test_bands_are_equally_high(page, paces):
    script = "([bands, paces]) => paces.map((each) => charts.levelOf(bands, each))"
    levels = page.evaluate(script, [TEMPO_BANDS, paces])
    ends_of_bands = [0, *(end for _, end, *_ in TEMPO_BANDS)]
    assert levels == pytest.approx(np.interp(paces, ends_of_bands, range(len(TEMPO_BANDS) + 1)))


def test_a_block_s_pace_spans_those_of_its_steps_along_its_minutes(draw):
    chart, spans = draw("paces", STANDARD), bars(draw("timeline", STANDARD))
    for part in STANDARD.parts:
        slow, quick = pace_range(make_steps(STANDARD, COURSE), part.block)
        if not slow:
            assert part.block not in bars(chart)
            continue
        assert ends(bars(chart)[part.block]) == pytest.approx(ends(spans[part.block]))
        span = f"{slow:.0f} to {quick:.0f}" if round(slow) < round(quick) else f"{slow:.0f}"
        assert f"{BLOCKS[part.block]} {span}" in chart["said"]
    assert bars(chart)["vibration"]["height"] == 5  # all of it is done at one pace
    assert bars(chart)["vibration"]["y"] < bars(chart)["kneading"]["y"]


# --- what is shown before Python replies ---------------------------------------------------------


def expected(page, plan, *wishes):
    script = "([state, wishes]) => charts.expected(state, wishes)"
    return page.evaluate(script, [minutes_of(plan), list(wishes)])


def minutes_of(plan):
    rows = [{"block": part.block, "seconds": part.seconds} for part in plan.parts]
    return {"total": {"seconds": plan.total, "longest": MAX_SECONDS}, "rows": rows}


@settings(max_examples=25)
@given(
    st.sampled_from(COURSE.sessions),
    st.lists(st.tuples(st.sampled_from([*BLOCKS]), st.integers(0, 112)), min_size=1, max_size=4),
)
def test_what_is_granted_is_what_was_expected(page, session, moves):
    begun = plan = Plan.of(session, COURSE)
    wishes = []
    for block, quarters in moves:
        with suppress(PlanError):
            plan = plan.with_block(block, 15 * quarters)
            wishes += [{"do": "set", "block": block, "seconds": 15 * quarters}, {"do": "autosave"}]
    assert expected(page, begun, *wishes) == minutes_of(plan)


@pytest.mark.parametrize(("block", "more"), [("kneading", 0), ("total", 15)])
def test_more_than_the_longest_session_is_not_expected(page, block, more):
    wish = {"do": "set", "block": block, "seconds": MAX_SECONDS + more}
    assert expected(page, STANDARD, wish) == minutes_of(STANDARD)


def test_how_blocks_share_the_minutes_of_a_session_is_left_to_python(page):
    found = expected(page, STANDARD, {"do": "set", "block": "total", "seconds": 1500})
    assert found["total"]["seconds"] == 1500
    assert found["rows"] == minutes_of(STANDARD)["rows"]
