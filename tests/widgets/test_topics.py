"""All topics, each of which opens a short set of its questions."""

import pytest

from massage_workbook.answers.self_check import self_check
from massage_workbook.store import Progress, StoreError
from massage_workbook.widgets.topics import Topics

from ..shipped import COURSE
from .test_progress import NOW, STROKING


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.sqlite", NOW)


@pytest.fixture
def parts(progress):
    """The list and its quiz."""
    return Topics(COURSE, progress, lambda: NOW).children


def row(listed):
    return next(each for each in listed.topics if each["id"] == STROKING.id)


def test_it_begins_with_the_review_and_lists_every_topic_in_the_order_of_the_lessons(parts):
    listed, quiz = parts
    names = [each["id"] for each in listed.topics]
    assert sorted(names) == sorted(topic.id for topic in COURSE.topics)
    taught = dict.fromkeys(name for lesson in COURSE.lessons for name in lesson.topics)
    assert names[: len(taught)] == [*taught]
    assert listed.chosen is None
    assert quiz.page["topic"] == "Review"


def test_a_topic_opens_its_self_check_and_the_review_comes_back(parts):
    listed, quiz = parts
    assert listed.receive({"do": "open", "topic": STROKING.id}) == {}
    assert listed.chosen == STROKING.id
    assert (quiz.page["topic"], quiz.page["number"]) == (STROKING.title, 1)
    assert quiz.page["of"] == len(self_check([STROKING]))
    listed.receive({"do": "open", "topic": None})
    assert (listed.chosen, quiz.page["topic"]) == (None, "Review")


def test_an_answer_is_counted_in_the_list_at_once(parts):
    listed, quiz = parts
    listed.receive({"do": "open", "topic": STROKING.id})
    message = {"do": "check", "question": quiz.page["id"], "response": None, "sure": False}
    quiz.receive(message | {"seconds": 2.0})
    assert (row(listed)["answered"], row(listed)["right"]) == (1, 0)


def test_an_unknown_topic_is_refused_with_the_nearest_name(parts):
    listed, quiz = parts
    before = quiz.page
    assert "stroking" in listed.receive({"do": "open", "topic": "strokign"})["error"]
    assert (listed.chosen, quiz.page) == (None, before)


def test_answers_that_cannot_be_read_leave_the_list_as_it_is(parts, progress, monkeypatch):
    listed, _ = parts
    before = listed.topics

    def locked():
        raise StoreError("Your answers cannot be read: database is locked.")

    monkeypatch.setattr(progress, "standings", locked)
    listed.receive({"do": "refresh"})
    assert listed.topics == before
