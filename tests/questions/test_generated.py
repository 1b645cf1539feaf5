"""Questions generated from the data."""

from datetime import UTC, datetime

from massage_workbook.answers.answer import Answer
from massage_workbook.questions import generated
from massage_workbook.questions.grading import grade
from massage_workbook.store import Progress
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE

TOPICS = generated.topics(COURSE)
EVERY = [question for topic in TOPICS for question in topic.questions]
CORE = {each.id: each for each in COURSE.techniques if each.standing == "core"}


def test_each_core_technique_has_questions_on_hands_and_contact():
    for kind in ("hands", "contact"):
        assert {f"made-{kind}-{name}" for name in CORE} <= {question.id for question in EVERY}


def test_only_techniques_that_do_not_glide_have_a_tempo_question():
    tapped = {question.about[0] for question in EVERY if question.kind == "tempo"}
    assert tapped == {name for name, each in CORE.items() if not each.glides}
    assert 0 < len(tapped) < len(CORE)


def test_an_answer_to_a_removed_question_is_kept_and_not_asked_again(tmp_path):
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    old = Answer(now, "made-tempos", "made-tempo-planar-stroking", [0, 4.5, 9], 0.5, True, 12)
    progress = Progress(tmp_path / "progress.db", now).record(old)
    assert old.question not in {question.id for question in EVERY}
    assert progress.answers() == [old]
    course = COURSE.model_copy(update={"topics": (*COURSE.topics, *TOPICS)})
    review = Quiz.of_review(course, progress, lambda: now.replace(year=2027))
    assert old.question not in str(review.get_state())


def test_each_zone_has_a_question_on_its_rule():
    assert {f"made-zone-{zone.id}" for zone in COURSE.zones} <= {each.id for each in EVERY}


def test_ids_contain_their_subject_and_are_unique():
    ids = [question.id for question in EVERY]
    written = {question.id for topic in COURSE.topics for question in topic.questions}
    assert len(set(ids)) == len(ids)
    assert not set(ids) & written
    assert all(each.id.endswith(each.about[0]) for each in EVERY)


def test_choices_of_a_generated_question_differ():
    for question in [q for q in EVERY if q.kind == "single"]:
        texts = [choice.text for choice in question.choices]
        assert len(set(texts)) == len(texts) >= 3


def test_the_course_s_own_stroke_is_right_and_its_reverse_is_not():
    for question in [q for q in EVERY if q.kind == "stroke"]:
        way = question.path(COURSE)
        straight = [way[0], way[-1]]
        assert any(grade(question, each, COURSE).right for each in (straight, way))
        assert not grade(question, way[::-1], COURSE).right
