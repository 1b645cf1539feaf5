"""The final check as a learner meets it: begun, left, gone on with, and put on paper."""

import pytest
from playwright.sync_api import expect

from massage_workbook import final_check
from massage_workbook.answers import examination
from massage_workbook.answers.answer import Answer
from massage_workbook.widgets import widget

from ..shipped import furnish
from .widget_page import CAPTURE_PRINT, fits_on_one_sheet, widget_page


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The folder of somebody who has answered nothing yet."""
    furnish(tmp_path)
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def host(browser):
    with widget_page(browser, scripts=[CAPTURE_PRINT]) as host:
        yield host


def open_check(host):
    """Show the check, as another kernel does each time."""
    host.clear()
    host.show(final_check())
    check = host.page.locator(".mw-exam")
    check.locator("section, form").first.wait_for()
    return check


def answer_rightly_all_but_one():
    progress, now = widget.progress(), widget.now()
    name = examination.new_sitting(progress.answers(), now.astimezone().date())
    asked = examination.exam_paper(widget.course(), name)
    progress.record_all(
        Answer(now, name, question.id, None, 1.0, True, 1) for question in asked.questions[:-1]
    )


def test_it_is_begun_by_keyboard_left_and_gone_on_with(host):
    check, page = open_check(host), host.page
    expect(check).to_contain_text("32 of the 40 are right")
    expect(check).to_contain_text("no answer but a guess goes on where the hands should stop")
    host.check_accessibility(".mw-exam")

    check.get_by_role("button", name="Begin").press("Enter")
    expect(check).to_contain_text("Final check · question 1 of 40")
    expect(check.locator("form :focus")).to_have_count(1)  # the focus went into the question
    assert check.locator("details").count() == 0
    check.get_by_role("button", name="I don't know").press("Enter")
    expect(check.locator(".verdict")).to_have_text("Here is the answer.")
    expect(check.get_by_text("Saved", exact=True)).to_be_visible()
    host.check_accessibility(".mw-exam")
    page.keyboard.press("Enter")
    expect(check).to_contain_text("Final check · question 2 of 40")
    second = check.locator("legend").first.inner_text()

    check = open_check(host)
    expect(check).to_contain_text("You have begun: 1 of 40 are answered.")
    check.get_by_role("button", name="Go on with question 2").click()
    expect(check.locator("legend").first).to_have_text(second)


def test_a_passed_check_prints_a_certificate_and_nothing_else(host):
    answer_rightly_all_but_one()
    check = open_check(host)
    check.get_by_role("button", name="Go on with question 40").click()
    check.get_by_role("button", name="I don't know").click()
    check.get_by_role("button", name="See the result").click()
    expect(check.get_by_role("heading", name="Passed.")).to_be_focused()
    expect(check.locator(".conditions")).to_contain_text("39 of 40 right; 32 are needed.")

    check.get_by_label("Name on the certificate").fill("Ada <b>Lovelace</b>")
    expect(check.locator(".certificate .name")).to_have_text("Ada <b>Lovelace</b>")
    host.check_accessibility(".mw-exam")
    check.get_by_role("button", name="Print the certificate").click()
    with host.printed() as sheet:
        text = sheet.locator("body").inner_text()
        assert text.startswith("Certificate of completion")
        for each in (
            "Ada <b>Lovelace</b>",
            "39 of 40 questions right",
            "not a qualification",
            "no licence to massage for money",
            "Nobody examined your hands",
        ):
            assert each in text
        assert "Print the certificate" not in text
        assert sheet.locator("b, input, button").count() == 0
        assert fits_on_one_sheet(sheet)
