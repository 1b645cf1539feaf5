"""The course and the learner's answers as pandas tables, and sessions as values."""

from datetime import UTC, datetime

import pytest

from massage_workbook import paths, tables
from massage_workbook.answers.answer import Answer
from massage_workbook.session import PlanError
from massage_workbook.store import Progress
from massage_workbook.widgets import widget

from .classroom.classes import SINGLES, answer, submission
from .shipped import COURSE

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))


def test_each_technique_and_question_is_a_row():
    techniques, questions = tables.techniques().set_index("id"), tables.questions()
    assert [*techniques.index] == [each.id for each in COURSE.techniques]
    assert (techniques.per_minute_low <= techniques.per_minute_high).all()
    assert (techniques.pass_seconds > 0).all()
    assert questions.id.is_unique
    assert set(questions.topic) == {topic.id for topic in widget.course().topics}


def test_the_steps_of_a_session_fill_its_minutes():
    seconds = tables.sessions().groupby("session").seconds.sum()
    for session in COURSE.sessions:
        assert 0.7 * 60 * session.total < seconds[session.id] <= 60 * session.total


def test_answers_are_rows_in_the_order_of_their_recording():
    assert [*tables.answers().columns][:3] == ["at", "topic", "question"]
    progress = Progress(paths.progress(), NOW)
    for question, score in (("b", 0.0), ("a", 1.0)):
        progress.record(Answer(NOW, "rules", question, "x", score, True, 4.0))
    table = tables.answers()
    assert [*table.question] == ["b", "a"]
    assert table.score.mean() == 0.5


def test_knowledge_fades_without_reviews():
    assert tables.forgetting().empty
    Progress(paths.progress(), NOW).record(answer(SINGLES[0], right=True, at=NOW))
    known = tables.forgetting().known
    assert known.iloc[-1] < known.max() <= 1


def test_the_rows_of_a_class_are_one_table(tmp_path):
    for number in range(3):
        text = submission(number, [answer(SINGLES[0], right=number > 0)]).to_text()
        (tmp_path / f"{number}.csv").write_text(text)
    table = tables.class_rows(str(tmp_path))
    assert table.pseudonym.is_unique
    assert [*table.misled] == [True, False, False]


def test_changing_minutes_returns_another_session():
    before = tables.ready_made("20")
    after = before.with_minutes(kneading=8, rubbing=3)
    assert (after.minutes["kneading"], after.minutes["rubbing"]) == (8, 3)
    assert before == tables.ready_made("standard-20")
    assert after.minutes.drop(["kneading", "rubbing"]).equals(
        before.minutes.drop(["kneading", "rubbing"])
    )


def test_a_session_is_shown_as_a_timeline_and_in_words():
    session = tables.ready_made("20").with_minutes(kneading=8)
    shown = session._repr_mimebundle_()
    assert shown["image/svg+xml"].count('id="step-') == len(session.steps)
    assert "kneading" in shown["text/plain"]


def test_an_unknown_session_or_block_and_impossible_minutes_are_refused():
    with pytest.raises(LookupError, match='Did you mean "evening-20"'):
        tables.ready_made("evening-2")
    with pytest.raises(PlanError, match='Did you mean "kneading"'):
        tables.ready_made("20").with_minutes(knead=8)
    with pytest.raises(PlanError, match="kneading takes"):
        tables.ready_made("20").with_minutes(kneading=80)
