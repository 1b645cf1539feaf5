"""A technique's tempo, to hear and to tap."""

from typing import Any

from massage_workbook.course.model import uncapitalised
from massage_workbook.course.schema import Technique
from massage_workbook.questions.tempo import AROUND, FEWEST_TAPS, STEADY
from massage_workbook.views.technique import pace


def trainer(technique: Technique) -> dict[str, Any]:
    """What the page needs; in its words `#` stands for what only the page knows."""
    name, band = uncapitalised(technique.names.english), technique.tempo.per_minute
    common = {"title": f"The tempo of {name}", "pace": pace(technique)}
    if technique.one_pass.stops is None:
        says = "There is no beat to keep here: what counts is how fast the hand travels."
        return {**common, "band": None, "says": says}
    low, high = band
    within = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return {
        **common,
        "band": [low, high],
        "around": AROUND,
        "steady": STEADY,
        "fewest": FEWEST_TAPS,
        "says": {
            "fits": f"You tap # a minute, within {within}.",
            "slow": f"You tap # a minute: too slow, {low:g} is the least.",
            "fast": f"You tap # a minute: too fast, {high:g} is the most.",
            "steady": "Steady: the gaps differ by #.",
            "unsteady": f"Not steady yet: the gaps differ by #, {STEADY:.0%} is the most.",
            "quicker": "You are getting quicker: # over these taps.",
            "slower": "You are getting slower: # over these taps.",
            "even": "You keep your tempo.",
            "hits": f"# taps fell within {STEADY:.0%} of the beat.",
        },
    }
