"""The rhythm of a technique to tap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import TechniqueId, find_item
from massage_workbook.questions.kind import Grade, Graded, Kind

FEWEST_TAPS = 5
STEADY = 0.12
"""How far taps may be from their usual gap, as a share of it (the median of all)."""
AROUND = 0.05
"""How far a tempo may be out of its band, as a share: a tap is no metronome."""


@dataclass(frozen=True)
class Rhythm:
    """Tapped beats a minute, how far gaps stray from the usual one, and how much quicker they get.

    `astray` and `drift` are shares of the gap: a drift of 0.1 ends a tenth quicker than it began.
    """

    per_minute: float
    astray: float
    drift: float

    def fits(self, band: tuple[float, float]) -> bool:
        """Whether the tempo is within a band, as nearly as a tap can be."""
        return band[0] * (1 - AROUND) <= self.per_minute <= band[1] * (1 + AROUND)

    @property
    def is_steady(self) -> bool:
        """Whether the gaps are even enough."""
        return self.astray <= STEADY


def rhythm(taps: Sequence[float]) -> Rhythm:
    """The rhythm of taps, in seconds.

    Raises:
        ValueError: they do not follow one another in time.
    """
    gaps = [after - before for before, after in pairwise(taps)]
    if min(gaps) <= 0:
        raise ValueError("taps that do not follow one another in time")
    usual, half = median(gaps), len(gaps) // 2
    astray = median(abs(gap - usual) for gap in gaps) / usual
    return Rhythm(60 / usual, astray, median(gaps[:half]) / median(gaps[-half:]) - 1)


class TempoQuestion(Kind):
    """The rhythm of a technique to tap."""

    kind: Literal["tempo"]
    technique: TechniqueId
    response = TypeAdapter(
        Annotated[
            list[Annotated[float, Field(ge=0, le=3600)]],
            Field(min_length=FEWEST_TAPS, max_length=1000),
        ]
    )
    in_words: ClassVar[bool] = False

    def graded(self, given: list[float] | None, course: Course) -> Graded:
        """The usual gap between taps decides on the tempo, how far they stray on its evenness."""
        low, high = find_item("technique", self.technique, course.techniques).tempo.per_minute
        answer = {"words": f"{_span(low, high)} a minute", "per_minute": (low + high) / 2}
        if given is None:
            return 0.0, (), (), answer
        try:
            tapped = rhythm(given)
        except ValueError as error:
            raise ValueError(f'"{self.id}" has {error}') from None
        says = on_tempo(tapped, (low, high)), on_steadiness(tapped)
        score = 0.5 + 0.5 * tapped.is_steady if tapped.fits((low, high)) else 0.0
        return score, (), says, answer

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """How many taps it takes."""
        return {"fewest": FEWEST_TAPS}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """How to count it."""
        return {
            "hint": "Tap it beside a clock, and count for a minute.",
            "right": grade.answer["words"],
        }


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def on_tempo(tapped: Rhythm, band: tuple[float, float]) -> str:
    """How fast taps were beside a band, in words."""
    said = f"You tapped {tapped.per_minute:.0f} a minute"
    if tapped.fits(band):
        return f"{said}, within {_span(*band)}."
    if tapped.per_minute < band[0]:
        return f"{said}: too slow, {band[0]:g} is the least."
    return f"{said}: too fast, {band[1]:g} is the most."


def on_steadiness(tapped: Rhythm) -> str:
    """How even taps were, in words."""
    if tapped.is_steady:
        return f"Steady: the gaps differ by {tapped.astray:.0%}."
    return f"Not steady yet: the gaps differ by {tapped.astray:.0%}, {STEADY:.0%} is the most."
