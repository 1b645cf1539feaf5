"""Asking and grading imported questions, where they differ from the course's."""

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from massage_workbook import exchange
from massage_workbook.questions.numeric import JudgedRange
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


@pytest.mark.parametrize(("last", "few"), [("All of the above", True), ("Water", False)])
def test_only_choices_that_refer_to_others_keep_their_order(last, few):
    texts = ["Oil", "Lotion", "Powder", last]
    (question,) = topic_of(choosing(*texts)).questions
    views = (question_view(question, seed, COURSE)["choices"] for seed in range(20))
    orders = {tuple(each["text"] for each in view) for view in views}
    assert orders == {tuple(texts)} if few else len(orders) > 5


def test_code_and_formulas_reach_the_page():
    (question,) = topic_of(choosing("$x$", "y", code="  go()\n")).questions
    page = question_view(question, 0, COURSE)
    assert (page["code"], page["tex"]) == ("  go()", True)


def test_a_range_with_reversed_ends_is_refused():
    with pytest.raises(ValidationError, match="above the upper end"):
        JudgedRange(between=(5, 3))


def test_a_card_shows_its_back_once_it_is_turned_and_no_other_question(quiz_of):
    quiz, other = quiz_of(CARD), quiz_of(choosing("Oil", "Water"))
    assert "kneading" not in json.dumps(quiz.page)
    for each in (quiz, other):
        each.receive({"do": "turn", "question": each.page["id"]})
    assert (quiz.page["back"], quiz.page["show"]) == ("kneading", "question")
    assert "back" not in other.page


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
    assert (quiz.page["why"], quiz.page["store_error"]) == ("kneading", None)
