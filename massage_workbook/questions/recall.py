"""A flash card, which only a teacher's own topics have."""

from typing import Any, ClassVar, Literal

from massage_workbook.course import Course
from massage_workbook.questions.kind import IDS, Graded, Kind, at_most_one, known

KNEW, NOT = "knew", "not"
"""What is said of a flash card that was turned."""


class RecallQuestion(Kind):
    """A flash card: the prompt is its front, `why` its back.

    Whoever has turned it says whether they knew it.
    """

    kind: Literal["recall"]
    response = IDS
    of_the_course: ClassVar[bool] = False

    def graded(self, given: list[str] | None, course: Course) -> Graded:
        """Whoever turned the card says it."""
        known("verdict", given or (), (KNEW, NOT))
        at_most_one(self, "verdict", given)
        return float(given == [KNEW]), (), (), None

    def verdict(self, given: object, score: float) -> str:
        """Nobody is right or wrong who turned a card."""
        if given is None:
            return super().verdict(given, score)
        return "You knew it." if score == 1 else "Not yet: it comes back soon."

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """What can be said once the card is turned."""
        return {"choices": [{"id": KNEW, "text": "I knew it"}, {"id": NOT, "text": "I did not"}]}
