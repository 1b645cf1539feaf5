"""A technique's tempo, to hear and to tap: where each tap falls is drawn in the page at once."""

from pathlib import Path
from typing import Any

import traitlets

from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.schema import Technique
from massage_workbook.grading import AROUND, FEWEST_TAPS, STEADY
from massage_workbook.widgets.technique import pace
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent


class Tempo(Widget):
    """A beat to listen to within a technique's band, and a pad to tap it on.

    `trainer` holds the band, how far taps may stray, and the words; its `band` is None for a
    technique of which only the speed of the hand counts.

    Raises:
        LookupError: there is no technique of that name; it says which is near.
    """

    script = HERE / "tempo.js"
    stylesheets = (HERE / "tempo.css",)
    trainer = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, name: str) -> None:
        super().__init__(trainer=trainer(named("technique", name, course.techniques)))


def trainer(technique: Technique) -> dict[str, Any]:
    """What the page needs; in its words `#` stands for what only the page knows."""
    name, band = technique.names.english, technique.tempo.per_minute
    common = {"title": f"The tempo of {name[0].lower()}{name[1:]}", "pace": pace(technique)}
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
