"""The whole workbook, from its first command through every lesson, and again tomorrow.

One learner goes through all lessons in one sitting: each test begins where the one before ended.
"""

import re
from collections import Counter
from urllib.parse import quote

import nbformat
import pytest
from playwright.sync_api import expect

from massage_workbook import paths
from massage_workbook.questions import generated

from ..shipped import COURSE
from .accessibility import check_axe, check_layout, use_theme
from .answering import Mouse, wrong
from .conftest import (
    SHOWN,
    Workbook,
    come_back_from_practise,
    end_practice,
    new_page,
    open_in_page,
    wait_until,
)
from .test_player import running
from .test_screening import keep, no_to_the_rest, result
from .widget_page import CAPTURE_PRINT

LESSONS = sorted(path.name for path in paths.notebooks().glob("*.ipynb"))
START, TONIGHT, *_, PLAN, PRACTISE, CHECK, PROGRESS = LESSONS
ASKED = [
    question
    for topic in (*COURSE.topics, *generated.topics(COURSE))
    for question in topic.questions
]
PROMPTS = Counter(question.prompt for question in ASKED)
QUESTIONS = {question.prompt: question for question in ASKED if PROMPTS[question.prompt] == 1}
"""By what is read of them: some differ in their pictures alone."""
WIDGET = f"{SHOWN} .jp-OutputArea-output > .mw"
TEXT = f"{SHOWN} .jp-MarkdownOutput"
FEW = 3  # lessons stay open
JUPYTERLABS_KEYS = ["b", "a", "x", "m", "y", "d", "d", "z", "Control+b", "Control+s", "Alt+a"]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory, installed):
    """The workbook from its wheel, never opened before; its server has nothing to report."""
    command = installed.scripts / "massage-workbook"
    workbook = Workbook(tmp_path_factory.mktemp("walk"), [command]).start()
    yield workbook
    said = workbook.stop()
    assert not re.search(r"Traceback|^\[[EC] ", said, re.MULTILINE), said


@pytest.fixture(scope="module")
def learner(browser, fresh):
    """The page of somebody who goes from lesson to lesson.

    The kernel of the first was started while the browser was.
    """
    [warm] = fresh.sessions_once_there()
    with new_page(browser, fresh, CAPTURE_PRINT) as page:
        page.goto(fresh.address)
        page.locator(f"{SHOWN}[data-lesson=awake]").wait_for()
        assert [each["id"] for each in fresh.ask("api/sessions")] == [warm["id"]]
        page.evaluate("window.same = true")
        yield page


def count_widgets(name):
    """How many widgets a lesson shows."""
    cells = nbformat.read(paths.notebooks() / name, as_version=4).cells
    return sum(cell.cell_type == "code" and cell.source.endswith(")") for cell in cells)


def alive(learner, workbook, name):
    """The lesson, once all its widgets are there: by its link, if one is on the page."""
    links = learner.locator(f"{SHOWN} a[href*='{quote(name.partition(',')[0])}']")
    if links.count():
        press(links.last)
    elif learner.url != workbook.address_of(name):
        open_in_page(learner, name)
    return comes(learner, workbook, name)


def comes(learner, workbook, name):
    """The lesson that is on its way, once all its widgets are there."""
    expect(learner).to_have_url(workbook.address_of(name))
    learner.locator(f"{SHOWN}[data-lesson=awake]").wait_for()
    expect(learner.locator(WIDGET)).to_have_count(count_widgets(name))
    workbook.wait_for_kernel_of(name)
    return learner.locator(SHOWN)


# --- every widget is touched by keys; questions by clicks, for their own tests have the keys ------


def press(control, key="Enter"):
    """A key on a control that Tab comes to, which is seen first."""
    control.press(key)


def answer(quiz, right_response, *, rightly):
    form, answered = quiz.locator("form:not([data-answered])"), quiz.locator("form[data-answered]")
    answered = answered.nth(answered.count())  # the next one
    question = QUESTIONS.get(form.locator("legend").first.inner_text())
    right = question and right_response(question)
    response = right if rightly else question and wrong(question, right)
    if response is None:
        press(form.get_by_role("button", name="I don't know"))
    elif form.locator("button.choice").count():
        press(form.locator(f"button[value='{response[0]}']"))
    else:
        mouse = Mouse(quiz.page, quiz)
        getattr(mouse, question.kind)(response)
        mouse.check()
    answered.get_by_text("Saved", exact=True).wait_for()
    verdict = answered.locator(".verdict").inner_text()
    assert (verdict == "Right.") == (response is not None and rightly), (question, response)
    if (following := answered.locator("button.main")).count():
        press(following)
    quiz.locator("form:not([data-answered]), .result, section").first.wait_for()


def answer_wrongly_and_rightly(quiz, right_response):
    for rightly in (False, True):
        if quiz.locator(".result").count():
            return  # nothing is due, or only one question: what is due depends on the clock
        answer(quiz, right_response, rightly=rightly)


def print_it(stop_signs, _):
    for folded in stop_signs.get_by_role("button", name="Show the stop signs").all():
        press(folded)
    press(stop_signs.get_by_role("button", name="Print"))
    stop_signs.page.wait_for_function("window.printed")


def be_asked(screening, _):
    if (change := screening.get_by_role("button", name="Change")).is_visible():
        press(change)  # it was kept for today
    press(screening.get_by_role("button", name="Start over"))
    no_to_the_rest(screening)
    result(screening, "go")
    keep(screening)


def plan(planner, _, minutes=15):
    total = planner.locator("[data-block=total] .typed")
    total.focus()
    planner.page.keyboard.press("Control+a")
    planner.page.keyboard.type(str(minutes))
    press(total)
    expect(total).to_have_value(f"{minutes}:00")
    press(planner.get_by_role("button", name="Practise this plan"))
    come_back_from_practise(planner.page, begun=True)  # the screening was kept
    expect(planner.locator(".message")).to_contain_text("10 Practise")


def practise(player, _):
    press(player.get_by_role("button", name="Start"))  # the screening was kept
    page = player.page
    stage, cells, here = running(page), page.locator(f"{SHOWN} .jp-Cell"), page.url
    before = cells.count()
    for key in JUPYTERLABS_KEYS:
        page.keyboard.press(key)
    assert cells.count() == before
    page.go_back()  # as a hand that swipes does
    expect(page).to_have_url(here)
    expect(stage.locator(".run-page")).to_have_attribute("data-state", "running")
    expect(stage.locator(":focus")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".run-page h2")).not_to_contain_text("Get ready")
    left = stage.locator(".countdown")
    expect(left).not_to_have_text(left.inner_text())
    page.keyboard.press("Escape")
    press(stage.get_by_role("button", name="End here"))
    expect(stage.locator(".save-status")).to_have_text("Saved")
    press(stage.get_by_role("button", name="Done"))


def look_at(pictures, _):
    for each in pictures.locator("svg").all():
        assert each.get_attribute("role") in {"img", "group"}  # a group of named structures
        assert each.get_attribute("aria-label")


def begin_the_check(check, right_response):
    press(check.get_by_role("button", name="Begin"))
    answer(check, right_response, rightly=False)
    expect(check).to_contain_text("question 2 of 40")


def see_all_lessons(cover, _):
    expect(cover.get_by_role("link", name="Begin with Is it safe?")).to_be_visible()
    expect(cover.get_by_role("link")).to_have_count(len(LESSONS) + 1)  # 10 is offered twice


def open_a_topic(topics, right_response):
    chosen = topics.get_by_role("button", name="Percussion and shaking")
    press(chosen)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    answer_wrongly_and_rightly(topics.locator(".mw-quiz"), right_response)


def touch(control, shown, key="Enter"):
    """Press a key on a control, which shows something."""

    def touch(widget, _):
        for folded in widget.get_by_role("button", name="Open the card").all():
            press(folded)
        press(widget.locator(control).first, key)
        expect(widget.locator(shown).first).to_be_visible()

    return touch


TOUCH = {
    ".mw-picture": look_at,
    ".mw-card": touch("button:has-text('Show sources')", "dl .cited"),
    ".mw-tempo": touch(".pad", "svg .hit, svg .miss", "Space"),
    ".mw-disagreements": touch("button:text('Show me')", "text=what the course follows"),
    ".mw-claims": touch("select", "output:not(:text-matches('^(\\d+) of \\1 '))", "ArrowDown"),
    ".mw-glossary": touch("summary", ".terms > li"),
    ".mw-rules": touch("button:text-matches('^How')", "li details"),
    ".mw-whole-back": touch(".lists button", ".panel h3"),
    ".mw-stop-signs": print_it,
    ".mw-screening": be_asked,
    ".mw-planner": plan,
    ".mw-player": practise,
    ".mw-exam": begin_the_check,
    ".mw-topics": open_a_topic,
    ".mw-quiz": answer_wrongly_and_rightly,
    ".mw-lessons": see_all_lessons,
    ".mw-progress": lambda progress, _: progress.locator(".next").wait_for(),
    ".mw-class-export": touch("summary", "tbody tr"),
}


# Words in sight, without questions and what came of them; what waits to be opened is not read.
WORDS = """cells => {
    let words = 0;
    for (const cell of cells) {
        const other = ":not(.mw-quiz, .mw-exam, .mw-progress)";
        const shown = cell.querySelector(`.jp-MarkdownOutput, .mw${other}`);
        if (!shown) continue;
        const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const { data, parentElement } = texts.currentNode;
            if (parentElement.checkVisibility() && !parentElement.closest("button, option"))
                words += data.match(/\\S+/g)?.length ?? 0;
        }
    }
    return words;
}"""
A_MINUTE = 238  # words of non-fiction that adults read silently (Brysbaert 2019)
HEIGHT = """cells => {
    const edges = cells.map((each) => each.getBoundingClientRect());
    return Math.max(...edges.map((e) => e.bottom)) - Math.min(...edges.map((e) => e.top));
}"""
MINUTES = {lesson.notebook: lesson.minutes for lesson in COURSE.lessons}
TRIED = {".mw-card:not(:has(> .folded:not(.short)))": 1, ".mw-tempo": 0.5, ".mw-planner": 3}
"""Minutes that a touch is watched and tried, a beat tapped, sliders moved."""
SHORTER = {START, TONIGHT, PRACTISE, CHECK, PROGRESS}
"""Where other things are done than those and reading."""
SCREENS = 8


def is_as_long_as_the_cover_says(page, name):
    """Eight to twelve minutes where a lesson is read and tried, and nowhere too far to scroll."""
    lesson = page.locator(SHOWN)
    cells = lesson.locator(".jp-Cell:visible")
    takes = cells.evaluate_all(WORDS) / A_MINUTE + sum(
        minutes * lesson.locator(f"{what}:visible").count() for what, minutes in TRIED.items()
    )
    assert MINUTES[name] == pytest.approx(takes, abs=1)
    assert name in SHORTER or 8 <= MINUTES[name] <= 12
    assert cells.evaluate_all(HEIGHT) <= SCREENS * page.viewport_size["height"]


def open_all_parts(page):
    """What a lesson folds, so that it is tried as well."""
    for opener in page.locator(f"{SHOWN} .mw-opener").all():
        press(opener)
        expect(opener).to_have_attribute("aria-expanded", "true")


# Every control that Tab should come to, also in a shadow root; of radio buttons, one of a group.
CONTROLS = """widget => {
    window.before?.abort();
    const { signal } = (window.before = new AbortController());
    const ours = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const controls = (window.controls = new Set());
    const heard = (event) => {
        const found = event.composedPath()[0];
        controls.delete(found);
        for (const each of controls)
            if (each.type === "radio" && each.name === found.name) controls.delete(each);
    };
    const look = (root) => {
        // What moves inside a shadow root is heard in there alone.
        if (root instanceof ShadowRoot)
            root.addEventListener("focusin", heard, { capture: true, signal });
        for (const each of root.querySelectorAll("*")) {
            if (each.shadowRoot) look(each.shadowRoot);
            const seen = each.checkVisibility({ visibilityProperty: true });
            if (seen && each.matches(ours) && !each.disabled) controls.add(each);
        }
    };
    document.addEventListener("focusin", heard, { capture: true, signal });
    look(widget);
    document.activeElement.blur(); // what has the focus already would not be heard
    controls.values().next().value?.focus();
    return controls.size;
}"""


def tab_comes_to_every_control(page, widget):
    """From its first one on, with the Tab key alone; there is no trap.

    What a widget shows only while something has the focus is gone when the focus is.
    """
    left = widget.evaluate(CONTROLS)
    for _ in range(5 + left):
        if page.evaluate("[...window.controls].every(each => !each.isConnected)"):
            return
        for _ in range(5):
            page.keyboard.press("Tab")
    missed = page.evaluate(
        """[...window.controls].filter(each => each.isConnected)
        .map(each => each.outerHTML.slice(0, 120))"""
    )
    assert missed == []


# Says of what kind each is, and which is the first with so many controls: the rest are like it.
MARK = """(widgets, [kinds, seen]) => {
    for (const widget of widgets) {
        const kind = kinds.find((each) => widget.matches(`:is(${each}, :has(> ${each}))`));
        const like = `${kind}: ${widget.querySelectorAll("a, button, input, summary").length}`;
        widget.dataset.kind = kind;
        widget.toggleAttribute("data-new", !seen.includes(like));
        seen.push(like);
    }
    return seen;
}"""
NEW = f"{WIDGET}[data-new]"


@pytest.fixture(scope="module")
def seen():
    """What MARK has seen so far."""
    return []


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_accessible_and_each_of_its_widgets_responds(
    learner, fresh, seen, name, right_response
):
    """In light and dark, in 320 pixels, with the keyboard alone."""
    alive(learner, fresh, name)
    wait_until(lambda: len(fresh.kernel_states()) <= FEW)
    # One change of theme a lesson: the next begins in the theme that this one ends in.
    themes = ["light", "dark"] if LESSONS.index(name) % 2 else ["dark", "light"]
    use_theme(learner, themes[0])
    is_as_long_as_the_cover_says(learner, name)
    open_all_parts(learner)
    seen[:] = learner.locator(WIDGET).evaluate_all(MARK, [[*TOUCH], seen])
    check_axe(learner, NEW, TEXT, ".mw-opener")
    check_layout(learner, WIDGET)
    use_theme(learner, themes[1])
    for widget in learner.locator(WIDGET).all():
        if widget.get_attribute("data-new") is not None:
            tab_comes_to_every_control(learner, widget)
        TOUCH[widget.get_attribute("data-kind")](widget, right_response)
    check_axe(learner, NEW, TEXT, runOnly=["color-contrast"])
    assert learner.problems == []


def test_back_and_forward_lead_from_lesson_to_lesson(learner, fresh):
    """Also to one whose kernel was given back: it is opened anew."""
    wait_until(lambda: {path for path, _ in fresh.kernel_states()} == {PRACTISE, CHECK, PROGRESS})
    for name in (CHECK, PRACTISE, PLAN):
        learner.go_back()
        comes(learner, fresh, name)
    wait_until(lambda: {path for path, _ in fresh.kernel_states()} == {PLAN, PRACTISE, CHECK})
    learner.go_forward()
    lesson = comes(learner, fresh, PRACTISE)
    expect(lesson.locator(".mw-player .lead")).to_contain_text("15:00 minutes")
    learner.go_back()
    comes(learner, fresh, PLAN)


def test_another_plan_waits_in_the_lesson_that_stayed_open(learner, fresh):
    """Widgets refresh once they are visible again; their links stay in the page."""
    planner = learner.locator(f"{SHOWN} .mw-planner")
    plan(planner, None, minutes=16)
    press(planner.get_by_role("link", name="10 Practise"))
    end_practice(learner)
    lesson = comes(learner, fresh, PRACTISE)
    expect(lesson.locator(".mw-player .lead")).to_contain_text("16:00 minutes")
    alive(learner, fresh, CHECK)
    alive(learner, fresh, PROGRESS)
    assert learner.evaluate("window.same")


def test_tomorrow_everything_is_remembered(learner, fresh):
    counts = learner.locator(f"{SHOWN} .mw-topics .so-far")
    before = counts.all_inner_texts()
    assert any("answered" in each for each in before)
    learner.goto("about:blank")
    fresh.restart()
    learner.goto(fresh.address)
    cover = learner.locator(f"{SHOWN} .mw-lessons")
    expect(cover).to_contain_text(re.compile(r"[1-9]\d* right"))
    lesson = alive(learner, fresh, PROGRESS)
    expect(lesson.locator(".mw-progress")).to_contain_text("practice")
    expect(counts).to_have_text(before)
    learner.go_back()
    cover.wait_for()
    lesson = alive(learner, fresh, CHECK)
    expect(lesson.locator(".mw-exam")).to_contain_text("You have begun: 1 of 40 are answered.")
    learner.go_back()
    cover.wait_for()
    lesson = alive(learner, fresh, PLAN)
    expect(lesson.locator("[data-block=total] .typed")).to_have_value("16:00")
