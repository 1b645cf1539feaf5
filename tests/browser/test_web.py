"""The lessons in a browser without Jupyter: Python in the page grades, plans and keeps."""

import gzip
import json
import re
from base64 import b64decode
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from massage_workbook.pages.calls import lesson_name
from massage_workbook.store import from_text, to_text

from ..shipped import COURSE
from .accessibility import check_axe
from .conftest import blank_page, wait_until
from .edition import PHONE, made, served

PATH = "a/path"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The edition under a path of its own."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "a").mkdir()
    made(folder / PATH)
    with served(folder) as server:
        yield f"{server}/{PATH}"


@contextmanager
def new_phone(browser, **options):
    """A page of a phone that has not been here before."""
    with blank_page(browser, **PHONE | options) as page:
        yield page


@pytest.fixture
def phone(browser):
    with new_phone(browser) as page:
        yield page


def open_lesson(page, address):
    page.goto(f"{address}/03-stroking.html")
    return living(page, "mw-quiz")


def living(page, name):
    """A widget that takes what the learner does."""
    page.locator(f".{name}").first.scroll_into_view_if_needed()
    found = page.locator(f".{name}:not([inert])").first
    found.wait_for()
    return found


def answer_unsure(page):
    """Answer the question that is seen; return its number."""
    quiz = living(page, "mw-quiz")
    number = quiz.locator(".how-far").text_content()
    quiz.get_by_role("button", name="I don't know").tap()
    expect(quiz.locator(".feedback")).to_contain_text("Saved")
    return number


def answers_of(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save them as a file").tap()
    return from_text(download.value.path().read_text(encoding="utf-8"))


def test_a_question_is_shown_before_python_comes_which_lessons_share(phone, address):
    held, asked = [], []
    phone.on("request", lambda each: each.url.endswith("/python.zip") and asked.append(each.url))
    phone.route("**/python.zip", lambda route: held.append(route))  # noqa: PLW0108 - its arguments
    with phone.expect_request("**/python.zip"):
        phone.goto(f"{address}/03-stroking.html")
        phone.locator(".mw-quiz form").scroll_into_view_if_needed()
    expect(phone.locator(".mw-quiz form")).to_be_visible()
    expect(phone.locator(".mw-quiz")).to_have_attribute("inert", "")
    expect(phone.locator(".python")).to_contain_text("Answers are accepted in a moment")
    held[0].continue_()
    answer_unsure(phone)
    check_axe(phone)
    link = phone.get_by_role("link", name="Next: 04 Squeezing and rubbing").first
    link.evaluate("link => { link.click(); link.click(); }")  # faster than a lesson is shown
    expect(phone).to_have_url(f"{address}/04-squeezing-and-rubbing.html")
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_text("Squeezing and rubbing")
    phone.evaluate("history.go(-2)")
    expect(heading).to_have_text("Stroking")
    answer_unsure(phone)
    assert len(asked) == 1


def test_no_answer_is_lost_in_two_tabs_or_on_the_way_to_another_browser(browser, phone, address):
    open_lesson(phone, address)
    before = answer_unsure(phone)
    other = phone.context.new_page()
    quiz = open_lesson(other, address)
    expect(quiz.locator(".how-far")).not_to_have_text(before)
    answer_unsure(other)
    phone.bring_to_front()
    living(phone, "mw-quiz").locator("button.main").tap()
    answer_unsure(phone)
    given = answers_of(phone)
    assert len(given) == 3
    with new_phone(browser) as another:
        open_lesson(another, address)
        file = {"name": "a.json", "mimeType": "application/json", "buffer": to_text(given).encode()}
        another.get_by_label("Bring answers in").set_input_files(file)
        said = another.locator(".kept .said")
        expect(said).to_have_text("3 of 3 answers were new and are in.")
        assert answers_of(another) == given


def test_a_browser_that_stores_nothing_says_so_instead_of_saved(phone, address):
    no_storage = "Object.defineProperty(IDBFactory.prototype, 'open', {value() { throw Error() }})"

    def without_storage(route):
        response = route.fetch()
        route.fulfill(response=response, body=f"{no_storage};\n{response.text()}")

    phone.route("**/worker.js", without_storage)
    quiz = open_lesson(phone, address)
    quiz.get_by_role("button", name="I don't know").tap()
    expect(quiz.locator(".feedback")).to_contain_text("This browser did not store it")


# --- every lesson --------------------------------------------------------------------------------

SMALL = """() => [...document.querySelectorAll("main :is(button, summary, select, input)")]
    .map((each) => [each.closest("label") ?? each, each])
    .filter(([target]) => target.checkVisibility() && target.getBoundingClientRect().height < 43.5)
    .map(([target, each]) => `${each.tagName} ${each.className} ${target.innerText}`)"""
# Python makes widgets once they come into sight.
SHOW_NEXT = "all => { all[0]?.scrollIntoView(); return !all.length; }"


@pytest.fixture(scope="module")
def walker(browser, address):
    """A small phone whose Python stays from lesson to lesson."""
    with new_phone(browser, viewport={"width": 360, "height": 740}) as page:
        page.goto(f"{address}/03-stroking.html")
        yield page


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda each: each.notebook)
def test_each_lesson_takes_answers_and_fits_on_a_small_phone(walker, lesson):
    whole = walker.locator("main > section.kept")  # comes last
    whole.wait_for()
    follow = "(link, name) => Object.assign(link, { href: name }).click()"
    walker.locator(".ways a").first.evaluate(follow, lesson.notebook)
    expect(walker.locator("main > .number")).to_have_text(lesson_name(lesson))
    whole.wait_for()
    assert walker.locator(".widget").count() > 0
    asleep = walker.locator(".widget[inert]")
    wait_until(lambda: asleep.evaluate_all(SHOW_NEXT))
    expect(walker.locator(".python")).not_to_contain_text("did not")
    assert walker.evaluate("document.documentElement.scrollWidth") == 360
    assert walker.evaluate(SMALL) == []


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
