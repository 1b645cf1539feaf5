"""Retired questions: ids are never reused, and answers to them are kept but not counted."""

from datetime import UTC, timedelta
from itertools import chain

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.examination import counted_answers, exam_paper, outcome
from massage_workbook.answers.mastery import mastery_of
from massage_workbook.answers.memory import memories
from massage_workbook.reader import own_topics
from massage_workbook.store import Progress
from massage_workbook.widgets.progress import ProgressPage
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE, NOW

LATER = NOW + timedelta(days=400)
RETIRED = [*chain.from_iterable(group.ids for group in COURSE.retired)]
OLD = Answer(NOW, "rules", RETIRED[0], ["light"], score=0.0, sure=True, seconds=3)


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.sqlite", NOW).record(OLD)


def retire(data, name):
    """List a retired id in a group of its own, at the end; return its line."""
    file = data.root / "retired.yaml"
    file.write_text(f"{file.read_text()}\n- why: Tried.\n  ids: [{name}]\n")
    return len(file.read_text().splitlines())


def test_a_question_with_a_retired_id_is_refused(data):
    asked = {question.id for topic in COURSE.topics for question in topic.questions}
    assert len({*RETIRED} - asked) == len(RETIRED) > 0
    line = retire(data, "stroking-free-strip")
    [problem] = data.problems
    place = data.line_of("questions/stroking.yaml", "id: stroking-free-strip")
    assert problem.startswith(f"questions/stroking.yaml:{place}: ")
    assert f'"stroking-free-strip" is retired, at retired.yaml:{line}' in problem


def test_an_id_that_is_retired_twice_is_refused(data):
    line = retire(data, RETIRED[0])
    [problem] = data.problems
    assert problem.startswith(f"retired.yaml:{line}: ")
    assert f'"{RETIRED[0]}" is already retired, at line ' in problem


def test_a_teacher_s_question_cannot_take_a_retired_id(tmp_path):
    topic = COURSE.topics[0]
    question = topic.questions[0].model_copy(update={"id": RETIRED[0]})
    own = topic.model_copy(update={"id": "own-topic", "questions": (question,)})
    (tmp_path / "own-topic.json").write_text(own.model_dump_json())
    with pytest.warns(UserWarning, match="the course has some of its ids"):
        assert own_topics(tmp_path, COURSE) == ()


def test_a_retired_question_is_never_asked_or_counted(progress, tmp_path):
    review = Quiz.of_review(COURSE, progress, lambda: LATER)
    assert review.page["show"] != "question"
    assert Quiz.of_topics(COURSE, [OLD.topic], progress, lambda: LATER).page["answered"] == 0
    questions = [question for topic in COURSE.topics for question in topic.questions]
    known = mastery_of(questions, memories(progress.answers(), questions, UTC), NOW.date())
    assert (known.asked, known.right, known.retained) == (0, 0, 0)
    nothing = Progress(tmp_path / "empty.sqlite", NOW)
    pages = [ProgressPage(COURSE, each, lambda: NOW).page for each in (progress, nothing)]
    assert pages[0] == pages[1]
    sitting = exam_paper(COURSE, "final-check-2026-11-24-1")
    result = outcome(sitting, counted_answers(sitting, progress.answers()))
    assert (result.answered, result.unsafe) == (0, ())
