"""The lessons in a browser without Jupyter: Python in the page grades, plans and keeps."""

import json

import pytest
from playwright.sync_api import expect

from massage_workbook.store import from_text, to_text

from .axe import axe_finds_nothing
from .conftest import blank_page
from .edition import PHONE, made, served

PATH = "a/path"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    world = tmp_path_factory.mktemp("web")
    (world / "a").mkdir()
    made(world / PATH)
    with served(world) as server:
        yield f"{server}/{PATH}"


@pytest.fixture
def phone(browser):
    """A page of a phone that has not been here before."""
    with blank_page(browser, **PHONE | {"accept_downloads": True}) as page:
        yield page


def living(page, name):
    """A widget that takes what the learner does."""
    found = page.locator(f".{name}:not([inert])").first
    page.locator(f".{name}").first.scroll_into_view_if_needed()
    found.wait_for()
    return found


def answer_unsure(quiz):
    """Answer the question that is seen, and say which it was."""
    number = quiz.locator(".how-far").text_content()
    quiz.locator(".unsure").tap()
    expect(quiz.locator(".feedback")).to_contain_text("Saved")
    return number


def test_a_question_is_seen_before_python_and_answered_with_it(phone, address):
    phone.route("**/python.zip", lambda route: held.append(route))
    held = []
    phone.goto(f"{address}/03-stroking.html")
    question = phone.locator(".mw-quiz form")
    question.scroll_into_view_if_needed()
    expect(question).to_be_visible()
    expect(phone.locator(".mw-quiz")).to_have_attribute("inert", "")
    expect(phone.locator(".python")).to_contain_text("Answers are accepted in a moment")
    phone.wait_for_event(
        "request", lambda each: each.url.endswith("/python.zip")
    ) if not held else None
    held[0].continue_()
    answer_unsure(living(phone, "mw-quiz"))
