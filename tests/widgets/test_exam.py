import json
from datetime import timedelta

import pytest

from massage_workbook.answers.examination import requires_stopping
from massage_workbook.answers.knowledge import is_review_due
from massage_workbook.answers.memory import concept
from massage_workbook.questions import generated
from massage_workbook.views.exam import IS_NOT
from massage_workbook.widgets.exam import FinalCheck
from massage_workbook.widgets.quiz import knowledge

from ..shipped import COURSE as SHIPPED
from .conftest import LOCKED, NOW, failing

COURSE = generated.complete(SHIPPED)
BEGIN, NEXT = {"do": "begin"}, {"do": "next"}


@pytest.fixture
def sit(progress):
    """The final check as its lesson opens, also after a restart."""
    return lambda at=NOW: FinalCheck(COURSE, progress, lambda: at)


@pytest.fixture
def check(sit):
    check = sit()
    check.receive(BEGIN)
    return check


@pytest.fixture
def answer(right_response):
    """Answer the question shown, rightly by default, and go on; return the question."""

    def answer(check, response=..., *, sure=True, goes_on=True):
        question = check._round.queue[0]
        given = right_response(question) if response is ... else response
        message = {"do": "check", "question": question.id, "response": given}
        check.receive(message | {"sure": sure, "seconds": 4})
        if goes_on:
            check.receive(NEXT)
        return question

    return answer


@pytest.fixture
def finish(answer):
    def finish(check, response_to=lambda _: ...):
        while check.page["show"] == "question":
            answer(check, response_to(check._round.queue[0]))
        return check.page

    return finish


def test_the_conditions_are_shown_first_and_no_question(sit):
    check = sit()
    assert (check.page["show"], check.page["answered"]) == ("beginning", 0)
    assert check.page["conditions"][0].startswith("32 of the 40 are right")
    assert (
        "no answer but a guess goes on where the hands should stop" in check.page["conditions"][1]
    )
    state = json.dumps(check.get_state(["page"]))
    assert not any(each.prompt in state for each in check._round.questions)
    check.receive(BEGIN)
    assert (check.page["show"], check.page["number"], check.page["of"]) == ("question", 1, 40)
    assert "right" not in check.page
    assert check._round.queue[0].why not in json.dumps(check.get_state(["page"]))


def test_each_answer_is_explained_and_counts_for_the_review(check, answer, progress):
    question = answer(check, goes_on=False)
    assert (check.page["show"], check.page["right"]) == ("feedback", True)
    assert (check.page["why"], check.page["store_error"]) == (question.why, None)
    assert progress.standings()[question.id].right
    known = knowledge(COURSE, progress, NOW + timedelta(days=60))
    assert known.memories.keys() == {concept(question)}
    assert is_review_due(COURSE, known)


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_restart_resumes_at_the_next_question(check, sit, answer, goes_on):
    asked = [answer(check).id, answer(check, goes_on=goes_on).id]
    again = sit()
    assert (again.page["show"], again.page["answered"]) == ("beginning", 2)
    again.receive(BEGIN)
    assert again.page["number"] == 3
    assert again.page["id"] not in asked
    assert sit(NOW + timedelta(days=1)).page["answered"] == 0


def test_in_two_windows_the_first_answer_counts(check, sit, answer, finish):
    there = sit()
    there.receive(BEGIN)
    question = answer(check, [], sure=False)
    answer(there)
    assert there.page["number"] == 2
    assert question.prompt in finish(there)["missed"]


def test_another_check_has_other_questions(check, sit, answer):
    first = {each.id for each in check._round.questions}
    answer(check)
    check = sit()
    check.receive({"do": "another"})
    assert (check.page["show"], check.page["answered"]) == ("question", 0)
    assert {each.id for each in check._round.questions} != first
    answer(check)
    assert sit().page["answered"] == 1


def test_answers_that_cannot_be_saved_still_count_on_the_page(check, answer, finish, monkeypatch):
    monkeypatch.setattr(check._progress, "record", failing("not saved (disk full)"))
    answer(check, goes_on=False)
    assert check.page["store_error"] == "not saved (disk full)"
    check.receive(NEXT)
    assert check.page["number"] == 2
    monkeypatch.setattr(check._progress, "answers", failing(LOCKED))
    assert finish(check)["show"] == "end"


def test_a_certificate_has_its_day_and_says_what_it_is_not(check, sit, finish):
    page = finish(check)
    assert (page["show"], page["title"]) == ("end", "Passed.")
    assert [each["is_met"] for each in page["conditions"]] == [True, True]
    assert {"40 of 40 questions right", f"{NOW.astimezone():%d %B %Y}"} <= {
        *page["certificate"]["facts"]
    }
    assert page["certificate"]["is_not"] == IS_NOT
    assert all(word in " ".join(IS_NOT) for word in ("qualification", "money", "hands"))
    later = sit(NOW + timedelta(hours=1)).page
    assert (later["title"], later["certificate"]) == ("Passed.", page["certificate"])


def test_too_few_right_answers_do_not_pass(check, finish, progress):
    page = finish(check, lambda question: ... if requires_stopping(question) else None)
    assert page["title"] == "Not passed this time."
    assert [each["is_met"] for each in page["conditions"]] == [False, True]
    assert page["certificate"] is None
    assert "other questions" in page["advice"]
    assert len(progress.answers()) == 40, "no question is repeated"


def test_one_unsafe_answer_does_not_pass(check, finish):
    unsafe = next(each for each in check._round.questions if requires_stopping(each))
    page = finish(check, lambda question: ["go"] if question is unsafe else ...)
    assert [each["is_met"] for each in page["conditions"]] == [True, False]
    assert page["unsafe"] == [{"prompt": unsafe.prompt, "why": unsafe.why}]
    assert page["certificate"] is None


def test_other_messages_change_nothing_at_the_end(check, finish):
    page = finish(check)
    again, named = {"do": "repeat", "all": True}, {"do": "name", "name": "Ada"}
    for message in ({}, again, NEXT, BEGIN, {"do": "check"}, named):
        check.receive(message)
        assert check.page == page, message


def test_another_check_waits_until_the_answers_can_be_read(sit, monkeypatch):
    check = sit()
    before = check.page
    monkeypatch.setattr(check._progress, "answers", failing(LOCKED))
    check.receive({"do": "another"})
    assert check.page == before | {"notice": LOCKED}
