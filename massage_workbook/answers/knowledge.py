"""The knowledge of a learner on a day, derived from the answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import Memory, concept, memories
from massage_workbook.answers.review import (
    due,
    next_due_day,
    pace,
    reading_seconds,
    review_questions,
)
from massage_workbook.answers.standing import Standings
from massage_workbook.course import Course
from massage_workbook.questions import Question


@dataclass(frozen=True)
class Knowledge:
    """The knowledge of a learner on a `day`, derived from all `answers` so far.

    `memories` are by concept, for concepts of the course. `pace` is the learner's, and
    `seconds_today` the time of today's answers, including reading the feedback.
    """

    day: date
    answers: Sequence[Answer]
    standings: Standings
    memories: Mapping[str, Memory]
    pace: float
    seconds_today: float

    @classmethod
    def of(
        cls, course: Course, answers: Sequence[Answer], standings: Standings, now: datetime
    ) -> Self:
        """The knowledge at `now`, which is in the learner's time zone."""
        questions = questions_of(course)
        names = {question.id for question in questions}
        today = [
            each.seconds
            for each in answers
            if each.question in names and each.at.astimezone(now.tzinfo).date() == now.date()
        ]
        own_pace = pace(answers, questions)
        return cls(
            day=now.date(),
            answers=answers,
            standings=standings,
            memories=memories(answers, questions, now.tzinfo),
            pace=own_pace,
            seconds_today=sum(today) + len(today) * reading_seconds(own_pace),
        )

    def minutes_left(self, minutes: float) -> float:
        """How much of the daily `minutes` is left today."""
        return max(0.0, minutes - self.seconds_today / 60)


def questions_of(course: Course) -> list[Question]:
    """Every question of a course."""
    return [question for topic in course.topics for question in topic.questions]


def reviewable_questions(course: Course, known: Knowledge) -> list[Question]:
    """The questions that a review may ask: all about concepts of topics with an answer."""
    started = [topic for topic in course.topics if _is_started(topic.questions, known.standings)]
    concepts = {*known.memories, *(concept(each) for topic in started for each in topic.questions)}
    return [question for question in questions_of(course) if concept(question) in concepts]


def _is_started(questions: Iterable[Question], standings: Standings) -> bool:
    return any(question.id in standings for question in questions)


def is_review_due(course: Course, known: Knowledge) -> bool:
    """Whether a concept that was asked before is due today."""
    return any(
        concept(question) in known.memories
        and due(known.memories[concept(question)], known.day, critical=question.critical)
        for question in questions_of(course)
    )


def next_review_day(course: Course, known: Knowledge) -> date | None:
    """The next day on which a known concept is due; None if none is within a year."""
    return next_due_day(questions_of(course), known.memories, known.day)


def to_review(course: Course, known: Knowledge, minutes: float) -> list[Question]:
    """The questions of a review today."""
    return review_questions(
        reviewable_questions(course, known), known.memories, known.day, known.pace, minutes
    )
