"""Every question of the course is answered with clicks: rightly, and wrongly or not at all.

CAMPAIGN=long python -m pytest tests/browser/test_every_question.py; without it, test_questions.py
answers one of each kind, and the walk some of each lesson rightly and wrongly.
"""

import os

import pytest
from playwright.sync_api import expect

from massage_workbook.questions import KINDS

from ..shipped import COURSE
from .answering import Mouse, quiz_with, wrong
from .widget_page import widget_page

if os.environ.get("CAMPAIGN") != "long":
    pytest.skip("a campaign", allow_module_level=True)

pytestmark = pytest.mark.usefixtures("own_home")
ASKED = [(topic, question) for topic in COURSE.topics for question in topic.questions]


@pytest.fixture(scope="module")
def host(browser):
    with widget_page(browser) as host:
        yield host


def answered(host, topic, question, response):
    """The verdict on a response to a question, asked alone."""
    host.clear()
    host.show(quiz_with(topic, question))
    quiz = host.page.locator(".mw-quiz")
    if response is None:
        quiz.get_by_role("button", name="I don't know").click()
    else:
        mouse = Mouse(host.page, quiz)
        getattr(mouse, question.kind)(response)
        mouse.check()
    expect(quiz.get_by_text("Saved", exact=True)).to_be_visible()
    return quiz.locator(".verdict").inner_text()


@pytest.mark.parametrize("kind", KINDS)
def test_its_verdict_is_right_for_what_is_right_and_for_nothing_else(host, right_response, kind):
    for topic, question in (each for each in ASKED if each[1].kind == kind):
        right = right_response(question)
        assert answered(host, topic, question, right) == "Right.", question.id
        assert answered(host, topic, question, wrong(question, right)) != "Right.", question.id
