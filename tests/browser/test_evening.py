"""A lesson with all that is kept, and its kernel: busy, stopped, dead, and woken.

First a whole evening: ask, plan, be led through it, and find it kept.
"""

import os
import re
import signal
from contextlib import contextmanager

import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import expect

from massage_workbook.session import make_steps
from massage_workbook.store import Progress
from massage_workbook.store.plans import Plans
from massage_workbook.store.practices import Practices

from ..shipped import COURSE
from .answering import go_on
from .axe import axe_finds_nothing
from .conftest import SHOWN, come_back_from_practise, forget_complaints_of_a_dead_kernel, opened
from .test_player import ASKED, now, running, stored
from .test_screening import no_to_the_rest, none_of, say

NAME = "Evening.ipynb"
CALLS = (
    "from massage_workbook import planner, player, progress, quiz, screening",
    "screening()",
    "planner()",
    "made = player()\nmade.speed = 240\nmade",
    "progress()",
    "quiz('stroking')",
)


@pytest.fixture(scope="module")
def page(browser, workbook):
    workbook.lay(NAME, *map(new_code_cell, CALLS))
    with opened(browser, workbook, NAME, by_hand=True) as page:
        page.locator(f"{SHOWN} .mw-quiz").wait_for()
        yield page


@pytest.fixture
def evening(page):
    """The lesson with nothing answered."""
    yield page
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(f"{SHOWN} .mw-screening input[type=radio]:checked")).to_have_count(0)


def progress(workbook):
    return Progress(workbook.home / "workbook" / "progress.sqlite", now())


def kept(workbook):
    return {each.id: each for each in Practices(progress(workbook)).all()}


def wake(page):
    """After JupyterLab has said that the kernel died."""
    for dialog in page.locator(".jp-Dialog button.jp-mod-accept").all():
        dialog.click()
    page.get_by_role("button", name="Wake it").click()


def test_an_evening_is_asked_planned_practised_and_kept(evening, workbook, tmp_path):
    page = evening
    form, planner = page.locator(f"{SHOWN} .mw-screening"), page.locator(f"{SHOWN} .mw-planner")
    practice = page.locator(f"{SHOWN} .mw-player")
    expect(planner.locator(".screening")).to_contain_text("Nobody has been asked today")
    expect(practice.get_by_role("button", name=ASKED)).to_be_visible()

    no_to_the_rest(form)
    expect(planner.locator(".screening")).to_be_hidden()
    expect(practice.get_by_role("button", name="Start", exact=True)).to_be_visible()

    expect(planner.locator(".findings")).to_contain_text("Nothing to fix")
    planner.locator("[data-block=kneading] .typed").fill("9:00")
    planner.locator("[data-block=kneading] .typed").press("Enter")
    planner.get_by_role("button", name="Make the session").click()
    expect(planner.locator(".findings")).to_contain_text("Nothing to fix")
    expect(planner.locator("[data-block=kneading] .typed")).to_have_value("9:45")
    with page.expect_download() as download:
        planner.get_by_role("button", name="Pages for the wall").click()
    download.value.save_as(tmp_path / "wall.pdf")
    assert (tmp_path / "wall.pdf").read_bytes().startswith(b"%PDF")
    planner.get_by_label("Name").fill("Our evening")
    planner.get_by_role("button", name="Save").click()
    planner.get_by_role("button", name="Practise this plan").click()
    come_back_from_practise(page)
    expect(practice.get_by_role("heading", name="Our evening")).to_be_visible()
    practice.get_by_role("button", name="Start").click()
    stage = running(page)
    before = kept(workbook)
    os.kill(workbook.kernel_of(NAME), signal.SIGKILL)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".kept")).to_contain_text("Kept in this browser for now")
    [record] = stored(page)
    assert kept(workbook) == before
    stage.get_by_role("button", name="Done").click()
    wake(page)
    expect(page.locator(f"{SHOWN} .mw-player .lines")).to_contain_text("Kept: “Our evening”")
    assert stored(page) == []
    practice = kept(workbook)[record["id"]]
    assert practice.finished
    assert practice.seconds == pytest.approx(20 * 60, abs=2)
    _, plan = Plans(workbook.home / "workbook" / "plans.sqlite", COURSE).open("Our evening")
    assert set(practice.techniques) == {step.technique for step in make_steps(plan, COURSE)}
    page.get_by_role("button", name="Refresh").last.click()
    expect(page.locator(f"{SHOWN} .mw-progress")).to_contain_text("What you practised")
    expect(page.locator(f"{SHOWN} .mw-progress")).to_contain_text("Our evening")
    forget_complaints_of_a_dead_kernel(page)


def test_what_the_screening_takes_away_is_gone_from_plan_and_practice(evening):
    page = evening
    form, planner = page.locator(f"{SHOWN} .mw-screening"), page.locator(f"{SHOWN} .mw-planner")
    practice = page.locator(f"{SHOWN} .mw-player")
    say(form, osteoporosis="yes")
    no_to_the_rest(form)
    expect(planner.locator("[data-block=total] .typed")).to_have_value("0:00")
    expect(practice).to_contain_text("Not before a doctor has agreed")

    form.get_by_label("Light stroking alone").check()
    rows = planner.locator("tbody")
    planner.get_by_text("The session step by step").click()
    expect(rows).to_contain_text("Superficial stroking")
    for gone in ("kneading", "rubbing", "Cupping", "Squeezing", "Deep stroking"):
        expect(rows).not_to_contain_text(gone)
    forces = rows.locator("tr td:nth-child(8)").all_text_contents()
    assert max(float(each.split("-")[-1]) for each in forces) <= 2
    expect(planner.locator("[data-row=vibration] summary")).to_contain_text("Left out because")
    expect(practice).to_contain_text("Brittle bones")
    practice.get_by_text(re.compile(r"The \d+ steps")).click()
    expect(practice.locator("table")).not_to_contain_text("kneading")
    axe_finds_nothing(page, f"{SHOWN} .mw-planner", f"{SHOWN} .mw-player")

    say(form, fever="yes")
    expect(practice).to_contain_text("No massage today")
    expect(practice.get_by_role("button", name="Start")).to_have_count(0)
    none_of(form, "today").check()
    expect(practice).to_contain_text("Brittle bones")


# --- a planner that is pressed faster than its kernel answers ------------------------------------


@pytest.fixture
def planner(page):
    """The planner at the 20 minutes."""
    planner = page.locator(f"{SHOWN} .mw-planner")
    for session, total in (("40 minutes", "40:00"), ("20 minutes", "20:00")):
        planner.get_by_label("Begin from").select_option(label=session)
        expect(planner.locator("[data-block=total] .typed")).to_have_value(total)
    return planner


def width_of(page, block):
    """Width of a block's part of the planner's timeline, as it is painted."""
    # The bars are drawn anew with each answer: found and measured in one go.
    measure = f"planner => planner.querySelector('.chart [data-bar={block}]').getBBox().width"
    return page.locator(f"{SHOWN} .mw-planner").evaluate(measure)


def test_a_longer_block_is_longer_in_the_picture(page, planner):
    kneading = width_of(page, "kneading")
    planner.locator("[data-block=kneading] [type=range]").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(planner.locator("[data-block=total] .typed")).to_have_value("22:00")
    assert width_of(page, "kneading") == pytest.approx(1.2 * kneading, rel=0.02)


def test_dragging_never_queues_up_and_the_last_value_wins(planner):
    slider = planner.locator("[data-block=kneading] [type=range]")
    slider.evaluate("""input => {
        for (let value = 0; value <= 900; value += 15) {
            input.value = value;
            input.dispatchEvent(new Event("input"));
        }
        input.dispatchEvent(new Event("change"));
    }""")
    expect(planner.locator("[data-block=kneading] .typed")).to_have_value("15:00")
    assert slider.input_value() == "900"


def test_keys_pressed_faster_than_the_answers_come_all_count(planner):
    slider = planner.locator("[data-block=kneading] [type=range]")
    value = planner.locator("[data-block=kneading] .typed")
    before = int(slider.input_value())
    slider.evaluate("""input => {
        const press = () => {
            input.stepUp();
            input.dispatchEvent(new Event("input"));
            input.dispatchEvent(new Event("change"));
        };
        return new Promise(resolve => {
            let left = 40;
            const timer = setInterval(() => {
                press();
                left -= 1;
                if (!left) resolve(clearInterval(timer));
            }, 5);
        });
    }""")
    expect(value).to_have_value("19:45")
    assert int(slider.input_value()) == before + 40 * 15


def test_a_wish_that_cannot_be_met_says_why_and_the_slider_goes_back(page, planner):
    planner.get_by_label("Begin from").select_option(label="40 minutes")
    expect(planner.locator("[data-block=total] .typed")).to_have_value("40:00")
    slider = planner.locator("[data-block=rubbing] [type=range]")
    slider.focus()
    page.keyboard.press("End")
    says = planner.locator("[data-row=rubbing] .problem")
    expect(says).to_contain_text("a session has 40:00 at most")
    expect(planner.locator("[data-block=rubbing] .typed")).to_have_value("8:00")
    page.keyboard.press("Tab")
    assert slider.input_value() == "480"


# --- a kernel that hears nothing -----------------------------------------------------------------


@contextmanager
def stopped(process):
    """As in a computer that is short of memory: it is there and does nothing."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def test_what_is_not_heard_is_said_at_its_place_and_what_comes_late_still_counts(workbook, page):
    screening, planner, quiz = (
        page.locator(f"{SHOWN} .mw-{name}") for name in ("screening", "planner", "quiz")
    )
    with stopped(workbook.kernel_of(NAME)):
        screening.get_by_role("checkbox", name="None of these").first.check()
        planner.get_by_role("button", name="Undo").dispatch_event("click")
        quiz.get_by_role("button", name="I don't know").click()
        expect(screening.locator(".channel")).to_contain_text("your last one does not count")
        expect(planner.locator(".channel")).to_contain_text("nothing was changed or saved")
        expect(quiz.locator(".channel")).to_contain_text("nothing was saved")
        expect(page.get_by_role("button", name="Restart the kernel")).to_have_count(3)
    for each in (screening, planner, quiz):
        expect(each.locator(".channel")).to_have_text("")
    expect(quiz.locator(".saved")).to_have_text("Saved")


def test_an_answer_to_a_dead_kernel_is_not_saved_and_the_question_comes_again(workbook, page):
    quiz = page.locator(f"{SHOWN} .mw-quiz")
    go_on(quiz)
    asked, before = quiz.locator("legend").text_content(), len(progress(workbook).answers())
    os.kill(workbook.kernel_of(NAME), signal.SIGKILL)
    # JupyterLab's own message may lie over it by now.
    quiz.get_by_role("button", name="I don't know").dispatch_event("click")

    expect(quiz.locator(".channel")).to_contain_text("nothing was saved")
    asleep = page.locator(f"{SHOWN} .mw-if-asleep >> visible=true")
    expect(asleep).to_contain_text("what you answer or plan in it now is not kept")
    assert len(progress(workbook).answers()) == before

    wake(page)
    expect(page.locator(f"{SHOWN}[data-lesson=awake]")).to_be_visible()
    expect(quiz.locator("legend")).to_have_text(asked)
    quiz.get_by_role("button", name="I don't know").click()
    expect(quiz.locator(".saved")).to_have_text("Saved")
    assert len(progress(workbook).answers()) == before + 1
    forget_complaints_of_a_dead_kernel(page)


def test_a_kernel_that_hangs_is_restarted_from_the_notice_of_a_widget(workbook, page):
    quiz = page.locator(f"{SHOWN} .mw-quiz")
    go_on(quiz)
    asked = quiz.locator("legend").text_content()
    os.kill(workbook.kernel_of(NAME), signal.SIGSTOP)
    quiz.get_by_role("button", name="I don't know").click()
    quiz.get_by_role("button", name="Restart the kernel").click()
    expect(page.locator(f"{SHOWN}[data-lesson=awake]")).to_be_visible()
    expect(quiz.locator(".channel")).to_have_text("")
    expect(quiz.locator("legend")).to_have_text(asked)
    quiz.get_by_role("button", name="I don't know").click()
    expect(quiz.locator(".saved")).to_have_text("Saved")
    forget_complaints_of_a_dead_kernel(page)
