"""Simulated classes, whose questions have known difficulties."""

import math
import random
from datetime import UTC, datetime

from massage_workbook.answers.answer import Answer
from massage_workbook.classroom.submission import Submission
from massage_workbook.questions import generated

from ..shipped import COURSE

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WHOLE = generated.complete(COURSE)
SINGLES = [q for topic in COURSE.topics for q in topic.questions if q.kind == "single"]


def choice(question, *, right):
    return [next(each.id for each in question.choices if each.right is right)]


def answer(question, *, right, at=NOON, sure=True, topic="topic"):
    return Answer(at, topic, question.id, choice(question, right=right), float(right), sure, 9.0)


def pseudonym(number):
    return f"{number:032x}"


def submission(number, answers):
    return Submission.of(pseudonym(number), answers, WHOLE, UTC)


def simulated(learners, questions, seed):
    """Difficulties of some questions, and answers of learners (Rasch); each is asked two thirds."""
    chance = random.Random(seed)
    difficulty = {each.id: chance.gauss(0, 1.5) for each in questions}
    histories = []
    for _ in range(learners):
        ability = chance.gauss(0, 1)
        asked = [each for each in questions if chance.random() < 2 / 3]
        histories.append(
            [
                answer(
                    each, right=chance.random() < 1 / (1 + math.exp(difficulty[each.id] - ability))
                )
                for each in asked
            ]
        )
    return difficulty, histories
