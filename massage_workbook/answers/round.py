"""Questions asked one after the other: which are still open, and how the others were answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Self

from massage_workbook.answers.knowledge import Knowledge, to_review
from massage_workbook.answers.review import fits, reading_seconds, returning
from massage_workbook.answers.standing import Standings
from massage_workbook.course import Course
from massage_workbook.questions import Question, Topic
from massage_workbook.questions.grading import could_harm

MORE = 10
"""Questions of a set that goes on into the bank."""

TopicQuestions = Sequence[tuple[Topic, Question]]


@dataclass(frozen=True)
class Round:
    """The questions of a round, and `queue`, those that are still to be asked.

    `topics` are those of the questions by their ids, `scores` the last ones that count. `times` is
    how often each was ever answered, and `harmful` the ids of the critical ones whose last answer
    could do harm. `seconds` are left for a learner of that `pace`.
    """

    questions: tuple[Question, ...]
    topics: Mapping[str, Topic]
    queue: tuple[Question, ...]
    scores: Mapping[str, float]
    times: Mapping[str, int]
    harmful: frozenset[str] = frozenset()
    seconds: float = inf
    pace: float = 1

    @classmethod
    def of(cls, asked: TopicQuestions, standings: Standings, scores: Mapping[str, float]) -> Self:
        """Ask these, but for those that have a score already."""
        return cls(
            questions=tuple(question for _, question in asked),
            topics={question.id: topic for topic, question in asked},
            queue=tuple(question for _, question in asked if question.id not in scores),
            scores=dict(scores),
            times={name: each.times for name, each in standings.items()},
        )

    @classmethod
    def of_review(cls, course: Course, known: Knowledge, minutes: float) -> Self:
        """Today's review, which takes so many minutes."""
        topics = {each.id: topic for topic in course.topics for each in topic.questions}
        asked = [(topics[each.id], each) for each in to_review(course, known, minutes)]
        made = cls.of(asked, known.standings, {})
        return replace(made, seconds=60 * minutes, pace=known.pace)

    def answered(self, score: float, seconds: float, *, comes_back: bool = True) -> Self:
        """The same once its first open question was answered, which took so many seconds."""
        name = self.queue[0].id
        harmful = self.harmful - {name}
        if comes_back and could_harm(self.queue[0], score):
            harmful |= {name}
        return replace(
            self,
            scores={**self.scores, name: score},
            times={**self.times, name: self.times.get(name, 0) + 1},
            harmful=harmful,
            seconds=self.seconds - seconds - reading_seconds(self.pace),
        )

    def without_first(self) -> Self:
        """Go on from the first question; one that harmful comes back after a few others.

        What does not fit into the time any more is asked another day.
        """
        first, *rest = self.queue
        queue = returning(first, rest) if first.id in self.harmful else rest
        if queue and not fits(queue[0], self.pace, self.seconds):
            asked = tuple(each for each in self.questions if each.id in self.scores)
            return replace(self, questions=asked, queue=())
        return replace(self, queue=tuple(queue))

    def bank(self, topics: Sequence[Topic]) -> TopicQuestions:
        """The questions of topics that were not answered yet."""
        every = ((topic, question) for topic in topics for question in topic.questions)
        return [(topic, question) for topic, question in every if question.id not in self.scores]

    def with_more(self, topics: Sequence[Topic]) -> Self:
        """Go on with a set from the bank of topics."""
        more = self.bank(topics)[:MORE]
        asked = tuple(question for _, question in more)
        of = {question.id: topic for topic, question in more}
        return replace(self, questions=asked, topics=of, queue=asked)

    def again(self, *, all_of_them: bool) -> Self:
        """Ask all of them again, or those that are not right yet."""
        open_ = (each for each in self.questions if all_of_them or self.scores[each.id] != 1)
        return replace(self, queue=tuple(open_))
