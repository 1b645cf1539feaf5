import json
from dataclasses import replace
from datetime import timedelta

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import concept
from massage_workbook.answers.self_check import self_check
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE
from .conftest import LOCKED, NOW, failing

TOPICS = {topic.id: topic for topic in COURSE.topics}
TOPIC = TOPICS["stroking"]
ASKED = self_check([TOPIC])
EVERY = {question.id: question for topic in COURSE.topics for question in topic.questions}
LATER = NOW + timedelta(days=60)
NEXT, MORE, REVIEW = {"do": "next"}, {"do": "more"}, {"do": "review"}


@pytest.fixture
def opened(progress):
    return lambda: Quiz.of_topics(COURSE, ["stroking"], progress, lambda: NOW)


@pytest.fixture
def quiz(opened):
    return opened()


@pytest.fixture
def review(progress):
    return lambda at=LATER: Quiz.of_review(COURSE, progress, lambda: at)


@pytest.fixture
def right(right_response):
    """The right response to the question on a quiz's page."""
    return lambda quiz: right_response(EVERY[quiz.page["id"]])


@pytest.fixture
def finish(right):
    """Answer all questions rightly."""

    def finish(quiz):
        while quiz.page["show"] == "question":
            check(quiz, right(quiz))
            quiz.receive(NEXT)
        return quiz

    return finish


def check(quiz, response, sure=True, seconds=3):
    message = {"do": "check", "question": quiz.page["id"], "response": response}
    quiz.receive(message | {"sure": sure, "seconds": seconds})
    return message | {"sure": sure, "seconds": seconds}


def ask(quiz, question, topic=TOPIC):
    """Have a quiz ask one question alone."""
    queue = (question,)
    quiz._round = replace(quiz._round, questions=queue, queue=queue, topics={question.id: topic})
    quiz.page = quiz._next_page()
    return quiz


def strings(value, key):
    """Every text under a key, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get(key), str):
            yield value[key]
        value = value.values()
    if not isinstance(value, str | bytes) and hasattr(value, "__iter__"):
        for each in value:
            yield from strings(each, key)


def test_no_answer_reaches_the_page_before_it_is_given(quiz):
    assert quiz.page["id"] == ASKED[0].id
    for _ in ASKED:
        question = EVERY[quiz.page["id"]]
        state = json.dumps(quiz.get_state(["page"]))
        told = [question.why, *strings(question.model_dump(), "feedback")]
        assert not any(each in state for each in told)
        for part in ("choices", "steps", "pairs", "options"):
            assert all(each.keys() == {"id", "text"} for each in quiz.page.get(part, ()))
        assert not {"accepts", "right", "answer", "misses", "too_low"} & quiz.page.keys()
        check(quiz, [])
        quiz.receive(NEXT)


def test_an_answer_is_saved_once_and_explained(quiz, progress, right):
    before = quiz.page
    quiz.receive({"do": "refresh"})
    assert quiz.page is before, "an open question is not replaced"
    message = check(quiz, right(quiz))
    assert (quiz.page["show"], quiz.page["right"]) == ("feedback", True)
    assert (quiz.page["store_error"], quiz.page["why"]) == (None, ASKED[0].why)
    quiz.receive(message)
    assert [(each.score, each.sure) for each in progress.answers("stroking")] == [(1, True)]


def test_a_wrong_answer_names_its_misunderstanding(quiz, progress):
    wrong = next(choice for choice in ASKED[0].choices if not choice.right)
    check(quiz, [wrong.id], sure=False)
    assert not quiz.page["right"]
    assert quiz.page["remarks"][wrong.id]["feedback"] == wrong.feedback
    assert not progress.answers()[0].sure


def test_a_failure_to_save_is_reported(quiz, monkeypatch, right):
    monkeypatch.setattr(quiz._progress, "record", failing("not saved (disk full)"))
    check(quiz, right(quiz))
    assert quiz.page["store_error"] == "not saved (disk full)"


def test_two_open_quizzes_share_their_answers_after_a_restart(opened, progress, right):
    here, there = opened(), opened()
    for quiz in (here, there, here):
        check(quiz, right(quiz))
        quiz.receive(NEXT)
    first, second = ASKED[0].id, ASKED[1].id
    assert [answer.question for answer in progress.answers()] == [first, first, second]
    again = opened()
    assert (again.page["answered"], again.page["id"]) == (2, ASKED[2].id)


def test_passing_is_explained_and_all_questions_can_be_repeated(quiz, opened, progress, finish):
    assert quiz.page["passing"].startswith("To pass: the critical question and")
    finish(quiz)
    again = opened()
    assert again.page["passing"].startswith("Passed:")
    again.receive({"do": "repeat", "all": True})
    finish(again)
    assert len(progress.answers()) == 2 * len(ASKED)


@pytest.mark.parametrize("sure", [True, False])
def test_a_critical_question_is_repeated_until_it_is_right(quiz, right, sure):
    critical = next(question for question in TOPIC.questions if question.critical)
    ask(quiz, critical)
    wrong = [next(choice.id for choice in critical.choices if not choice.right)]
    for _ in range(2):
        check(quiz, wrong, sure=sure)
        assert not quiz.page["last"]
        quiz.receive(NEXT)
        assert quiz.page["id"] == critical.id
    check(quiz, right(quiz))
    assert quiz.page["last"]
    quiz.receive(NEXT)
    assert quiz.page["show"] == "result"


def test_the_result_counts_right_answers_and_repeats_the_others(quiz, opened, right):
    *_, last = ASKED
    while quiz.page["show"] == "question":
        check(quiz, [] if quiz.page["id"] == last.id else right(quiz))
        quiz.receive(NEXT)
    assert f"{len(ASKED) - 1} of {len(ASKED)} right" in quiz.page["summary"]
    assert quiz.page["missed"] == [last.prompt]
    assert quiz.page["next_step"]["button"]["text"] == "Ask the one that was missed again"
    quiz.receive({"do": "repeat", "all": False})
    assert quiz.page["id"] == last.id
    check(quiz, right(quiz))
    page = opened().page
    assert f"{len(ASKED)} of {len(ASKED)} right. Well done." in page["summary"]
    assert page["next_step"]["button"]["text"] == "More questions"


def test_more_questions_are_asked_until_none_is_left(quiz, finish, progress):
    assert 8 <= quiz.page["of"] <= 12
    finish(quiz)
    while quiz.page["more"]:
        quiz.receive(MORE)
        assert quiz.page["of"] <= 10
        assert finish(quiz).page["passing"].startswith("Passed:")
    assert {each.question for each in progress.answers()} == {q.id for q in TOPIC.questions}
    quiz.receive(MORE)
    assert quiz.page["show"] == "result"


def test_without_answers_there_is_no_review(review):
    page = review(NOW).page
    assert (page["show"], page["summary"]) == ("result", "Review: no question is waiting.")
    assert page["next_step"]["text"].startswith("Nothing has been answered yet")
    assert page["next_step"]["button"] is None


def test_a_review_takes_the_chosen_minutes_which_are_saved(progress, review):
    setting = review(NOW)
    assert setting.page["minutes"] == {"chosen": 5, "choices": (3, 5, 10, 15)}
    answers = (Answer(NOW, "", name, [], 0.0, sure=True, seconds=9) for name in EVERY)
    progress.record_all(answers)
    of = {}
    for minutes in (3, 10):
        setting.receive({"do": "minutes", "minutes": minutes})
        assert setting.page["minutes"]["chosen"] == minutes
        page = review().page
        assert (page["topic"], page["passing"]) == ("Review", f"It takes about {minutes} minutes.")
        of[minutes] = page["of"]
    assert 0 < of[3] < of[10]


def test_a_review_asks_critical_questions_first_and_ends_with_its_time(quiz, review, finish, right):
    finish(quiz)
    quiz = review()
    critical = {concept(each) for each in EVERY.values() if each.critical}
    order = [concept(question) in critical for question in quiz._round.questions]
    assert order == sorted(order, reverse=True)
    assert any(order)
    assert len(order) > 2
    for _ in range(2):
        check(quiz, right(quiz), seconds=140)
        quiz.receive(NEXT)
    assert quiz.page["summary"] == "Review: 2 of 2 right. Well done."
    assert quiz.page["next_step"]["text"].startswith("That is enough for today.")
    assert review().page["show"] == "result"
    quiz.receive(REVIEW)
    assert quiz.page["show"] == "question"


def test_reading_the_feedback_takes_from_the_minutes(progress, quiz, finish, right):
    finish(quiz)
    now = LATER
    quiz = Quiz.of_review(COURSE, progress, lambda: now)
    check(quiz, right(quiz), seconds=5)
    now += timedelta(minutes=5)
    quiz.receive(NEXT)
    assert quiz.page["summary"] == "Review: 1 of 1 right. Well done."


def test_an_open_review_refreshes_when_questions_become_due(progress, quiz, finish, review):
    now = [NOW]
    opened = Quiz.of_review(COURSE, progress, lambda: now[0])
    assert (opened.page["show"], opened.page["due"]) == ("result", False)
    finish(quiz)
    now[0] = LATER
    opened.receive(REVIEW)  # not offered on the page yet
    assert opened.page["show"] == "result"
    opened.receive({"do": "refresh"})
    assert opened.page["next_step"]["text"] == "A review of about 5 minutes is ready."
    assert opened.page["due"]
    opened.receive(REVIEW)
    assert opened.page == review().page


def test_a_result_is_shown_even_if_answers_cannot_be_read(quiz, right, monkeypatch):
    ask(quiz, next(each for each in ASKED if not each.critical))
    monkeypatch.setattr(quiz._progress, "standings", failing(LOCKED))
    check(quiz, right(quiz))
    quiz.receive(NEXT)
    assert (quiz.page["show"], quiz.page["next_step"]["text"]) == ("result", LOCKED)
