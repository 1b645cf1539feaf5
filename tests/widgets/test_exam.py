import json
from datetime import UTC, datetime, timedelta

import pytest

from massage_workbook.answers.examination import requires_stopping
from massage_workbook.answers.knowledge import is_review_due
from massage_workbook.answers.memory import concept
from massage_workbook.questions import generated
from massage_workbook.store import Progress, StoreError
from massage_workbook.views.exam import IS_NOT
from massage_workbook.widgets.exam import FinalCheck
from massage_workbook.widgets.quiz import Quiz, knowledge

from ..shipped import COURSE as SHIPPED

COURSE = SHIPPED.model_copy(update={"topics": (*SHIPPED.topics, *generated.topics(SHIPPED))})
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.sqlite", NOW)


@pytest.fixture
def sit(progress):
    """A sitting as it comes when its lesson opens, after a restart as well."""
    return lambda at=NOW: FinalCheck(COURSE, progress, lambda: at)


@pytest.fixture
def check(sit):
    check = sit()
    check.receive({"do": "begin"})
    return check


@pytest.fixture
def answer(right_response):
    """Answer what is on the page, and go on."""

    def answer(check, response=..., *, sure=True, goes_on=True):
        question = check._round.queue[0]
        given = right_response(question) if response is ... else response
        check.receive(
            {
                "do": "check",
                "question": question.id,
                "response": given,
                "sure": sure,
                "seconds": 4,
            }
        )
        if goes_on:
            check.receive({"do": "next"})
        return question

    return answer


@pytest.fixture
def to_the_end(answer):
    def to_the_end(check, response_to=lambda _: ...):
        while check.page["show"] == "question":
            answer(check, response_to(check._round.queue[0]))
        return check.page

    return to_the_end


# --- before and during ---------------------------------------------------------------------------


def test_the_pass_mark_is_said_before_it_begins(sit):
    page = sit().page
    assert (page["show"], page["answered"]) == ("beginning", 0)
    assert page["wants"][0].startswith("32 of the 40 are right")
    assert "no answer but a guess goes on where the hands should stop" in page["wants"][1]
    assert page["why"]


def test_nothing_of_a_question_is_on_the_page_before_it_begins(sit):
    check = sit()
    state = json.dumps(check.get_state(["page"]))
    assert not any(each.prompt in state for each in check._round.questions)


def test_it_begins_with_the_first_question_and_gives_nothing_away(check):
    assert (check.page["show"], check.page["number"], check.page["of"]) == ("question", 1, 40)
    assert "right" not in check.page
    assert check._round.queue[0].why not in json.dumps(check.get_state(["page"]))


def test_each_answer_is_explained_at_once(check, answer):
    question = answer(check, goes_on=False)
    assert (check.page["show"], check.page["right"]) == ("feedback", True)
    assert check.page["why"] == question.why
    assert check.page["saved"] == "saved"


def test_an_answer_counts_for_the_review_like_any_other(check, answer, progress):
    question = answer(check)
    assert progress.standings()[question.id].right
    known = knowledge(COURSE, progress, NOW + timedelta(days=60))
    assert known.memories.keys() == {concept(question)}
    assert is_review_due(COURSE, known)


def test_what_is_surely_wrong_about_safety_is_not_asked_twice(check, to_the_end, progress):
    to_the_end(check, lambda _: [])
    assert len(progress.answers()) == 40


# --- resumed -------------------------------------------------------------------------------------


def test_after_a_restart_it_goes_on_where_it_stopped(check, sit, answer):
    asked = [answer(check).id for _ in range(3)]
    again = sit()
    assert (again.page["show"], again.page["answered"]) == ("beginning", 3)
    again.receive({"do": "begin"})
    assert again.page["id"] == check.page["id"]
    assert again.page["number"] == 4
    assert again.page["id"] not in asked


def test_a_restart_at_a_feedback_goes_on_with_the_next_question(check, sit, answer):
    question = answer(check, goes_on=False)
    again = sit()
    again.receive({"do": "begin"})
    assert again.page["id"] != question.id
    assert again.page["answered"] == 1


def test_tomorrow_it_begins_anew(check, sit, answer):
    answer(check)
    assert sit(NOW + timedelta(days=1)).page["answered"] == 0


def test_an_answer_in_a_lesson_is_none_of_the_check(sit, progress, right_response):
    rules = Quiz.of_topics(COURSE, ["rules"], progress, lambda: NOW)
    for question in rules._round.questions:
        message = {"question": question.id, "response": right_response(question)}
        rules.receive({"do": "check", "sure": True, "seconds": 1, **message})
        rules.receive({"do": "next"})
    check = sit()
    assert check.page["answered"] == 0
    assert {each.id for each in check._round.questions} & {
        each.id for each in rules._round.questions
    }


def test_in_two_windows_the_first_answer_counts(check, sit, answer, to_the_end):
    there = sit()
    there.receive({"do": "begin"})
    question = answer(check, [], sure=False)
    answer(there)
    assert there.page["number"] == 2
    assert question.prompt in to_the_end(there)["again"]


def test_another_one_has_other_questions(check, sit, answer):
    first = {answer(check).id for _ in range(2)}
    check = sit()
    check.receive({"do": "another"})
    assert (check.page["show"], check.page["answered"]) == ("question", 0)
    assert {each.id for each in check._round.questions} != first
    answer(check)
    assert sit().page["answered"] == 1


def test_what_cannot_be_saved_is_said_and_still_counts_on_the_page(
    check, answer, to_the_end, monkeypatch
):
    def full(*_):
        raise StoreError("This answer was not saved (disk full).")

    monkeypatch.setattr(check._progress, "record", full)
    answer(check, goes_on=False)
    assert check.page["saved"] == "This answer was not saved (disk full)."
    check.receive({"do": "next"})
    assert check.page["number"] == 2
    monkeypatch.setattr(check._progress, "answers", full)
    assert to_the_end(check)["show"] == "end"


# --- the end -------------------------------------------------------------------------------------


def test_all_right_is_passed_with_a_certificate_that_says_what_it_is_not(check, to_the_end):
    page = to_the_end(check)
    assert page["title"] == "Passed."
    assert [each["met"] for each in page["conditions"]] == [True, True]
    certificate = page["certificate"]
    assert "40 of 40 questions right" in certificate["facts"]
    assert f"{NOW.astimezone():%d %B %Y}" in certificate["facts"]
    assert certificate["is_not"] == IS_NOT
    said = " ".join(IS_NOT)
    assert "qualification" in said
    assert "money" in said
    assert "hands" in said


def test_the_end_stays_after_a_restart_with_the_day_of_its_last_answer(check, sit, to_the_end):
    page = to_the_end(check)
    later = sit(NOW + timedelta(hours=1)).page
    assert (later["show"], later["title"]) == ("end", "Passed.")
    assert later["certificate"] == page["certificate"]


def test_too_little_right_is_not_passed_and_has_no_certificate(check, to_the_end):
    page = to_the_end(check, lambda question: ... if requires_stopping(question) else None)
    assert page["title"] == "Not passed this time."
    assert page["conditions"][0]["met"] is False
    assert page["conditions"][1]["met"] is True
    assert page["certificate"] is None
    assert "other questions" in page["then"]


def test_one_too_daring_answer_is_shown_and_not_passed(check, to_the_end):
    unsafe = next(each for each in check._round.questions if requires_stopping(each))
    page = to_the_end(check, lambda question: ["go"] if question is unsafe else ...)
    assert [each["met"] for each in page["conditions"]] == [True, False]
    assert page["unsafe"] == [{"prompt": unsafe.prompt, "why": unsafe.why}]
    assert page["certificate"] is None


def test_not_sure_about_the_same_is_passed(check, answer, to_the_end):
    while not requires_stopping(check._round.queue[0]):
        answer(check)
    answer(check, [], sure=False)
    page = to_the_end(check)
    assert page["title"] == "Passed."
    assert "39 of 40 questions right" in page["certificate"]["facts"]


def test_a_name_is_asked_for_by_the_page_and_never_by_python(check, to_the_end):
    to_the_end(check)
    check.receive({"do": "name", "name": "Ada"})
    assert "Ada" not in json.dumps(check.get_state(["page"]))


@pytest.mark.parametrize(
    "message",
    [{}, {"do": "again", "all": True}, {"do": "next"}, {"do": "begin"}, {"do": "check"}],
)
def test_what_does_not_belong_to_the_page_changes_nothing(check, to_the_end, message):
    page = to_the_end(check)
    check.receive(message)
    assert check.page == page


def test_another_one_waits_until_the_answers_can_be_read(sit, monkeypatch):
    check = sit()

    def locked(*_):
        raise StoreError("Your answers cannot be read: database is locked.")

    before = check.page
    monkeypatch.setattr(check._progress, "answers", locked)
    check.receive({"do": "another"})
    assert check.page == before | {"notice": "Your answers cannot be read: database is locked."}
