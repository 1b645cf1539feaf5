"""The final check as a learner meets it: begun, left, gone on with, and put on paper."""

import re

import pytest
from playwright.sync_api import expect

from massage_workbook import final_check
from massage_workbook.answers import examination
from massage_workbook.answers.answer import Answer
from massage_workbook.widgets import widget

from ..shipped import furnish
from .bare import KEPT, bare_page


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The folder of somebody who has answered nothing yet."""
    furnish(tmp_path)
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path))


@pytest.fixture
def bare(browser):
    with bare_page(browser, scripts=[KEPT]) as bare:
        yield bare


@pytest.fixture
def the_check(bare):
    """Show the check, as another kernel does each time; return it on its page."""

    def the_check():
        bare.open()
        bare.show(final_check())
        check = bare.page.locator(".mw-exam")
        check.locator("section, form").first.wait_for()
        return check

    return the_check


@pytest.fixture
def all_but_one():
    """All questions but the last have been answered, rightly."""
    progress, now = widget.progress(), widget.now()
    name = examination.new_sitting(progress.answers(), now.astimezone().date())
    asked = examination.exam_paper(widget.course(), name)
    progress.record_all(
        Answer(now, name, question.id, None, 1.0, True, 1) for question in asked.questions[:-1]
    )


def test_it_is_begun_by_keyboard_left_and_gone_on_with(bare, the_check):
    check, page = the_check(), bare.page
    expect(check).to_contain_text("32 of the 40 are right")
    expect(check).to_contain_text("no answer but a guess goes on where the hands should stop")
    bare.axe_finds_nothing(".mw-exam")

    check.get_by_role("button", name="Begin").focus()
    page.keyboard.press("Enter")
    expect(check).to_contain_text("Final check · question 1 of 40")
    expect(check.locator("form :focus")).to_have_count(1)  # the focus went into the question
    assert check.locator("details").count() == 0

    check.get_by_role("button", name="I don't know").focus()
    page.keyboard.press("Enter")
    expect(check.locator(".verdict")).to_have_text("Here is the answer.")
    expect(check.get_by_text("Saved", exact=True)).to_be_visible()
    bare.axe_finds_nothing(".mw-exam")
    page.keyboard.press("Enter")
    expect(check).to_contain_text("Final check · question 2 of 40")
    second = check.locator("legend").first.inner_text()

    check = the_check()
    expect(check).to_contain_text("You have begun: 1 of 40 are answered.")
    check.get_by_role("button", name="Go on with question 2").click()
    expect(check.locator("legend").first).to_have_text(second)


@pytest.mark.usefixtures("all_but_one")
def test_its_end_prints_a_certificate_and_nothing_else(browser, bare, the_check):
    check, page = the_check(), bare.page
    check.get_by_role("button", name="Go on with question 40").click()
    check.get_by_role("button", name="I don't know").click()
    check.get_by_role("button", name="See the result").click()
    expect(check.get_by_role("heading", name="Passed.")).to_be_focused()
    expect(check.locator(".conditions")).to_contain_text("39 of 40 right; 32 are needed.")

    check.get_by_label("Name on the certificate").fill("Ada <b>Lovelace</b>")
    expect(check.locator(".certificate .name")).to_have_text("Ada <b>Lovelace</b>")
    bare.axe_finds_nothing(".mw-exam")
    check.get_by_role("button", name="Print the certificate").click()
    page.wait_for_function("window.printed !== undefined")
    printed = page.evaluate("window.printed")
    sheet = browser.new_page()
    sheet.set_content(printed)
    said = sheet.locator("body").inner_text()
    assert said.startswith("Certificate of completion")
    for each in (
        "Ada <b>Lovelace</b>",
        "39 of 40 questions right",
        "not a qualification",
        "no licence to massage for money",
        "Nobody examined your hands",
    ):
        assert each in said
    assert "Print the certificate" not in said
    assert sheet.locator("b, input, button").count() == 0
    for paper in ("A4", "Letter"):
        pdf = sheet.pdf(format=paper, prefer_css_page_size=False)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    sheet.close()


@pytest.mark.usefixtures("all_but_one")
def test_a_narrow_page_loses_nothing_of_it(bare, the_check):
    bare.page.set_viewport_size({"width": 320, "height": 800})
    check = the_check()
    check.get_by_role("button", name="Begin a new one").click()
    expect(check).to_contain_text("question 1 of 40")
    check = the_check()
    check.get_by_role("button", name="Go on").click()
    check.get_by_role("button", name="I don't know").click()
    check.get_by_role("button", name="See the result").click()
    check.locator(".certificate").wait_for()
    assert check.evaluate("element => element.scrollWidth <= element.clientWidth")
    small = check.evaluate("""element => [...element.querySelectorAll("button, input, summary")]
        .map(each => each.getBoundingClientRect())
        .filter(box => box.width && (box.width < 24 || box.height < 24)).length""")
    assert small == 0
