"""The planner in the real page: minutes, locks, mends and files, narrow and in the dark."""

import re

import pytest
from playwright.sync_api import expect

from massage_workbook import planner as shown

from .bare import bare_page

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
    page.keyboard.type("24")
    page.keyboard.press("Enter")
    expect(minutes(planner, "total")).to_have_value("24:00")
    expect(minutes(planner, "kneading")).to_have_value("10:00")
    expect(minutes(planner, "kneading")).to_be_disabled()

    findings = planner.locator(".findings")
    expect(findings).to_contain_text("Squeezing has time for one pass on each side")
    findings.get_by_role("button", name=re.compile("longer")).click()
    expect(findings).not_to_contain_text("Squeezing has time")
    planner.get_by_role("button", name="Undo").click()
    expect(findings).to_contain_text("Squeezing has time")

    with page.expect_download() as download:
        planner.get_by_role("button", name="Page for the wall").click()
    file = tmp_path / "wall.pdf"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")
    expect(planner.get_by_role("status")).to_have_text("massage.pdf is in your downloads.")


def test_it_says_that_nobody_has_been_asked_today(planner):
    line = planner.locator(".screening")
    expect(line).to_contain_text("Nobody has been asked today")
    expect(line.get_by_role("link")).to_have_attribute("href", re.compile("01%20Is%20it%20safe"))


def test_what_is_planned_is_saved_and_opened_by_name(planner, page):
    minutes(planner, "kneading").fill("12:30")
    minutes(planner, "kneading").press("Enter")
    expect(minutes(planner, "total")).to_have_value("22:30")
    planner.get_by_label("Name").focus()
    page.keyboard.type("<b>Anna</b>")
    planner.get_by_role("button", name="Save").click()
    expect(planner.get_by_role("status")).to_have_text("Saved as “<b>Anna</b>”.")
    planner.get_by_label("Begin from").select_option(label="Evening, 20 minutes")
    expect(minutes(planner, "total")).to_have_value("20:00")
    planner.get_by_label("Begin from").select_option(label="<b>Anna</b>")
    expect(minutes(planner, "total")).to_have_value("22:30")
    planner.get_by_label("Saved plan").select_option(label="<b>Anna</b>")
    planner.get_by_role("button", name="Forget it").click()
    expect(planner.get_by_label("Begin from")).not_to_contain_text("<b>Anna</b>")


def test_techniques_are_chosen_and_the_table_follows(planner):
    planner.locator("[data-row=rubbing] summary").click()
    planner.get_by_text("The session step by step").click()
    rows = planner.locator("tbody")
    expect(rows).to_contain_text("Sawing")
    planner.get_by_label("Sawing", exact=True).uncheck()
    expect(rows).not_to_contain_text("Sawing")
    planner.get_by_label("Hatching", exact=True).check()
    planner.get_by_label("Side of Hatching").select_option("left")
    expect(rows).to_contain_text("Hatching")
    expect(planner.locator(".findings")).to_contain_text("Hatching is done on the left alone.")


def test_a_block_is_left_out_taken_back_and_moved_by_keyboard(planner, page):
    planner.get_by_label("Vibration in the session").focus()
    page.keyboard.press("Space")
    expect(minutes(planner, "vibration")).to_have_value("0:00")
    page.keyboard.press("Space")
    expect(minutes(planner, "vibration")).to_have_value("1:00")
    planner.get_by_role("button", name="Rubbing: later").focus()
    page.keyboard.press("Enter")
    expect(planner.locator(".findings")).to_contain_text("another order")
    order = planner.locator("[data-row]").evaluate_all("all => all.map(e => e.dataset.row)")
    assert order.index("kneading") < order.index("rubbing")


def test_the_back_darkens_where_the_hands_stay(planner):
    way = planner.locator("#ways-sawing-right path").first
    before = float(way.evaluate("path => path.style.opacity"))
    planner.locator("[data-row=kneading] [type=range]").focus()
    planner.page.keyboard.press("Home")
    expect(minutes(planner, "kneading")).to_have_value("0:00")
    assert float(way.evaluate("path => path.style.opacity")) > before


def test_axe_finds_nothing(bare, planner):
    for summary in planner.locator("summary").all():
        summary.click()
    planner.locator(".minutes svg").wait_for()
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
