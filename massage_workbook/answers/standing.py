"""How a learner stands with each question: how often it was answered, and how the last time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from massage_workbook.answers.answer import Answer


@dataclass(frozen=True)
class Standing:
    """How a learner stands with one question.

    `times` it was answered, `at`, `score` and `sure` of the last answer.
    """

    times: int
    at: datetime
    score: float
    sure: bool

    @property
    def right(self) -> bool:
        """Whether the last answer was right."""
        return self.score == 1


Standings = Mapping[str, Standing]
"""How a learner stands with each question that was answered, by its id."""


def after(answer: Answer, before: Standing | None) -> Standing:
    """The standing after one more answer, given no earlier than those before it."""
    times = before.times + 1 if before else 1
    return Standing(times, answer.at, answer.score, answer.sure)
