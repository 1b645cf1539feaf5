"""The lessons in a browser without Jupyter: Python in the page grades, plans and keeps."""

import gzip
import json
import re
from base64 import b64decode

import pytest
from playwright.sync_api import expect

from massage_workbook.store import from_text, to_text

from .axe import axe_finds_nothing
from .conftest import blank_page
from .edition import PHONE, made, served

PATH = "a/path"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    world = tmp_path_factory.mktemp("web")
    (world / "a").mkdir()
    made(world / PATH)
    with served(world) as server:
        yield f"{server}/{PATH}"


@pytest.fixture
def phone(browser):
    """A page of a phone that has not been here before."""
    with blank_page(browser, **PHONE | {"accept_downloads": True}) as page:
        yield page


def living(page, name):
    """A widget that takes what the learner does."""
    found = page.locator(f".{name}:not([inert])").first
    page.locator(f".{name}").first.scroll_into_view_if_needed()
    found.wait_for()
    return found


def answer_unsure(quiz):
    """Answer the question that is seen, and say which it was."""
    number = quiz.locator(".how-far").text_content()
    quiz.get_by_role("button", name="I don't know").tap()
    expect(quiz.locator(".feedback")).to_contain_text("Saved")
    return number


def test_a_question_is_seen_before_python_and_answered_with_it(phone, address):
    held = []

    def hold(route):
        held.append(route)

    phone.route("**/python.zip", hold)
    phone.goto(f"{address}/03-stroking.html")
    question = phone.locator(".mw-quiz form")
    with phone.expect_request("**/python.zip"):
        question.scroll_into_view_if_needed()
    expect(question).to_be_visible()
    expect(phone.locator(".mw-quiz")).to_have_attribute("inert", "")
    expect(phone.locator(".python")).to_contain_text("Answers are accepted in a moment")
    held[0].continue_()
    answer_unsure(living(phone, "mw-quiz"))


def test_a_lesson_that_is_opened_again_goes_on_with_the_next_question(phone, address):
    phone.goto(f"{address}/03-stroking.html")
    before = answer_unsure(living(phone, "mw-quiz"))
    phone.reload()
    expect(living(phone, "mw-quiz").locator(".how-far")).not_to_have_text(before)


def test_two_tabs_lose_no_answer(phone, address):
    phone.goto(f"{address}/03-stroking.html")
    other = phone.context.new_page()
    other.goto(f"{address}/05-kneading.html")
    for page in (phone, other):
        page.bring_to_front()
        answer_unsure(living(page, "mw-quiz"))
    phone.bring_to_front()
    quiz = living(phone, "mw-quiz")
    quiz.locator("button.main").tap()
    answer_unsure(quiz)
    assert len(answers_of(phone)) == 3


def test_answers_leave_the_browser_as_a_file_and_come_into_another(browser, phone, address):
    phone.goto(f"{address}/03-stroking.html")
    answer_unsure(living(phone, "mw-quiz"))
    given = answers_of(phone)
    with blank_page(browser, **PHONE | {"accept_downloads": True}) as other:
        other.goto(f"{address}/03-stroking.html")
        living(other, "mw-quiz")
        file = {"name": "a.json", "mimeType": "application/json", "buffer": to_text(given).encode()}
        other.get_by_label("Bring answers in").set_input_files(file)
        expect(other.locator(".kept .said")).to_have_text("1 of 1 answers were new and are in.")
        assert answers_of(other) == given


def test_a_browser_that_stores_nothing_says_so_instead_of_saved(browser, address):
    shut = "Object.defineProperty(IDBFactory.prototype, 'open', {value() { throw new Error() }})"
    with blank_page(browser, **PHONE) as page:
        page.route("**/worker.js", lambda route: _with(route, shut))
        page.goto(f"{address}/03-stroking.html")
        quiz = living(page, "mw-quiz")
        quiz.get_by_role("button", name="I don't know").tap()
        expect(quiz.locator(".feedback")).to_contain_text("This browser did not store it")


def test_the_next_lesson_shares_python(phone, address):
    asked = []
    phone.on("request", lambda each: each.url.endswith("/python.zip") and asked.append(each.url))
    phone.goto(f"{address}/03-stroking.html")
    living(phone, "mw-quiz")
    phone.get_by_role("link", name="Next: 04 Squeezing and rubbing").first.tap()
    expect(phone).to_have_url(f"{address}/04-squeezing-and-rubbing.html")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Squeezing and rubbing")
    answer_unsure(living(phone, "mw-quiz"))
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Stroking")
    assert len(asked) == 1


def test_axe_finds_nothing_on_a_lesson(phone, address):
    phone.goto(f"{address}/03-stroking.html")
    living(phone, "mw-quiz")
    axe_finds_nothing(phone)


def answers_of(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save them as a file").tap()
    return from_text(download.value.path().read_text(encoding="utf-8"))


def _with(route, script):
    """The same script with another before it."""
    response = route.fetch()
    route.fulfill(response=response, body=f"{script};\n{response.text()}")


def test_a_practice_for_the_phone_is_made_in_the_page(phone, browser, address, tmp_path):
    phone.goto(f"{address}/09-plan-your-session.html")
    planner = living(phone, "mw-planner")
    expect(planner.get_by_role("button", name="Pages for the wall")).to_have_count(0)
    with phone.expect_download() as download:
        planner.get_by_role("button", name="Practice for the phone").tap()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    with blank_page(browser, **PHONE | {"offline": True}) as page:
        page.goto(file.as_uri())
        page.get_by_role("button", name="Start").wait_for()
    packed = re.search(r'id="practice">([^<]+)<', file.read_text(encoding="utf-8"))[1]
    state = json.loads(gzip.decompress(b64decode(packed)))["state"]
    drawn = [
        state["body"],
        *state["pictures"]["maps"].values(),
        *state["pictures"]["stances"].values(),
    ]
    assert [each for each in drawn if not each.startswith("<svg")] == []
