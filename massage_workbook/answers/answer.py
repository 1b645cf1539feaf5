"""One answer of a learner."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer of a learner.

    `at` is its time (UTC), `response` any JSON value, `score` 0-1, `sure` whether the learner was,
    and `seconds` how long it took.
    """

    at: datetime
    topic: str
    question: str
    response: Any
    score: float
    sure: bool
    seconds: float
