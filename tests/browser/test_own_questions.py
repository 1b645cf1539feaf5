"""Questions that a teacher brought in: code, directions, numbers, flash cards."""

import json

import pytest
from playwright.sync_api import expect

from massage_workbook import exchange

from .answering import quiz_with
from .widget_page import widget_page

pytestmark = pytest.mark.usefixtures("own_home")

CODE = "for i in x:\n    print(i)"
QUESTIONS = [
    {
        "question": "یک یا $x<y$؟",
        "code": CODE,
        "type": "multiple_choice",
        "answers": [
            {"answer": "بله", "correct": True, "feedback": "چون."},
            {"answer": "no", "code": "    x", "correct": False},
        ],
    },
    {
        "question": "How much is a half of minus one?",
        "type": "numeric",
        "answers": [{"value": -0.5, "correct": True, "feedback": "Half of it."}],
    },
    {"front": "petrissage", "back": "kneading"},
]


@pytest.fixture(scope="module")
def host(browser):
    topic = exchange.read(json.dumps(QUESTIONS), "own-mine", "Mine").topic
    with widget_page(browser, *(quiz_with(topic, each) for each in topic.questions)) as host:
        host.check_accessibility(".mw-quiz")
        yield host
        host.check_accessibility(".mw-quiz")  # once they are answered


@pytest.fixture
def quizzes(host):
    return host.page.locator(".mw-quiz")


def direction(element):
    return element.evaluate("each => getComputedStyle(each).direction")


def test_code_formulas_and_text_directions_are_shown_unchanged(quizzes):
    quiz = quizzes.nth(0)
    legend, code, texts = map(quiz.locator, ("legend", "fieldset > pre", ".text"))
    expect(legend).to_have_text("یک یا $x<y$؟")
    assert (direction(legend), direction(code)) == ("rtl", "ltr")
    assert code.inner_text() == CODE
    expect(quiz.get_by_text("Formulas are shown as TeX writes them.")).to_be_visible()
    assert {*map(direction, texts.all())} == {"rtl", "ltr"}
    assert "    x" in texts.locator("pre").inner_text()
    quiz.get_by_role("radio", name="بله").check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.locator(".verdict")).to_have_text("Right.")
    expect(quiz.locator(".feedback")).to_contain_text("چون.")


def test_a_number_may_be_negative_and_a_fraction(quizzes):
    quiz = quizzes.nth(1)
    box = quiz.get_by_role("textbox")
    box.fill("a half")
    box.press("Enter")
    expect(quiz.locator(".feedback")).to_contain_text("Type a number such as 2.5 or 1/3 first")
    box.fill("-1/2")
    box.press("Enter")
    expect(quiz.locator(".verdict")).to_have_text("Right.")
    expect(box).to_have_value("-1/2")
    expect(quiz.locator(".feedback")).to_contain_text("The answer: -0.5.")


def test_a_flash_card_is_turned_and_graded_by_keyboard(quizzes):
    quiz = quizzes.nth(2)
    expect(quiz.get_by_role("radio")).to_have_count(0)
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.locator(".feedback")).to_contain_text("Show the other side first")
    quiz.get_by_role("button", name="Show the other side").press("Enter")
    expect(quiz.get_by_text("kneading")).to_be_visible()
    expect(quiz.get_by_role("radio", name="I knew it")).to_be_focused()
    quiz.page.keyboard.press("Space")
    quiz.page.keyboard.press("Enter")
    expect(quiz.locator(".verdict")).to_have_text("You knew it.")
    expect(quiz.get_by_text("kneading")).to_have_count(1)
