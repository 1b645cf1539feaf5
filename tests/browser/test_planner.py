"""The planner on a page: minutes, locks, fixes, files and names, also before replies come."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from massage_workbook import planner as shown
from massage_workbook.session import mmss

from ..shipped import COURSE
from .conftest import FOCUSED
from .widget_page import widget_page

pytestmark = pytest.mark.usefixtures("own_home")
TIMES = "\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}"


@pytest.fixture(scope="module")
def host(browser):
    with widget_page(browser, shown()) as host:
        yield host


@pytest.fixture
def planner(host):
    return begin_anew(host)


def begin_anew(host):
    """The planner at the 20 minutes, with everything folded."""
    planner = host.page.locator(".mw-planner")
    planner.evaluate("root => root.querySelectorAll('details').forEach(each => each.open = false)")
    for session, total in (("Evening, 30 minutes", "30:00"), ("20 minutes", "20:00")):
        begin_from(planner, session)
        expect(minutes(planner, "total")).to_have_value(total)
    return planner


def begin_from(planner, session):
    planner.get_by_label("Begin from").select_option(label=session)


def minutes(planner, block):
    return planner.locator(f"[data-block={block}] .typed")


def enter(planner, block, text):
    minutes(planner, block).fill(text)
    minutes(planner, block).press("Enter")


def row(planner, block):
    return planner.locator(f"[data-row={block}]")


def test_a_lock_holds_a_finding_is_fixed_and_undone_and_the_wall_pages_are_saved(planner):
    planner.get_by_role("button", name="Lock Kneading").click()
    minutes(planner, "total").select_text()
    planner.page.keyboard.type("18")
    planner.page.keyboard.press("Enter")
    expect(minutes(planner, "total")).to_have_value("18:00")
    expect(minutes(planner, "kneading")).to_have_value("9:45")
    expect(minutes(planner, "kneading")).to_be_disabled()

    findings = planner.locator(".findings")
    finding = findings.get_by_role("listitem").filter(has_text="Rubbing is too short for 3 passes")
    finding.get_by_role("button", name=re.compile("longer")).click()
    expect(findings).not_to_contain_text("Rubbing is too short")
    planner.get_by_role("button", name="Undo").click()
    expect(findings).to_contain_text("Rubbing is too short")

    with planner.page.expect_download() as download:
        planner.get_by_role("button", name="Pages for the wall").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    expect(planner.locator(".said")).to_have_text("massage.pdf is in your downloads.")


def test_passes_follow_the_slider(planner, host):
    expect(planner.locator(".findings")).to_have_text("Nothing to fix")
    passes = row(planner, "kneading").locator(".passes")
    room = row(planner, "kneading").locator(".room")
    slider, before = planner.get_by_label("Kneading", exact=True), room.bounding_box()
    expect(passes).to_have_text(f"palm-circle 3{TIMES}, longitudinal 3{TIMES}, picking up 3{TIMES}")
    expect(slider).to_have_accessible_description(re.compile("^palm-circle 3"))
    slider.focus()
    for _ in range(8):
        host.page.keyboard.press("ArrowLeft")
    expect(minutes(planner, "kneading")).to_have_value("7:45")
    for text in ("(too few)", "3 passes of each need 9:33."):
        expect(passes).to_contain_text(text)
    for edge in ("x", "width"):
        assert room.bounding_box()[edge] == before[edge]
    thumb = slider.evaluate(
        """slider => {
            const { left, width } = slider.getBoundingClientRect();
            return left + 8 + (width - 16) * slider.value / slider.max;
        }"""
    )
    assert thumb < before["x"]  # too few passes: the handle is before the band
    host.page.keyboard.press("End")
    expect(passes).to_have_text(f"palm-circle 7{TIMES}, longitudinal 7{TIMES}, picking up 7{TIMES}")


def test_how_the_person_lies_is_said_and_only_what_fits_is_offered(planner):
    position = planner.locator(".position")
    expect(position).to_be_hidden()
    begin_from(planner, "Neck and shoulders, 12 minutes")
    expect(position).to_have_text("For somebody seated.")
    expect(row(planner, "squeezing").locator(".passes")).to_have_text("Not for somebody seated")
    row(planner, "kneading").locator("summary").click()
    expect(planner.get_by_label("Collar kneading, seated", exact=True)).to_be_checked()
    expect(planner.get_by_label("Picking up", exact=True)).to_have_count(0)


def test_a_plan_is_saved_opened_and_deleted_by_name(planner, host):
    name = "<b>Anna</b>"
    enter(planner, "kneading", "12:30")
    expect(minutes(planner, "total")).to_have_value("22:45")
    planner.get_by_label("Name").focus()
    host.page.keyboard.type(name)
    planner.get_by_role("button", name="Save").click()
    expect(planner.locator(".said")).to_have_text(f"Saved as “{name}”.")
    begin_from(planner, "Evening, 20 minutes")
    expect(minutes(planner, "total")).to_have_value("20:00")
    begin_from(planner, name)
    expect(minutes(planner, "total")).to_have_value("22:45")
    planner.get_by_label("Saved plan").select_option(label=name)
    planner.get_by_role("button", name="Delete it").click()
    expect(planner.get_by_label("Begin from")).not_to_contain_text(name)


def test_techniques_are_chosen_and_the_table_follows(planner):
    row(planner, "rubbing").locator("summary").click()
    planner.get_by_text("The session step by step").click()
    steps = planner.locator("tbody")
    for text in ("Thumb-edge rubbing", "light strokes, blot the oil"):
        expect(steps).to_contain_text(text)
    expect(planner.locator("thead")).to_contain_text("Seconds a pass")
    planner.get_by_label("Thumb-edge rubbing of the sides", exact=True).uncheck()
    expect(steps).not_to_contain_text("Thumb-edge rubbing")
    planner.get_by_label("Hatching", exact=True).check()
    planner.get_by_label("Side of Hatching").select_option("left")
    expect(steps).to_contain_text("Hatching")
    expect(planner.locator(".findings")).to_contain_text("Hatching is done on the left alone.")


def test_a_block_is_left_out_taken_back_and_moved_by_keyboard(planner, host):
    planner.get_by_label("Vibration in the session").focus()
    for value in ("0:00", "0:45"):
        host.page.keyboard.press("Space")
        expect(minutes(planner, "vibration")).to_have_value(value)
    row(planner, "rubbing").locator("summary").click()
    later = planner.get_by_role("button", name="Rubbing: later")
    later.press("Enter")
    expect(planner.locator(".findings")).to_contain_text("not in the order")
    assert later.evaluate(FOCUSED)
    order = planner.locator("[data-row]").evaluate_all("all => all.map(e => e.dataset.row)")
    assert order.index("kneading") < order.index("rubbing")


def test_the_back_darkens_where_the_hands_stay(planner):
    way = planner.locator("#path-semicircle-rubbing-right")
    before = float(way.evaluate("way => way.style.opacity"))
    planner.get_by_label("Kneading", exact=True).press("Home")
    expect(minutes(planner, "kneading")).to_have_value("0:00")
    assert float(way.evaluate("way => way.style.opacity")) > before


def test_nobody_asked_is_said_calmly_and_practise_links_to_its_lesson(planner):
    asked = planner.locator(".screening")
    expect(asked).to_contain_text("Nobody has been asked today")
    expect(asked.get_by_role("link")).to_have_attribute("href", re.compile("01%20Is%20it%20safe"))
    expect(asked.get_by_role("button", name="I have done it")).to_be_visible()
    red, border = asked.evaluate(
        """line => {
            line.style.outlineColor = "var(--mw-keep-off)";
            const { outlineColor, borderLeftColor } = getComputedStyle(line);
            return [outlineColor, borderLeftColor];
        }"""
    )
    assert red != border
    practise = planner.get_by_role("button", name="Practise this plan")
    practise.click()
    link = planner.locator(".message a")
    expect(link).to_have_attribute("href", re.compile("10%20Practise"))
    assert link.bounding_box()["y"] - practise.bounding_box()["y"] < 80


# --- on one screen -------------------------------------------------------------------------------

SCREEN = 700
"""Pixels of a page of 800 that JupyterLab leaves to a lesson."""
LOWEST = """planner => {
    const seen = [...planner.querySelectorAll(".top .main, .row, .back, .findings")];
    const bottom = Math.max(...seen.map(each => each.getBoundingClientRect().bottom));
    return bottom - planner.getBoundingClientRect().top;
}"""
SCALES = """sliders => sliders.map(each => {
    const { left, width } = each.getBoundingClientRect();
    return [left, width, each.min, each.max].join();
})"""


def test_minutes_back_fixes_and_practise_are_seen_at_once(planner):
    for session in COURSE.sessions:
        begin_from(planner, session.name)
        expect(minutes(planner, "total")).to_have_value(mmss(round(60 * session.total)))
        assert planner.evaluate(LOWEST) <= SCREEN, session.id
        planner.get_by_label("Kneading", exact=True).press("Home")
        planner.get_by_label("Rubbing", exact=True).press("PageUp")
        planner.get_by_role("button", name="Lock Closing strokes").click()
        unlock = planner.get_by_role("button", name="Closing strokes is locked: unlock")
        expect(unlock).to_be_visible()
        assert planner.evaluate(LOWEST) <= SCREEN, session.id


def test_all_sliders_have_one_scale(planner):
    scales = planner.get_by_role("slider").evaluate_all(SCALES)
    assert len(scales) == len(COURSE.blocks) + 1
    assert len({*scales}) == 1


# --- a slow kernel -------------------------------------------------------------------------------


def test_charts_follow_a_slider_before_the_reply(host, planner):
    bar = planner.locator(".chart [data-bar=kneading]").first
    before = float(bar.get_attribute("width"))
    passes = row(planner, "kneading").locator(".passes")
    said = passes.inner_text()
    with host.held_replies():
        planner.get_by_label("Kneading", exact=True).press("End")
        expect(minutes(planner, "kneading")).to_have_value("28:00")
        expect(minutes(planner, "total")).to_have_value("38:15")
        assert float(bar.get_attribute("width")) == pytest.approx(before * 1680 / 585)
        expect(passes).to_have_text(said)
    expect(passes).to_contain_text("palm-circle 7")
    expect(minutes(planner, "kneading")).to_have_value("28:00")


def test_what_is_refused_goes_back_and_says_why_next_to_its_field(host, planner):
    vibration, status = (
        minutes(planner, "vibration"),
        row(planner, "vibration").get_by_role("status"),
    )
    with host.held_replies():
        enter(planner, "vibration", "15")
        expect(minutes(planner, "total")).to_have_value("34:15")
    expect(minutes(planner, "total")).to_have_value("20:00")
    expect(vibration).to_have_value("0:45")
    expect(status).to_contain_text("0:00 to 3:00 minutes, not 15:00")
    enter(planner, "vibration", "soon")
    expect(status).to_contain_text("“soon” is no time")
    expect(vibration).to_have_value("0:45")
    planner.get_by_label("Vibration", exact=True).press("End")
    expect(vibration).to_have_value("3:00")
    expect(status).to_have_text("3:00 is the most.")
    enter(planner, "vibration", "1")
    expect(status).to_be_empty()


def test_a_silent_kernel_is_said_and_nothing_is_shown_as_done(browser):
    with widget_page(browser, shown("standard-20")) as host:
        planner = host.page.locator(".mw-planner")
        host.page.clock.install()
        with host.held_replies():
            planner.get_by_label("Kneading", exact=True).press("ArrowRight")
            expect(minutes(planner, "total")).to_have_value("20:15")
            host.page.clock.fast_forward(5000)
            expect(planner.locator(".channel")).to_contain_text("nothing was changed")
            expect(minutes(planner, "total")).to_have_value("20:00")
        expect(minutes(planner, "total")).to_have_value("20:15")
        expect(planner.locator(".channel")).to_be_empty()


ACTIONS = {
    "step": lambda planner, block: planner.locator(f"[data-block={block}] [type=range]").press(
        "ArrowRight"
    ),
    "type": lambda planner, block: (
        enter(planner, block, "3") if minutes(planner, block).is_enabled() else None
    ),
    "lock": lambda planner, block: _click(planner, f"[data-row={block}] .lock"),
    "include": lambda planner, block: _click(planner, f"[data-row={block}] .include input"),
    "later": lambda planner, block: _click(planner, f"[data-row={block}] .later"),
    "share": lambda planner, block: _choose(planner, block, "share", "3"),
    "side": lambda planner, block: _choose(planner, block, "side", "left"),
    "undo": lambda planner, _: _click(planner, ".undo"),
    "fix": lambda planner, _: _click(planner, ".fixes button"),
}


def _click(planner, selector):
    planner.evaluate("(root, selector) => root.querySelector(selector)?.click()", selector)


def _choose(planner, block, what, value):
    planner.evaluate(
        """(root, [block, what, value]) => {
            const select = root.querySelector(`[data-row=${block}] [data-key$=${what}]`);
            if (!select || select.disabled) return;
            select.value = value;
            select.dispatchEvent(new Event("change"));
        }""",
        [block, what, value],
    )


ROWS = """root => [...root.querySelectorAll(".rows > .row")].map(row => ({
    block: row.dataset.row,
    seconds: row.querySelector(".typed").value,
    slider: Number(row.querySelector("[type=range]").value),
    locked: row.querySelector(".lock").ariaPressed === "true",
    included: row.querySelector(".include input").checked,
    techniques: [...row.querySelectorAll("li")].map(each => {
        const [on, weight, side] = each.querySelectorAll("input, select");
        return [on.checked, weight.value, side.value];
    }),
}))"""


def rows_in_python(widget):
    return [
        {name: row[name] for name in ("block", "locked", "included")}
        | {"seconds": mmss(row["seconds"]), "slider": row["seconds"]}
        | {"techniques": [[t["on"], str(t["weight"]), t["side"]] for t in row["techniques"]]}
        for row in widget.state["rows"]
    ]


blocks = st.sampled_from([each.id for each in COURSE.blocks])
actions = st.tuples(st.sampled_from([*ACTIONS, "reply"]), blocks)


@settings(max_examples=8)
@given(st.lists(actions, min_size=2, max_size=9))
def test_whatever_is_pressed_before_replies_the_page_shows_what_python_has(host, pressed):
    planner = begin_anew(host)
    with host.held_replies():
        for action, block in pressed:
            if action == "reply":
                host.release_waiting()
            elif planner.locator(f"[data-block={block}] [type=range]").is_enabled():
                ACTIONS[action](planner, block)
    host.settle()
    assert planner.evaluate(ROWS) == rows_in_python(host.widget)


def test_everything_pressed_before_a_reply_counts_once(host, planner):
    """A drag, two changes of a technique, a lock on and off, a fix pressed twice, two moves."""
    rubbing = row(planner, "rubbing")
    rubbing.locator("summary").click()
    enter(planner, "kneading", "7")
    leave = planner.get_by_role("button", name=re.compile("^Leave picking up"))
    expect(leave).to_be_visible()
    with host.held_replies():
        planner.get_by_label("Closing strokes", exact=True).evaluate("""input => {
            for (let value = 0; value <= 120; value += 15) {
                input.value = value;
                input.dispatchEvent(new Event("input"));
            }
            input.dispatchEvent(new Event("change"));
        }""")
        planner.get_by_label("Share of Semicircle rubbing").select_option("3")
        planner.get_by_label("Side of Semicircle rubbing").select_option("left")
        rubbing.locator(".lock").click(click_count=2)
        leave.click(click_count=2)
        planner.get_by_role("button", name="Rubbing: later").click(click_count=2)
    expect(planner.locator("[data-row]").nth(4)).to_have_attribute("data-row", "rubbing")
    expect(minutes(planner, "closing")).to_have_value("2:00")
    expect(planner.get_by_label("Share of Semicircle rubbing")).to_have_value("3")
    expect(planner.get_by_label("Side of Semicircle rubbing")).to_have_value("left")
    expect(rubbing.get_by_role("button", name="Lock Rubbing")).to_be_visible()
    expect(planner.get_by_label("Palm-circle kneading", exact=True)).to_be_checked()


# --- for everybody -------------------------------------------------------------------------------


def test_the_planner_is_accessible_also_where_the_system_chooses_colours(host, planner):
    for summary in planner.locator("summary").all():
        summary.click()
    planner.locator(".minutes svg").wait_for()
    enter(planner, "vibration", "15")
    expect(row(planner, "vibration").locator(".problem")).not_to_be_empty()
    host.check_accessibility(".mw-planner")
    host.page.emulate_media(forced_colors="active")
    text, bar = (
        planner.locator(f".chart {part}").first.evaluate("each => getComputedStyle(each).fill")
        for part in (".total", ".bar")
    )
    host.page.emulate_media(forced_colors="none")
    assert text != bar
