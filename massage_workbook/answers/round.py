"""A round of questions: which are open, and the scores of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Self

from massage_workbook.answers.knowledge import Knowledge, to_review
from massage_workbook.answers.review import fits, reading_seconds, requeued
from massage_workbook.answers.standing import Standings
from massage_workbook.course import Course
from massage_workbook.questions import Question, Topic
from massage_workbook.questions.grading import could_harm

_BATCH = 10
"""Number of further questions from the bank."""

TopicQuestions = Sequence[tuple[Topic, Question]]


@dataclass(frozen=True)
class Round:
    """The questions of a round, and the `queue` of open ones.

    `topics` are by question id, as are `scores`, the last ones that count, and `answer_counts`, of
    all answers ever. `harmful` are ids of critical questions whose last answer could do harm.
    `seconds` are left for a learner of that `pace`.
    """

    questions: tuple[Question, ...]
    topics: Mapping[str, Topic]
    queue: tuple[Question, ...]
    scores: Mapping[str, float]
    answer_counts: Mapping[str, int]
    harmful: frozenset[str] = frozenset()
    seconds: float = inf
    pace: float = 1

    @classmethod
    def of(cls, asked: TopicQuestions, standings: Standings, scores: Mapping[str, float]) -> Self:
        """A round of the questions without a score."""
        return cls(
            questions=tuple(question for _, question in asked),
            topics={question.id: topic for topic, question in asked},
            queue=tuple(question for _, question in asked if question.id not in scores),
            scores=dict(scores),
            answer_counts={name: each.answer_count for name, each in standings.items()},
        )

    @classmethod
    def of_review(cls, course: Course, known: Knowledge, minutes: float) -> Self:
        """Today's review of so many minutes."""
        topics = {each.id: topic for topic in course.topics for each in topic.questions}
        asked = [(topics[each.id], each) for each in to_review(course, known, minutes)]
        made = cls.of(asked, known.standings, {})
        return replace(made, seconds=60 * minutes, pace=known.pace)

    def with_answer(self, score: float, seconds: float, *, repeats: bool = True) -> Self:
        """The round after an answer to its first open question, which took so many seconds."""
        name = self.queue[0].id
        harmful = self.harmful - {name}
        if repeats and could_harm(self.queue[0], score):
            harmful |= {name}
        return replace(
            self,
            scores={**self.scores, name: score},
            answer_counts={**self.answer_counts, name: self.answer_counts.get(name, 0) + 1},
            harmful=harmful,
            seconds=self.seconds - seconds,
        )

    def advanced(self, reading: float | None = None) -> Self:
        """The round without its first question, repeated later if its answer could do harm.

        Questions that could take longer than the time that is left are dropped.
        `reading` are the seconds of reading the feedback, by default the usual ones.
        """
        first, *rest = self.queue
        waiting = requeued(first, rest) if first.id in self.harmful else rest
        left = self.seconds - (reading_seconds(self.pace) if reading is None else reading)
        queue = tuple(each for each in waiting if fits(each, self.pace, left))
        names = self.scores.keys() | {each.id for each in queue}
        asked = tuple(each for each in self.questions if each.id in names)
        return replace(self, questions=asked, queue=queue, seconds=left)

    def unanswered(self, topics: Sequence[Topic]) -> TopicQuestions:
        """The questions of topics that have no score yet."""
        every = ((topic, question) for topic in topics for question in topic.questions)
        return [(topic, question) for topic, question in every if question.id not in self.scores]

    def with_more(self, topics: Sequence[Topic]) -> Self:
        """A round of further questions of topics."""
        more = self.unanswered(topics)[:_BATCH]
        asked = tuple(question for _, question in more)
        of = {question.id: topic for topic, question in more}
        return replace(self, questions=asked, topics=of, queue=asked)

    def repeated(self, *, all_of_them: bool) -> Self:
        """The round with all of its questions again, or with those that are not right yet.

        It takes as long as it takes.
        """
        open_ = (each for each in self.questions if all_of_them or self.scores[each.id] != 1)
        return replace(self, queue=tuple(open_), seconds=inf)
