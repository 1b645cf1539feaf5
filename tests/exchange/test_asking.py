"""Asking and grading imported questions, where they differ from the course's."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from massage_workbook import exchange
from massage_workbook.questions.grading import grade
from massage_workbook.questions.numeric import JudgedRange
from massage_workbook.questions.values import round_to_digits
from massage_workbook.store import Progress
from massage_workbook.views.question import question_view
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CARD = {"front": "petrissage", "back": "kneading"}


def topic_of(*questions):
    return exchange.read(json.dumps(questions), "own-mine", "Mine").topic


def choosing(*texts, **more):
    answers = [{"answer": text, "correct": not i} for i, text in enumerate(texts)]
    return {"question": "Which?", "type": "multiple_choice", "answers": answers, **more}


@pytest.fixture
def quiz_of(tmp_path):
    def quiz_of(*questions):
        topic = topic_of(*questions)
        course = COURSE.model_copy(update={"topics": (*COURSE.topics, topic)})
        progress = Progress(tmp_path / "progress.sqlite", NOW)
        return Quiz.of_topics(course, ["own-mine"], progress, lambda: NOW)

    return quiz_of


@given(st.integers(0, 50))
def test_choices_that_refer_to_others_keep_their_order(seed):
    texts = ["Oil", "Lotion", "Powder", "All of the above"]
    (question,) = topic_of(choosing(*texts)).questions
    assert [each["text"] for each in question_view(question, seed, COURSE)["choices"]] == texts


def test_other_choices_are_shuffled():
    (question,) = topic_of(choosing("Oil", "Lotion", "Powder", "Water")).questions
    orders = {
        tuple(c["id"] for c in question_view(question, s, COURSE)["choices"]) for s in range(20)
    }
    assert len(orders) > 5


def test_code_and_formulas_reach_the_page():
    (question,) = topic_of(choosing("$x$", "y", code="  go()\n")).questions
    page = question_view(question, 0, COURSE)
    assert (page["code"], page["tex"]) == ("  go()", True)


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "digits", "rounded"),
    [(2.5, 1, 3), (0.125, 2, 0.13), (-2.5, 1, -3), (1234, 2, 1200), (0, 3, 0), (1e-9, 1, 1e-9)],
)
def test_halves_are_rounded_away_from_zero(number, digits, rounded):
    assert round_to_digits(number, digits) == rounded


@pytest.mark.parametrize("response", ["three", [3], float("inf"), float("nan"), {"a": 1}])
def test_an_invalid_number_is_refused(response):
    number = {"question": "?", "type": "numeric", "answers": [{"value": 3, "correct": True}]}
    (question,) = topic_of(number).questions
    with pytest.raises(ValueError, match="cannot be answered so"):
        grade(question, response, COURSE)


def test_a_range_with_reversed_ends_is_refused():
    with pytest.raises(ValidationError, match="above the upper end"):
        JudgedRange(between=(5, 3))


# --- flash cards ---------------------------------------------------------------------------------


def test_a_card_shows_its_back_only_once_it_is_turned(quiz_of):
    quiz = quiz_of(CARD)
    assert "kneading" not in json.dumps(quiz.page)
    quiz.receive({"do": "turn", "question": quiz.page["id"]})
    assert quiz.page["back"] == "kneading"
    assert quiz.page["show"] == "question"


def test_only_cards_can_be_turned(quiz_of):
    quiz = quiz_of(choosing("Oil", "Water"))
    quiz.receive({"do": "turn", "question": quiz.page["id"]})
    assert "back" not in quiz.page


@pytest.mark.parametrize(
    ("response", "right", "verdict"),
    [
        (["knew"], True, "You knew it."),
        (["not"], False, "Not yet: it comes back soon."),
        (None, False, "Here is the answer."),
    ],
)
def test_after_turning_a_card_the_learner_grades_it(quiz_of, response, right, verdict):
    quiz = quiz_of(CARD)
    message = {"do": "check", "question": quiz.page["id"], "response": response}
    quiz.receive({**message, "sure": response is not None, "seconds": 2})
    assert (quiz.page["right"], quiz.page["verdict"]) == (right, verdict)
    assert (quiz.page["why"], quiz.page["saved"]) == ("kneading", "saved")


@pytest.mark.parametrize("response", [["knew", "not"], ["yes"]])
def test_a_card_takes_one_of_two_verdicts(response):
    (question,) = topic_of(CARD).questions
    with pytest.raises(ValueError, match="verdict"):
        grade(question, response, COURSE)
