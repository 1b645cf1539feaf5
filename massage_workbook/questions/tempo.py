"""The tempo of a technique to tap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import TechniqueId, find_item
from massage_workbook.questions.kind import Evaluation, Grade, Kind

MIN_TAPS = 5
MAX_JITTER = 0.12
"""Maximum jitter of steady taps."""
_TOLERANCE = 0.05
"""Tolerance of a tempo outside of its band, as a share."""


@dataclass(frozen=True)
class Rhythm:
    """The tempo of taps in beats a minute, and how even they are.

    `jitter` is the median deviation of the gaps from their median, as a share of it. `drift` is the
    change of tempo from the first half to the second: 0.1 ends a tenth quicker than it began.
    """

    per_minute: float
    jitter: float
    drift: float

    def fits(self, band: tuple[float, float]) -> bool:
        """Whether the tempo is within a band, with tolerance."""
        return band[0] * (1 - _TOLERANCE) <= self.per_minute <= band[1] * (1 + _TOLERANCE)

    @property
    def is_steady(self) -> bool:
        """Whether the gaps are even."""
        return self.jitter <= MAX_JITTER


def rhythm(taps: Sequence[float]) -> Rhythm:
    """The rhythm of taps, given their times in seconds.

    Raises:
        ValueError: the times do not increase.
    """
    gaps = [after - before for before, after in pairwise(taps)]
    if min(gaps) <= 0:
        raise ValueError("taps that do not follow one another in time")
    usual, half = median(gaps), len(gaps) // 2
    jitter = median(abs(gap - usual) for gap in gaps) / usual
    return Rhythm(60 / usual, jitter, median(gaps[:half]) / median(gaps[-half:]) - 1)


class TempoQuestion(Kind):
    """The tempo of a technique to tap."""

    kind: Literal["tempo"]
    technique: TechniqueId
    response_type = TypeAdapter(
        Annotated[
            list[Annotated[float, Field(ge=0, le=3600)]],
            Field(min_length=MIN_TAPS, max_length=1000),
        ]
    )
    is_textual: ClassVar[bool] = False

    def evaluate(self, response: list[float] | None, course: Course) -> Evaluation:
        """A wrong tempo counts 0, a right one without steadiness half."""
        low, high = find_item("technique", self.technique, course.techniques).tempo.per_minute
        answer = {"words": f"{span(low, high)} a minute", "per_minute": (low + high) / 2}
        if response is None:
            return Evaluation(0, answer=answer)
        try:
            tapped = rhythm(response)
        except ValueError as error:
            raise ValueError(f'"{self.id}" has {error}') from None
        fits = tapped.fits((low, high))
        feedback = (
            _tempo_feedback(tapped.per_minute, (low, high), fits=fits),
            steadiness_feedback(tapped),
        )
        score = 0.5 + 0.5 * tapped.is_steady if fits else 0
        return Evaluation(score, feedback=feedback, answer=answer)

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The minimum number of taps."""
        return {"min_taps": MIN_TAPS}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """How to count the taps."""
        return {
            "hint": "Tap it beside a clock, and count for a minute.",
            "right": grade.answer["words"],
        }


def span(low: float, high: float) -> str:
    """A range of tempo in words; one number where its ends are the same."""
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _tempo_feedback(per_minute: float, band: tuple[float, float], *, fits: bool) -> str:
    statement = f"You tapped {per_minute:.0f} a minute"
    if fits:
        return f"{statement}, within {span(*band)}."
    edge = band[0] if per_minute < band[0] else band[1]
    return f"{statement}: {_beside(per_minute / edge)} {edge:g}."


def _beside(ratio: float) -> str:
    """How fast something is, as compared: a share, or how many times where it is twice or more."""
    if ratio >= 2:  # noqa: PLR2004
        return f"about {ratio:.0f} times as fast as"
    return f"{abs(ratio - 1):.0%} {'slower' if ratio < 1 else 'faster'} than"


def steadiness_feedback(tapped: Rhythm) -> str:
    """Feedback on the steadiness of taps."""
    if tapped.is_steady:
        return f"Steady: the gaps differ by {tapped.jitter:.0%}."
    return f"Not steady yet: the gaps differ by {tapped.jitter:.0%}, {MAX_JITTER:.0%} is the most."
