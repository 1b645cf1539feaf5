"""What a learner is told whose kernel answers no more: nothing looks kept that is not."""

import os
import signal
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

from massage_workbook.store import Progress

from .conftest import forget_complaints_of_a_dead_kernel, opened

NAME = "Asleep.ipynb"
CALLS = (
    "from massage_workbook import planner, quiz, screening",
    "screening()",
    "planner()",
    "quiz('stroking')",
)


@pytest.fixture(scope="module")
def lesson(browser, workbook):
    """The lesson for both; the second ends its kernel."""
    title = new_markdown_cell("# Asleep\n\n## All that is kept")
    workbook.lay(NAME, title, *map(new_code_cell, CALLS))
    with opened(browser, workbook, NAME) as page:
        for name in ("screening", "planner", "quiz"):
            page.locator(f".mw-{name}").wait_for()
        yield page


@contextmanager
def stopped(process):
    """As in a computer that is short of memory: it is there and does nothing."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def answers(workbook):
    path = workbook.home / "workbook" / "progress.sqlite"
    return Progress(path, datetime.now(UTC)).answers()


def test_what_is_not_heard_is_said_at_its_place_and_what_comes_late_still_counts(workbook, lesson):
    screening, planner, quiz = (
        lesson.locator(f".mw-{name}") for name in ("screening", "planner", "quiz")
    )
    with stopped(workbook.kernel_of(NAME)):
        screening.get_by_role("radio", name="Yes").first.check()
        planner.get_by_role("button", name="Undo").dispatch_event("click")
        quiz.get_by_role("button", name="Not sure").click()
        expect(screening.locator(".notice")).to_contain_text("your last one does not count")
        expect(planner.locator(".message")).to_contain_text("nothing was changed or saved")
        expect(quiz.locator(".notice")).to_contain_text("nothing was saved")
    expect(screening.locator(".notice")).to_be_hidden()
    expect(planner.locator(".message")).to_have_text("")
    expect(quiz.locator(".saved")).to_have_text("Saved")


def test_an_answer_to_a_dead_kernel_is_not_saved_and_the_question_comes_again(workbook, lesson):
    quiz = lesson.locator(".mw-quiz")
    if quiz.locator(".verdict").count():
        quiz.locator("button.main").click()
    quiz.get_by_role("button", name="Not sure").wait_for()
    asked, before = quiz.locator("legend").text_content(), len(answers(workbook))
    os.kill(workbook.kernel_of(NAME), signal.SIGKILL)
    # JupyterLab's own message may lie over it by now.
    quiz.get_by_role("button", name="Not sure").dispatch_event("click")

    expect(quiz.locator(".notice")).to_contain_text("nothing was saved")
    asleep = lesson.locator(".mw-if-asleep >> visible=true")
    expect(asleep).to_contain_text("what you answer or plan in it now is not kept")
    assert len(answers(workbook)) == before

    for dialog in lesson.locator(".jp-Dialog button.jp-mod-accept").all():
        dialog.click()  # JupyterLab says that the kernel died
    lesson.get_by_role("button", name="Wake it").click()
    expect(lesson.locator(".mw-lesson[data-lesson=awake]")).to_be_visible()
    expect(quiz.locator("legend")).to_have_text(asked)
    quiz.get_by_role("button", name="Not sure").click()
    expect(quiz.locator(".saved")).to_have_text("Saved")
    assert len(answers(workbook)) == before + 1
    forget_complaints_of_a_dead_kernel(lesson)
