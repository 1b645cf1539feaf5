from itertools import accumulate

import pytest

from massage_workbook.views.tempo import tap_feedback, trainer_view
from massage_workbook.widgets.tempo import Tempo

from ..shipped import COURSE, TECHNIQUES


@pytest.mark.parametrize(
    "technique", [each for each in COURSE.techniques if each.one_pass.stops], ids=lambda t: t.id
)
def test_taps_are_compared_with_the_band_of_each_technique(technique):
    low, high = technique.tempo.per_minute
    made = trainer_view(technique)
    assert made["band"] == [low, high]
    assert technique.names.english[1:] in made["title"]
    assert f"within {low:g}" in tap_feedback(technique, taps([60 / low] * 6))[0]
    assert f"too slow, {low:g} is the least" in tap_feedback(technique, taps([80 / low] * 6))[0]
    assert f"too fast, {high:g} is the most" in tap_feedback(technique, taps([40 / high] * 6))[0]


@pytest.mark.parametrize(
    ("gaps", "steady", "drift"),
    [
        ([1, 1, 1, 1], "Steady: the gaps differ by 0%.", "You keep your tempo."),
        ([1, 1, 0.8, 0.8], "Steady: ", "You are getting quicker: 25% over these taps."),
        ([0.8, 0.8, 1, 1], "Steady: ", "You are getting slower: 20% over these taps."),
        ([1, 2, 1, 2], "Not steady yet: the gaps differ by 33%, 12% is the most.", "You keep"),
    ],
)
def test_steadiness_and_drift_are_reported(gaps, steady, drift):
    _, steadiness, change = tap_feedback(TECHNIQUES["sawing"], taps(gaps))
    assert steadiness.startswith(steady)
    assert change.startswith(drift)


def test_taps_get_feedback_and_invalid_ones_an_error():
    widget = Tempo(COURSE, "sawing")
    reply = widget.receive({"do": "taps", "taps": taps([1] * 4)})
    assert reply == {"feedback": tap_feedback(TECHNIQUES["sawing"], taps([1] * 4))}
    assert "in time" in widget.receive({"do": "taps", "taps": [3.0, 2.0, 1.0, 0.0, 0.0]})["error"]
    assert "at least 5 items" in widget.receive({"do": "taps", "taps": [1.0]})["error"]


def taps(gaps):
    """When there was a tap, in seconds."""
    return [*accumulate(gaps, initial=10.0)]


def test_a_gliding_technique_has_a_speed_instead_of_a_band():
    made = trainer_view(TECHNIQUES["planar-stroking"])
    assert made["band"] is None
    assert "how fast the hand travels" in made["why_no_beat"]
    assert "3-10 cm a second" in made["pace"]
