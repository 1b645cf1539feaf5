"""Spoken cues, sounds and beats of a practice, with their times.

Times are in seconds from the start of the first step; the first cue is before it, to get ready.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from massage_workbook.body import anatomy
from massage_workbook.course.model import find_item, join_words, uncapitalised
from massage_workbook.course.schema import Course, Stroke, Technique, Zone
from massage_workbook.safety.screening import Restrictions, Side
from massage_workbook.session import Step, passes
from massage_workbook.session.passes import StrokePiece

READY_SECONDS = 10
"""Seconds to get ready before the first step."""
MAX_SPOKEN = 2
"""Maximum number of spoken cues that begin within any 60 seconds."""
SILENCE_SECONDS = 0.3
"""Minimum seconds of silence between two spoken cues."""
_MIN_REST = 8
"""Minimum seconds of a rest for announcing it."""
_MIN_TOTAL = 180
"""Minimum seconds of a session for announcing its last minute."""
_SECONDS_PER_WORD, _PAUSE = 0.4, 0.4
"""Estimated speaking time in seconds: for each word (150 a minute), and for each cue."""
_ROUNDING = 1e-6
"""Seconds by which rounding may move a cue."""

_LIGHT_FORCE = 2
"""Maximum force (0-10) of a stroke that is called light."""
_MAX_PLACES = 2
"""Maximum number of lighter places in a cue, as many as one can remember."""

SIDE_LABELS = {"right": "right side", "left": "left side", "both": "both sides"}
_UNSPOKEN = {"change-technique"}
"""Transitions without words of their own: the name of the next technique is enough."""
_LAST = "Last time."
_END_LABEL = "the end"
_REST = "Rest your hands on the back."
_LAST_MINUTE = "Last minute. Slower and lighter."
_END = "Hands rest. Let the person lie for a while."


@dataclass(frozen=True)
class Cue:
    """A sound, a spoken text, or both; the text is empty for a sound alone."""

    at: float
    text: str
    sound: Literal["chime", "tick"] | None
    kind: Literal["ready", "step", "first pass", "pass", "last pass", "rest", "last minute", "end"]

    @property
    def end(self) -> float:
        """The end of its speech, in seconds."""
        return self.at + speaking_seconds(self.text)


@dataclass(frozen=True)
class BeatRun:
    """Beats at an equal interval, from the first one until before the end, in seconds.

    The hand is at another stop every `cycle` beats.
    """

    first: float
    interval: float
    end: float
    cycle: int


def speaking_seconds(text: str) -> float:
    """The estimated seconds of speaking a text."""
    words = len(re.findall(r"[^\s-]+", text))
    return _PAUSE + _SECONDS_PER_WORD * words if words else 0


def session_cues(
    steps: Sequence[Step], course: Course, restrictions: Restrictions | None = None
) -> tuple[Cue, ...]:
    """All cues of a session in order; speech never overlaps, and is rare (`MAX_SPOKEN`).

    A step is announced at its start, with its transitions, restrictions and lighter places, and in
    the last pass of the step before. Each pass has a tick. If there is no time for the speech of a
    start, it is added to that of an earlier start; any other speech is left out.

    Raises:
        ValueError: there are no steps.
    """
    if not steps:
        raise ValueError("a session without steps has no cues")
    end = steps[-1].start + steps[-1].seconds
    texts = announcements(steps, course, restrictions or Restrictions())
    cues = [*_start_cues(steps, texts, end), Cue(end, _END, "chime", "end")]
    if end >= _MIN_TOTAL:
        last_minute = Cue(end - 60, "", None, "last minute")
        cues.append(_with_text(last_minute, (_LAST_MINUTE,), cues))
    names = {each.id: each.names.english for each in course.techniques}
    for step, label in zip(steps, next_labels(steps, names), strict=True):
        for cue, *texts in _pass_cues(step, label):
            cues.append(_with_text(cue, texts, cues))
    audible = (cue for cue in cues if cue.text or cue.sound)
    return tuple(sorted(audible, key=lambda cue: cue.at))


def pace_factor(step: Step, technique: Technique) -> float:
    """The factor from the duration at the middle of the tempo to that of a step."""
    return step.pass_seconds / passes.seconds(technique, step.strokes)


def beats(step: Step, technique: Technique) -> tuple[BeatRun, ...]:
    """The beats of a step, a run for each stroke of each pass; none for glides."""
    if technique.glides:
        return ()
    pace = pace_factor(step, technique)
    stops = [leg for leg in passes.legs(technique, step.strokes) if leg.kind == "stop"]
    strokes = [list(legs) for _, legs in groupby(stops, lambda leg: leg.stroke)]
    return tuple(
        _beat_run(legs, step.start + step.lead + number * step.pass_seconds, pace, technique)
        for number in range(step.passes)
        for legs in strokes
    )


def _beat_run(
    stops: Sequence[passes.Leg], pass_start: float, pace: float, technique: Technique
) -> BeatRun:
    """The beats at the stops of a stroke, in a pass that starts at `pass_start`."""
    first, last = stops[0], stops[-1]
    hands = len(first.places) if technique.one_pass.alternating else 1
    interval = 60 * pace / (sum(technique.tempo.per_minute) / 2)
    several = max(1, round(first.seconds * pace / interval))
    return BeatRun(
        first=pass_start + pace * first.start,
        interval=interval,
        end=pass_start + pace * (last.start + last.seconds),
        cycle=several if stops[1:] else first.movements * hands,
    )


# --- steps -----------------------------------------------------------------------------------


def _step_label(step: Step, names: Mapping[str, str]) -> str:
    """The label of a step, such as "sawing, left side"; `names` are of techniques, by id."""
    return f"{uncapitalised(names[step.technique])}, {SIDE_LABELS[step.side]}"


def next_labels(steps: Sequence[Step], names: Mapping[str, str]) -> list[str]:
    """The label of what follows each step."""
    return [*(_step_label(step, names) for step in steps[1:]), _END_LABEL][: len(steps)]


def transition_sentences(step: Step, course: Course) -> tuple[str, ...]:
    """The sentences of the transitions before a step."""
    sentences = {each.id: each.say for each in course.transitions}
    return tuple(sentences[name] for name in step.transitions)


def announcements(steps: Sequence[Step], course: Course, restrictions: Restrictions) -> list[str]:
    """The announcement at the start of each step, short enough to end within it."""
    texts = []
    for i, step in enumerate(steps):
        sentences = [
            _step_sentence(step, steps[i - 1] if i else None, course),
            *_restriction_sentences(step, course, restrictions),
        ]
        if step.technique not in {each.technique for each in steps[:i]}:
            sentences += _light_sentence(step, course)
        shorter = (" ".join(sentences[:count]) for count in range(len(sentences), 0, -1))
        available = step.seconds - SILENCE_SECONDS
        fitting = (text for text in shorter if speaking_seconds(text) <= available)
        texts.append(next(fitting, sentences[0]))
    return texts


def _start_cues(steps: Sequence[Step], texts: Sequence[str], end: float) -> list[Cue]:
    """A cue to get ready, which announces the first step, and one at the start of each step."""
    ready = f"Get ready. First: {uncapitalised(texts[0])}"
    cues = [Cue(-READY_SECONDS, ready, "chime", "ready"), Cue(0, "", "chime", "step")]
    spoken = 0  # the index of the last spoken cue
    for step, text in zip(steps[1:], texts[1:], strict=True):
        if _is_rare(step.start, [end, *(cue.at for cue in cues if cue.text)]):
            spoken = len(cues)
            cues.append(Cue(step.start, text, "chime", "step"))
        else:
            both = f"{cues[spoken].text} Then {uncapitalised(text)}"
            cues[spoken] = replace(cues[spoken], text=both)
            cues.append(Cue(step.start, "", "chime", "step"))
    return cues


def _step_sentence(step: Step, previous: Step | None, course: Course) -> str:
    """The transitions before a step, its technique if that is another, and its side."""
    name = find_item("technique", step.technique, course.techniques).names.english
    transitions = {each.id: each.say for each in course.transitions if each.id not in _UNSPOKEN}
    side = SIDE_LABELS[step.side]
    is_same = previous and previous.technique == step.technique
    label = f"{side.capitalize()}." if is_same else f"{name}, {side}."
    return " ".join(
        [*(transitions[each] for each in step.transitions if each in transitions), label]
    )


def _light_sentence(step: Step, course: Course) -> Iterator[str]:
    """A sentence with the lightest places of a step, if there are any."""
    technique = find_item("technique", step.technique, course.techniques)
    for places in _light_places(step.strokes, step.force, technique, course.zones)[:1]:
        yield f"Lightly {join_words(places[:_MAX_PLACES])}."


# --- restrictions ----------------------------------------------------------------------------


def restriction_text(step: Step, course: Course, restrictions: Restrictions) -> str:
    """The excluded areas and the force limit of a step in words; empty without restrictions."""
    return " ".join(_restriction_sentences(step, course, restrictions))


def _restriction_sentences(step: Step, course: Course, restrictions: Restrictions) -> Iterator[str]:
    technique = find_item("technique", step.technique, course.techniques)
    sides = {"both", "right", "left"} if step.side == "both" else {"both", step.side}
    zones = {zone.id: zone for zone in course.zones}
    names = [
        _area_label(zones[area.zone], area.side)
        for area in sorted(restrictions.areas, key=lambda each: (each.zone, each.side))
        if area.side in sides or not zones[area.zone].mirrored
    ]
    if names and any(isinstance(stroke, StrokePiece) for stroke in step.strokes):
        yield f"Leave out {join_words(names)}; lift your hands over it."
    if step.force[1] < technique.pressure.range[1]:
        yield f"Force {step.force[1]:g} at most today."


def _area_label(zone: Zone, side: Side) -> str:
    """Such as "the waist on the left" or "between the shoulder blades"."""
    name = uncapitalised(zone.name).removeprefix("over the ")
    name = name if name.startswith("between ") else f"the {name}"
    return f"{name} on the {side}" if zone.mirrored and side != "both" else name


# --- lighter places --------------------------------------------------------------------------


def light_by_stroke(step: Step, technique: Technique, zones: Sequence[Zone]) -> dict[str, str]:
    """A hint for each stroke that is light and less firm than others, by stroke id."""
    strongest = max(stroke.force for stroke in step.strokes)
    hints = {}
    for stroke in step.strokes:
        places = _light_places((stroke,), step.force, technique, zones)
        if places and stroke.force < strongest and stroke.force <= _LIGHT_FORCE:
            hints[stroke.id] = f"lightly {places[0][0]}"
    return hints


def _light_places(
    strokes: tuple[Stroke, ...],
    force: tuple[float, float],
    technique: Technique,
    zones: Sequence[Zone],
) -> list[tuple[str, ...]]:
    """The lighter places of strokes in words, grouped by ceiling, the lowest first."""
    strokes = tuple(stroke for stroke in strokes if not stroke.light_return)
    pressure = technique.pressure.model_copy(update={"range": force})
    allowed = technique.model_copy(update={"strokes": strokes, "pressure": pressure})
    kinds = anatomy.zone_kinds(allowed, zones)
    light = [zone for zone in zones if kinds.get(zone.id) == "light"]

    def ceiling(zone: Zone) -> float:
        return zone.ceiling.get(technique.motion, 0)

    groups = groupby(sorted(light, key=ceiling), ceiling)
    return [tuple(_place_label(zone) for zone in group) for _, group in groups]


def _place_label(zone: Zone) -> str:
    """A zone with its preposition, such as "over the kidneys" or "on the lowest ribs"."""
    name = uncapitalised(zone.name)
    return name if name.startswith(("over ", "between ")) else f"on the {name}"


# --- passes ----------------------------------------------------------------------------------


def _pass_cues(step: Step, next_label: str) -> Iterator[tuple[Cue, *tuple[str, ...]]]:
    """The ticks within a step, each with alternative texts, the best first."""
    if step.lead:
        yield (Cue(step.start + step.lead, "", "tick", "first pass"),)
    for number in range(2, step.passes + 1):
        at = step.start + step.lead + (number - 1) * step.pass_seconds
        if number < step.passes:
            yield (Cue(at, "", "tick", "pass"),)
        elif next_label == _END_LABEL:
            yield (Cue(at, "", "tick", "last pass"),)
        else:
            yield Cue(at, "", "tick", "last pass"), f"{_LAST} Then {next_label}.", _LAST
    if step.rest >= _MIN_REST:
        yield Cue(step.start + step.seconds - step.rest, "", "tick", "rest"), _REST


def _with_text(cue: Cue, texts: Sequence[str], cues: Sequence[Cue]) -> Cue:
    """The cue with the first text for which there is time among others, or without any."""
    spoken = [each for each in cues if each.text]
    if not _is_rare(cue.at, [each.at for each in spoken]):
        return cue
    candidates = (replace(cue, text=text) for text in texts)
    return next((each for each in candidates if _is_separate(each, spoken)), cue)


def _is_rare(at: float, times: Sequence[float]) -> bool:
    """Whether at most `MAX_SPOKEN` of these times are within a minute."""
    ordered = sorted([*times, at])
    spans = zip(ordered, ordered[MAX_SPOKEN:], strict=False)
    return all(last - first >= 60 - _ROUNDING for first, last in spans)


def _is_separate(cue: Cue, spoken: Sequence[Cue]) -> bool:
    """Whether there is silence between the speech of a cue and all other speech."""
    return all(
        other.end + SILENCE_SECONDS <= cue.at + _ROUNDING
        or cue.end + SILENCE_SECONDS <= other.at + _ROUNDING
        for other in spoken
    )
