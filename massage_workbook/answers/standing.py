"""The standing of a question: number of answers, and the last one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from massage_workbook.answers.answer import Answer


@dataclass(frozen=True)
class Standing:
    """The number of answers to a question, and time, score and sureness of the last one."""

    answer_count: int
    at: datetime
    score: float
    sure: bool

    @property
    def right(self) -> bool:
        """Whether the last answer was right."""
        return self.score == 1


Standings = Mapping[str, Standing]
"""The standing of each answered question, by its id."""


def updated_standing(answer: Answer, before: Standing | None) -> Standing:
    """The standing after one more answer, which is the latest."""
    count = before.answer_count + 1 if before else 1
    return Standing(count, answer.at, answer.score, answer.sure)
