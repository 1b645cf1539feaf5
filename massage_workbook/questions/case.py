"""A short situation, and what to do about it."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Literal, Self, get_args

from pydantic import Field, model_validator

from massage_workbook.course import Course
from massage_workbook.course.model import Text
from massage_workbook.questions.choosing import chosen_on_paper
from massage_workbook.questions.kind import IDS, Grade, Graded, Kind, Remark, at_most_one, known

Decision = Literal["go", "adapt", "keep off", "ask a doctor", "stop", "emergency"]
"""What to do with a situation, from the most daring to the most careful."""
DECISIONS: tuple[Decision, ...] = get_args(Decision)
IN_WORDS: dict[Decision, str] = {
    "go": "Go ahead as planned",
    "adapt": "Massage, with something changed",
    "keep off": "Massage, and leave a place out",
    "ask a doctor": "No massage until a doctor has agreed",
    "stop": "No massage today; stop if you have begun",
    "emergency": "Call the local emergency number",
}
CAREFUL = 0.5
"""The score of a decision that is safe, but more careful than the situation asks for."""


class CaseQuestion(Kind):
    """A short situation, and what to do about it.

    `too_daring` answers every decision that is less careful than the `right` one, `too_careful`
    every one that is more so; `feedback` has a word of its own for single decisions.
    """

    kind: Literal["case"]
    response = IDS
    enough: ClassVar[float] = CAREFUL
    right: Decision
    too_daring: Text | None = None
    too_careful: Text | None = None
    feedback: dict[Decision, Text] = Field(default_factory=dict)

    def graded(self, given: list[str] | None, course: Course) -> Graded:
        """Too daring is wrong; too careful is safe, and half a right answer."""
        known("decision", given or (), DECISIONS)
        at_most_one(self, "decision", given)
        remarks = self.remarks(given or ())
        if not given:
            return 0.0, remarks, (), None
        care = DECISIONS.index(given[0]) - DECISIONS.index(self.right)
        return (1.0 if care == 0 else CAREFUL if care > 0 else 0.0), remarks, (), None

    def remarks(self, chosen: Collection[str] = ()) -> tuple[Remark, ...]:
        """What there is to say of each decision."""
        right = DECISIONS.index(self.right)
        return tuple(
            Remark(decision, decision in chosen, place == right, self._on(place - right))
            for place, decision in enumerate(DECISIONS)
        )

    def _on(self, care: int) -> str | None:
        """What to say of a decision that is so many places more careful than the right one."""
        if care == 0:
            return None
        decision = DECISIONS[DECISIONS.index(self.right) + care]
        return self.feedback.get(decision, self.too_careful if care > 0 else self.too_daring)

    def verdict(self, given: object, score: float) -> str:
        """Being too careful is no mistake."""
        if score == CAREFUL:
            return "Safe, but more careful than is needed."
        return super().verdict(given, score)

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """All decisions, from the most daring."""
        return {"choices": [{"id": each, "text": text} for each, text in IN_WORDS.items()]}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The decisions by letters."""
        return chosen_on_paper(controls["choices"], grade)

    def offers(self) -> list[str]:
        """All decisions."""
        return [*IN_WORDS.values()]

    def solution(self) -> list[str]:
        """The right decision."""
        return [IN_WORDS[self.right]]

    @model_validator(mode="after")
    def _teaches(self) -> Self:
        place = DECISIONS.index(self.right)
        if self.too_daring is None and place > 0:
            raise ValueError("say in too_daring what is wrong with caring less")
        if self.too_careful is None and place < len(DECISIONS) - 1:
            raise ValueError("say in too_careful why less care is enough")
        if self.right in self.feedback:
            raise ValueError(f'"{self.right}" is right here; its reason stands in why')
        return self
