"""The list of lessons: how far the learner is in each."""

import pytest

from massage_workbook.answers.self_check import self_check
from massage_workbook.store import Progress, StoreError
from massage_workbook.widgets.lessons import Lessons
from massage_workbook.widgets.progress import ProgressPage

from ..shipped import COURSE
from .test_progress import NOW, STROKING, answered


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.sqlite", NOW)


def stroking(widget):
    return next(row for row in widget.lessons if row["title"] == STROKING.title)


def test_seen_again_it_shows_what_was_answered_since(progress):
    widget = Lessons(COURSE, progress, lambda: NOW)
    assert stroking(widget)["answered"] == 0
    answered(progress, self_check([STROKING])[:5])
    widget.receive({"do": "refresh"})
    assert (stroking(widget)["answered"], stroking(widget)["right"]) == (5, 5)
    assert not stroking(widget)["passed"]


def test_the_cover_and_the_page_of_progress_name_the_same_next_step(progress):
    for score in (1, 0):
        answered(progress, STROKING.questions[:5], score=score)
        cover = Lessons(COURSE, progress, lambda: NOW)
        assert cover.next == ProgressPage(COURSE, progress, lambda: NOW).page["next"]


def test_answers_that_cannot_be_read_are_said_and_the_lessons_stay(progress, monkeypatch):
    widget = Lessons(COURSE, progress, lambda: NOW)
    before = widget.lessons

    def locked():
        raise StoreError("Your answers cannot be read: database is locked.")

    monkeypatch.setattr(progress, "standings", locked)
    widget.receive({"do": "refresh"})
    assert widget.notice == "Your answers cannot be read: database is locked."
    assert widget.lessons == before
