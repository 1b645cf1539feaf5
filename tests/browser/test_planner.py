"""The planner in the real page: minutes, locks, mends and files, narrow and in the dark."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from massage_workbook import planner as shown
from massage_workbook.session import mmss

from ..shipped import COURSE
from .bare import bare_page
from .conftest import FOCUSED

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture(scope="module")
def bare(browser):
    """One page for all of them, with the planner alone."""
    with bare_page(browser, shown()) as bare:
        yield bare


@pytest.fixture(scope="module")
def page(bare):
    return bare.page


@pytest.fixture
def planner(page):
    """The planner at the 20 minutes, with everything folded."""
    page.set_viewport_size({"width": 1280, "height": 800})
    return begun_anew(page)


def begun_anew(page):
    found = page.locator(".mw-planner")
    found.evaluate("root => root.querySelectorAll('details').forEach(each => (each.open = false))")
    found.get_by_label("Begin from").select_option(label="Evening, 30 minutes")
    expect(minutes(found, "total")).to_have_value("30:00")
    found.get_by_label("Begin from").select_option(label="20 minutes")
    expect(minutes(found, "total")).to_have_value("20:00")
    return found


def minutes(planner, block):
    return planner.locator(f"[data-block={block}] .typed")


def test_twenty_minutes_are_planned_locked_mended_undone_and_printed(planner, page, tmp_path):
    expect(minutes(planner, "total")).to_have_value("20:00")

    planner.get_by_role("button", name="Lock Kneading").click()
    minutes(planner, "total").select_text()
    page.keyboard.type("18")
    page.keyboard.press("Enter")
    expect(minutes(planner, "total")).to_have_value("18:00")
    expect(minutes(planner, "kneading")).to_have_value("9:45")
    expect(minutes(planner, "kneading")).to_be_disabled()

    findings = planner.locator(".findings")
    expect(findings).to_contain_text("Rubbing is too short for 3 passes")
    finding = findings.get_by_role("listitem").filter(has_text="Rubbing is too short")
    finding.get_by_role("button", name=re.compile("longer")).click()
    expect(findings).not_to_contain_text("Rubbing is too short")
    planner.get_by_role("button", name="Undo").click()
    expect(findings).to_contain_text("Rubbing is too short")

    with page.expect_download() as download:
        planner.get_by_role("button", name="Pages for the wall").click()
    file = tmp_path / "wall.pdf"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")
    expect(planner.locator(".said")).to_have_text("massage.pdf is in your downloads.")


def test_the_passes_follow_the_slider(planner, page):
    expect(planner.locator(".findings")).to_have_text("Nothing to fix")
    passes = planner.locator("[data-row=kneading] .passes")
    times = "\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}"
    expect(passes).to_have_text(f"palm-circle 3{times}, longitudinal 3{times}, picking up 3{times}")
    slider = planner.get_by_label("Kneading", exact=True)
    expect(slider).to_have_accessible_description(re.compile("^palm-circle 3"))
    band = planner.locator("[data-row=kneading] .room")
    slider.focus()
    before = band.bounding_box()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(minutes(planner, "kneading")).to_have_value("7:45")
    expect(passes).to_contain_text("(too few)")
    expect(passes).to_contain_text("3 passes of each need 9:33.")
    expect(passes.locator("b")).not_to_have_count(0)
    assert band.bounding_box() == before
    thumb = slider.evaluate(
        """slider => {
            const { left, width } = slider.getBoundingClientRect();
            const share = slider.value / slider.max;
            return left + 8 + (width - 16) * share;
        }"""
    )
    assert thumb < before["x"]  # too few passes: the handle is before the band
    page.keyboard.press("End")
    expect(passes).to_have_text(f"palm-circle 7{times}, longitudinal 7{times}, picking up 7{times}")


def test_how_the_person_lies_is_said_and_no_technique_is_offered_that_does_not_fit(planner):
    position = planner.locator(".position")
    expect(position).to_be_hidden()
    planner.get_by_label("Begin from").select_option(label="Neck and shoulders, 12 minutes")
    expect(position).to_have_text("For somebody seated.")
    expect(planner.locator("[data-row=squeezing] .passes")).to_have_text("Not for somebody seated")
    planner.locator("[data-row=kneading] summary").click()
    expect(planner.get_by_label("Collar kneading, seated", exact=True)).to_be_checked()
    expect(planner.get_by_label("Picking up", exact=True)).to_have_count(0)


def test_it_says_that_nobody_has_been_asked_today(planner):
    line = planner.locator(".screening")
    expect(line).to_contain_text("Nobody has been asked today")
    expect(line.get_by_role("link")).to_have_attribute("href", re.compile("01%20Is%20it%20safe"))


def test_what_is_planned_is_saved_and_opened_by_name(planner, page):
    minutes(planner, "kneading").fill("12:30")
    minutes(planner, "kneading").press("Enter")
    expect(minutes(planner, "total")).to_have_value("22:45")
    planner.get_by_label("Name").focus()
    page.keyboard.type("<b>Anna</b>")
    planner.get_by_role("button", name="Save").click()
    expect(planner.locator(".said")).to_have_text("Saved as “<b>Anna</b>”.")
    planner.get_by_label("Begin from").select_option(label="Evening, 20 minutes")
    expect(minutes(planner, "total")).to_have_value("20:00")
    planner.get_by_label("Begin from").select_option(label="<b>Anna</b>")
    expect(minutes(planner, "total")).to_have_value("22:45")
    planner.get_by_label("Saved plan").select_option(label="<b>Anna</b>")
    planner.get_by_role("button", name="Delete it").click()
    expect(planner.get_by_label("Begin from")).not_to_contain_text("<b>Anna</b>")


def test_techniques_are_chosen_and_the_table_follows(planner):
    planner.locator("[data-row=rubbing] summary").click()
    planner.get_by_text("The session step by step").click()
    rows = planner.locator("tbody")
    expect(rows).to_contain_text("Thumb-edge rubbing")
    expect(rows).to_contain_text("light strokes, blot the oil")
    expect(planner.locator("thead")).to_contain_text("Seconds a pass")
    planner.get_by_label("Thumb-edge rubbing of the sides", exact=True).uncheck()
    expect(rows).not_to_contain_text("Thumb-edge rubbing")
    planner.get_by_label("Hatching", exact=True).check()
    planner.get_by_label("Side of Hatching").select_option("left")
    expect(rows).to_contain_text("Hatching")
    expect(planner.locator(".findings")).to_contain_text("Hatching is done on the left alone.")


def test_a_block_is_left_out_taken_back_and_moved_by_keyboard(planner, page):
    planner.get_by_label("Vibration in the session").focus()
    page.keyboard.press("Space")
    expect(minutes(planner, "vibration")).to_have_value("0:00")
    page.keyboard.press("Space")
    expect(minutes(planner, "vibration")).to_have_value("0:45")
    planner.locator("[data-row=rubbing] summary").click()
    later = planner.get_by_role("button", name="Rubbing: later")
    later.focus()
    page.keyboard.press("Enter")
    expect(planner.locator(".findings")).to_contain_text("not in the order")
    assert later.evaluate(FOCUSED)
    order = planner.locator("[data-row]").evaluate_all("all => all.map(e => e.dataset.row)")
    assert order.index("kneading") < order.index("rubbing")


def test_the_back_darkens_where_the_hands_stay(planner):
    way = planner.locator("#ways-semicircle-rubbing-right")
    before = float(way.evaluate("way => way.style.opacity"))
    planner.locator("[data-row=kneading] [type=range]").focus()
    planner.page.keyboard.press("Home")
    expect(minutes(planner, "kneading")).to_have_value("0:00")
    assert float(way.evaluate("way => way.style.opacity")) > before


def test_charts_follow_a_slider_before_the_kernel_answers(bare, planner, page):
    bar = planner.locator(".chart [data-bar=kneading]").first
    before = float(bar.get_attribute("width"))
    passes = planner.locator("[data-row=kneading] .passes")
    said = passes.inner_text()
    with bare.held_replies():
        planner.get_by_label("Kneading", exact=True).focus()
        page.keyboard.press("End")
        expect(minutes(planner, "kneading")).to_have_value("28:00")
        expect(minutes(planner, "total")).to_have_value("38:15")
        assert float(bar.get_attribute("width")) == pytest.approx(before * 1680 / 585)
        expect(passes).to_have_text(said)
    expect(passes).to_contain_text("palm-circle 7")
    expect(minutes(planner, "kneading")).to_have_value("28:00")


def test_what_the_kernel_refuses_goes_back_and_says_why_next_to_its_field(bare, planner):
    with bare.held_replies():
        minutes(planner, "vibration").fill("15")
        minutes(planner, "vibration").press("Enter")
        expect(minutes(planner, "total")).to_have_value("34:15")
    expect(minutes(planner, "total")).to_have_value("20:00")
    expect(minutes(planner, "vibration")).to_have_value("0:45")
    row = planner.locator("[data-row=vibration]")
    expect(row.get_by_role("status")).to_contain_text("0:00 to 3:00 minutes, not 15:00")
    minutes(planner, "vibration").fill("soon")
    minutes(planner, "vibration").press("Enter")
    expect(row.get_by_role("status")).to_contain_text("“soon” is no time")
    expect(minutes(planner, "vibration")).to_have_value("0:45")
    planner.get_by_label("Vibration", exact=True).press("End")
    expect(minutes(planner, "vibration")).to_have_value("3:00")
    expect(row.get_by_role("status")).to_have_text("3:00 is the most.")
    minutes(planner, "vibration").fill("1")
    minutes(planner, "vibration").press("Enter")
    expect(row.get_by_role("status")).to_be_empty()


def test_a_silent_kernel_is_said_and_nothing_else_is_shown_as_done(browser):
    with bare_page(browser, shown("standard-20")) as bare:
        page, planner = bare.page, bare.page.locator(".mw-planner")
        page.clock.install()
        with bare.held_replies():
            planner.get_by_label("Kneading", exact=True).focus()
            page.keyboard.press("ArrowRight")
            expect(minutes(planner, "total")).to_have_value("20:15")
            page.clock.fast_forward(5000)
            expect(planner.locator(".channel")).to_contain_text("nothing was changed")
            expect(minutes(planner, "total")).to_have_value("20:00")
        expect(minutes(planner, "total")).to_have_value("20:15")
        expect(planner.locator(".channel")).to_be_empty()


# --- on one screen -------------------------------------------------------------------------------

SCREEN = 700
"""Pixels of a page of 800 that JupyterLab leaves to a lesson."""
LOW = """planner => Math.max(...[...planner.querySelectorAll(".top .main, .row, .back, .findings")]
    .map(each => each.getBoundingClientRect().bottom - planner.getBoundingClientRect().top))"""
MOVES = [
    lambda planner: planner.get_by_label("Kneading", exact=True).press("Home"),
    lambda planner: planner.get_by_label("Rubbing", exact=True).press("PageUp"),
    lambda planner: planner.get_by_role("button", name="Lock Closing strokes").click(),
]


@pytest.mark.parametrize("session", [each.id for each in COURSE.sessions])
def test_minutes_back_fixes_and_practise_are_seen_at_once(browser, session):
    with bare_page(browser, shown(session)) as bare:
        planner = bare.page.locator(".mw-planner")
        assert planner.evaluate(LOW) <= SCREEN
        for move in MOVES:
            move(planner)
        expect(
            planner.get_by_role("button", name="Closing strokes is locked: unlock")
        ).to_be_visible()
        assert planner.evaluate(LOW) <= SCREEN


def test_all_sliders_have_one_scale(planner):
    scales = planner.get_by_role("slider").evaluate_all(
        """all => all.map(each => {
            const { left, width } = each.getBoundingClientRect();
            return [left, width, each.min, each.max].join();
        })"""
    )
    assert len(scales) == len(COURSE.blocks) + 1
    assert len({*scales}) == 1


def test_practise_is_one_click_and_its_link_stands_beside_it(planner):
    practise = planner.get_by_role("button", name="Practise this plan")
    practise.click()
    link = planner.locator(".message a")
    expect(link).to_have_attribute("href", re.compile("10%20Practise"))
    assert link.bounding_box()["y"] - practise.bounding_box()["y"] < 80


def test_nothing_is_red_beside_what_was_not_asked(planner):
    line = planner.locator(".screening")
    expect(line.get_by_role("button", name="I have done it")).to_be_visible()
    red = planner.evaluate("root => getComputedStyle(root).getPropertyValue('--mw-keep-off')")
    colour = line.evaluate(
        """(line, red) => {
            line.style.outlineColor = red;
            const { outlineColor, borderLeftColor } = getComputedStyle(line);
            return [outlineColor, borderLeftColor];
        }""",
        red,
    )
    assert colour[0] != colour[1]


# --- a slow kernel -------------------------------------------------------------------------------

ROWS = [each.id for each in COURSE.blocks]
HANDS = {
    "step": lambda planner, block: planner.locator(f"[data-block={block}] [type=range]").press(
        "ArrowRight"
    ),
    "type": lambda planner, block: _type(minutes(planner, block)),
    "lock": lambda planner, block: _press(planner, block, ".lock"),
    "include": lambda planner, block: _press(planner, block, ".include input"),
    "later": lambda planner, block: _press(planner, block, ".later"),
    "share": lambda planner, block: _choose(planner, block, "share", "3"),
    "side": lambda planner, block: _choose(planner, block, "side", "left"),
    "undo": lambda planner, _: _press(planner, "", ".undo"),
    "fix": lambda planner, _: _press(planner, "", ".fixes button"),
}


def _type(field):
    if field.is_enabled():
        field.fill("3")
        field.press("Enter")


def _press(planner, block, button):
    within = f"[data-row={block}] " if block else ""
    planner.evaluate("(root, each) => root.querySelector(each)?.click()", within + button)


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


def shown_by(planner):
    return planner.evaluate(
        """root => [...root.querySelectorAll(".rows > .row")].map(row => ({
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
    )


def held_by(widget):
    return [
        {
            "block": row["block"],
            "seconds": mmss(row["seconds"]),
            "slider": row["seconds"],
            "locked": row["locked"],
            "included": row["included"],
            "techniques": [
                [each["on"], str(each["weight"]), each["side"]] for each in row["techniques"]
            ],
        }
        for row in widget.state["rows"]
    ]


actions = st.lists(
    st.tuples(st.sampled_from([*HANDS, "reply"]), st.sampled_from(ROWS)), min_size=2, max_size=9
)


@settings(max_examples=8)
@given(actions)
def test_whatever_is_pressed_before_replies_come_the_page_shows_what_python_has(bare, pressed):
    planner = begun_anew(bare.page)
    with bare.held_replies():
        for hand, block in pressed:
            if hand == "reply":
                bare.release_waiting()
            elif planner.locator(f"[data-block={block}] [type=range]").is_enabled():
                HANDS[hand](planner, block)
    bare.settle()
    assert shown_by(planner) == held_by(bare.widget)


def test_everything_pressed_before_a_reply_counts_once(bare, planner):
    """Two changes of a technique, a lock on and off, a mend pressed twice, two moves."""
    row = planner.locator("[data-row=rubbing]")
    row.locator("summary").click()
    minutes(planner, "kneading").fill("7")
    minutes(planner, "kneading").press("Enter")
    leave = planner.get_by_role("button", name=re.compile("^Leave picking up"))
    expect(leave).to_be_visible()
    with bare.held_replies():
        planner.get_by_label("Share of Semicircle rubbing").select_option("3")
        planner.get_by_label("Side of Semicircle rubbing").select_option("left")
        lock = row.locator(".lock")
        lock.click()
        lock.click()
        leave.click()
        leave.click()
        for _ in range(2):
            planner.get_by_role("button", name="Rubbing: later").click()
    expect(planner.locator("[data-row]").nth(4)).to_have_attribute("data-row", "rubbing")
    expect(planner.get_by_label("Share of Semicircle rubbing")).to_have_value("3")
    expect(planner.get_by_label("Side of Semicircle rubbing")).to_have_value("left")
    expect(row.get_by_role("button", name="Lock Rubbing")).to_be_visible()
    expect(planner.get_by_label("Palm-circle kneading", exact=True)).to_be_checked()


def test_charts_are_seen_where_the_system_chooses_the_colours(planner, page):
    page.emulate_media(forced_colors="active")
    text, bar = (
        planner.locator(f".chart {part}").first.evaluate("each => getComputedStyle(each).fill")
        for part in (".total", ".bar")
    )
    page.emulate_media(forced_colors="none")
    assert text != bar


def test_axe_finds_nothing(bare, planner):
    for summary in planner.locator("summary").all():
        summary.click()
    planner.locator(".minutes svg").wait_for()
    minutes(planner, "vibration").fill("15")
    minutes(planner, "vibration").press("Enter")
    expect(planner.locator("[data-row=vibration] .problem")).not_to_be_empty()
    bare.axe_finds_nothing(".mw-planner")


def test_a_narrow_page_loses_nothing(planner, page):
    page.set_viewport_size({"width": 320, "height": 800})
    planner.locator("[data-row=kneading] summary").click()
    over = planner.evaluate(
        """root => [...root.querySelectorAll("*")].filter(each => {
            const box = each.getBoundingClientRect();
            return box.width && !each.closest(".wide") && box.right > innerWidth + 1;
        }).map(each => each.outerHTML.slice(0, 80))"""
    )
    assert over == []
