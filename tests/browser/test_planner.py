"""The planner in the real page: minutes, locks, mends and files, narrow and in the dark."""

import re
from contextlib import contextmanager

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
        planner.get_by_role("button", name="Page for the wall").click()
    file = tmp_path / "wall.pdf"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")
    expect(planner.get_by_role("status")).to_have_text("massage.pdf is in your downloads.")


def test_the_passes_follow_the_slider(planner, page):
    expect(planner.locator(".findings")).to_have_text("No problems with this plan")
    passes = planner.locator("[data-row=kneading] .passes")
    times = "\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}"
    expect(passes).to_have_text(f"palm-circle 3{times}, longitudinal 3{times}, picking up 3{times}")
    slider = planner.get_by_label("Kneading", exact=True)
    expect(slider).to_have_accessible_description(re.compile("^palm-circle 3"))
    band = planner.locator("[data-row=kneading] .room")
    before = band.bounding_box()
    slider.focus()
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
            const share = (slider.value - slider.min) / (slider.max - slider.min);
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
    expect(planner.locator("[data-row=squeezing] summary")).to_have_text("Not for somebody seated")
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
    expect(planner.get_by_role("status")).to_have_text("Saved as “<b>Anna</b>”.")
    planner.get_by_label("Begin from").select_option(label="Evening, 20 minutes")
    expect(minutes(planner, "total")).to_have_value("20:00")
    planner.get_by_label("Begin from").select_option(label="<b>Anna</b>")
    expect(minutes(planner, "total")).to_have_value("22:45")
    planner.get_by_label("Saved plan").select_option(label="<b>Anna</b>")
    planner.get_by_role("button", name="Forget it").click()
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
    planner.get_by_role("button", name="Rubbing: later").focus()
    page.keyboard.press("Enter")
    expect(planner.locator(".findings")).to_contain_text("another order")
    order = planner.locator("[data-row]").evaluate_all("all => all.map(e => e.dataset.row)")
    assert order.index("kneading") < order.index("rubbing")


def test_the_back_darkens_where_the_hands_stay(planner):
    way = planner.locator("#ways-semicircle-rubbing-right")
    before = float(way.evaluate("way => way.style.opacity"))
    planner.locator("[data-row=kneading] [type=range]").focus()
    planner.page.keyboard.press("Home")
    expect(minutes(planner, "kneading")).to_have_value("0:00")
    assert float(way.evaluate("way => way.style.opacity")) > before


@contextmanager
def silent_kernel(page):
    """While it is open, what the page sends waits."""
    page.evaluate(
        """() => {
            const { kernel } = window;
            const answers = new Promise((resolve) => (window.answer = resolve));
            window.kernel = async (...said) => (await answers, kernel(...said));
            window.answer.kernel = kernel;
        }"""
    )
    yield
    page.evaluate("() => ((window.kernel = answer.kernel), answer())")


def test_charts_follow_a_slider_before_the_kernel_answers(planner, page):
    bar = planner.locator(".chart [data-bar=kneading]").first
    before = float(bar.get_attribute("width"))
    passes = planner.locator("[data-row=kneading] .passes")
    said = passes.inner_text()
    with silent_kernel(page):
        planner.get_by_label("Kneading", exact=True).focus()
        page.keyboard.press("End")
        expect(minutes(planner, "kneading")).to_have_value("28:00")
        expect(minutes(planner, "total")).to_have_value("38:15")
        assert float(bar.get_attribute("width")) == pytest.approx(before * 1680 / 585)
        expect(passes).to_have_text(said)
    expect(passes).to_contain_text("palm-circle 7")
    expect(minutes(planner, "kneading")).to_have_value("28:00")


def test_what_the_kernel_refuses_goes_back(planner, page):
    with silent_kernel(page):
        minutes(planner, "vibration").fill("15")
        minutes(planner, "vibration").press("Enter")
        expect(minutes(planner, "total")).to_have_value("34:15")
    expect(minutes(planner, "total")).to_have_value("20:00")
    expect(minutes(planner, "vibration")).to_have_value("0:45")
    expect(planner.locator(".message")).to_contain_text("3:00")


def test_a_silent_kernel_is_said_and_nothing_else_is_shown_as_done(browser):
    with bare_page(browser, shown("standard-20")) as bare:
        page, planner = bare.page, bare.page.locator(".mw-planner")
        page.clock.install()
        with silent_kernel(page):
            planner.get_by_label("Kneading", exact=True).focus()
            page.keyboard.press("ArrowRight")
            expect(minutes(planner, "total")).to_have_value("20:15")
            page.clock.fast_forward(5000)
            expect(planner.locator(".channel")).to_contain_text("nothing was changed")
            expect(minutes(planner, "total")).to_have_value("20:00")
        expect(minutes(planner, "total")).to_have_value("20:15")
        expect(planner.locator(".channel")).to_be_empty()


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
