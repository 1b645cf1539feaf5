"""A first evening from the first page to the end of a practice, and the next one, in numbers.

The budgets are what somebody has patience for while a partner waits.
"""

import math
import sys

import pytest
from playwright.sync_api import expect

from ..shipped import COURSE, furnish
from .axe import axe_finds_nothing, wear
from .conftest import SHOWN, Workbook, new_page
from .test_player import ASKED, running, until_second
from .test_walk import HEIGHT, TEXT, WIDGET, WORDS

LESSONS = {each.id: each.notebook for each in COURSE.lessons}
START, TONIGHT, PRACTISE = (
    LESSONS[each] for each in ("lesson-start", "lesson-tonight", "lesson-practise")
)
A_NEW_LEARNER, A_RETURNING_ONE = 12, 2
"""Clicks from the first page: for a new one all of them, answers too, until the practice is over
and closed; for a returning one until the hands are on the back, screened on this day or not."""
SCREENS = 8
SLOW = 100
"""Words that a slow reader reads a minute."""
MINUTES = 40
A_TOUCH = A_QUESTION = 1
"""Minutes."""


class Learner:
    """Somebody at a page of their own, whose clicks are counted."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, control):
        control.click()
        self.clicks += 1

    def sees(self, notebook, workbook):
        """The lesson that a click has opened."""
        expect(self.page).to_have_url(workbook.address_of(notebook))
        self.page.locator(f"{SHOWN}[data-lesson=awake]").wait_for()
        workbook.wait_for_kernel_of(notebook)
        return self.page.locator(SHOWN)

    @property
    def cells(self):
        return self.page.locator(f"{SHOWN} .jp-Cell:visible")

    def screens(self):
        """How many windows the lesson in sight is high."""
        return math.ceil(self.cells.evaluate_all(HEIGHT) / self.page.viewport_size["height"])

    def words(self):
        return self.cells.evaluate_all(WORDS)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    workbook = Workbook(
        tmp_path_factory.mktemp("tonight"), [sys.executable, "-m", "massage_workbook.cli"]
    )
    furnish(workbook.home / "workbook")
    yield workbook.start()
    workbook.stop()


@pytest.fixture
def learner(browser, fresh):
    with new_page(browser, fresh) as page:
        page.clock.install()
        page.goto(fresh.address)
        learner = Learner(page)
        learner.sees(START, fresh).locator(".mw-lessons").wait_for()
        yield learner


def answer_questions(learner, quiz):
    """All of them rightly, each with one click; return how many there were."""
    right = {
        each.prompt: each.right
        for topic in COURSE.topics
        for each in topic.questions
        if each.kind == "case"
    }
    count = 0
    while not quiz.locator(".result").count():
        form = quiz.locator("form:not([data-answered])")
        learner.click(form.locator(f"button[value='{right[form.locator('legend').inner_text()]}']"))
        count += 1
        answered = quiz.locator("form[data-answered=right]").nth(count - 1)
        expect(answered.locator(".verdict")).to_be_in_viewport()
        quiz.locator("form:not([data-answered]), .result").first.wait_for()
    return count


A_LEAP = 110
"""Seconds of the session that pass at once: a page that stood still for two minutes would wait."""


def practise_to_the_end(learner):
    """A whole practice, whose time alone is shortened."""
    page = learner.page
    stage = running(page)
    total = int(stage.locator(".bar").get_attribute("aria-valuemax"))
    for second in range(0, total, A_LEAP):
        until_second(page, second)
        page.clock.fast_forward(1000 * A_LEAP)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".kept")).to_have_text("Kept")
    expect(stage.locator(".lead")).to_contain_text("You gave")
    expect(stage.locator(".next-step").get_by_role("link")).to_be_visible()
    learner.click(stage.get_by_role("button", name="Done"))


def test_a_new_learner_has_hands_on_a_back_within_the_evening(learner, fresh):
    assert learner.screens() <= SCREENS
    read = learner.words()
    learner.click(learner.page.get_by_role("link", name="Your first massage, tonight"))
    lesson = learner.sees(TONIGHT, fresh)
    lesson.locator(".mw-player").wait_for()
    assert learner.screens() <= SCREENS

    form = lesson.locator(".mw-screening")
    read += learner.words()  # the lists are folded up once they are answered
    learner.click(form.get_by_role("button", name="None of all this applies to us"))
    expect(form.locator(".result")).to_have_attribute("data-outcome", "go")
    expect(form.locator(".result .title")).to_be_in_viewport()
    learner.click(form.get_by_role("button", name="Keep it for today"))
    expect(form).to_contain_text("Kept on this computer for today.")
    for box in lesson.locator(".mw-rules").get_by_role("checkbox").all():
        learner.click(box)
    touches = lesson.locator(".mw-card").count()
    questions = answer_questions(learner, lesson.locator(".mw-quiz"))
    axe_finds_nothing(learner.page, WIDGET, TEXT)
    assert learner.screens() <= SCREENS
    assert read / SLOW + touches * A_TOUCH + questions * A_QUESTION <= MINUTES

    learner.click(lesson.locator(".mw-player").get_by_role("button", name="Start"))
    practise_to_the_end(learner)
    assert learner.clicks <= A_NEW_LEARNER


def test_a_returning_learner_has_them_there_at_once(learner, fresh):
    learner.click(learner.page.locator(".tonight").get_by_role("link", name="Practise"))
    lesson = learner.sees(PRACTISE, fresh)
    stage = running(learner.page)
    assert learner.clicks <= A_RETURNING_ONE
    practise_to_the_end(learner)
    expect(stage).to_have_count(0)
    player = lesson.locator(".mw-player")
    expect(player.get_by_role("button", name="Start")).to_be_in_viewport()
    expect(player.get_by_role("link", name="Change")).to_be_in_viewport()


def test_what_was_kept_for_today_is_one_line_until_it_is_changed(learner, fresh):
    learner.page.get_by_role("link", name="Your first massage, tonight").click()
    form = learner.sees(TONIGHT, fresh).locator(".mw-screening")
    expect(form.locator(".one-line")).to_contain_text("Kept for today.")
    expect(form.locator("[data-section]").first).to_be_hidden()
    for scheme in ("light", "dark"):
        wear(learner.page, scheme)
        axe_finds_nothing(learner.page, WIDGET, TEXT)
    form.get_by_role("button", name="Change").click()
    expect(form.locator(".none input").first).to_be_focused()


def test_on_another_day_one_more_click_says_that_they_have_asked_each_other(learner, fresh):
    (fresh.home / "workbook" / "screening.json").unlink()
    learner.click(learner.page.locator(".tonight").get_by_role("link", name="Practise"))
    start = learner.sees(PRACTISE, fresh).locator(".mw-player").get_by_role("button", name=ASKED)
    expect(start).to_be_in_viewport()
    learner.click(start)
    running(learner.page)
    assert learner.clicks <= A_RETURNING_ONE
