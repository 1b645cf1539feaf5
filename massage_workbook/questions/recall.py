"""A flash card; only in a teacher's own topics."""

from typing import Any, ClassVar, Literal

from massage_workbook.course import Course
from massage_workbook.questions.kind import (
    IDS,
    Evaluation,
    Kind,
    require_at_most_one,
    require_known,
)

KNEW, FORGOT = "knew", "not"
"""The responses to a flash card."""


class RecallQuestion(Kind):
    """A flash card: the prompt is its front, `why` its back.

    Learners turn it, and say whether they knew it.
    """

    kind: Literal["recall"]
    response_type = IDS
    only_imported: ClassVar[bool] = True

    def evaluate(self, response: list[str] | None, course: Course) -> Evaluation:
        """All or nothing, as the learner says."""
        require_known("verdict", response or (), (KNEW, FORGOT))
        require_at_most_one(self, "verdict", response)
        return Evaluation(float(response == [KNEW]))

    def verdict(self, response: object, score: float) -> str:
        """Neutral words, since nothing was answered wrongly."""
        if response is None:
            return super().verdict(response, score)
        return "You knew it." if score == 1 else "Not yet: it comes back soon."

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The two responses."""
        return {"choices": [{"id": KNEW, "text": "I knew it"}, {"id": FORGOT, "text": "I did not"}]}
