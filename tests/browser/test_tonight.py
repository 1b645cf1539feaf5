"""A first evening from the first page to the end of a practice, and the next one, in numbers.

The budgets are what somebody has patience for while a partner waits.
"""

import math
import sys

import pytest
from playwright.sync_api import expect

from ..shipped import COURSE, furnish
from .accessibility import check_axe, use_theme
from .conftest import SHOWN, Workbook, new_page
from .test_all_lessons import HEIGHT, TEXT, WIDGET, WORDS
from .test_player import press, running

LESSONS = {each.id: each.notebook for each in COURSE.lessons}
START, TONIGHT, PRACTISE = (
    LESSONS[each] for each in ("lesson-start", "lesson-tonight", "lesson-practise")
)
A_NEW_LEARNER, A_RETURNING_ONE = 21, 2
"""Clicks until the hands are on the back: for a new one a link, six lists and to keep them, three
ticks, three questions with three clicks each, and the start."""
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
    """All of them rightly; return how many there were."""
    right = {
        each.prompt: each.right
        for topic in COURSE.topics
        for each in topic.questions
        if each.kind == "case"
    }
    count = 0
    while not quiz.locator(".result").count():
        answer = right[quiz.locator("legend").inner_text()]
        learner.click(quiz.locator(f"input[value='{answer}']"))
        learner.click(quiz.get_by_role("button", name="Check"))
        quiz.get_by_text("Saved", exact=True).wait_for()
        learner.click(quiz.locator("button.main"))
        quiz.locator("form:not([data-answered]), .result").first.wait_for()
        count += 1
    return count


TO_THE_END = 110
"""Seconds of the session that are played: a page that stood still for two minutes would wait."""


def seconds_to_go(stage):
    bar = stage.locator(".bar")
    total, at = (int(bar.get_attribute(f"aria-value{each}")) for each in ("max", "now"))
    return total - at


def practise_to_the_end(learner):
    """A practice shortened by its own button, to the last step and then to its end."""
    page = learner.page
    stage = running(page)
    while seconds_to_go(stage) > TO_THE_END:
        press(stage, "Skip")
    page.clock.fast_forward(1000 * TO_THE_END)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".kept")).to_have_text("Kept")
    expect(stage.locator(".lead")).to_contain_text("You gave")
    expect(stage.locator(".next-step").get_by_role("link")).to_be_visible()
    stage.get_by_role("button", name="Done").click()


def test_a_new_learner_has_hands_on_a_back_within_the_evening(learner, fresh):
    assert learner.screens() <= SCREENS
    read = learner.words()
    learner.click(learner.page.get_by_role("link", name="Your first massage, tonight"))
    lesson = learner.sees(TONIGHT, fresh)
    lesson.locator(".mw-player").wait_for()
    assert learner.screens() <= SCREENS

    form = lesson.locator(".mw-screening")
    for each in form.locator("[data-section]").all():
        read += each.evaluate("each => each.innerText.match(/\\S+/g).length")
        learner.click(each.locator(".none input"))
    expect(form.locator(".result")).to_have_attribute("data-outcome", "go")
    learner.click(form.get_by_role("button", name="Keep it for today"))
    expect(form).to_contain_text("Kept on this computer for today.")
    for box in lesson.locator(".mw-rules").get_by_role("checkbox").all():
        learner.click(box)
    touches = lesson.locator(".mw-card").count()
    questions = answer_questions(learner, lesson.locator(".mw-quiz"))
    read += learner.words()
    check_axe(learner.page, WIDGET, TEXT)
    assert learner.screens() <= SCREENS

    learner.click(lesson.locator(".mw-player").get_by_role("button", name="Start"))
    assert learner.clicks <= A_NEW_LEARNER
    assert read / SLOW + touches * A_TOUCH + questions * A_QUESTION <= MINUTES
    practise_to_the_end(learner)


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
        use_theme(learner.page, scheme)
        check_axe(learner.page, WIDGET, TEXT)
    form.get_by_role("button", name="Change").click()
    expect(form.locator(".none input").first).to_be_focused()
