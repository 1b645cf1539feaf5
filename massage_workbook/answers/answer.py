"""One answer of a learner: what the store keeps, and what scheduling and mastery go by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer: when (UTC), to what, the response, the score 0-1, how sure, how long.

    The response is any value that JSON can hold; `seconds` is how long the learner took.
    """

    at: datetime
    topic: str
    question: str
    response: Any
    score: float
    sure: bool
    seconds: float
