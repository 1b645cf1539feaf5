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
from .accessibility import check_axe
from .conftest import blank_page
from .test_player import NO_WORKER, leap_to_the_end

NOW = datetime(2026, 5, 1, 18, 0, tzinfo=UTC)
SESSION = next(each for each in COURSE.sessions if each.id == "neck-shoulders-14")
NO_TO_ALL = dict.fromkeys((each.id for each in COURSE.contraindications), "no")
HEALTHY = conclude(Answers(NO_TO_ALL), COURSE.contraindications)
KIDNEYS = frozenset({Area("kidneys", "both")})
BRUISED = conclude(Answers(NO_TO_ALL | {"bruise": "yes"}, KIDNEYS), COURSE.contraindications)
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "offline": True,
    "accept_downloads": True,
    "timezone_id": "UTC",
}
ASKED = "We went through all the questions today"
WAKE_LOCK = """Object.defineProperty(navigator, "wakeLock", {value: {request: async (kind) => {
    window.awake = kind;
    return {addEventListener() {}, release: async () => {}};
}}})"""


@pytest.fixture
def open_file(browser, tmp_path):
    """Open the file of a decision, some days after it, with a clock that the test moves."""
    with ExitStack() as pages:

        def open_file(decision=HEALTHY, days_later=0, *scripts):
            file = tmp_path / "practice.html"
            text = practice_file(COURSE, SESSION.name, Plan.of(SESSION, COURSE), decision, NOW)
            file.write_text(text, encoding="utf-8")
            page = pages.enter_context(blank_page(browser, WAKE_LOCK, *scripts, **PHONE))
            page.clock.install(time=NOW + timedelta(days=days_later))
            page.goto(file.as_uri())
            page.get_by_role("button", name="Start").wait_for()
            return page

        yield open_file


def saved_record(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the record as a file").tap()
    return download.value.path().read_text(encoding="utf-8")


def test_a_practice_file_plays_to_its_end_and_its_record_can_be_imported(open_file):
    page = open_file(HEALTHY, 0, NO_WORKER)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator(".safety")).to_contain_text("Screened on 01 May 2026")
    expect(page.locator(".screening")).to_be_hidden()
    page.get_by_role("button", name="Start").tap()
    expect(page.get_by_role("button", name="Stop: something is wrong")).to_be_in_viewport()
    assert page.evaluate("awake") == "screen"
    leap_to_the_end(page)
    page.get_by_role("radio", name="8", exact=True).check()
    page.get_by_role("button", name="Save this too").tap()
    expect(page.locator(".save-status")).to_have_text("Saved")
    page.get_by_role("button", name="Done").tap()
    page.reload()
    [row] = from_text(saved_record(page))
    assert row.topic == "practice"
    assert row.response["comfort"] == 8
    assert row.response["finished"]
    assert row.response["seconds"] == pytest.approx(row.response["planned"], abs=1)


def test_another_day_needs_another_screening(open_file):
    page = open_file(BRUISED, days_later=1)
    expect(page.locator(".safety")).to_contain_text("Screened on 01 May 2026")
    expect(page.locator(".safety")).to_contain_text("Not touched")
    expect(page.get_by_role("button", name=ASKED)).to_be_enabled()
    for each in COURSE.contraindications:
        if each.section:
            expect(page.get_by_text(each.question, exact=True)).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        check_axe(page, preload=False)


def test_a_file_that_stays_open_overnight_needs_another_screening(open_file):
    page = open_file(BRUISED)
    expect(page.locator(".safety")).to_contain_text("Not touched")
    expect(page.get_by_role("button", name=ASKED)).to_have_count(0)
    page.clock.set_system_time(NOW + timedelta(days=1))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("button", name=ASKED)).to_be_enabled()
    expect(page.locator(".screening")).to_be_visible()


def test_without_storage_stop_signs_are_shown_and_the_record_can_be_downloaded(open_file):
    no_storage = "Object.defineProperty(window, 'localStorage', {get() { throw new Error() }})"
    page, sign = open_file(HEALTHY, 0, no_storage), COURSE.stop_signs[0].sign
    page.get_by_text("When to stop").tap()
    expect(page.locator("main").get_by_text(sign, exact=True)).to_be_visible()
    page.get_by_role("button", name="Start").tap()
    page.clock.run_for(30_000)
    page.get_by_role("button", name="Stop: something is wrong").tap()
    expect(page.locator(".stop-page").get_by_text(sign, exact=True)).to_be_visible()
    page.get_by_role("button", name="End here").tap()
    expect(page.locator(".save-status")).to_contain_text("save the record as a file")
    page.get_by_role("button", name="Done").tap()
    assert len(json.loads(saved_record(page))["practices"]) == 1
