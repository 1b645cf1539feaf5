"""A first evening from the first page to the end of a practice, and the next one, in numbers.

The budgets are what somebody has patience for while a partner waits.
"""

import math

import pytest
from playwright.sync_api import expect

from ..shipped import COURSE, furnish
from .accessibility import check_axe, use_theme
from .conftest import SHOWN, Workbook, new_page
from .test_all_lessons import HEIGHT, TEXT, WIDGET, WORDS
from .test_player import expect_kept, press, running
from .test_screening import keep, result

LESSONS = {each.id: each.notebook for each in COURSE.lessons}
START, TONIGHT, PRACTISE = (
    LESSONS[each] for each in ("lesson-start", "lesson-tonight", "lesson-practise")
)
NEW_LEARNER, RETURNING_LEARNER = 21, 2
"""Clicks until the hands are on the back: for a new one a link, six lists and to keep them, three
ticks, three questions with three clicks each, and the start."""
SCREENS = 8
SLOW = 100
"""Words that a slow reader reads a minute."""
MINUTES = 40
A_TOUCH = A_QUESTION = 1
"""Minutes."""
TO_THE_END = 110
"""Seconds of the session that are played: a page that stood still for two minutes would wait."""


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


@pytest.fixture
def learner(browser, fresh):
    with new_page(browser, fresh) as page:
        page.clock.install()
        page.goto(fresh.address)
        learner = Learner(page, fresh)
        learner.sees(START).locator(".mw-lessons").wait_for()
        yield learner


def answer_questions(learner, quiz):
    """All of them rightly; return how many there were."""
    questions = [each for topic in COURSE.topics for each in topic.questions]
    right = {each.prompt: each.right for each in questions if each.kind == "case"}
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


def practise_to_the_end(page):
    """A practice shortened by its own button, to the last step and then to its end."""
    stage = running(page)
    bar = stage.locator(".bar")

    def seconds(which):
        return int(bar.get_attribute(f"aria-value{which}"))

    while seconds("max") - seconds("now") > TO_THE_END:
        press(stage, "Skip")
    page.clock.fast_forward(1000 * TO_THE_END)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect_kept(stage)
    expect(stage.locator(".lead")).to_contain_text("You gave")
    expect(stage.locator(".next-step").get_by_role("link")).to_be_visible()
    stage.get_by_role("button", name="Done").click()
    expect(stage).to_have_count(0)


def test_a_new_learner_has_hands_on_a_back_within_the_evening(learner):
    assert learner.screens() <= SCREENS
    read = learner.measure(WORDS)
    learner.click(learner.page.get_by_role("link", name="Your first massage, tonight"))
    lesson = learner.sees(TONIGHT)
    lesson.locator(".mw-player").wait_for()
    assert learner.screens() <= SCREENS

    form = lesson.locator(".mw-screening")
    for each in form.locator("[data-section]").all():
        read += each.evaluate("each => each.innerText.match(/\\S+/g).length")
        learner.click(each.locator(".none input"))
    result(form, "go")
    keep(form)
    learner.clicks += 1
    for box in lesson.locator(".mw-rules").get_by_role("checkbox").all():
        learner.click(box)
    touches = lesson.locator(".mw-card").count()
    questions = answer_questions(learner, lesson.locator(".mw-quiz"))
    read += learner.measure(WORDS)
    check_axe(learner.page, WIDGET, TEXT)
    assert learner.screens() <= SCREENS

    learner.click(lesson.locator(".mw-player").get_by_role("button", name="Start"))
    assert learner.clicks <= NEW_LEARNER
    assert read / SLOW + touches * A_TOUCH + questions * A_QUESTION <= MINUTES
    practise_to_the_end(learner.page)


def test_a_returning_learner_practises_at_once_and_finds_the_screening_in_one_line(learner):
    page = learner.page
    learner.click(page.locator(".tonight").get_by_role("link", name="Practise"))
    player = learner.sees(PRACTISE).locator(".mw-player")
    running(page)
    assert learner.clicks <= RETURNING_LEARNER
    practise_to_the_end(page)
    expect(player.get_by_role("button", name="Start")).to_be_in_viewport()
    expect(player.get_by_role("link", name="Change")).to_be_in_viewport()

    page.goto(learner.workbook.address)
    page.get_by_role("link", name="Your first massage, tonight").click()
    form = learner.sees(TONIGHT).locator(".mw-screening")
    expect(form.locator(".one-line")).to_contain_text("Kept for today.")
    expect(form.locator("[data-section]").first).to_be_hidden()
    for scheme in ("light", "dark"):
        use_theme(page, scheme)
        check_axe(page, WIDGET, TEXT)
    form.get_by_role("button", name="Change").click()
    expect(form.locator(".none input").first).to_be_focused()
