"""A lesson and its kernel: a whole evening on it, then busy, stopped, dead, and woken."""

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
from .accessibility import check_axe
from .answering import go_on
from .conftest import SHOWN, come_back_from_practise, forget_kernel_errors, opened
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
    workbook.write_lesson(NAME, *map(new_code_cell, CALLS))
    with opened(browser, workbook, NAME) as page:
        page.locator(f"{SHOWN} .mw-quiz").wait_for()
        yield page


@pytest.fixture
def quiz(page):
    """A quiz at a question that is not answered."""
    quiz = page.locator(f"{SHOWN} .mw-quiz")
    go_on(quiz)
    return quiz


def parts(page, *names):
    return [page.locator(f"{SHOWN} .mw-{name}") for name in names]


def progress(workbook):
    return Progress(workbook.home / "workbook" / "progress.sqlite", now())


def practices(workbook):
    return {each.id: each for each in Practices(progress(workbook)).all()}


def answer(quiz):
    quiz.get_by_role("button", name="I don't know").click()
    expect(quiz.locator(".saved")).to_have_text("Saved")


def wake(page):
    """After JupyterLab has said that the kernel died."""
    for dialog in page.locator(".jp-Dialog button.jp-mod-accept").all():
        dialog.click()
    page.get_by_role("button", name="Wake it").click()


def test_an_evening_is_asked_planned_practised_and_kept_though_the_kernel_dies(page, workbook):
    form, planner, practice = parts(page, "screening", "planner", "player")
    start = practice.get_by_role("button", name="Start", exact=True)
    expect(planner.locator(".screening")).to_contain_text("Nobody has been asked today")
    expect(practice.get_by_role("button", name=ASKED)).to_be_visible()
    no_to_the_rest(form)
    expect(planner.locator(".screening")).to_be_hidden()
    expect(start).to_be_visible()

    planner.locator("[data-block=kneading] .typed").fill("9:00")
    planner.locator("[data-block=kneading] .typed").press("Enter")
    planner.get_by_role("button", name="Make the session").click()
    expect(planner.locator(".findings")).to_contain_text("Nothing to fix")
    expect(planner.locator("[data-block=kneading] .typed")).to_have_value("9:45")
    with page.expect_download() as download:
        planner.get_by_role("button", name="Pages for the wall").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    planner.get_by_label("Name").fill("Our evening")
    planner.get_by_role("button", name="Save").click()
    planner.get_by_role("button", name="Practise this plan").click()
    come_back_from_practise(page)
    expect(practice.get_by_role("heading", name="Our evening")).to_be_visible()
    start.click()
    stage, before = running(page), practices(workbook)
    os.kill(workbook.kernel_of(NAME), signal.SIGKILL)
    expect(stage.get_by_role("heading", name="Hands rest")).to_be_visible()
    expect(stage.locator(".save-status")).to_contain_text("Stored in this browser for now")
    [record] = stored(page)
    assert practices(workbook) == before
    stage.get_by_role("button", name="Done").click()
    wake(page)
    expect(practice.locator(".messages")).to_contain_text("Saved: “Our evening”")
    assert stored(page) == []
    kept = practices(workbook)[record["id"]]
    assert kept.finished
    assert kept.seconds == pytest.approx(20 * 60, abs=2)
    _, plan = Plans(workbook.home / "workbook" / "plans.sqlite", COURSE).open("Our evening")
    assert {*kept.techniques} == {step.technique for step in make_steps(plan, COURSE)}
    page.get_by_role("button", name="Refresh").last.click()
    for text in ("What you practised", "Our evening"):
        expect(page.locator(f"{SHOWN} .mw-progress")).to_contain_text(text)
    forget_kernel_errors(page)


def test_what_the_screening_takes_away_is_gone_from_plan_and_practice(page):
    form, planner, practice = parts(page, "screening", "planner", "player")
    say(form, osteoporosis="yes")
    no_to_the_rest(form)
    expect(planner.locator("[data-block=total] .typed")).to_have_value("0:00")
    expect(practice).to_contain_text("Not before a doctor has agreed")

    form.get_by_label("Light stroking alone").check()
    planner.get_by_text("The session step by step").click()
    steps = planner.locator("tbody")
    expect(steps).to_contain_text("Superficial stroking")
    gone = re.compile("kneading|rubbing|Cupping|Squeezing|Deep stroking")
    expect(steps).not_to_contain_text(gone)
    forces = steps.locator("tr td:nth-child(8)").all_text_contents()
    assert max(float(each.split("-")[-1]) for each in forces) <= 2
    expect(planner.locator("[data-row=vibration] summary")).to_contain_text("Left out because")
    expect(practice).to_contain_text("Brittle bones")
    practice.get_by_text(re.compile(r"The \d+ steps")).click()
    expect(practice.locator("table")).not_to_contain_text(gone)
    check_axe(page, f"{SHOWN} .mw-planner", f"{SHOWN} .mw-player")

    say(form, fever="yes")
    expect(practice).to_contain_text("No massage today")
    expect(practice.get_by_role("button", name="Start")).to_have_count(0)
    none_of(form, "today").check()
    expect(practice).to_contain_text("Brittle bones")


# --- a kernel that does not answer ---------------------------------------------------------------


@contextmanager
def stopped(process):
    """A process is there and does nothing, as in a computer that is short of memory."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def test_a_busy_kernel_is_said_at_each_widget_and_late_replies_still_count(workbook, page, quiz):
    screening, planner = parts(page, "screening", "planner")
    with stopped(workbook.kernel_of(NAME)):
        screening.get_by_role("button", name="Start over").click()
        planner.get_by_role("button", name="Undo").dispatch_event("click")
        quiz.get_by_role("button", name="I don't know").click()
        expect(screening.locator(".channel")).to_contain_text("your last answer does not count")
        expect(planner.locator(".channel")).to_contain_text("nothing was changed or saved")
        expect(quiz.locator(".channel")).to_contain_text("nothing was saved")
        expect(page.get_by_role("button", name="Restart the kernel")).to_have_count(3)
    for each in (screening, planner, quiz):
        expect(each.locator(".channel")).to_have_text("")
    expect(screening.locator("input[type=radio]:checked")).to_have_count(0)
    expect(quiz.locator(".saved")).to_have_text("Saved")


def test_an_answer_to_a_dead_kernel_is_not_saved_and_its_question_comes_again(workbook, page, quiz):
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
    answer(quiz)
    assert len(progress(workbook).answers()) == before + 1
    forget_kernel_errors(page)


def test_a_kernel_that_hangs_is_restarted_from_the_notice_of_a_widget(workbook, page, quiz):
    asked = quiz.locator("legend").text_content()
    os.kill(workbook.kernel_of(NAME), signal.SIGSTOP)
    quiz.get_by_role("button", name="I don't know").click()
    quiz.get_by_role("button", name="Restart the kernel").click()
    expect(page.locator(f"{SHOWN}[data-lesson=awake]")).to_be_visible()
    expect(quiz.locator(".channel")).to_have_text("")
    expect(quiz.locator("legend")).to_have_text(asked)
    answer(quiz)
    forget_kernel_errors(page)
