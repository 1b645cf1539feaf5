"""A technique's card: what it is, how it goes on the back, what to feel, what to avoid."""

from pathlib import Path
from typing import Any

import traitlets
from ipywidgets import Box

from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.figures.tempo import BANDS
from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.disagreements import in_short, touching
from massage_workbook.widgets.pictures import hand_svg
from massage_workbook.widgets.sources import who
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent


class Words(Widget):
    """The words of a technique's card, which `card` holds, and the picture of its hand."""

    _esm = HERE / "technique.js"
    stylesheets = (HERE / "technique.css",)
    card = traitlets.Dict().tag(sync=True)
    hand = traitlets.Unicode().tag(sync=True)
    folded = traitlets.Bool().tag(sync=True)


class TechniqueCard(Box):
    """The words of a technique and its hand beside its map.

    Of one that is `folded` the page shows the name, the summary and the hand until it is opened.
    """

    def __init__(self, course: Course, name: str, *, folded: bool = False) -> None:
        technique = named("technique", name, course.techniques)
        words = Words(card=card(technique, course), hand=hand_svg(technique), folded=folded)
        super().__init__([BackMap.of(technique, course.zones), words])
        self.add_class("mw").add_class("mw-card")


def card(technique: Technique, course: Course) -> dict[str, Any]:
    """Everything that the card says, as plain values."""
    names = technique.names
    blocks = [block.name.lower() for block in course.blocks if block.family == technique.family]
    return {
        "title": names.english,
        "names": f"{names.swedish} · {names.russian}",
        "family": technique.family,
        "blocks": " and ".join(blocks),
        "summary": technique.summary,
        "facts": facts(technique, course),
        "direction": technique.direction,
        "steps": list(technique.steps),
        "receiver_feels": technique.receiver_feels,
        "giver_feels": technique.giver_feels,
        "stop_if": technique.stop_if,
        "mistakes": [mistake.model_dump() for mistake in technique.mistakes],
        "why": technique.why,
        "who": who(technique, course),
        "differ": in_short(touching(course, _subjects(technique, course))),
    }


def _subjects(technique: Technique, course: Course) -> set[str]:
    """Ids of what a disagreement about a technique is about: itself, and the blocks it fills."""
    blocks = {block.id for block in course.blocks if block.family == technique.family}
    return {technique.id, *blocks}


def facts(technique: Technique, course: Course) -> list[dict[str, Any]]:
    """The figures of a technique, each with who says so."""
    passes, spot = technique.passes, technique.per_spot
    low, high = technique.pressure.range
    usual = f"{passes.usual} times ({passes.minimum} to {passes.maximum})"
    hands = technique.hands
    gap = f"; {_span(hands.gap_cm)} cm apart" if hands.gap_cm else ""
    return [
        {"name": "Hands", "value": f"{hands.shape}{gap}", "who": who(technique, course)},
        {"name": "Tempo", "value": pace(technique), "who": who(technique.tempo, course)},
        {
            "name": "Force",
            "value": f"{_span((low, high))} of 10",
            "scale": [low, high],
            "who": who(technique.pressure, course),
        },
        {"name": "Passes", "value": usual, "who": who(passes, course)},
        {
            "name": "On one spot",
            "value": f"{spot.seconds:g} seconds at most",
            "who": who(spot, course),
        },
        {
            "name": "Oil",
            "value": technique.lubricant.words,
            "who": who(technique.lubricant, course),
        },
        {
            "name": "Keep off",
            "value": keep_off(technique, course.zones),
            "who": who(technique, course),
        },
    ]


def _span(ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def pace(technique: Technique) -> str:
    """Tempo in words: movements a minute and the bands they lie in, speed of the hand."""
    tempo = technique.tempo
    said = []
    if tempo.per_minute:
        low, high = tempo.per_minute
        words = [word for start, end, word, _ in BANDS if low < end and high > start]
        bands = " to ".join(dict.fromkeys((words[0], words[-1])))
        said.append(f"{_span((low, high))} a minute, {bands} pace")
    if tempo.cm_per_second:
        said.append(f"the hand travels {_span(tempo.cm_per_second)} cm a second")
    return "; ".join(said)


def keep_off(technique: Technique, zones: tuple[Zone, ...]) -> str:
    """The zones that a technique stays away from, in the order of the map."""
    names = [zone.name.lower() for zone in zones if zone.id in technique.keep_off]
    return ", ".join(names)
