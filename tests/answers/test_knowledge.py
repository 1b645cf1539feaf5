"""The knowledge of a learner on a day."""

from datetime import timedelta

from massage_workbook.answers.knowledge import (
    Knowledge,
    is_review_due,
    next_review_day,
    reviewable_questions,
    to_review,
)
from massage_workbook.answers.memory import concept
from massage_workbook.answers.standing import updated_standing
from massage_workbook.questions import generated

from ..shipped import COURSE
from .banks import MONDAY, answer

WHOLE = COURSE.model_copy(update={"topics": (*COURSE.topics, *generated.topics(COURSE))})
TOPIC = next(topic for topic in COURSE.topics if topic.id == "stroking")


def knowing(answers, now=MONDAY):
    return Knowledge.of(
        WHOLE, answers, {a.question: updated_standing(a, None) for a in answers}, now
    )


def test_a_review_asks_only_about_started_topics():
    known = knowing([answer(TOPIC.questions[0].id)])
    concepts = {concept(question) for question in TOPIC.questions}
    asked = reviewable_questions(WHOLE, known)
    assert {concept(question) for question in asked} == concepts
    assert any(question.id.startswith("made-") for question in asked)
    assert reviewable_questions(WHOLE, knowing([])) == []


def test_answers_of_today_count_as_time_spent():
    answers = [answer(TOPIC.questions[0].id, seconds=54), answer("retired", seconds=54)]
    known = knowing(answers)
    assert 60 <= known.seconds_today < 70
    assert 3.8 < known.minutes_left(5) <= 4
    assert knowing(answers, MONDAY + timedelta(days=1)).seconds_today == 0


def test_no_review_is_due_before_the_next_review_day():
    answers = [answer(question.id) for question in TOPIC.questions]
    known = knowing(answers)
    assert not is_review_due(WHOLE, known)
    day = next_review_day(WHOLE, known)
    days = (day - MONDAY.date()).days
    assert not is_review_due(WHOLE, knowing(answers, MONDAY + timedelta(days=days - 1)))
    later = knowing(answers, MONDAY + timedelta(days=days))
    assert is_review_due(WHOLE, later)
    assert to_review(WHOLE, later, 5)
    assert next_review_day(WHOLE, knowing([])) is None
