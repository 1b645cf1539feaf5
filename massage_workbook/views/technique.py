"""The card of a technique: description, figures, instructions and sources."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.zones import STROKE_MAP_LABELS, top_down
from massage_workbook.course import Course
from massage_workbook.course.model import capitalised, find_item
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.session import passes
from massage_workbook.session.passes import TEMPO_BANDS
from massage_workbook.session.restricting import sides_of
from massage_workbook.views.disagreements import disagreements_about, summaries
from massage_workbook.views.practice import LESSON
from massage_workbook.views.sources import BASIS_LABELS, attribution

_LONG = 90
"""Minimum seconds of a duration given in minutes."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MOVEMENTS = {
    "circles": ("circle", "circles"),
    "spiral": ("circle", "circles"),
    "semicircles": ("half circle", "half circles"),
    "zigzag": ("movement to and fro", "movements to and fro"),
    "saw": ("movement to and fro", "movements to and fro"),
    "taps": ("touch", "touches"),
    "press": ("press", "presses"),
    "lifts": ("lift", "lifts"),
    "line": ("movement", "movements"),
}
"""The movement at a stop, singular and plural, by the mark of the stroke."""
_RARE = {"Hands", "A pass", "On one spot", "Oil"}
"""Figures that the page folds: picture and steps show them, or they are alike everywhere."""
_PLACES = {
    "table": "At a table",
    "bed": "On a bed",
    "mat": "On the floor",
    "other_side": "The other side",
}
"""Label of each field of a stance."""


def card(technique: Technique, course: Course) -> dict[str, Any]:
    """The whole card."""
    names = technique.names
    blocks = [block.name.lower() for block in course.blocks if block.family == technique.family]
    others = [name for name in blocks if name != technique.family]
    return {
        "title": names.english,
        "names": f"{names.swedish} · {names.russian}",
        "family": technique.family,
        "blocks": " and ".join(others),
        "summary": technique.summary,
        "say": technique.say,
        "practise": LESSON,
        "facts": _facts(technique, course),
        "stance": stance(technique, course),
        "direction": technique.direction,
        "steps": list(technique.steps),
        "receiver_feels": technique.receiver_feels,
        "giver_feels": technique.giver_feels,
        "stop_if": technique.stop_if,
        "mistakes": [mistake.model_dump() for mistake in technique.mistakes],
        "why": technique.why,
        "attribution": attribution(technique, course),
        "bases": BASIS_LABELS,
        "disagreements": summaries(disagreements_about(course, _subjects(technique, course))),
    }


def _subjects(technique: Technique, course: Course) -> set[str]:
    """Ids for related disagreements: the technique, and the blocks of its family."""
    blocks = {block.id for block in course.blocks if block.family == technique.family}
    return {technique.id, *blocks}


def zones_on_map(technique: Technique, zones: Sequence[Zone]) -> list[dict[str, str]]:
    """The zones on the map of a technique, from the top down, and the kind of each for it."""
    kinds = anatomy.zone_kinds(technique, zones)
    return [
        {
            "id": zone.id,
            "name": zone.name,
            "kind": STROKE_MAP_LABELS[kinds[zone.id]],
            "rule": zone.rule,
        }
        for zone in top_down(zones)
        if zone.id in kinds
    ]


def stance(technique: Technique, course: Course) -> dict[str, Any]:
    """The stance of the giver, at a table and elsewhere, with its sources."""
    one = find_item("stance", technique.stance, course.stances)
    return {
        "name": one.name,
        "places": [{"name": name, "do": getattr(one, field)} for field, name in _PLACES.items()],
        "attribution": attribution(one, course),
    }


# --- figures ---------------------------------------------------------------------------------


def _facts(technique: Technique, course: Course) -> list[dict[str, Any]]:
    """The figures of a technique, each with its sources, and whether it is `rare`ly wanted."""
    given, spot = technique.passes, technique.per_spot
    usual = f"{given.usual} times ({given.minimum} to {given.maximum})"
    lighter = _lighter_zones(technique, course.zones)
    facts = [
        {
            "name": "Hands",
            "value": _hands_in_words(technique),
            "attribution": attribution(technique, course),
        },
        {
            "name": "A pass",
            "value": capitalised(pass_in_words(technique)),
            "attribution": attribution(technique.one_pass, course),
        },
        {
            "name": "Tempo",
            "value": tempo_in_words(technique),
            "attribution": attribution(technique.tempo, course),
        },
        {
            "name": "Force",
            "value": f"{_span(technique.pressure.range)} of 10",
            "scale": list(technique.pressure.range),
            "attribution": attribution(technique.pressure, course),
        },
        *(
            [
                {
                    "name": "Lighter",
                    "value": lighter,
                    "attribution": attribution(technique.pressure, course),
                }
            ]
            if lighter
            else []
        ),
        {
            "name": "Passes",
            "value": f"{usual}; {_min_passes_in_words(technique)}",
            "attribution": attribution(given, course),
        },
        {
            "name": "On one spot",
            "value": f"{spot.seconds:g} seconds at most",
            "attribution": attribution(spot, course),
        },
        {
            "name": "Oil",
            "value": technique.lubricant.words,
            "attribution": attribution(technique.lubricant, course),
        },
        {
            "name": "Keep off",
            "value": keep_off(technique, course.zones),
            "attribution": attribution(technique, course),
        },
    ]
    return [{**each, "rare": each["name"] in _RARE} for each in facts]


def _hands_in_words(technique: Technique) -> str:
    """The shape of the hands and the gap between them."""
    held = technique.hands
    gap = f" Hands {_span(held.gap_cm)} cm apart." if held.gap_cm else ""
    return f"{held.shape}{gap}"


def pass_in_words(technique: Technique) -> str:
    """The movements, places and duration of a pass."""
    takes = f"about {_duration(passes.seconds(technique))}{_a_side(technique)}"
    if technique.glides:
        speed = _span(technique.tempo.cm_per_second)
        return f"{_counted(passes.glide_count(technique), 'glide')} at {speed} cm a second, {takes}"
    back = " and a light way back" if any(each.light_return for each in technique.strokes) else ""
    return f"{_at_stops(technique)}; {_counted(stop_count(technique), 'place')}{back}, {takes}"


def _at_stops(technique: Technique) -> str:
    """The movements at each place of a pass, and the distance to the next."""
    strokes = [each for each in technique.strokes if not each.light_return]
    (first, step), *others = dict.fromkeys(_at_stop(each, technique) for each in strokes)
    steps = stop_count(technique) > len(strokes)
    parts = [f"{first} at each place, on by {step:g} cm" if steps else f"{first} at each place"]
    for moves, its_step in others:
        parts.append(f"elsewhere {moves}" + (f", on by {its_step:g} cm" * (its_step != step)))
    return "; ".join(parts)


def _at_stop(stroke: Stroke, technique: Technique) -> tuple[str, float]:
    """The movements at a stop of a stroke, in words, and the cm to the next stop."""
    stops = passes.stops_of(technique, stroke)
    moves = _counted(stops.movements, *_MOVEMENTS[stroke.mark])
    return f"{moves} of each hand" if technique.one_pass.alternating else moves, stops.step_cm


def stop_count(technique: Technique) -> int:
    """The number of stops in a pass on one side, or for both hands at once."""
    return sum(leg.kind == "stop" for leg in passes.legs(technique))


def _min_passes_in_words(technique: Technique) -> str:
    """The duration of the minimum passes, in words."""
    count = technique.passes.minimum
    takes = _duration(count * passes.seconds(technique))
    return f"{_NUMBERS[count]} take{'s' * (count == 1)} about {takes}{_a_side(technique)}"


def tempo_in_words(technique: Technique) -> str:
    """The tempo in words: movements or glides a minute with their tempo bands, and the speed."""
    low, high = technique.tempo.per_minute
    words = [word for start, end, word, _ in TEMPO_BANDS if low < end and high > start]
    bands = " to ".join(dict.fromkeys((words[0], words[-1])))
    if technique.glides:
        speed = _span(technique.tempo.cm_per_second)
        return f"{speed} cm a second; {_span((low, high))} glides a minute, {bands} pace"
    return f"{_span((low, high))} a minute, {bands} pace"


def _lighter_zones(technique: Technique, zones: Sequence[Zone]) -> str:
    """The zones where a technique is less firm, with the maximum force there."""
    working = [each for each in technique.strokes if not each.light_return]
    most: dict[str, float] = {}
    for stroke in working:
        alone = technique.model_copy(update={"strokes": (stroke,)})
        for zone in anatomy.zones_entered(alone, zones):
            most[zone] = max(stroke.force, most.get(zone, 0))
    firmest = max(each.force for each in working)
    lighter = sorted((most[each.id], each.name.lower()) for each in zones if each.id in most)
    return "; ".join(
        f"{force:g} of 10: {', '.join(name for _, name in group)}"
        for force, group in groupby(lighter, key=lambda each: each[0])
        if force < firmest
    )


def _a_side(technique: Technique) -> str:
    return " a side" if len(sides_of(technique)) > 1 else ""


def _counted(count: int, one: str, more: str | None = None) -> str:
    """A number with its noun: "one lift", "16 places"."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {one if count == 1 else more or f'{one}s'}"


def _duration(seconds: float) -> str:
    """A duration in whole seconds, or in half minutes if long."""
    if seconds < _LONG:
        return f"{seconds:.0f} seconds"
    return f"{round(seconds / 30) / 2:g} minutes"


def _span(ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def keep_off(technique: Technique, zones: tuple[Zone, ...]) -> str:
    """The names of a technique's keep-off zones, in the order of the map."""
    names = [zone.name.lower() for zone in zones if zone.id in technique.keep_off]
    return ", ".join(names)
