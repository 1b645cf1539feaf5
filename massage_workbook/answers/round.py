"""Questions asked one after the other: which are still open, and how the others were answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from massage_workbook.answers.mastery import Standings
from massage_workbook.answers.scheduling import Standing, due
from massage_workbook.course import Course
from massage_workbook.questions import Question, Topic
from massage_workbook.questions.grading import misleads

Asked = Sequence[tuple[Topic, Question]]


@dataclass(frozen=True)
class Round:
    """The questions of a round, and `queue`, those that are still to be asked.

    `topics` are those of the questions by their ids, `scores` the last ones that count. `times` is
    how often each was ever answered, and `misled` the ids of those that were answered surely and
    wrongly although they are critical.
    """

    questions: tuple[Question, ...]
    topics: Mapping[str, Topic]
    queue: tuple[Question, ...]
    scores: Mapping[str, float]
    times: Mapping[str, int]
    misled: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, asked: Asked, standings: Standings, scores: Mapping[str, float]) -> Self:
        """Ask these, but for those that have a score already."""
        return cls(
            questions=tuple(question for _, question in asked),
            topics={question.id: topic for topic, question in asked},
            queue=tuple(question for _, question in asked if question.id not in scores),
            scores=dict(scores),
            times={name: each.times for name, each in standings.items()},
        )

    def answered(self, score: float, *, sure: bool) -> Self:
        """The same once its first open question was answered."""
        name = self.queue[0].id
        misled = self.misled - {name}
        if sure and misleads(self.queue[0], score):
            misled |= {name}
        return replace(
            self,
            scores={**self.scores, name: score},
            times={**self.times, name: self.times.get(name, 0) + 1},
            misled=misled,
        )

    def without_first(self) -> Self:
        """Go on from the first question; one that misled comes back at the end."""
        first, *rest = self.queue
        return replace(self, queue=(*rest, first) if first.id in self.misled else tuple(rest))

    def again(self, *, all_of_them: bool) -> Self:
        """Ask all of them again, or those that are not right yet."""
        open_ = (each for each in self.questions if all_of_them or self.scores[each.id] != 1)
        return replace(self, queue=tuple(open_))


def waiting(course: Course, standings: Standings, now: datetime) -> list[tuple[Topic, Question]]:
    """The questions whose time has come, critical ones first, with their topics."""
    known = _known(course)
    critical = {name for name, (_, question) in known.items() if question.critical}
    return [known[name] for name in due(of_course(standings, course), now, critical)]


def of_course(standings: Standings, course: Course) -> dict[str, Standing]:
    """Those of questions that the course still has."""
    known = _known(course)
    return {name: each for name, each in standings.items() if name in known}


def _known(course: Course) -> dict[str, tuple[Topic, Question]]:
    """Every question by its id, with its topic."""
    return {q.id: (topic, q) for topic in course.topics for q in topic.questions}
