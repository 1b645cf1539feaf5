import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from massage_workbook.store import Progress, StoreError
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE

TOPIC = next(topic for topic in COURSE.topics if topic.id == "stroking")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.sqlite", NOW)


@pytest.fixture
def quiz(progress):
    return Quiz.of_topic(COURSE, "stroking", progress, lambda: NOW)


def question_of(quiz):
    return next(q for q in TOPIC.questions if q.id == quiz.page["id"])


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


def check(quiz, choices, sure=True):
    quiz.receive(
        {
            "do": "check",
            "question": quiz.page["id"],
            "response": choices,
            "sure": sure,
            "seconds": 3,
        }
    )


def test_the_first_question_is_asked_first(quiz):
    assert quiz.page["show"] == "question"
    assert quiz.page["id"] == TOPIC.questions[0].id


def test_nothing_of_the_answer_reaches_the_page_before_it_is_given(progress):
    quiz = Quiz.of_topic(COURSE, "stroking", progress, lambda: NOW)
    for question in TOPIC.questions:
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
    again = Quiz.of_topic(COURSE, "stroking", progress, lambda: NOW)
    assert again.page["id"] == TOPIC.questions[1].id
    assert again.page["answered"] == 1


def test_two_notebooks_at_once_lose_and_double_nothing(progress, right):
    here, there = (Quiz.of_topic(COURSE, "stroking", progress, lambda: NOW) for _ in range(2))
    for quiz in (here, there, here):
        check(quiz, right(quiz))
        quiz.receive({"do": "next"})
    first, second = TOPIC.questions[0].id, TOPIC.questions[1].id
    assert [answer.question for answer in progress.answers()] == [first, first, second]
    again = Quiz.of_topic(COURSE, "stroking", progress, lambda: NOW)
    assert (again.page["answered"], again.page["id"]) == (2, TOPIC.questions[2].id)


def test_starting_over_asks_all_of_them_and_keeps_what_was(progress, answer_all, right):
    answer_all()
    quiz = Quiz.of_topic(COURSE, "stroking", progress, lambda: NOW)
    quiz.receive({"do": "again", "all": True})
    for _ in TOPIC.questions:
        check(quiz, right(quiz))
        quiz.receive({"do": "next"})
    assert len(progress.answers()) == 2 * len(TOPIC.questions)


def test_what_passing_asks_for_is_said_before_the_first_answer_and_at_the_end(quiz, answer_all):
    assert quiz.page["passing"].startswith(
        "It counts as passed when the 1 question about safety and"
    )
    answer_all()
    done = Quiz.of_topic(COURSE, "stroking", quiz._progress, lambda: NOW)
    assert done.page["passing"].startswith("Passed.")


def test_too_careful_about_safety_does_not_come_back_at_once(progress):
    topic = next(each for each in COURSE.topics if each.id == "situations")
    fever = next(q for q in topic.questions if q.id == "situation-fever")
    quiz = Quiz(COURSE, topic, [(topic, fever)], {}, {}, progress, lambda: NOW)
    check(quiz, ["emergency"])
    assert quiz.page["verdict"] == "Safe, but more careful than is needed."
    assert quiz.page["last"]
    daring = Quiz(COURSE, topic, [(topic, fever)], {}, {}, progress, lambda: NOW)
    check(daring, ["go"])
    assert not daring.page["last"]


def test_at_the_end_it_says_how_many_were_right_and_asks_the_rest_again(quiz, progress, right):
    for i, _ in enumerate(TOPIC.questions):
        check(quiz, right(quiz) if i else [])
        quiz.receive({"do": "next"})
    assert quiz.page["show"] == "result"
    assert quiz.page["right"] == len(TOPIC.questions) - 1
    assert quiz.page["again"] == [TOPIC.questions[0].prompt]
    quiz.receive({"do": "again", "all": False})
    assert quiz.page["id"] == TOPIC.questions[0].id
    check(quiz, right(quiz))
    assert Quiz.of_topic(COURSE, "stroking", progress, lambda: NOW).page["right"] == len(
        TOPIC.questions
    )


def test_a_topic_that_does_not_exist_is_named_with_the_nearest(progress):
    with pytest.raises(LookupError, match=r'No topic "strokin". Did you mean "stroking"?'):
        Quiz.of_topic(COURSE, "strokin", progress, lambda: NOW)


# --- what comes back ---------------------------------------------------------------------------


@pytest.fixture
def answer_all(progress, right):
    """Answer the whole topic rightly."""

    def answer_all(at=NOW):
        quiz = Quiz.of_topic(COURSE, "stroking", progress, lambda: at)
        while quiz.page["show"] == "question":
            check(quiz, right(quiz))
            quiz.receive({"do": "next"})

    return answer_all


def test_nothing_is_due_before_anything_was_answered(progress):
    page = Quiz.of_what_is_due(COURSE, progress, lambda: NOW).page
    assert (page["show"], page["of"]) == ("result", 0)
    assert page["next"].startswith("Nothing has been answered yet")


def test_what_was_learnt_is_due_when_it_is_about_to_be_forgotten(progress, answer_all):
    answer_all()
    at_once = Quiz.of_what_is_due(COURSE, progress, lambda: NOW).page
    assert at_once["of"] == 0
    assert (
        at_once["next"]
        == f"Nothing is due now. Next: later today, {len(TOPIC.questions)} questions."
    )
    later = NOW + timedelta(days=60)
    quiz = Quiz.of_what_is_due(COURSE, progress, lambda: later)
    assert quiz.page["of"] == len(TOPIC.questions)
    assert quiz.page["topic"] == "Review"


def test_a_review_asks_about_safety_first(progress, answer_all):
    answer_all()
    quiz = Quiz.of_what_is_due(COURSE, progress, lambda: NOW + timedelta(days=60))
    order = [question.safety for question in quiz._round.questions]
    assert order == sorted(order, reverse=True)
    assert any(order)


def test_a_review_is_kept_like_any_answer_and_then_over(progress, right, answer_all):
    answer_all()
    later = NOW + timedelta(days=60)
    quiz = Quiz.of_what_is_due(COURSE, progress, lambda: later)
    while quiz.page["show"] == "question":
        check(quiz, right(quiz))
        quiz.receive({"do": "next"})
    assert len(progress.answers("stroking")) == 2 * len(TOPIC.questions)
    assert Quiz.of_what_is_due(COURSE, progress, lambda: later).page["of"] == 0


def test_sure_and_wrong_about_safety_comes_back_until_it_is_right(quiz, right):
    safety = next(question for question in TOPIC.questions if question.safety)
    quiz._round = replace(quiz._round, queue=(safety,))
    quiz.page = quiz._next_page()
    wrong = [next(choice.id for choice in safety.choices if not choice.right)]
    for _ in range(2):
        check(quiz, wrong)
        assert not quiz.page["last"]
        quiz.receive({"do": "next"})
        assert quiz.page["id"] == safety.id
    check(quiz, right(quiz))
    assert quiz.page["last"]
    quiz.receive({"do": "next"})
    assert quiz.page["show"] == "result"


def test_an_honest_not_sure_does_not_come_back_at_once(quiz):
    safety = next(question for question in TOPIC.questions if question.safety)
    quiz._round = replace(quiz._round, queue=(safety,))
    quiz.page = quiz._next_page()
    check(quiz, [], sure=False)
    quiz.receive({"do": "next"})
    assert quiz.page["show"] == "result"


def test_an_open_review_asks_what_has_become_due_meanwhile(progress, answer_all):
    now = [NOW]
    review = Quiz.of_what_is_due(COURSE, progress, lambda: now[0])
    assert (review.page["of"], review.page["due"]) == (0, False)
    answer_all()  # in another lesson
    now[0] += timedelta(days=60)
    review.receive({"do": "due"})  # nothing on the page says that there is anything
    assert review.page["show"] == "result"
    review.receive({"do": "look again"})
    assert review.page["next"] == f"Due now: {len(TOPIC.questions)} questions."
    assert review.page["due"]
    review.receive({"do": "due"})
    assert (review.page["show"], review.page["of"]) == ("question", len(TOPIC.questions))
    fresh = Quiz.of_what_is_due(COURSE, progress, lambda: now[0])
    assert review.page == fresh.page


def test_a_question_that_is_seen_again_stays_as_it_is(quiz):
    before = quiz.page
    quiz.receive({"do": "look again"})
    assert quiz.page is before


def test_the_result_of_a_topic_offers_no_review(progress, answer_all):
    answer_all()
    page = Quiz.of_topic(COURSE, "stroking", progress, lambda: NOW + timedelta(days=60)).page
    assert page["next"].startswith("Due now")
    assert not page["due"]


def test_a_result_is_shown_even_when_the_answers_cannot_be_read_any_more(
    progress, right, monkeypatch
):
    question = next(each for each in TOPIC.questions if not each.safety)
    quiz = Quiz(COURSE, TOPIC, [(TOPIC, question)], {}, {}, progress, lambda: NOW)

    def locked(*_):
        raise StoreError("Your answers cannot be read: database is locked.")

    monkeypatch.setattr(quiz._progress, "standings", locked)
    check(quiz, right(quiz))
    quiz.receive({"do": "next"})
    assert quiz.page["show"] == "result"
    assert quiz.page["next"] == "Your answers cannot be read: database is locked."
