"""Each kind of question on a page: by keyboard alone, by single clicks alone, for everybody.

CAMPAIGN=long asks every question of the course.
"""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect
from pydantic import TypeAdapter

from massage_workbook import review
from massage_workbook.answers.answer import Answer
from massage_workbook.questions import KINDS, MatchQuestion, Question, SingleQuestion, Topic
from massage_workbook.questions.choices import Choice
from massage_workbook.questions.match import Option, Pair
from massage_workbook.widgets import widget

from ..shipped import COURSE
from .answering import Mouse, at_moments, on_the_page, quiz_with, step_of, wrong
from .conftest import tab_to
from .widget_page import widget_page

pytestmark = pytest.mark.usefixtures("own_home")
SAMPLES = Path(__file__).parents[1] / "questions" / "one_of_each.yaml"
QUESTIONS = yaml.safe_load(SAMPLES.read_text(encoding="utf-8"))
SAMPLE = {q.kind: q for q in TypeAdapter(tuple[Question, ...]).validate_python(QUESTIONS)}
START, END = (0.16, 0.50), (0.16, 0.36)  # of the way of the sawing hands, in (u, v)


def sample_quiz(*questions, title="All kinds"):
    return quiz_with(Topic(id="of-our-own", title=title, questions=questions), *questions)


@pytest.fixture(scope="module")
def host(browser):
    """A page with a question of each kind, twice: one for the keyboard, one for the mouse."""
    with widget_page(browser, *map(sample_quiz, 2 * [*SAMPLE.values()])) as host:
        yield host


def quiz_of(page, kind, turn):
    return page.locator(".mw-quiz").nth(list(SAMPLE).index(kind) + turn * len(SAMPLE))


@pytest.fixture(scope="module")
def second_page(browser):
    with widget_page(browser) as host:
        yield host


@pytest.fixture
def ask(second_page):
    """Show a quiz of these questions alone, on a page of its own."""

    def ask(*questions, **options):
        second_page.clear()
        second_page.show(sample_quiz(*questions, **options))
        return second_page.page.locator(".mw-quiz")

    return ask


def check(quiz, verdict):
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.locator(".verdict")).to_have_text(verdict)


# --- each kind -----------------------------------------------------------------------------------


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page, quiz):
        self.page, self.quiz = page, quiz
        # They come from what stands before the question.
        quiz.evaluate("element => { element.tabIndex = -1; element.focus() }")

    def press(self, key, times=1):
        for _ in range(times):
            self.page.keyboard.press(key)

    def choose(self, group, value):
        """Tab leads into a group of radio buttons, arrows through it."""
        radios = group.get_by_role("radio")
        tab_to(self.page, radios.first)
        self.press("Space")
        while not group.locator(f"input[value='{value}']").is_checked():
            self.press("ArrowDown")

    def single(self, response):
        self.choose(self.quiz, response[0])

    case = single

    def many(self, response):
        for name in response:
            self.back_to(self.quiz.locator(f"input[value='{name}']"))
            self.press("Space")

    def back_to(self, locator):
        """From wherever the focus is, round the question's own controls."""
        self.quiz.evaluate("element => element.focus()")
        tab_to(self.page, locator)

    def number(self, response):
        tab_to(self.page, self.quiz.get_by_role("spinbutton"))
        self.press("ArrowUp", int(response))

    def order(self, response):
        for place, step in enumerate(response):
            row, now = step_of(self.quiz, step)
            if now != place:
                self.back_to(row.get_by_role("button", name=re.compile("^Up")))
                self.press("Space", now - place)
        # Enter on a button presses that one.
        tab_to(self.page, self.quiz.get_by_role("button", name="Check"))

    def match(self, response):
        for pair, option in response.items():
            chosen = self.quiz.locator(f".pair[data-id='{pair}'] select")
            self.back_to(chosen)
            while chosen.input_value() != option:
                self.press("ArrowDown")

    def zones(self, response):
        for name in response:
            self.back_to(self.quiz.locator(f"#zone-{name}"))
            self.press("Space")

    def stroke(self, _response):
        tab_to(self.page, self.quiz.locator(".plate svg"))
        self.press("ArrowRight", 3)
        self.press("Space")
        self.press("ArrowUp", 7)
        self.press("Space")

    def tempo(self, response):
        tab_to(self.page, self.quiz.get_by_role("button", name="Tap here"))
        for _ in at_moments(self.page, response):
            self.press("Space")

    def check(self):
        self.press("Enter")


IN_ORDER = """quiz => {
    const top = (selector) => quiz.querySelector(selector).getBoundingClientRect().top;
    return [...["legend", ".verdict", ".feedback p:last-of-type", ".main"].map(top)];
}"""
# Where controls stand in the question, however the page scrolled.
CONTROLS = """quiz => [...quiz.querySelectorAll("fieldset :is(input, select, .pad, .plate)")]
    .filter(each => !each.closest(".buttons") && each.offsetParent)
    .map(each => each.getBoundingClientRect().top - quiz.getBoundingClientRect().top)"""


@pytest.mark.parametrize("by", [Keys, Mouse])
@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_is_answered(host, kind, by, right_response):
    """Feedback comes below the answer and above what is pressed next; nothing else moves."""
    quiz = quiz_of(host.page, kind, turn=by is Mouse)
    quiz.scroll_into_view_if_needed()
    learner = by(host.page, quiz)
    getattr(learner, kind)(right_response(SAMPLE[kind]))
    before = quiz.evaluate(CONTROLS)
    learner.check()
    expect(quiz.locator(".verdict")).to_have_text("Right.")
    expect(quiz.get_by_text("Saved", exact=True)).to_be_visible()
    assert quiz.evaluate(CONTROLS) == before, "what was answered moved"
    order = quiz.evaluate(IN_ORDER)
    assert order == sorted(order)
    assert quiz.get_by_role("status").locator(".verdict").count() == 1
    if by is Keys and kind == "single":
        expect(quiz.locator("input:focus")).to_be_checked()


def test_every_kind_is_accessible_before_and_after_its_answer(host, second_page):
    """In the order of this file, those of `host` are answered."""
    host.check_accessibility(".mw-quiz")
    second_page.clear()
    second_page.show(*map(sample_quiz, SAMPLE.values()))
    second_page.check_accessibility(".mw-quiz")


# A page scrolls by whole pixels, and an element may begin within one.
IN_VIEW = """element => {
    const { top, bottom } = element.getBoundingClientRect();
    return top > -1 && bottom < innerHeight + 1;
}"""
# As much of a telephone and a laptop (390x844, 1280x800) as JupyterLab leaves to a lesson.
SIZES = {"phone": {"width": 390, "height": 760}, "laptop": {"width": 1280, "height": 720}}


@pytest.mark.parametrize("size", SIZES)
def test_check_is_in_view_and_then_the_feedback(second_page, ask, size):
    second_page.page.set_viewport_size(SIZES[size])
    for kind, question in SAMPLE.items():
        quiz = ask(question)
        quiz.evaluate("quiz => quiz.scrollIntoView()")
        assert quiz.get_by_role("button", name="Check").evaluate(IN_VIEW), kind
        quiz.get_by_role("button", name="I don't know").click()
        expect(quiz.locator(".verdict")).to_have_text("Here is the answer.")
        for shown in (".verdict", "button.main"):
            assert quiz.locator(shown).evaluate(IN_VIEW), kind


@pytest.mark.skipif(os.environ.get("CAMPAIGN") != "long", reason="a campaign")
@pytest.mark.parametrize("kind", KINDS)
def test_every_question_of_the_course_is_answered(second_page, right_response, kind):
    """Rightly, and wrongly or not at all."""
    for topic in COURSE.topics:
        for question in (each for each in topic.questions if each.kind == kind):
            right = right_response(question)
            for response in (right, wrong(question, right)):
                second_page.clear()
                second_page.show(quiz_with(topic, question))
                quiz = second_page.page.locator(".mw-quiz")
                if response is None:
                    quiz.get_by_role("button", name="I don't know").click()
                else:
                    learner = Mouse(second_page.page, quiz)
                    getattr(learner, kind)(response)
                    learner.check()
                expect(quiz.get_by_text("Saved", exact=True)).to_be_visible()
                verdict = quiz.locator(".verdict").inner_text()
                assert (verdict == "Right.") == (response == right), question.id


# --- single kinds --------------------------------------------------------------------------------


def test_a_zone_that_was_missed_is_named_on_the_back_and_beside_it(ask):
    quiz = ask(SAMPLE["zones"])
    Mouse(quiz.page, quiz).zones(["spine", "upper-buttock"])
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.locator(".feedback")).to_contain_text("Over the kidneys: you missed this.")
    expect(quiz.locator(".plate .label")).to_have_text(["missed", "missed"])


def test_the_right_tempo_is_heard_and_seen_beside_the_learner_s(ask):
    quiz = ask(SAMPLE["tempo"])
    Mouse(quiz.page, quiz).tempo([0, 0.3, 0.6, 0.9, 1.2, 1.5])
    quiz.get_by_role("button", name="Check").click()
    rhythms = quiz.get_by_role("img", name=re.compile("Right: 10 beats in 6 seconds. Yours: 6"))
    expect(rhythms).to_be_visible()
    for name in ("Hear the right tempo", "Hear yours"):
        quiz.get_by_role("button", name=name).click()


def test_a_stroke_may_be_dragged_as_well(ask):
    quiz = ask(SAMPLE["stroke"])
    plate, mouse = quiz.locator(".plate svg"), quiz.page.mouse
    plate.scroll_into_view_if_needed()
    start, end = on_the_page(plate, START, END)
    mouse.move(*start)
    mouse.down()
    mouse.move(*end, steps=12)
    mouse.up()
    check(quiz, "Right.")


# --- a whole quiz --------------------------------------------------------------------------------


def test_a_guess_is_stored_as_one(ask):
    for is_guess in (True, False):
        quiz = ask(SAMPLE["number"])
        quiz.get_by_role("spinbutton").fill("9")
        quiz.get_by_label("Only a guess").set_checked(is_guess)
        check(quiz, "Right.")
        assert widget.progress().answers("of-our-own")[-1].sure is not is_guess


def test_the_end_of_a_quiz_offers_one_next_step(ask, right_response):
    quiz, verdict = ask(SAMPLE["single"]), "All kinds: 0 of 1 right. What was missed comes back."
    quiz.get_by_role("button", name="I don't know").click()
    quiz.get_by_role("button", name="See the result").click()
    expect(quiz.locator(".verdict")).to_have_text(verdict)
    expect(quiz.get_by_role("button")).to_have_text(["Ask the one that was missed again"])
    quiz.get_by_role("button").click()
    Mouse(quiz.page, quiz).single(right_response(SAMPLE["single"]))
    check(quiz, "Right.")
    quiz.get_by_role("button", name="See the result").click()
    expect(quiz.locator(".verdict")).to_have_text("All kinds: 1 of 1 right. Well done.")


def test_an_open_review_shows_what_was_answered_meanwhile(second_page):
    second_page.clear()
    second_page.show(review())
    due, topic = second_page.page.locator(".mw-quiz"), widget.course().topics[0]
    expect(due).to_contain_text("Nothing has been answered yet")
    expect(due.get_by_role("button")).to_have_count(0)
    long_ago = widget.now() - timedelta(days=400)
    forgotten = Answer(long_ago, topic.id, topic.questions[0].id, None, 0, False, 1)
    widget.progress().record(forgotten)
    due.dispatch_event("mw-refresh")
    due.get_by_role("button", name="Review").click()
    expect(due).to_contain_text("It takes about 5 minutes.")
    due.get_by_role("radio").or_(due.get_by_role("checkbox")).first.check()
    due.dispatch_event("mw-refresh")  # what was chosen stays
    second_page.page.keyboard.press("Enter")
    expect(due.locator(".verdict")).to_be_visible()


# --- a slow kernel -------------------------------------------------------------------------------

STATE = """quiz => [...quiz.querySelectorAll("input, select, .steps li, [role=checkbox]")]
    .filter(each => !each.closest(".buttons"))
    .map(each => [each.value, each.checked, each.dataset.id, each.ariaChecked])"""
PRESS_ALL = """quiz => {
    const plate = quiz.querySelector(".plate")?.shadowRoot ?? quiz;
    const zones = plate.querySelectorAll("[role=checkbox]");
    const inputs = quiz.querySelectorAll("fieldset :is(input, .steps button, .pad, .tools button)");
    for (const each of [...zones, ...inputs]) {
        const click = new MouseEvent("click", { bubbles: true, cancelable: true });
        if (!each.closest(".buttons")) each.dispatchEvent(click);
    }
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_under_way_is_not_changed_and_counts_once(second_page, ask, kind, right_response):
    """Whatever is pressed before the reply, Python has one answer, and the page shows it."""
    before = len(widget.progress().answers("of-our-own"))
    quiz = ask(SAMPLE[kind], SAMPLE["many" if kind == "single" else "single"])
    if kind == "recall":
        quiz.get_by_role("button", name="Show the other side").click()
    getattr(Mouse(quiz.page, quiz), kind)(right_response(SAMPLE[kind]))
    with second_page.held_replies():
        quiz.get_by_role("button", name="Check").click(click_count=3)
        quiz.get_by_role("button", name="I don't know").click()
        shown = quiz.evaluate(STATE)
        quiz.evaluate(PRESS_ALL)
        assert quiz.evaluate(STATE) == shown
        second_page.release()
        expect(quiz.locator(".verdict")).to_have_text("Right.")
        quiz.get_by_role("button", name="Next").click(click_count=3)
    expect(quiz.locator("form:not([data-answered])")).to_contain_text("2 of 2")
    assert len(widget.progress().answers("of-our-own")) == before + 1


# --- hostile text --------------------------------------------------------------------------------

HOSTILE = [
    "<img src=x onerror='window.hacked = 1'>",
    "</script><script>window.hacked = 2</script>",
    "<a href='javascript:window.hacked = 3'>go</a> [go](javascript:window.hacked=4)",
    "\u202eright to left \u200f\u0000{{constructor}} ${7*7}",
    "long" * 25_000,
]


def test_hostile_text_is_shown_as_text_and_nothing_runs(ask):
    odd = HOSTILE
    said = {"why": odd[0], "about": ["x"], "sources": ["DK"], "note": odd[1], "basis": "added"}
    choices = [Choice(id=f"c{i}", text=t, right=i == 0, feedback=t) for i, t in enumerate(odd)]
    options = [Option(id=f"o{i}", text=text) for i, text in enumerate(odd)]
    pairs = [Pair(id=f"p{i}", text=t, option=f"o{i}", feedback=t) for i, t in enumerate(odd)]
    quiz = ask(
        SingleQuestion(id="one", kind="single", prompt=odd[0] + odd[1], choices=choices, **said),
        MatchQuestion(id="two", kind="match", prompt=odd[2], options=options, pairs=pairs, **said),
        title=odd[0],
    )
    expect(quiz.locator("legend").first).to_contain_text("<img src=x onerror=")
    quiz.locator("input[value=c1]").click()
    check(quiz, "Not right yet.")
    expect(quiz.get_by_role("status")).to_contain_text("</script><script>window.hacked = 2")
    quiz.get_by_role("button", name="Next").click()
    expect(quiz.locator(".pair").nth(2)).to_contain_text("href='javascript:")
    quiz.get_by_role("button", name="I don't know").click()
    expect(quiz.locator(".verdict")).to_have_text("Here is the answer.")
    quiz.get_by_role("button", name="See the result").click()
    expect(quiz.locator(".result")).to_contain_text("0 of 2 right")
    assert quiz.page.evaluate("window.hacked") is None
    assert quiz.locator("a, img, script, iframe").count() == 0
    assert quiz.evaluate("element => element.scrollWidth <= element.clientWidth")
