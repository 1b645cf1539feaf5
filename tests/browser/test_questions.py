"""Each kind of question in the real page: by keyboard alone, by single clicks alone, for all."""

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

from .answering import Mouse, at_moments, on_the_page, quiz_with
from .conftest import tab_to
from .widget_page import widget_page

pytestmark = pytest.mark.usefixtures("own_home")
SAMPLES = Path(__file__).parents[1] / "questions" / "one_of_each.yaml"
QUESTIONS = yaml.safe_load(SAMPLES.read_text(encoding="utf-8"))
ASKED = {q.kind: q for q in TypeAdapter(tuple[Question, ...]).validate_python(QUESTIONS)}
START, END = (0.16, 0.50), (0.16, 0.36)  # of the way of the sawing hands, in (u, v)


# --- a page with all of them ---------------------------------------------------------------------


def quiz_of_our_own(*questions, title="All kinds"):
    return quiz_with(Topic(id="of-our-own", title=title, questions=questions), *questions)


@pytest.fixture(scope="module")
def host(browser):
    """A page with a question of each kind, twice: one for the keyboard, one for the mouse."""
    with widget_page(browser, *map(quiz_of_our_own, 2 * [*ASKED.values()])) as host:
        yield host


@pytest.fixture(scope="module")
def lesson(host):
    return host.page


def quiz_of(lesson, kind, turn):
    return lesson.locator(".mw-quiz").nth(list(ASKED).index(kind) + turn * len(ASKED))


# --- a review that stays open --------------------------------------------------------------------


def test_an_open_review_seen_again_is_there_once_something_was_answered(browser):
    with widget_page(browser, review()) as host:
        due = host.page.locator(".mw-quiz")
        expect(due).to_contain_text("Nothing has been answered yet")
        expect(due.get_by_role("button")).to_have_count(0)
        question = widget.course().topics[0].questions[0]
        long_ago = widget.now() - timedelta(days=400)
        topic = widget.course().topics[0].id
        widget.progress().record(Answer(long_ago, topic, question.id, None, 0, False, 1))
        due.dispatch_event("mw-refresh")
        due.get_by_role("button", name="Review").click()
        expect(due).to_contain_text("It takes about 5 minutes.")
        due.get_by_role("radio").or_(due.get_by_role("checkbox")).first.check()
        due.dispatch_event("mw-refresh")  # what was chosen stays
        host.page.keyboard.press("Enter")
        expect(due.locator(".verdict")).to_be_visible()


# --- by keyboard ---------------------------------------------------------------------------------


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
        rows = self.quiz.locator(".steps li")
        for place, step in enumerate(response):
            row = self.quiz.locator(f".steps li[data-id='{step}']")
            now = rows.evaluate_all("(all, id) => all.findIndex(e => e.dataset.id === id)", step)
            if now == place:
                continue
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
IN_VIEW = """element => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
}"""


def places_of_the_controls(quiz):
    """Where what is answered with stands in the question, however the page scrolled."""
    return quiz.evaluate(
        """quiz => [...quiz.querySelectorAll("fieldset :is(input, select, .pad, .plate)")]
            .filter(each => !each.closest(".buttons") && each.offsetParent)
            .map(each => each.getBoundingClientRect().top - quiz.getBoundingClientRect().top)"""
    )


@pytest.mark.parametrize("by", [Keys, Mouse])
@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_is_answered(lesson, kind, by, right_response):
    """What is said of the answer comes below it and above what is pressed next."""
    quiz = quiz_of(lesson, kind, turn=by is Mouse)
    quiz.scroll_into_view_if_needed()
    somebody = by(lesson, quiz)
    getattr(somebody, kind)(right_response(ASKED[kind]))
    before = places_of_the_controls(quiz)
    somebody.check()
    expect(quiz.locator(".verdict")).to_have_text("Right.")
    expect(quiz.get_by_text("Saved", exact=True)).to_be_visible()
    assert places_of_the_controls(quiz) == before, "what was answered moved"
    order = quiz.evaluate(IN_ORDER)
    assert order == sorted(order)
    assert quiz.get_by_role("status").locator(".verdict").count() == 1


PHONE, LAPTOP = {"width": 390, "height": 760}, {"width": 1280, "height": 720}
"""As much of a telephone and a laptop (390x844, 1280x800) as JupyterLab leaves to a lesson."""


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("kind", KINDS)
def test_check_is_in_view_and_then_what_is_said_of_the_answer(browser, kind, size):
    quiz = quiz_of_our_own(ASKED[kind])
    with widget_page(browser, quiz, viewport=size) as host:
        shown = host.page.locator(".mw-quiz")
        shown.evaluate("quiz => quiz.scrollIntoView()")
        assert shown.get_by_role("button", name="Check").evaluate(IN_VIEW)
        shown.get_by_role("button", name="I don't know").click()
        expect(shown.locator(".verdict")).to_have_text("Here is the answer.")
        assert shown.locator(".verdict").evaluate(IN_VIEW)
        assert shown.locator("button.main").evaluate(IN_VIEW)


def test_a_zone_that_was_missed_says_so_on_the_back_and_beside_it(browser):
    with widget_page(browser, quiz_of_our_own(ASKED["zones"])) as host:
        quiz = host.page.locator(".mw-quiz")
        Mouse(host.page, quiz).zones(["spine", "upper-buttock"])
        quiz.get_by_role("button", name="Check").click()
        expect(quiz.locator(".feedback")).to_contain_text("Over the kidneys: you missed this.")
        expect(quiz.locator(".plate .label")).to_have_text(["missed", "missed"])


def test_the_right_tempo_is_heard_and_seen_beside_the_learner_s(browser):
    with widget_page(browser, quiz_of_our_own(ASKED["tempo"])) as host:
        quiz = host.page.locator(".mw-quiz")
        Mouse(host.page, quiz).tempo([0, 0.3, 0.6, 0.9, 1.2, 1.5])
        quiz.get_by_role("button", name="Check").click()
        rhythms = quiz.get_by_role("img", name=re.compile("Right: 10 beats in 6 seconds. Yours: 6"))
        expect(rhythms).to_be_visible()
        for heard in ("Hear the right tempo", "Hear yours"):
            quiz.get_by_role("button", name=heard).click()


def test_a_guess_is_kept_as_one_and_nothing_else_is_said_of_how_sure_an_answer_is(browser):
    for is_guess in (True, False):
        with widget_page(browser, quiz_of_our_own(ASKED["number"])) as host:
            quiz = host.page.locator(".mw-quiz")
            quiz.get_by_role("spinbutton").fill("9")
            quiz.get_by_label("Only a guess").set_checked(is_guess)
            quiz.get_by_role("button", name="Check").click()
            expect(quiz.locator(".verdict")).to_have_text("Right.")
            assert widget.progress().answers("of-our-own")[-1].sure is not is_guess


def test_the_end_of_a_set_offers_one_next_step(browser, right_response):
    single = ASKED["single"]
    with widget_page(browser, quiz_of_our_own(single)) as host:
        quiz = host.page.locator(".mw-quiz")
        quiz.get_by_role("button", name="I don't know").click()
        quiz.get_by_role("button", name="See the result").click()
        expect(quiz.locator(".verdict")).to_have_text(
            "All kinds: 0 of 1 right. What was missed comes back."
        )
        expect(quiz.get_by_role("button")).to_have_text(["Ask the one that was missed again"])
        quiz.get_by_role("button").click()
        Mouse(host.page, quiz).single(right_response(single))
        quiz.get_by_role("button", name="Check").click()
        quiz.get_by_role("button", name="See the result").click()
        expect(quiz.locator(".verdict")).to_have_text("All kinds: 1 of 1 right. Well done.")


# --- a slow kernel -------------------------------------------------------------------------------


def test_an_answer_under_way_cannot_be_changed_or_given_twice(browser, right_response):
    """Whatever is pressed before the reply, Python has one answer, and the page shows it."""
    for kind in KINDS:
        before = len(widget.progress().answers("of-our-own"))
        other = ASKED["many" if kind == "single" else "single"]
        with widget_page(browser, quiz_of_our_own(ASKED[kind], other)) as host:
            quiz = host.page.locator(".mw-quiz")
            if kind == "recall":
                quiz.get_by_role("button", name="Show the other side").click()
            response = right_response(ASKED[kind])
            getattr(Mouse(host.page, quiz), kind)(response)
            with host.held_replies():
                for _ in range(3):
                    quiz.get_by_role("button", name="Check").click()
                quiz.get_by_role("button", name="I don't know").click()
                shown = quiz.evaluate(STATE)
                quiz.evaluate(PRESS_ALL)
                assert quiz.evaluate(STATE) == shown
                host.release()
                expect(quiz.locator(".verdict")).to_have_text("Right.")
                for _ in range(3):
                    quiz.get_by_role("button", name="Next").click()
            expect(quiz.locator("form:not([data-answered])")).to_contain_text("2 of 2")
        assert len(widget.progress().answers("of-our-own")) == before + 1


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


def test_a_stroke_may_be_dragged_as_well(lesson):
    """On the question that the mouse has answered, by starting over."""
    quiz = quiz_of(lesson, "stroke", turn=1)
    quiz.get_by_role("button", name="See the result").click()
    quiz.get_by_text("Other ways to go on").click()
    quiz.get_by_role("button", name="Ask all of them again").click()
    plate = quiz.locator(".plate svg")
    plate.scroll_into_view_if_needed()
    start, end = on_the_page(plate, START, END)
    lesson.mouse.move(*start)
    lesson.mouse.down()
    lesson.mouse.move(*end, steps=12)
    lesson.mouse.up()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.locator(".verdict")).to_have_text("Right.")


# --- hostile text --------------------------------------------------------------------------------


ODD = [
    "<img src=x onerror='window.hacked = 1'>",
    "</script><script>window.hacked = 2</script>",
    "<a href='javascript:window.hacked = 3'>go</a> [go](javascript:window.hacked=4)",
    "\u202eright to left \u200f\u0000{{constructor}} ${7*7}",
    "long" * 25_000,
]


@pytest.fixture
def hostile():
    said = {"why": ODD[0], "about": ["x"], "sources": ["DK"], "note": ODD[1], "basis": "added"}
    choices = [
        Choice(id=f"c{i}", text=text, right=i == 0, feedback=text) for i, text in enumerate(ODD)
    ]
    single = SingleQuestion(
        id="hostile", kind="single", prompt=ODD[0] + ODD[1], choices=choices, **said
    )
    options = [Option(id=f"o{i}", text=text) for i, text in enumerate(ODD)]
    pairs = [Pair(id=f"p{i}", text=t, option=f"o{i}", feedback=t) for i, t in enumerate(ODD)]
    match = MatchQuestion(
        id="hostile-match", kind="match", prompt=ODD[2], options=options, pairs=pairs, **said
    )
    return quiz_of_our_own(single, match, title=ODD[0])


def test_hostile_text_is_shown_as_text_and_nothing_runs(browser, hostile):
    with widget_page(browser, hostile) as host:
        nothing_runs(host.page)


def nothing_runs(page):
    quiz = page.locator(".mw-quiz")
    expect(quiz.locator("legend").first).to_contain_text("<img src=x onerror=")
    quiz.locator("input[value=c1]").click()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.locator(".verdict")).to_have_text("Not right yet.")
    expect(quiz.get_by_role("status")).to_contain_text("</script><script>window.hacked = 2")
    quiz.get_by_role("button", name="Next").click()
    expect(quiz.locator(".pair").nth(2)).to_contain_text("href='javascript:")
    quiz.get_by_role("button", name="I don't know").click()
    expect(quiz.locator(".verdict")).to_have_text("Here is the answer.")
    quiz.get_by_role("button", name="See the result").click()
    expect(quiz.locator(".result")).to_contain_text("0 of 2 right")
    assert page.evaluate("window.hacked") is None
    assert quiz.locator("a, img, script, iframe").count() == 0
    assert quiz.evaluate("element => element.scrollWidth <= element.clientWidth")


# --- for all -------------------------------------------------------------------------------------


def test_axe_finds_nothing_in_any_kind_asked_or_answered(host):
    """Those for the mouse and the keyboard are answered by now, if all tests run; both states."""
    host.check_accessibility(".mw-quiz")


@pytest.mark.parametrize("kind", KINDS)
def test_a_narrow_page_loses_nothing(lesson, kind):
    """320 pixels wide, which is also what a page of 1280 is at 400 % zoom."""
    lesson.set_viewport_size({"width": 320, "height": 800})
    quiz = quiz_of(lesson, kind, turn=0)
    wide = quiz.evaluate("""element => [...element.querySelectorAll("*")].filter(each =>
        each.getBoundingClientRect().right > element.getBoundingClientRect().right + 1).length""")
    assert wide == 0
    assert quiz.evaluate("element => element.scrollWidth <= element.clientWidth")
    lesson.set_viewport_size({"width": 1280, "height": 900})


def test_whatever_is_pressed_is_large_enough(lesson):
    """24 pixels either way; a label that belongs to its control counts with it."""
    small = lesson.locator(".mw-quiz").evaluate_all("""all => all.flatMap(quiz =>
        [...quiz.querySelectorAll("button, input, summary")].map(each =>
            [each.outerHTML.slice(0, 80), (each.closest("label") ?? each).getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
        .map(([html]) => html))""")
    assert small == []
