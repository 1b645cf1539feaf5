"""Questions that are made from the course's data."""

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


def test_each_core_technique_is_asked_by_hands_and_contact():
    for kind in ("hands", "contact"):
        assert {f"made-{kind}-{name}" for name in CORE} <= {question.id for question in EVERY}


def test_a_tempo_is_tapped_where_hands_work_on_the_spot_and_not_where_they_glide():
    tapped = {question.about[0] for question in EVERY if question.kind == "tempo"}
    assert tapped == {name for name, each in CORE.items() if not each.glides}
    assert 0 < len(tapped) < len(CORE)


def test_an_answer_to_a_question_that_is_gone_stays_readable_and_is_asked_no_more(tmp_path):
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    old = Answer(now, "made-tempos", "made-tempo-planar-stroking", [0, 4.5, 9], 0.5, True, 12)
    progress = Progress(tmp_path / "progress.db", now).record(old)
    assert old.question not in {question.id for question in EVERY}
    assert progress.answers() == [old]
    course = COURSE.model_copy(update={"topics": (*COURSE.topics, *TOPICS)})
    review = Quiz.of_review(course, progress, lambda: now.replace(year=2027))
    assert old.question not in str(review.get_state())


def test_each_zone_is_asked_for_its_rule():
    assert {f"made-zone-{zone.id}" for zone in COURSE.zones} <= {each.id for each in EVERY}


def test_ids_come_from_what_is_asked_about_and_meet_none_of_the_bank():
    ids = [question.id for question in EVERY]
    written = {question.id for topic in COURSE.topics for question in topic.questions}
    assert len(set(ids)) == len(ids)
    assert not set(ids) & written
    assert all(each.id.endswith(each.about[0]) for each in EVERY)


def test_a_made_question_has_choices_that_differ():
    for question in [q for q in EVERY if q.kind == "single"]:
        texts = [choice.text for choice in question.choices]
        assert len(set(texts)) == len(texts) >= 3


def test_the_course_s_own_stroke_is_right_and_its_reverse_is_not():
    for question in [q for q in EVERY if q.kind == "stroke"]:
        way = question.path(COURSE)
        straight = [way[0], way[-1]]
        assert any(grade(question, each, COURSE).right for each in (straight, way))
        assert not grade(question, way[::-1], COURSE).right
