"""Spoken cues, sounds and beats of a practice, with their times.

Times are in seconds from the start of the first step; the cues begin ten seconds before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from massage_workbook.body import anatomy
from massage_workbook.course.model import join_words, uncapitalised
from massage_workbook.course.schema import Course, Stroke, Technique, Zone
from massage_workbook.safety.screening import Restrictions
from massage_workbook.session import Step, passes
from massage_workbook.session.passes import StrokePiece

READY_SECONDS = 10
"""Seconds to get ready before the first step."""
MOST_A_MINUTE = 2
"""Maximum number of spoken cues that begin within any 60 seconds."""
SILENCE_SECONDS = 0.3
"""Minimum seconds of silence between two spoken cues."""
_LONG_REST = 8
"""Minimum seconds of a rest for announcing it."""
_LAST_MINUTE_FROM = 180
"""Minimum seconds of a session for announcing its last minute."""
_SECONDS_PER_WORD, _PAUSE = 0.4, 0.4
"""Estimated speaking time in seconds: for each word (150 a minute), and for each cue."""
_TINY = 1e-6
"""Seconds by which rounding may move a cue."""

_LIGHT_FORCE = 2
"""Maximum force (0-10) of a stroke that is called light."""
_MAX_PLACES = 2
"""Maximum number of lighter places in a cue, as many as one can remember."""

SIDE_LABELS = {"right": "right side", "left": "left side", "both": "both sides"}
_UNSPOKEN = {"change-technique"}
"""Transitions without words of their own: the name of the next technique is enough."""
_LAST = "Last time."
_AFTER_THE_LAST = "the end"
_REST = "Rest your hands on the back."
_LAST_MINUTE = "Last minute. Slower and lighter."
_END = "Hands rest. Let the person lie for a while."


@dataclass(frozen=True)
class Cue:
    """A cue at a moment: a sentence, empty for a sound alone, and a sound."""

    at: float
    say: str
    sound: Literal["chime", "soft"] | None
    kind: Literal["ready", "begin", "start", "pass", "last", "rest", "last minute", "end"]

    @property
    def until(self) -> float:
        """The end of its speech, in seconds."""
        return self.at + speaking_seconds(self.say)


@dataclass(frozen=True)
class Beats:
    """A run of beats: the first one, the seconds between two, and the end.

    The hand is at another stop every `cycle` beats.
    """

    first: float
    every: float
    until: float
    cycle: int


def speaking_seconds(text: str) -> float:
    """The estimated seconds of speaking a text."""
    words = len(re.findall(r"[^\s-]+", text))
    return _PAUSE + _SECONDS_PER_WORD * words if words else 0


def session_cues(
    steps: Sequence[Step], course: Course, restrictions: Restrictions | None = None
) -> tuple[Cue, ...]:
    """All cues of a session in order; speech never overlaps, and is rare.

    A step is announced with its transitions, lighter places and restrictions, and the next one in
    the last pass. Each pass has a tick. Speech that would be the third within a minute is left
    out; an announcement then comes with the one before (`MOST_A_MINUTE`).

    Raises:
        ValueError: there are no steps.
    """
    if not steps:
        raise ValueError("a session without steps has no cues")
    end = steps[-1].start + steps[-1].seconds
    texts = announcements(steps, course, restrictions or Restrictions())
    cues = [*_begins(steps, texts, end), Cue(end, _END, "chime", "end")]
    if end >= _LAST_MINUTE_FROM:
        cues += _spoken_if_calm(Cue(end - 60, "", None, "last minute"), (_LAST_MINUTE,), cues)
    names = {each.id: each.names.english for each in course.techniques}
    for step, then in zip(steps, next_labels(steps, names), strict=True):
        for cue, *says in _within(step, then):
            cues += _spoken_if_calm(cue, says, cues)
    audible = (cue for cue in cues if cue.say or cue.sound)
    return tuple(sorted(audible, key=lambda cue: cue.at))


def pace_factor(step: Step, technique: Technique) -> float:
    """The factor from the duration at the middle of the tempo to that of a step."""
    return step.pass_seconds / passes.seconds(technique, step.strokes)


def beats(step: Step, technique: Technique) -> tuple[Beats, ...]:
    """The beats of a step, a run for each stroke of each pass; none for glides."""
    if technique.glides:
        return ()
    at_pace = pace_factor(step, technique)
    runs = [
        (stroke, list(legs))
        for stroke, legs in groupby(passes.legs(technique, step.strokes), lambda leg: leg.stroke)
    ]
    return tuple(
        _run(stops, step.start + step.lead + number * step.pass_seconds, at_pace, technique)
        for number in range(step.passes)
        for _, legs in runs
        if (stops := [leg for leg in legs if leg.kind == "stop"])
    )


def _run(stops: Sequence[passes.Leg], start: float, pace: float, technique: Technique) -> Beats:
    first, last = stops[0], stops[-1]
    hands = len(first.places) if technique.one_pass.alternating else 1
    every = 60 * pace / (sum(technique.tempo.per_minute) / 2)
    return Beats(
        first=start + pace * first.start,
        every=every,
        until=start + pace * (last.start + last.seconds),
        cycle=max(1, round(first.seconds * pace / every)) if stops[1:] else first.movements * hands,
    )


# --- steps -----------------------------------------------------------------------------------


def _step_label(step: Step, names: Mapping[str, str]) -> str:
    """The label of a step, such as "sawing, left side"; `names` are of techniques, by id."""
    return f"{uncapitalised(names[step.technique])}, {SIDE_LABELS[step.side]}"


def next_labels(steps: Sequence[Step], names: Mapping[str, str]) -> list[str]:
    """The label of what follows each step."""
    return [*(_step_label(step, names) for step in steps[1:]), _AFTER_THE_LAST][: len(steps)]


def transition_sentences(step: Step, course: Course) -> tuple[str, ...]:
    """The sentences of the transitions before a step."""
    say = {each.id: each.say for each in course.transitions}
    return tuple(say[name] for name in step.transitions)


def announcements(steps: Sequence[Step], course: Course, restrictions: Restrictions) -> list[str]:
    """The announcement at the start of each step, short enough to end within it."""
    known: set[str] = set()
    texts = []
    for step, previous in zip(steps, [None, *steps], strict=False):
        full = _announced(step, previous, course, restrictions, new=step.technique not in known)
        known.add(step.technique)
        shorter = (" ".join(full[: len(full) - i]) for i in range(len(full)))
        room = step.seconds - SILENCE_SECONDS
        texts.append(next((each for each in shorter if speaking_seconds(each) <= room), full[0]))
    return texts


def _begins(steps: Sequence[Step], texts: Sequence[str], end: float) -> list[Cue]:
    """Cues to get ready, which announces the first step, and at the start of each step."""
    ready = f"Get ready. First: {uncapitalised(texts[0])}"
    cues = [Cue(-READY_SECONDS, ready, "chime", "ready"), Cue(0, "", "chime", "begin")]
    spoken = 0
    for step, text in zip(steps[1:], texts[1:], strict=True):
        times = [end, *(cue.at for cue in cues if cue.say)]
        if _is_calm(step.start, times):
            spoken = len(cues)
            cues.append(Cue(step.start, text, "chime", "begin"))
        else:
            both = f"{cues[spoken].say} Then {uncapitalised(text)}"
            cues[spoken] = replace(cues[spoken], say=both)
            cues.append(Cue(step.start, "", "chime", "begin"))
    return cues


def _announced(
    step: Step, previous: Step | None, course: Course, restrictions: Restrictions, *, new: bool
) -> list[str]:
    """The sentences at the start of a step, the most important first."""
    technique = next(each for each in course.techniques if each.id == step.technique)
    spoken = [name for name in step.transitions if name not in _UNSPOKEN]
    say = {each.id: each.say for each in course.transitions}
    name, side = technique.names.english, SIDE_LABELS[step.side].capitalize()
    same = previous and previous.technique == step.technique
    what = f"{side}." if same else f"{name}, {uncapitalised(side)}."
    lead = " ".join([*(say[each] for each in spoken), what])
    return [
        lead,
        *_left_out(step, technique, course.zones, restrictions),
        *(
            [
                f"Lightly {join_words(places[:_MAX_PLACES])}."
                for places in light_places(step, technique, course.zones)[:1]
            ]
            if new
            else []
        ),
    ]


# --- restrictions ----------------------------------------------------------------------------


def restriction_sentences(
    step: Step, technique: Technique, zones: Sequence[Zone], restrictions: Restrictions
) -> str:
    """The excluded areas and the force limit of a step in words; empty without restrictions."""
    return " ".join(_left_out(step, technique, zones, restrictions))


def _left_out(
    step: Step, technique: Technique, zones: Sequence[Zone], restrictions: Restrictions
) -> Iterator[str]:
    sides = {"right", "left"} if step.side == "both" else {step.side}
    by_id = {zone.id: zone for zone in zones}
    names = [
        _area(by_id[area.zone], area.side)
        for area in sorted(restrictions.areas, key=lambda each: (each.zone, each.side))
        if area.side in {"both", *sides} or not by_id[area.zone].mirrored
    ]
    if names and any(isinstance(stroke, StrokePiece) for stroke in step.strokes):
        yield f"Leave out {join_words(names)}; lift your hands over it."
    if step.force[1] < technique.pressure.range[1]:
        yield f"Force {step.force[1]:g} at most today."


def _area(zone: Zone, side: str) -> str:
    name = uncapitalised(zone.name).removeprefix("over the ")
    name = name if name.startswith("between ") else f"the {name}"
    return f"{name} on the {side}" if zone.mirrored and side != "both" else name


# --- lighter places --------------------------------------------------------------------------


def light_places(step: Step, technique: Technique, zones: Sequence[Zone]) -> list[tuple[str, ...]]:
    """The lighter places of a step in words, grouped by ceiling, the lowest first."""
    return _light(step.strokes, step.force, technique, zones)


def light_by_stroke(step: Step, technique: Technique, zones: Sequence[Zone]) -> dict[str, str]:
    """A hint for each stroke that is light and less firm than others, by stroke id."""
    firmest = max(stroke.force for stroke in step.strokes)
    found = {}
    for stroke in step.strokes:
        places = _light((stroke,), step.force, technique, zones)
        if places and stroke.force < firmest and stroke.force <= _LIGHT_FORCE:
            found[stroke.id] = f"lightly {places[0][0]}"
    return found


def _light(
    strokes: tuple[Stroke, ...],
    force: tuple[float, float],
    technique: Technique,
    zones: Sequence[Zone],
) -> list[tuple[str, ...]]:
    strokes = tuple(stroke for stroke in strokes if not stroke.light_return)
    pressure = technique.pressure.model_copy(update={"range": force})
    today = technique.model_copy(update={"strokes": strokes, "pressure": pressure})
    kinds = anatomy.zone_kinds(today, zones)
    light = [zone for zone in zones if kinds.get(zone.id) == "light"]

    def ceiling(zone: Zone) -> float:
        return zone.ceiling.get(technique.motion, 0)

    alike = groupby(sorted(light, key=ceiling), ceiling)
    return [tuple(_place(zone) for zone in group) for _, group in alike]


def _place(zone: Zone) -> str:
    """A zone with its preposition, such as "over the kidneys" or "on the lowest ribs"."""
    name = uncapitalised(zone.name)
    return name if name.startswith(("over ", "between ")) else f"on the {name}"


# --- passes ----------------------------------------------------------------------------------


def _within(step: Step, then: str) -> Iterator[tuple[Cue, *tuple[str, ...]]]:
    """The sounds within a step, each with alternative sentences, the best first."""
    if step.lead:
        yield (Cue(step.start + step.lead, "", "soft", "start"),)
    for number in range(2, step.passes + 1):
        at = step.start + step.lead + (number - 1) * step.pass_seconds
        if number < step.passes:
            yield (Cue(at, "", "soft", "pass"),)
        elif then == _AFTER_THE_LAST:
            yield (Cue(at, "", "soft", "last"),)
        else:
            yield Cue(at, "", "soft", "last"), f"{_LAST} Then {then}.", _LAST
    if step.rest >= _LONG_REST:
        yield Cue(step.start + step.seconds - step.rest, "", "soft", "rest"), _REST


def _spoken_if_calm(cue: Cue, says: Sequence[str], cues: Sequence[Cue]) -> list[Cue]:
    """The cue with the first text that has room among others, or without speech."""
    spoken = [each for each in cues if each.say]
    calm = _is_calm(cue.at, [each.at for each in spoken])
    tries = (replace(cue, say=say) for say in says if calm)
    return [next((each for each in tries if _is_free(each, spoken)), cue)]


def _is_calm(at: float, times: Sequence[float]) -> bool:
    """Whether speech at that time is no third within a minute."""
    after = sorted([*times, at])
    spans = zip(after, after[MOST_A_MINUTE:], strict=False)
    return all(last - first >= 60 - _TINY for first, last in spans)


def _is_free(cue: Cue, spoken: Sequence[Cue]) -> bool:
    """Whether no other speech overlaps a cue, with silence before and after."""
    return all(
        other.until + SILENCE_SECONDS <= cue.at + _TINY
        or cue.until + SILENCE_SECONDS <= other.at + _TINY
        for other in spoken
    )
