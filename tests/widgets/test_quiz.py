import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import concept
from massage_workbook.answers.self_check import self_check
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.minutes import choose
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE

TOPIC = next(topic for topic in COURSE.topics if topic.id == "stroking")
ASKED = self_check([TOPIC])
"""Its self-check."""
EVERY = [question for topic in COURSE.topics for question in topic.questions]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.sqlite", NOW)


@pytest.fixture
def quiz(progress):
    return Quiz.of_topics(COURSE, ["stroking"], progress, lambda: NOW)


def question_of(quiz):
    return next(q for q in EVERY if q.id == quiz.page["id"])


@pytest.fixture
def right(right_response):
    """The right response to the question on a quiz's page."""
    return lambda quiz: right_response(question_of(quiz))


def strings(value, key):
    """Every text under a key, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get(key), str):
            yield value[key]
        for each in value.values():
            yield from strings(each, key)
    if isinstance(value, list | tuple):
        for each in value:
            yield from strings(each, key)


def check(quiz, choices, sure=True, seconds=3):
    quiz.receive(
        {
            "do": "check",
            "question": quiz.page["id"],
            "response": choices,
            "sure": sure,
            "seconds": seconds,
        }
    )


def ask(quiz, question, topic=TOPIC):
    """Have a quiz ask one question alone."""
    queue = (question,)
    quiz._round = replace(quiz._round, questions=queue, queue=queue, topics={question.id: topic})
    quiz.page = quiz._next_page()
    return quiz


def test_the_first_question_is_asked_first(quiz):
    assert quiz.page["show"] == "question"
    assert quiz.page["id"] == ASKED[0].id


def test_nothing_of_the_answer_reaches_the_page_before_it_is_given(progress):
    quiz = Quiz.of_topics(COURSE, ["stroking"], progress, lambda: NOW)
    for question in ASKED:
        state = json.dumps(quiz.get_state(["page"]))
        assert "right" not in quiz.page
        assert question.why not in state
        for part in ("choices", "steps", "pairs", "options"):
            assert all(each.keys() == {"id", "text"} for each in quiz.page.get(part, ()))
        told = strings(question.model_dump(), "feedback")
        assert not any(each in state for each in told)
        assert not {"accepts", "right", "answer", "misses", "too_low"} & quiz.page.keys()
        check(quiz, [])
        quiz.receive({"do": "next"})


def test_a_right_answer_is_saved_and_explained(quiz, progress, right):
    check(quiz, right(quiz))
    assert quiz.page["show"] == "feedback"
    assert quiz.page["right"]
    assert quiz.page["saved"] == "saved"
    assert quiz.page["why"] == ASKED[0].why
    assert progress.answers("stroking")[0].score == 1


def test_a_wrong_answer_names_its_misunderstanding(quiz):
    wrong = next(c for c in question_of(quiz).choices if not c.right)
    check(quiz, [wrong.id])
    assert not quiz.page["right"]
    assert quiz.page["remarks"][wrong.id]["feedback"] == wrong.feedback


def test_not_sure_is_remembered_as_such(quiz, progress):
    check(quiz, [], sure=False)
    assert not progress.answers()[0].sure


def test_saved_is_said_only_when_it_is(quiz, monkeypatch, right):
    def full(_):
        raise StoreError("This answer was not saved (disk full).")

    monkeypatch.setattr(quiz._progress, "record", full)
    check(quiz, right(quiz))
    assert quiz.page["saved"] == "This answer was not saved (disk full)."


def test_a_second_click_on_check_answers_nothing(quiz, progress):
    first = quiz.page["id"]
    message = {"do": "check", "question": first, "response": [], "sure": True, "seconds": 1}
    quiz.receive(message)
    quiz.receive(message)
    assert len(progress.answers()) == 1


def test_after_a_restart_it_goes_on_with_the_first_open_question(quiz, progress, right):
    check(quiz, right(quiz))
    again = Quiz.of_topics(COURSE, ["stroking"], progress, lambda: NOW)
    assert again.page["id"] == ASKED[1].id
    assert again.page["answered"] == 1


def test_two_notebooks_at_once_lose_and_double_nothing(progress, right):
    here, there = (Quiz.of_topics(COURSE, ["stroking"], progress, lambda: NOW) for _ in range(2))
    for quiz in (here, there, here):
        check(quiz, right(quiz))
        quiz.receive({"do": "next"})
    first, second = ASKED[0].id, ASKED[1].id
    assert [answer.question for answer in progress.answers()] == [first, first, second]
    again = Quiz.of_topics(COURSE, ["stroking"], progress, lambda: NOW)
    assert (again.page["answered"], again.page["id"]) == (2, ASKED[2].id)


def test_starting_over_asks_all_of_them_and_keeps_what_was(progress, answer_all, right):
    answer_all()
    quiz = Quiz.of_topics(COURSE, ["stroking"], progress, lambda: NOW)
    quiz.receive({"do": "again", "all": True})
    for _ in ASKED:
        check(quiz, right(quiz))
        quiz.receive({"do": "next"})
    assert len(progress.answers()) == 2 * len(ASKED)


def test_what_passing_asks_for_is_said_before_the_first_answer_and_at_the_end(quiz, answer_all):
    assert quiz.page["passing"].startswith("To pass: the critical question and")
    answer_all()
    done = Quiz.of_topics(COURSE, ["stroking"], quiz._progress, lambda: NOW)
    assert done.page["passing"].startswith("Passed:")


def test_too_careful_about_safety_does_not_come_back_at_once(progress):
    topic = next(each for each in COURSE.topics if each.id == "situations")
    fall = next(q for q in topic.questions if q.id == "situation-ladder")
    for decision, last in (("emergency", True), ("go", False)):
        quiz = ask(Quiz.of_topics(COURSE, [topic.id], progress, lambda: NOW), fall, topic)
        check(quiz, [decision])
        assert quiz.page["last"] == last


def test_at_the_end_it_says_how_many_were_right_and_asks_the_rest_again(quiz, progress, right):
    *_, last = ASKED
    while quiz.page["show"] == "question":
        check(quiz, [] if quiz.page["id"] == last.id else right(quiz))
        quiz.receive({"do": "next"})
    assert quiz.page["show"] == "result"
    assert f"{len(ASKED) - 1} of {len(ASKED)} right" in quiz.page["says"]
    assert quiz.page["again"] == [last.prompt]
    assert quiz.page["step"]["button"]["text"] == "Ask the one that was missed again"
    quiz.receive({"do": "again", "all": False})
    assert quiz.page["id"] == last.id
    check(quiz, right(quiz))
    page = Quiz.of_topics(COURSE, ["stroking"], progress, lambda: NOW).page
    assert f"{len(ASKED)} of {len(ASKED)} right. Well done." in page["says"]
    assert page["step"]["button"]["text"] == "More questions"


def test_a_topic_that_does_not_exist_is_named_with_the_nearest(progress):
    with pytest.raises(LookupError, match=r'No topic "strokin". Did you mean "stroking"?'):
        Quiz.of_topics(COURSE, ["strokin"], progress, lambda: NOW)


# --- more questions ----------------------------------------------------------------------------


@pytest.fixture
def answer_all(progress, right):
    """Answer the whole self-check rightly."""

    def answer_all(at=NOW):
        finish(Quiz.of_topics(COURSE, ["stroking"], progress, lambda: at), right)

    return answer_all


def finish(quiz, right):
    while quiz.page["show"] == "question":
        check(quiz, right(quiz))
        quiz.receive({"do": "next"})
    return quiz


def test_more_questions_go_on_into_the_bank_until_all_were_asked(quiz, right):
    assert 8 <= quiz.page["of"] <= 12
    finish(quiz, right)
    while quiz.page["more"]:
        quiz.receive({"do": "more"})
        assert quiz.page["of"] <= 10
        finish(quiz, right)
        assert quiz.page["passing"].startswith("Passed:")
    asked = {answer.question for answer in quiz._progress.answers()}
    assert asked == {question.id for question in TOPIC.questions}
    quiz.receive({"do": "more"})  # nothing on the page says that there is more
    assert quiz.page["show"] == "result"


# --- what comes back ---------------------------------------------------------------------------


def test_there_is_no_review_before_anything_was_answered(progress):
    page = Quiz.of_review(COURSE, progress, lambda: NOW).page
    assert (page["show"], page["says"]) == ("result", "Review: no question is waiting.")
    assert page["step"]["text"].startswith("Nothing has been answered yet")
    assert page["step"]["button"] is None


def test_a_review_takes_the_minutes_that_were_chosen_and_says_so(progress):
    progress.record_all(Answer(NOW, "", each.id, [], 0.0, sure=True, seconds=9) for each in EVERY)
    later = NOW + timedelta(days=60)
    of = {}
    for minutes in (3, 10):
        choose(progress, minutes, later)
        page = Quiz.of_review(COURSE, progress, lambda: later).page
        assert page["topic"] == "Review"
        assert page["passing"] == f"It takes about {minutes} minutes."
        of[minutes] = page["of"]
    assert 0 < of[3] < of[10]


def test_a_review_asks_critical_questions_first(progress, answer_all):
    answer_all()
    quiz = Quiz.of_review(COURSE, progress, lambda: NOW + timedelta(days=60))
    critical = {concept(each) for each in EVERY if each.critical}
    order = [concept(question) in critical for question in quiz._round.questions]
    assert order == sorted(order, reverse=True)
    assert any(order)


def test_a_review_ends_with_its_time_and_leaves_no_debt(progress, right, answer_all):
    answer_all()
    later = NOW + timedelta(days=60)
    quiz = Quiz.of_review(COURSE, progress, lambda: later)
    planned = quiz.page["of"]
    for _ in range(2):
        check(quiz, right(quiz), seconds=140)
        quiz.receive({"do": "next"})
    assert quiz.page["says"] == "Review: 2 of 2 right. Well done."
    assert planned > 2
    assert quiz.page["step"]["text"].startswith("That is enough for today.")
    assert Quiz.of_review(COURSE, progress, lambda: later).page["show"] == "result"
    quiz.receive({"do": "review"})
    assert quiz.page["show"] == "question"


def test_reading_the_feedback_takes_from_the_minutes(progress, right, answer_all):
    answer_all()
    now = NOW + timedelta(days=60)
    quiz = Quiz.of_review(COURSE, progress, lambda: now)
    check(quiz, right(quiz), seconds=5)
    now += timedelta(minutes=5)
    quiz.receive({"do": "next"})
    assert quiz.page["says"] == "Review: 1 of 1 right. Well done."


def test_the_minutes_a_day_are_chosen_once(progress):
    quiz = Quiz.of_review(COURSE, progress, lambda: NOW)
    assert quiz.page["minutes"] == {"chosen": 5, "choices": (3, 5, 10, 15)}
    quiz.receive({"do": "minutes", "minutes": 15})
    assert quiz.page["minutes"]["chosen"] == 15
    assert Quiz.of_review(COURSE, progress, lambda: NOW).page["minutes"]["chosen"] == 15


@pytest.mark.parametrize("sure", [True, False])
def test_a_critical_question_comes_back_until_it_is_right(quiz, right, sure):
    critical = next(question for question in TOPIC.questions if question.critical)
    ask(quiz, critical)
    wrong = [next(choice.id for choice in critical.choices if not choice.right)]
    for _ in range(2):
        check(quiz, wrong, sure=sure)
        assert not quiz.page["last"]
        quiz.receive({"do": "next"})
        assert quiz.page["id"] == critical.id
    check(quiz, right(quiz))
    assert quiz.page["last"]
    quiz.receive({"do": "next"})
    assert quiz.page["show"] == "result"


def test_an_open_review_finds_what_was_answered_meanwhile(progress, answer_all):
    now = [NOW]
    review = Quiz.of_review(COURSE, progress, lambda: now[0])
    assert (review.page["show"], review.page["due"]) == ("result", False)
    answer_all()  # in another lesson
    now[0] += timedelta(days=60)
    review.receive({"do": "review"})  # nothing on the page says that there is one
    assert review.page["show"] == "result"
    review.receive({"do": "refresh"})
    assert review.page["step"]["text"] == "A review of about 5 minutes is ready."
    assert review.page["due"]
    review.receive({"do": "review"})
    assert review.page == Quiz.of_review(COURSE, progress, lambda: now[0]).page


def test_a_question_that_is_seen_again_stays_as_it_is(quiz):
    before = quiz.page
    quiz.receive({"do": "refresh"})
    assert quiz.page is before


def test_a_result_is_shown_even_when_the_answers_cannot_be_read_any_more(quiz, right, monkeypatch):
    ask(quiz, next(each for each in ASKED if not each.critical))

    def locked(*_):
        raise StoreError("Your answers cannot be read: database is locked.")

    monkeypatch.setattr(quiz._progress, "standings", locked)
    check(quiz, right(quiz))
    quiz.receive({"do": "next"})
    assert quiz.page["show"] == "result"
    assert quiz.page["step"]["text"] == "Your answers cannot be read: database is locked."
