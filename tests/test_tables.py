"""The course and the learner's answers as pandas tables."""

from datetime import UTC, datetime

import pytest

from massage_workbook import tables
from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress

from .shipped import COURSE

NOW = datetime(2026, 11, 28, 20, tzinfo=UTC)


def test_each_technique_is_a_row_with_the_times_of_its_card():
    table = tables.techniques(COURSE).set_index("id")
    assert [*table.index] == [each.id for each in COURSE.techniques]
    assert (table.per_minute_low <= table.per_minute_high).all()
    assert (table.pass_seconds > 0).all()


def test_the_steps_of_a_session_fill_its_minutes():
    seconds = tables.sessions(COURSE).groupby("session").seconds.sum()
    for session in COURSE.sessions:
        assert 0.7 * 60 * session.total < seconds[session.id] <= 60 * session.total


def test_each_question_is_a_row_with_its_topic_and_concept():
    table = tables.questions(COURSE)
    assert table.id.is_unique
    assert set(table.topic) == {topic.id for topic in COURSE.topics}
    assert table.critical.sum() <= 60


def test_answers_are_rows_in_the_order_of_their_recording(tmp_path):
    progress = Progress(tmp_path / "p.sqlite", NOW)
    assert [*tables.answers(progress).columns][:3] == ["at", "topic", "question"]
    for question, score in (("b", 0.0), ("a", 1.0)):
        progress.record(Answer(NOW, "rules", question, "x", score, True, 4.0))
    table = tables.answers(progress)
    assert [*table.question] == ["b", "a"]
    assert table.score.mean() == 0.5


def test_a_table_is_given_by_its_name():
    assert len(tables.table("techniques")) == len(COURSE.techniques)
    with pytest.raises(LookupError, match='Did you mean "sessions"'):
        tables.table("session")
