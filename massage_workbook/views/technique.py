"""A technique's card: what it is, how it goes on the back, what to feel, what to avoid."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.zones import ON_STROKE_MAP, from_above
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.session import passes
from massage_workbook.session.allowed import sides_of
from massage_workbook.session.passes import BANDS
from massage_workbook.views.disagreements import in_short, touching
from massage_workbook.views.practice import LESSON
from massage_workbook.views.sources import BASES, who

LONG = 90
"""Seconds from which a duration is given in minutes."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOVEMENTS = {
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
"""What a hand does at a stop, once and several times, by the mark that is drawn."""
PLACES = {
    "table": "At a table",
    "bed": "On a bed",
    "mat": "On the floor",
    "other_side": "The other side",
}
"""The fields of a stance, by what they are about."""


def card(technique: Technique, course: Course) -> dict[str, Any]:
    """Everything that the card says, as plain values."""
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
        "facts": facts(technique, course),
        "stance": stance(technique, course),
        "direction": technique.direction,
        "steps": list(technique.steps),
        "receiver_feels": technique.receiver_feels,
        "giver_feels": technique.giver_feels,
        "stop_if": technique.stop_if,
        "mistakes": [mistake.model_dump() for mistake in technique.mistakes],
        "why": technique.why,
        "who": who(technique, course),
        "bases": BASES,
        "differ": in_short(touching(course, _subjects(technique, course))),
    }


def _subjects(technique: Technique, course: Course) -> set[str]:
    """Ids of what a disagreement about a technique is about: itself, and the blocks it fills."""
    blocks = {block.id for block in course.blocks if block.family == technique.family}
    return {technique.id, *blocks}


def zones_on_map(technique: Technique, zones: Sequence[Zone]) -> list[dict[str, str]]:
    """The zones that the map of a technique shows, from above, and what each is to it."""
    kinds = anatomy.kinds(technique, zones)
    return [
        {"id": zone.id, "name": zone.name, "kind": ON_STROKE_MAP[kinds[zone.id]], "rule": zone.rule}
        for zone in from_above(zones)
        if zone.id in kinds
    ]


def stance(technique: Technique, course: Course) -> dict[str, Any]:
    """Where the giver is, at a table and elsewhere, with who says so."""
    one = named("stance", technique.stance, course.stances)
    return {
        "name": one.name,
        "places": [{"name": name, "do": getattr(one, field)} for field, name in PLACES.items()],
        "who": who(one, course),
    }


# --- figures ---------------------------------------------------------------------------------


def facts(technique: Technique, course: Course) -> list[dict[str, Any]]:
    """The figures of a technique, each with who says so."""
    given, spot = technique.passes, technique.per_spot
    usual = f"{given.usual} times ({given.minimum} to {given.maximum})"
    lighter = by_force(technique, course.zones)
    return [
        {"name": "Hands", "value": hands(technique), "who": who(technique, course)},
        {
            "name": "A pass",
            "value": _sentence(a_pass(technique)),
            "who": who(technique.one_pass, course),
        },
        {"name": "Tempo", "value": pace(technique), "who": who(technique.tempo, course)},
        {
            "name": "Force",
            "value": f"{_span(technique.pressure.range)} of 10",
            "scale": list(technique.pressure.range),
            "who": who(technique.pressure, course),
        },
        *(
            [{"name": "Lighter", "value": lighter, "who": who(technique.pressure, course)}]
            if lighter
            else []
        ),
        {
            "name": "Passes",
            "value": f"{usual}; {fewest_passes(technique)}",
            "who": who(given, course),
        },
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


def hands(technique: Technique) -> str:
    """How the hands are held, and how far apart."""
    held = technique.hands
    gap = f" Hands {_span(held.gap_cm)} cm apart." if held.gap_cm else ""
    return f"{held.shape}{gap}"


def a_pass(technique: Technique) -> str:
    """What the hands do in a pass, at how many places, and how long it takes."""
    takes = f"about {_duration(passes.seconds(technique))}{_a_side(technique)}"
    if technique.one_pass.stops is None:
        speed = _span(technique.tempo.cm_per_second)
        return f"{_counted(passes.glides(technique), 'glide')} at {speed} cm a second, {takes}"
    back = " and a light way back" if any(each.light_return for each in technique.strokes) else ""
    return f"{_at_stops(technique)}; {_counted(places(technique), 'place')}{back}, {takes}"


def _at_stops(technique: Technique) -> str:
    """What the hands do at each place of a pass, and how far on the next one is."""
    strokes = [each for each in technique.strokes if not each.light_return]
    (first, step), *others = dict.fromkeys(_at_stop(each, technique) for each in strokes)
    steps = places(technique) > len(strokes)
    said = [f"{first} at each place, on by {step:g} cm" if steps else f"{first} at each place"]
    for moves, its_step in others:
        said.append(f"elsewhere {moves}" + (f", on by {its_step:g} cm" * (its_step != step)))
    return "; ".join(said)


def _at_stop(stroke: Stroke, technique: Technique) -> tuple[str, float]:
    """The movements at a stop of a stroke, in words, and the cm from there to the next."""
    stops = passes.stops_of(technique, stroke)
    moves = _counted(stops.movements, *MOVEMENTS[stroke.mark])
    return f"{moves} of each hand" if technique.one_pass.alternating else moves, stops.step_cm


def places(technique: Technique) -> int:
    """How many stops a pass has on one side, or for both hands at once."""
    return sum(leg.kind == "stop" for leg in passes.legs(technique))


def fewest_passes(technique: Technique) -> str:
    """How long the fewest passes take."""
    count = technique.passes.minimum
    takes = _duration(count * passes.seconds(technique))
    return f"{NUMBERS[count]} take{'s' * (count == 1)} about {takes}{_a_side(technique)}"


def pace(technique: Technique) -> str:
    """Tempo in words: movements or glides a minute with the bands they lie in, and their speed."""
    low, high = technique.tempo.per_minute
    words = [word for start, end, word, _ in BANDS if low < end and high > start]
    bands = " to ".join(dict.fromkeys((words[0], words[-1])))
    if technique.one_pass.stops is None:
        speed = _span(technique.tempo.cm_per_second)
        return f"{speed} cm a second; {_span((low, high))} glides a minute, {bands} pace"
    return f"{_span((low, high))} a minute, {bands} pace"


def by_force(technique: Technique, zones: Sequence[Zone]) -> str:
    """Where a technique is less firm than elsewhere, and how firm it is there at most."""
    working = [each for each in technique.strokes if not each.light_return]
    most: dict[str, float] = {}
    for stroke in working:
        alone = technique.model_copy(update={"strokes": (stroke,)})
        for zone in anatomy.entered(alone, zones):
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


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _counted(count: int, one: str, more: str | None = None) -> str:
    """A number with what is counted: "one lift", "16 places"."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} {one if count == 1 else more or f'{one}s'}"


def _duration(seconds: float) -> str:
    """Whole seconds, or half minutes where it is long."""
    if seconds < LONG:
        return f"{seconds:.0f} seconds"
    return f"{round(seconds / 30) / 2:g} minutes"


def _span(ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def keep_off(technique: Technique, zones: tuple[Zone, ...]) -> str:
    """The zones that a technique stays away from, in the order of the map."""
    names = [zone.name.lower() for zone in zones if zone.id in technique.keep_off]
    return ", ".join(names)
