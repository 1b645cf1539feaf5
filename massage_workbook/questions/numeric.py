"""Common parts of the kinds that are answered with a number."""

from typing import Annotated, Self

from pydantic import AfterValidator

from massage_workbook.course import Course
from massage_workbook.course.model import Model, Number, Text, ascending
from massage_workbook.questions.kind import Evaluation, Kind


class JudgedRange(Model):
    """A range of numbers that is right or wrong, with its feedback.

    The lower end belongs to the range, and the upper one unless `open_end` is set.
    """

    between: Annotated[tuple[Number, Number], AfterValidator(ascending)]
    open_end: bool = False
    right: bool = False
    feedback: Text | None = None

    def contains(self, number: float) -> bool:
        """Whether a number is in the range."""
        low, high = self.between
        return low <= number and (number < high if self.open_end else number <= high)

    def overlaps(self, other: Self) -> bool:
        """Whether the ranges touch or overlap."""
        return self.between[0] <= other.between[1] and other.between[0] <= self.between[1]

    def covers(self, other: Self) -> bool:
        """Whether the range contains every number of the other one."""
        (low, high), (first, last) = self.between, other.between
        return low <= first and (self.contains(last) or (last == high and other.open_end))

    @property
    def in_words(self) -> str:
        """The range in words, such as `3 to less than 5`."""
        low, high = (f"{end:.12g}" for end in self.between)
        if low == high:
            return low
        return f"{low} to less than {high}" if self.open_end else f"{low} to {high}"


class NumericKind(Kind):
    """A question about a number.

    The first of its `verdicts` (ranges) that contains the number decides; if none does, the number
    is wrong, and `otherwise` is the feedback.
    """

    def verdict_on(self, number: float) -> JudgedRange | None:
        """The range that decides on a number; None if there is none."""
        return next((each for each in self.verdicts if each.contains(number)), None)

    def evaluate(self, response: float | None, course: Course) -> Evaluation:
        """All or nothing, with the feedback of the range."""
        (answer,) = self.solution_texts()
        if response is None:
            return Evaluation(0, answer=answer)
        verdict = self.verdict_on(response)
        feedback = verdict and verdict.feedback
        if verdict is None or not verdict.right:
            return Evaluation(0, feedback=(feedback or self.otherwise,), answer=answer)
        more = (feedback,) if feedback not in {None, self.why} else ()
        return Evaluation(1, feedback=more, answer=answer)
