"""The tempo trainer of a technique, and feedback on taps."""

from collections.abc import Sequence
from typing import Any

from massage_workbook.course.model import uncapitalised
from massage_workbook.course.schema import Technique
from massage_workbook.questions.tempo import (
    MAX_JITTER,
    MIN_TAPS,
    Rhythm,
    rhythm,
    span,
    steadiness_feedback,
)
from massage_workbook.views.technique import tempo_in_words

_MIN_DRIFT = 0.05
"""Minimum relative change of tempo that is reported as drift."""


def trainer_view(technique: Technique) -> dict[str, Any]:
    """The trainer: the tempo range, the tolerance of taps, and their minimum number."""
    name, band = uncapitalised(technique.names.english), technique.tempo.per_minute
    common = {"title": f"The tempo of {name}", "pace": tempo_in_words(technique)}
    if technique.glides:
        why = "There is no beat to keep here: what counts is how fast the hand travels."
        return {**common, "band": None, "why_no_beat": why}
    return {**common, "band": [*band], "max_jitter": MAX_JITTER, "min_taps": MIN_TAPS}


def tap_feedback(technique: Technique, taps: Sequence[float]) -> list[str]:
    """Feedback on the tempo, steadiness and drift of taps; `taps` are times in seconds.

    Raises:
        ValueError: the times do not increase.
    """
    tapped = rhythm(taps)
    return [
        _on_tempo(tapped, technique.tempo.per_minute),
        steadiness_feedback(tapped),
        _on_drift(tapped),
    ]


def _on_tempo(tapped: Rhythm, band: tuple[float, float]) -> str:
    statement = f"You tap {tapped.per_minute:.0f} a minute"
    if tapped.fits(band):
        return f"{statement}, within {span(*band)}."
    if tapped.per_minute < band[0]:
        return f"{statement}: too slow, {band[0]:g} is the least."
    return f"{statement}: too fast, {band[1]:g} is the most."


def _on_drift(tapped: Rhythm) -> str:
    if abs(tapped.drift) < _MIN_DRIFT:
        return "You keep your tempo."
    how = "quicker" if tapped.drift > 0 else "slower"
    return f"You are getting {how}: {abs(tapped.drift):.0%} over these taps."
