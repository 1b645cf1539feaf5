"""The lessons in a browser without Jupyter: Python in the page grades, plans and keeps."""

import gzip
import json
import re
from base64 import b64decode
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from playwright.sync_api import expect

from massage_workbook.pages import render
from massage_workbook.pages.calls import lesson_name
from massage_workbook.questions import KINDS
from massage_workbook.store import from_text, to_text
from massage_workbook.web import edition

from ..shipped import COURSE, furnish
from .accessibility import check_axe
from .answering import Finger, wrong
from .conftest import blank_page, end_practice, wait_until
from .edition import PHONE, made, served
from .test_player import leap_to_the_end, running
from .test_screening import follow_up, no_to_the_rest, result, say

PATH = "a/path"


@contextmanager
def furnished_home():
    with TemporaryDirectory() as home:
        furnish(Path(home))
        yield home


def pages_to_read(course, notebooks):
    """One of them; tests/pages renders all."""
    stroking = [each for each in course.lessons if each.notebook == "03 Stroking.ipynb"]
    return render(course.model_copy(update={"lessons": tuple(stroking)}), notebooks)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The edition under a path of its own, with the pictures that this run has drawn."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "a").mkdir()
    drawn = mock.patch.object(edition, "TemporaryDirectory", furnished_home)
    with drawn, mock.patch("massage_workbook.pages.render", pages_to_read):
        made(folder / PATH)
    with served(folder) as server:
        yield f"{server}/{PATH}"


@contextmanager
def new_phone(browser, **options):
    """A page of a phone that has not been here before."""
    with blank_page(browser, **PHONE | options) as page:
        yield page


@pytest.fixture(scope="module")
def small_phone(browser):
    """Its Python stays from lesson to lesson, and from test to test."""
    with new_phone(browser, viewport={"width": 360, "height": 740}) as page:
        yield page


@pytest.fixture
def walker(small_phone, address):
    """The small phone in a lesson."""
    if small_phone.url == "about:blank":
        small_phone.goto(f"{address}/03-stroking.html")
    return small_phone


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


def follow(page, notebook):
    """Go to a lesson within the page, so that Python stays."""
    link = "(link, name) => Object.assign(link, { href: name }).click()"
    page.locator(".ways a").first.evaluate(link, notebook)
    [lesson] = [each for each in COURSE.lessons if each.notebook == notebook]
    expect(page.locator("main > .number")).to_have_text(lesson_name(lesson))


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


# --- one phone in every lesson ------------------------------------------------------------------


def test_a_question_is_shown_before_python_comes_which_lessons_share(small_phone, address):
    held, asked = [], []
    small_phone.on(
        "request", lambda each: each.url.endswith("/python.zip") and asked.append(each.url)
    )
    small_phone.route("**/python.zip", lambda route: held.append(route))  # noqa: PLW0108 - its arguments
    with small_phone.expect_request("**/python.zip"):
        small_phone.goto(f"{address}/03-stroking.html")
        small_phone.locator(".mw-quiz form").scroll_into_view_if_needed()
    expect(small_phone.locator(".mw-quiz form")).to_be_visible()
    expect(small_phone.locator(".mw-quiz")).to_have_attribute("inert", "")
    expect(small_phone.locator(".python")).to_contain_text("Answers are accepted in a moment")
    held[0].continue_()
    answer_unsure(small_phone)
    check_axe(small_phone)
    link = small_phone.get_by_role("link", name="Next: 04 Squeezing and rubbing").first
    link.evaluate("link => { link.click(); link.click(); }")  # faster than a lesson is shown
    expect(small_phone).to_have_url(f"{address}/04-squeezing-and-rubbing.html")
    heading = small_phone.get_by_role("heading", level=1)
    expect(heading).to_have_text("Squeezing and rubbing")
    small_phone.evaluate("history.go(-2)")
    expect(heading).to_have_text("Stroking")
    answer_unsure(small_phone)
    assert len(asked) == 1


SMALL = """() => [...document.querySelectorAll("main :is(button, summary, select, input)")]
    .map((each) => [each.closest("label") ?? each, each])
    .filter(([target]) => target.checkVisibility() && target.getBoundingClientRect().height < 43.5)
    .map(([target, each]) => `${each.tagName} ${each.className} ${target.innerText}`)"""
# Python makes widgets once they come into sight.
SHOW_NEXT = "all => { all[0]?.scrollIntoView(); return !all.length; }"


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda each: each.notebook)
def test_each_lesson_takes_answers_and_fits_on_a_small_phone(walker, lesson):
    whole = walker.locator("main > section.kept")  # comes last
    whole.wait_for()
    follow(walker, lesson.notebook)
    whole.wait_for()
    assert walker.locator(".widget").count() > 0
    asleep = walker.locator(".widget[inert]")
    wait_until(lambda: asleep.evaluate_all(SHOW_NEXT))
    expect(walker.locator(".python")).not_to_contain_text("did not")
    assert walker.evaluate("document.documentElement.scrollWidth") == 360
    assert walker.evaluate(SMALL) == []
    check_axe(walker)


def test_a_practice_for_the_phone_is_made_in_the_page(walker, browser, tmp_path):
    follow(walker, "09 Plan your session.ipynb")
    planner = living(walker, "mw-planner")
    expect(planner.get_by_role("button", name="Pages for the wall")).to_have_count(0)
    with walker.expect_download() as download:
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


ASKED = {each.prompt: each for topic in COURSE.topics for each in topic.questions}
ONE_OF_EACH = [{each.kind: each for each in ASKED.values()}[kind].id for kind in KINDS]


def ask_instead(page, *names):
    """Let the quiz of the lesson ask something else."""

    def change(route):
        response = route.fetch()
        body = response.text().replace('["stroking"]', json.dumps(names))
        route.fulfill(response=response, body=body)

    page.route("**/03-stroking.html", change)


def test_a_question_of_each_kind_is_answered_wrongly_and_rightly(walker, right_response):
    ask_instead(walker, *ONE_OF_EACH)
    follow(walker, "03 Stroking.ipynb")
    quiz = living(walker, "mw-quiz")
    answered = set()
    while len(answered) < 2 * len(KINDS):
        question = ASKED[quiz.locator("legend").inner_text()]
        is_right = (question.kind, False) in answered
        right, finger = right_response(question), Finger(walker, quiz)
        getattr(finger, question.kind)(right if is_right else wrong(question, right))
        finger.check()
        quiz.get_by_text("Saved", exact=True).wait_for()
        assert (quiz.locator(".verdict").inner_text() == "Right.") == is_right, question.id
        answered.add((question.kind, is_right))
        quiz.locator("button.main").tap()
        quiz.locator("form:not([data-answered]), .result").wait_for()
        if quiz.locator(".result").count():  # those that were wrong, once more
            quiz.locator("button.main").tap()
            quiz.locator("form").wait_for()


def test_what_the_screening_leaves_out_is_said_where_no_map_can_show_it(walker):
    follow(walker, "01 Is it safe.ipynb")
    form = living(walker, "mw-screening")
    say(form, bruise="yes")
    follow_up(form, "bruise-many").wait_for()
    no_to_the_rest(form)
    form.locator("#zone-kidneys-left").tap()
    result(form, "adapt")
    follow(walker, "03 Stroking.ipynb")
    card = walker.locator(".mw-card").first
    expect(card).to_contain_text("Today: Not over the kidneys (left side): bruises.")
    follow(walker, "09 Plan your session.ipynb")
    planner = living(walker, "mw-planner")
    expect(planner.locator(".back")).to_contain_text("There is no map here")
    expect(planner.locator(".plate")).to_be_hidden()
    planner.get_by_role("button", name="Practise this plan").tap()
    planner.get_by_role("link", name="10 Practise").tap()
    expect(running(walker).locator(".pictures")).to_contain_text("are not drawn here")
    end_practice(walker)


# --- what is kept -------------------------------------------------------------------------------


def test_no_answer_is_lost_in_two_tabs_or_on_the_way_to_another_browser(walker, phone, address):
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
    file = {"name": "a.json", "mimeType": "application/json", "buffer": to_text(given).encode()}
    walker.get_by_label("Bring answers in").set_input_files(file)
    said = walker.locator(".kept .said")
    expect(said).to_have_text("3 of 3 answers were new and are added.")
    assert [each for each in answers_of(walker) if each in given] == given


# The ticks of a practice come from a worker, in true time; without it they follow the page's clock.
NO_HEARTBEAT = """window.Worker = class extends Worker {
    constructor(address, options) {
        if (address.endsWith("heartbeat.js")) throw new Error("none");
        super(address, options);
    }
};"""


def test_an_evening_is_still_there_when_the_page_is_opened_again(phone, address):
    phone.add_init_script(NO_HEARTBEAT)
    phone.clock.install()
    phone.goto(f"{address}/01-is-it-safe.html")
    form = living(phone, "mw-screening")
    for section in COURSE.sections:
        form.locator(f"[data-section='{section.id}'] .none input").tap()
    form.get_by_role("button", name="Save it for today").tap()
    expect(form).to_contain_text("Saved on this computer for today.")
    before = answer_unsure(phone)
    follow(phone, "09 Plan your session.ipynb")
    planner = living(phone, "mw-planner")
    total = planner.locator("[data-block=total] .typed")
    total.fill("15:00")
    total.press("Enter")
    planner.get_by_role("button", name="Practise this plan").tap()
    planner.get_by_role("link", name="10 Practise").tap()
    leap_to_the_end(phone)
    phone.close()
    again = phone.context.new_page()
    again.goto(f"{address}/01-is-it-safe.html")
    expect(living(again, "mw-screening")).to_contain_text("Saved on this computer for today.")
    expect(living(again, "mw-quiz").locator(".how-far")).not_to_have_text(before)
    follow(again, "09 Plan your session.ipynb")
    total = living(again, "mw-planner").locator("[data-block=total] .typed")
    expect(total).to_have_value("15:00")
    answer, practice = answers_of(again)
    assert answer.topic == "situations"
    assert practice.response["finished"]


# --- where it is shown ---------------------------------------------------------------------------


def test_the_pages_to_read_are_shown_under_the_same_policy(phone, address):
    phone.goto(f"{address}/read/03-stroking.html")
    picture = phone.get_by_role("img").first
    wait_until(lambda: picture.evaluate("img => img.naturalWidth"))


IN_A_FRAME = """(address) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.sandbox = "allow-scripts allow-same-origin allow-downloads";
    Object.assign(frame, { width: 380, height: 800, src: `${address}/10-practise.html` });
}"""


def test_in_a_frame_of_another_site_it_answers_and_names_what_it_lacks(phone, address):
    other = address.replace("127.0.0.1", "localhost")
    phone.goto(f"{other}/heartbeat.js")  # a page with nothing on it
    phone.evaluate(IN_A_FRAME, address)
    frame = phone.frame_locator("iframe")
    answer_unsure(frame)
    player = living(frame, "mw-player")
    player.get_by_role("button", name="We asked each other").tap()
    troubles = frame.locator(".mw-player-dialog .missing")
    expect(troubles).to_contain_text("The screen cannot be kept awake from here")
    assert all("screen-wake-lock" in each for each in phone.problems)  # Chromium says so too
    phone.problems.clear()


def test_what_python_cannot_make_and_a_browser_does_not_store_is_said(phone, address):
    no_storage = "Object.defineProperty(IDBFactory.prototype, 'open', {value() { throw Error() }})"

    def without_storage(route):
        response = route.fetch()
        route.fulfill(response=response, body=f"{no_storage};\n{response.text()}")

    phone.route("**/worker.js", without_storage)
    ask_instead(phone, "no-such-topic")
    phone.goto(f"{address}/03-stroking.html")
    phone.locator(".mw-quiz").scroll_into_view_if_needed()
    expect(phone.get_by_role("alert")).to_contain_text("This takes no answers")
    expect(phone.locator(".python")).to_contain_text("no-such-topic")
    follow(phone, "04 Squeezing and rubbing.ipynb")
    quiz = living(phone, "mw-quiz")
    quiz.get_by_role("button", name="I don't know").tap()
    expect(quiz.locator(".feedback")).to_contain_text("This browser did not store it")
