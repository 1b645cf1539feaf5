"""A short situation that asks for a decision."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Literal, Self, get_args

from pydantic import Field, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Text
from massage_workbook.questions.choices import choices_for_print
from massage_workbook.questions.kind import (
    IDS,
    Evaluation,
    Grade,
    Kind,
    Remark,
    require_at_most_one,
    require_known,
)

Decision = Literal["go", "adapt", "keep off", "ask a doctor", "stop", "emergency"]
"""From the most daring to the most careful."""
DECISIONS: tuple[Decision, ...] = get_args(Decision)
DECISION_LABELS: dict[Decision, str] = {
    "go": "Go ahead as planned",
    "adapt": "Massage, with something changed",
    "keep off": "Massage, and leave a place out",
    "ask a doctor": "No massage until a doctor has agreed",
    "stop": "No massage today; stop if you have begun",
    "emergency": "Call the local emergency number",
}
CAREFUL_SCORE = 0.5
"""The score of a decision that is safe, but more careful than needed."""


class CaseQuestion(Kind):
    """A short situation that asks for a decision.

    `too_daring` is the feedback on less careful decisions than the `right` one, `too_careful` on
    more careful ones; `feedback` replaces it for single decisions.
    """

    kind: Literal["case"]
    response_type = IDS
    safe_score: ClassVar[float] = CAREFUL_SCORE
    right: Decision
    too_daring: Text | None = None
    too_careful: Text | None = None
    feedback: dict[Decision, Text] = Field(default_factory=dict)

    def evaluate(self, response: list[str] | None, course: Course) -> Evaluation:
        """Too daring is wrong; too careful is safe, and counts half."""
        require_known("decision", response or (), DECISIONS)
        require_at_most_one(self, "decision", response)
        remarks = self.remarks(response or ())
        if not response:
            return Evaluation(0, remarks)
        care = DECISIONS.index(response[0]) - DECISIONS.index(self.right)
        return Evaluation(1 if care == 0 else CAREFUL_SCORE if care > 0 else 0, remarks)

    def remarks(self, chosen: Collection[str] = ()) -> tuple[Remark, ...]:
        """The remark on each decision."""
        right = DECISIONS.index(self.right)
        return tuple(
            Remark(decision, decision in chosen, place == right, self._feedback_on(place - right))
            for place, decision in enumerate(DECISIONS)
        )

    def _feedback_on(self, care: int) -> str | None:
        """The feedback on a decision `care` steps more careful than the right one."""
        if care == 0:
            return None
        decision = DECISIONS[DECISIONS.index(self.right) + care]
        return self.feedback.get(decision, self.too_careful if care > 0 else self.too_daring)

    def verdict(self, response: object, score: float) -> str:
        """Too careful is not a mistake."""
        if score == CAREFUL_SCORE:
            return "Safe, but more careful than is needed."
        return super().verdict(response, score)

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """All decisions, from the most daring."""
        return {"choices": [{"id": each, "text": text} for each, text in DECISION_LABELS.items()]}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The decisions with letters."""
        return choices_for_print(controls["choices"], grade)

    def option_texts(self) -> list[str]:
        """All decisions."""
        return [*DECISION_LABELS.values()]

    def solution_texts(self) -> list[str]:
        """The right decision."""
        return [DECISION_LABELS[self.right]]

    @model_validator(mode="after")
    def _has_feedback(self) -> Self:
        place = DECISIONS.index(self.right)
        if self.too_daring is None and place > 0:
            raise ValueError("say in too_daring what is wrong with caring less")
        if self.too_careful is None and place < len(DECISIONS) - 1:
            raise ValueError("say in too_careful why less care is enough")
        if self.right in self.feedback:
            raise ValueError(f'"{self.right}" is right here; give its reason in why')
        return self
