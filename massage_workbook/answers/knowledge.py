"""What a learner's answers say on a day: of each question, of each concept, and of the pace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.memory import Memory, concept, memories
from massage_workbook.answers.review import due, next_day, pace, reading_seconds, review
from massage_workbook.answers.standing import Standings
from massage_workbook.course import Course
from massage_workbook.questions import Question


@dataclass(frozen=True)
class Knowledge:
    """What is known on the learner's `day`, from all `answers` so far.

    `memories` are those of concepts that the course has, by their ids; `pace` is the learner's, and
    `spent` are the seconds that today's answers took, with reading what was said of them.
    """

    day: date
    answers: Sequence[Answer]
    standings: Standings
    memories: Mapping[str, Memory]
    pace: float
    spent: float

    @classmethod
    def of(
        cls, course: Course, answers: Sequence[Answer], standings: Standings, now: datetime
    ) -> Self:
        """What these answers say at a moment, which is told in the learner's own time zone."""
        questions = questions_of(course)
        names = {question.id for question in questions}
        today = [
            each.seconds
            for each in answers
            if each.question in names and each.at.astimezone(now.tzinfo).date() == now.date()
        ]
        its_pace = pace(answers, questions)
        return cls(
            day=now.date(),
            answers=answers,
            standings=standings,
            memories=memories(answers, questions, now.tzinfo),
            pace=its_pace,
            spent=sum(today) + len(today) * reading_seconds(its_pace),
        )

    def minutes_left(self, minutes: float) -> float:
        """What is left today of so many minutes a day."""
        return max(0.0, minutes - self.spent / 60)


def questions_of(course: Course) -> list[Question]:
    """Every question of a course."""
    return [question for topic in course.topics for question in topic.questions]


def begun(course: Course, known: Knowledge) -> list[Question]:
    """The questions that a review may ask: of topics that were begun, and their siblings."""
    open_ = [topic for topic in course.topics if _is_begun(topic.questions, known.standings)]
    concepts = {*known.memories, *(concept(each) for topic in open_ for each in topic.questions)}
    return [question for question in questions_of(course) if concept(question) in concepts]


def _is_begun(questions: Iterable[Question], standings: Standings) -> bool:
    return any(question.id in standings for question in questions)


def fades(course: Course, known: Knowledge) -> bool:
    """Whether something is due today that was asked about before."""
    return any(
        concept(question) in known.memories
        and due(known.memories[concept(question)], known.day, critical=question.critical)
        for question in questions_of(course)
    )


def next_review_day(course: Course, known: Knowledge) -> date | None:
    """The next day on which something is due that was asked before; None if nothing is for long."""
    return next_day(questions_of(course), known.memories, known.day)


def to_review(course: Course, known: Knowledge, minutes: float) -> list[Question]:
    """The questions of a review today."""
    return review(begun(course, known), known.memories, known.day, known.pace, minutes)
