"""A first evening from the first page to the end of a practice, and the next one, in numbers.

The budgets are what somebody has patience for while a partner waits.
"""

import math

import pytest
from playwright.sync_api import expect

from ..shipped import COURSE, furnish
from .accessibility import check_axe, use_theme
from .conftest import SHOWN, Workbook, end_practice, new_page
from .test_all_lessons import HEIGHT, TEXT, WIDGET, WORDS
from .test_player import ASKED, NO_WORKER, leap_to_the_end, running
from .test_screening import keep, result

LESSONS = {each.id: each.notebook for each in COURSE.lessons}
START, TONIGHT, PRACTISE = (
    LESSONS[each] for each in ("lesson-start", "lesson-tonight", "lesson-practise")
)
NEW_LEARNER, RETURNING_LEARNER = 12, 2
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

    def __init__(self, page, workbook):
        self.page, self.workbook, self.clicks = page, workbook, 0

    def click(self, control):
        control.click()
        self.clicks += 1

    def sees(self, notebook):
        """The lesson that a click has opened."""
        expect(self.page).to_have_url(self.workbook.address_of(notebook))
        self.page.locator(f"{SHOWN}[data-lesson=awake]").wait_for()
        self.workbook.wait_for_kernel_of(notebook)
        return self.page.locator(SHOWN)

    def measure(self, script):
        return self.page.locator(f"{SHOWN} .jp-Cell:visible").evaluate_all(script)

    def screens(self):
        """How many windows the lesson in sight is high."""
        return math.ceil(self.measure(HEIGHT) / self.page.viewport_size["height"])


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    workbook = Workbook(tmp_path_factory.mktemp("tonight"))
    furnish(workbook.home / "workbook")
    yield workbook.start()
    workbook.stop()


@pytest.fixture(scope="module")
def learner(browser, fresh):
    """At the first page; each test begins where the one before ended."""
    # A worker's time is not that of the page's clock, by which the practice is shortened.
    with new_page(browser, fresh, NO_WORKER) as page:
        page.clock.install()
        page.goto(fresh.address)
        learner = Learner(page, fresh)
        learner.sees(START).locator(".mw-lessons").wait_for()
        yield learner


def leave_for_the_first_page(learner):
    """Go back there; clicks are counted anew."""
    learner.page.go_back()
    learner.sees(START).locator(".tonight").wait_for()
    learner.clicks = 0


def answer_questions(learner, quiz):
    """All of them rightly, each with one click; return how many there were."""
    questions = [each for topic in COURSE.topics for each in topic.questions]
    right = {each.prompt: each.right for each in questions if each.kind == "case"}
    count = 0
    while not quiz.locator(".result").count():
        form = quiz.locator("form:not([data-answered])")
        learner.click(form.locator(f"button[value='{right[form.locator('legend').inner_text()]}']"))
        count += 1
        answered = quiz.locator("form[data-answered=right]").nth(count - 1)
        expect(answered.locator(".verdict")).to_be_in_viewport()
        quiz.locator("form:not([data-answered]), .result").first.wait_for()
    return count


def practise_to_the_end(learner):
    """A whole practice, whose time alone is shortened."""
    stage = leap_to_the_end(learner.page)
    expect(stage.locator(".lead")).to_contain_text("You gave")
    expect(stage.locator(".next-step").get_by_role("link")).to_be_visible()
    learner.click(stage.get_by_role("button", name="Done"))
    expect(stage).to_have_count(0)


def test_whoever_has_not_read_the_lists_is_led_back_to_those_of_the_page(learner):
    learner.click(learner.page.get_by_role("link", name="Your first massage, tonight"))
    lesson = learner.sees(TONIGHT)
    learner.click(lesson.locator(".mw-player").get_by_role("link", name="Is it safe?"))
    expect(lesson.locator(".mw-screening h3").first).to_be_in_viewport()
    expect(learner.page).to_have_url(learner.workbook.address_of(TONIGHT))


def test_a_new_learner_has_hands_on_a_back_within_the_evening(learner):
    leave_for_the_first_page(learner)
    assert learner.screens() <= SCREENS
    read = learner.measure(WORDS)
    learner.click(learner.page.get_by_role("link", name="Your first massage, tonight"))
    lesson = learner.sees(TONIGHT)
    lesson.locator(".mw-player").wait_for()
    assert learner.screens() <= SCREENS

    form = lesson.locator(".mw-screening")
    read += learner.measure(WORDS)  # the lists are folded up once they are answered
    learner.click(form.get_by_role("button", name="None of all this applies to us"))
    expect(result(form, "go").locator(".title")).to_be_in_viewport()
    keep(form)
    learner.clicks += 1
    for box in lesson.locator(".mw-rules").get_by_role("checkbox").all():
        learner.click(box)
    touches = lesson.locator(".mw-card").count()
    questions = answer_questions(learner, lesson.locator(".mw-quiz"))
    check_axe(learner.page, WIDGET, TEXT)
    assert learner.screens() <= SCREENS
    assert read / SLOW + touches * A_TOUCH + questions * A_QUESTION <= MINUTES

    learner.click(lesson.locator(".mw-player").get_by_role("button", name="Start"))
    practise_to_the_end(learner)
    assert learner.clicks <= NEW_LEARNER


def test_a_returning_learner_practises_at_once_and_finds_the_screening_in_one_line(learner):
    page, learner.clicks = learner.page, 0
    page.goto(learner.workbook.address)
    learner.click(page.locator(".tonight").get_by_role("link", name="Practise"))
    player = learner.sees(PRACTISE).locator(".mw-player")
    running(page)
    assert learner.clicks <= RETURNING_LEARNER
    end_practice(page)
    expect(player.get_by_role("button", name="Start")).to_be_in_viewport()
    expect(player.get_by_role("link", name="Change")).to_be_in_viewport()

    leave_for_the_first_page(learner)
    page.get_by_role("link", name="Your first massage, tonight").click()
    form = learner.sees(TONIGHT).locator(".mw-screening")
    expect(form.locator(".one-line")).to_contain_text("Saved for today.")
    expect(form.locator("[data-section]").first).to_be_hidden()
    for scheme in ("light", "dark"):
        use_theme(page, scheme)
        check_axe(page, f"{SHOWN} .mw-screening")
    form.get_by_role("button", name="Change").click()
    expect(form.locator(".none input").first).to_be_focused()


def test_on_another_day_one_more_click_says_that_they_have_asked_each_other(learner):
    leave_for_the_first_page(learner)
    (learner.workbook.home / "workbook" / "screening.json").unlink()
    learner.click(learner.page.locator(".tonight").get_by_role("link", name="Practise"))
    start = learner.sees(PRACTISE).locator(".mw-player").get_by_role("button", name=ASKED)
    expect(start).to_be_in_viewport()
    learner.click(start)
    running(learner.page)
    assert learner.clicks <= RETURNING_LEARNER
