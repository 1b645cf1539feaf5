"""The curve of what is known."""

from datetime import UTC, timedelta

import pytest

from massage_workbook.answers.curve import AHEAD, BACK, knowledge_curve
from massage_workbook.answers.knowledge import Knowledge

from ..shipped import COURSE
from .banks import MONDAY, answer

TOPIC = next(topic for topic in COURSE.topics if topic.id == "stroking")
NOW = MONDAY + timedelta(days=9)


def around(answers, minutes=5):
    known = Knowledge.of(COURSE, answers, {}, NOW)
    return knowledge_curve(COURSE, known, minutes, UTC)


def test_the_curve_rises_with_answers_and_falls_without():
    answers = [
        answer(question.id, MONDAY + timedelta(days=number % 3))
        for number, question in enumerate(TOPIC.questions)
    ]
    found = around(answers)
    assert len(found.days) == len(found.known) == found.today + 1 + AHEAD
    assert found.days[found.today] == NOW.date()
    assert found.known[0] == 0
    assert found.known[1] < found.known[3]
    fading = list(found.known[found.today :])
    assert fading == sorted(fading, reverse=True)
    assert found.with_review[0] == fading[0]
    assert found.with_review[-1] > fading[-1]


def test_longer_reviews_retain_more():
    answers = [answer(q.id, score=0.0) for topic in COURSE.topics for q in topic.questions]
    few, many = around(answers, 3), around(answers, 15)
    assert few.with_review[-1] < many.with_review[-1]


def test_the_curve_needs_answers_of_the_last_months():
    old = answer(TOPIC.questions[0].id, MONDAY - timedelta(days=999))
    assert around([old]).today == BACK
    with pytest.raises(ValueError, match="no answers"):
        around([answer("retired")])
