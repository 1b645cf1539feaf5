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
        answer = f"{_span(low, high)} a minute"
        if given is None:
            return 0.0, (), (), answer
        try:
            tapped = rhythm(given)
        except ValueError as error:
            raise ValueError(f'"{self.id}" has {error}') from None
        fits = tapped.fits((low, high))
        says = _on_tempo(tapped.per_minute, (low, high), fits=fits), on_steadiness(tapped)
        return (0.5 + 0.5 * tapped.is_steady if fits else 0.0), (), says, answer

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """How many taps it takes."""
        return {"fewest": FEWEST_TAPS}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """How to count it."""
        return {"hint": "Tap it beside a clock, and count for a minute.", "right": grade.answer}


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _on_tempo(per_minute: float, band: tuple[float, float], *, fits: bool) -> str:
    said = f"You tapped {per_minute:.0f} a minute"
    if fits:
        return f"{said}, within {_span(*band)}."
    edge = band[0] if per_minute < band[0] else band[1]
    return f"{said}: {_beside(per_minute / edge)} {edge:g}."


def _beside(ratio: float) -> str:
    """How fast something is, as compared: a share, or how many times where it is twice or more."""
    if ratio >= 2:  # noqa: PLR2004
        return f"about {ratio:.0f} times as fast as"
    return f"{abs(ratio - 1):.0%} {'slower' if ratio < 1 else 'faster'} than"


def on_steadiness(tapped: Rhythm) -> str:
    """How even taps were, in words."""
    if tapped.is_steady:
        return f"Steady: the gaps differ by {tapped.astray:.0%}."
    return f"Not steady yet: the gaps differ by {tapped.astray:.0%}, {STEADY:.0%} is the most."
