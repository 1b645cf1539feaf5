"""A practice in one file, opened on a phone without a network and played to its end."""

import json
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from massage_workbook.safety.screening import Answers, Area, conclude
from massage_workbook.session import Plan
from massage_workbook.store import from_text
from massage_workbook.widgets.practice_file import practice_file

from ..shipped import COURSE
from .axe import axe_finds_nothing
from .conftest import blank_page

NOW = datetime(2026, 5, 1, 18, 0, tzinfo=UTC)
SESSION = next(each for each in COURSE.sessions if each.id == "neck-shoulders-14")
WELL = dict.fromkeys((each.id for each in COURSE.contraindications), "no")
NOTHING = conclude(Answers(WELL), COURSE.contraindications)
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "offline": True,
    "accept_downloads": True,
    "timezone_id": "UTC",
}
AWAKE = """Object.defineProperty(navigator, "wakeLock", {value: {request: async (kind) => {
    window.awake = kind;
    return {addEventListener() {}, release: async () => {}};
}}})"""

ASKED = "We went through all the questions today"


@pytest.fixture
def phone(browser, tmp_path):
    """Open the file of a decision, so many days after it was made, at a clock that stands still."""
    with ExitStack() as pages:

        def phone(decision, later=0, **options):
            file = tmp_path / "practice.html"
            text = practice_file(COURSE, SESSION.name, Plan.of(SESSION, COURSE), decision, NOW)
            file.write_text(text, encoding="utf-8")
            page = pages.enter_context(blank_page(browser, AWAKE, **PHONE | options))
            page.clock.install(time=NOW + timedelta(days=later))
            page.goto(file.as_uri())
            page.get_by_role("button", name="Start").wait_for()
            return page

        yield phone


def play(page, until):
    """Let the time of the page go on, a few seconds at once, until this is seen."""
    while not until.is_visible():
        page.clock.run_for(20_000)


def test_it_is_played_to_its_end_and_its_record_comes_into_the_workbook(phone):
    page = phone(NOTHING)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator(".safety")).to_contain_text("Screened on 01 May 2026")
    expect(page.locator(".screening")).to_be_hidden()
    page.get_by_role("button", name="Start").tap()
    expect(page.get_by_role("button", name="Stop: something is wrong")).to_be_in_viewport()
    assert page.evaluate("awake") == "screen"
    play(page, page.get_by_role("heading", name="Hands rest"))
    page.get_by_role("radio", name="8", exact=True).check()
    page.get_by_role("button", name="Keep this too").tap()
    expect(page.locator(".kept")).to_have_text("Kept")
    page.get_by_role("button", name="Done").tap()
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the record as a file").tap()
    [row] = from_text(download.value.path().read_text(encoding="utf-8"))
    assert row.topic == "practice"
    assert row.response["comfort"] == 8
    assert row.response["finished"]
    assert row.response["seconds"] == pytest.approx(row.response["planned"], abs=1)


def test_another_day_asks_for_a_screening_of_its_own(phone):
    page = phone(NOTHING, later=1)
    expect(page.get_by_role("button", name=ASKED)).to_be_enabled()
    for each in COURSE.contraindications:
        if each.section:
            expect(page.get_by_text(each.question, exact=True)).to_be_visible()


def test_a_file_that_stays_open_overnight_asks_again(phone):
    page = phone(NOTHING)
    expect(page.get_by_role("button", name=ASKED)).to_have_count(0)
    page.clock.set_system_time(NOW + timedelta(days=1))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("button", name=ASKED)).to_be_enabled()
    expect(page.locator(".screening")).to_be_visible()


def test_what_the_screening_left_out_is_said_on_every_day(phone):
    kidneys = frozenset({Area("kidneys", "both")})
    decision = conclude(Answers(WELL | {"bruise": "yes"}, kidneys), COURSE.contraindications)
    for later in (0, 1):
        page = phone(decision, later)
        expect(page.locator(".safety")).to_contain_text("Screened on 01 May 2026")
        expect(page.locator(".safety")).to_contain_text("Not touched")


def test_the_signs_to_stop_are_there_before_and_during_the_practice(phone):
    page = phone(NOTHING)
    sign = COURSE.stop_signs[0].sign
    page.get_by_text("When to stop").tap()
    expect(page.locator("main").get_by_text(sign, exact=True)).to_be_visible()
    page.get_by_role("button", name="Start").tap()
    page.get_by_role("button", name="Stop: something is wrong").tap()
    expect(page.locator(".wrong").get_by_text(sign, exact=True)).to_be_visible()


def test_a_browser_that_keeps_nothing_says_so_and_still_gives_the_record(phone):
    page = phone(NOTHING)
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error() }})"
    )
    page.reload()
    page.get_by_role("button", name="Start").tap()
    page.clock.run_for(30_000)
    page.get_by_role("button", name="Stop: something is wrong").tap()
    page.get_by_role("button", name="End here").tap()
    expect(page.locator(".kept")).to_contain_text("save the record as a file")
    page.get_by_role("button", name="Done").tap()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the record as a file").tap()
    assert len(json.loads(download.value.path().read_text())["practices"]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(phone, scheme):
    page = phone(NOTHING, later=1, color_scheme=scheme)
    axe_finds_nothing(page, preload=False)
