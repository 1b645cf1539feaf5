import json
from datetime import UTC, datetime

import pytest

from massage_workbook.course import read
from massage_workbook.store import Progress, StoreError
from massage_workbook.widgets.quiz import Quiz

COURSE = read()
TOPIC = next(topic for topic in COURSE.topics if topic.id == "stroking")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.sqlite", NOW)


@pytest.fixture
def quiz(progress):
    return Quiz(COURSE, "stroking", progress, lambda: NOW)


def question_of(quiz):
    return next(q for q in TOPIC.questions if q.id == quiz.page["id"])


def right_choices(quiz):
    return [choice.id for choice in question_of(quiz).choices if choice.right]


def check(quiz, choices, sure=True):
    quiz._hear(
        {"do": "check", "question": quiz.page["id"], "choices": choices, "sure": sure, "seconds": 3}
    )


def test_the_first_question_is_asked_first(quiz):
    assert quiz.page["show"] == "question"
    assert quiz.page["id"] == TOPIC.questions[0].id


def test_nothing_of_the_answer_reaches_the_page_before_it_is_given(progress):
    quiz = Quiz(COURSE, "stroking", progress, lambda: NOW)
    for question in TOPIC.questions:
        state = json.dumps(quiz.get_state(["page"]))
        assert "right" not in quiz.page
        assert question.why not in state
        assert all(choice.keys() == {"id", "text"} for choice in quiz.page["choices"])
        assert not any(c.feedback and c.feedback in state for c in question.choices)
        check(quiz, [])
        quiz._hear({"do": "next"})


def test_a_right_answer_is_saved_and_explained(quiz, progress):
    check(quiz, right_choices(quiz))
    assert quiz.page["show"] == "feedback"
    assert quiz.page["right"]
    assert quiz.page["saved"] == "saved"
    assert quiz.page["why"] == TOPIC.questions[0].why
    assert progress.answers("stroking")[0].score == 1


def test_a_wrong_answer_names_its_misunderstanding(quiz):
    wrong = next(c for c in question_of(quiz).choices if not c.right)
    check(quiz, [wrong.id])
    assert not quiz.page["right"]
    assert quiz.page["remarks"][wrong.id]["feedback"] == wrong.feedback


def test_not_sure_is_remembered_as_such(quiz, progress):
    check(quiz, [], sure=False)
    assert not progress.answers()[0].sure


def test_saved_is_said_only_when_it_is(quiz, monkeypatch):
    def full(_):
        raise StoreError("This answer was not saved (disk full).")

    monkeypatch.setattr(quiz._progress, "record", full)
    check(quiz, right_choices(quiz))
    assert quiz.page["saved"] == "This answer was not saved (disk full)."


def test_a_second_click_on_check_answers_nothing(quiz, progress):
    first = quiz.page["id"]
    message = {"do": "check", "question": first, "choices": [], "sure": True, "seconds": 1}
    quiz._hear(message)
    quiz._hear(message)
    assert len(progress.answers()) == 1


def test_after_a_restart_it_goes_on_with_the_first_open_question(quiz, progress):
    check(quiz, right_choices(quiz))
    again = Quiz(COURSE, "stroking", progress, lambda: NOW)
    assert again.page["id"] == TOPIC.questions[1].id
    assert again.page["answered"] == 1


def test_at_the_end_it_says_how_many_were_right_and_asks_the_rest_again(quiz, progress):
    for i, _ in enumerate(TOPIC.questions):
        check(quiz, right_choices(quiz) if i else [])
        quiz._hear({"do": "next"})
    assert quiz.page["show"] == "result"
    assert quiz.page["right"] == len(TOPIC.questions) - 1
    assert quiz.page["again"] == [TOPIC.questions[0].prompt]
    quiz._hear({"do": "again", "all": False})
    assert quiz.page["id"] == TOPIC.questions[0].id
    check(quiz, right_choices(quiz))
    assert Quiz(COURSE, "stroking", progress, lambda: NOW).page["right"] == len(TOPIC.questions)


def test_a_topic_that_does_not_exist_is_named_with_the_nearest(progress):
    with pytest.raises(LookupError, match=r'No topic "strokin". Did you mean "stroking"?'):
        Quiz(COURSE, "strokin", progress, lambda: NOW)
