"""Questions that are made from the course's data."""

import pytest

from massage_workbook import practice
from massage_workbook.grading import grade, way_of

from .shipped import COURSE

TOPICS = practice.topics(COURSE)
EVERY = [question for topic in TOPICS for question in topic.questions]
CORE = {each.id for each in COURSE.techniques if each.standing == "core"}


def test_each_core_technique_is_asked_by_hands_contact_and_tempo():
    for kind in ("hands", "contact", "tempo"):
        assert {f"made-{kind}-{name}" for name in CORE} <= {question.id for question in EVERY}


def test_each_zone_is_asked_for_its_rule():
    assert {f"made-zone-{zone.id}" for zone in COURSE.zones} <= {each.id for each in EVERY}


def test_ids_come_from_what_is_asked_about_and_meet_none_of_the_bank():
    ids = [question.id for question in EVERY]
    written = {question.id for topic in COURSE.topics for question in topic.questions}
    assert len(set(ids)) == len(ids)
    assert not set(ids) & written
    assert all(each.id.endswith(each.about[0]) for each in EVERY)


@pytest.mark.parametrize("question", [q for q in EVERY if q.kind == "single"], ids=lambda q: q.id)
def test_a_made_question_has_choices_that_differ(question):
    texts = [choice.text for choice in question.choices]
    assert len(set(texts)) == len(texts) >= 3


@pytest.mark.parametrize("question", [q for q in EVERY if q.kind == "stroke"], ids=lambda q: q.id)
def test_the_course_s_own_stroke_is_right_and_its_reverse_is_not(question):
    way = way_of(question, COURSE)
    assert grade(question, [way[0], way[-1]], COURSE).right or grade(question, way, COURSE).right
    assert not grade(question, way[::-1], COURSE).right
