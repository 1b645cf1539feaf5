"""What is said and sounded while a plan is carried out, and when.

Times are seconds from the beginning of the first step; the ten before it are for getting ready.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from massage_workbook import anatomy
from massage_workbook.course.schema import Course, Technique, Zone
from massage_workbook.planning import Step

READY = 10
"""Seconds to get ready before the first step."""
AHEAD = 10
"""Seconds before a step at which it is announced."""
LONG_ENOUGH = AHEAD + 4
"""Seconds that a step lasts at least if the next one is announced within it."""
BREATH = 0.3
"""Seconds of silence at least between two things that are said."""
APART = 3
"""Seconds of silence at least on both sides of a "move on"."""
TOLD = 2
"""How often "move on" is said for a technique; after that a soft tick has to do."""
LATE = 12
"""Seconds that the halfway and the last minute may be announced late, if something else is said."""
HALF_COUNTS, LAST_COUNTS = 240, 180
"""Seconds of a session from which on its half and its last minute are worth saying."""
PER_WORD, PAUSE = 0.4, 0.4
"""Seconds that speaking takes for each word (150 a minute), and for each cue beside."""

LIGHT_STROKES = "A few light strokes"
SIDES = {"right": "right side", "left": "left side", "both": "both sides"}
MOVE_ON = "Move on."
HALFWAY = "Halfway."
LAST_MINUTE = "Last minute. Slower and lighter."
END = "Hands rest. Let the person lie for a while."


@dataclass(frozen=True)
class Cue:
    """What is said at a moment, in words and by a sound; without words the sound is all."""

    at: float
    say: str
    sound: Literal["chime", "soft"] | None
    kind: Literal["ready", "begin", "ahead", "lighter", "move on", "halfway", "last minute", "end"]

    @property
    def until(self) -> float:
        """When it has been said."""
        return self.at + speaking(self.say)


def speaking(text: str) -> float:
    """Seconds that it takes to say a text, about."""
    words = len(re.findall(r"[^\s-]+", text))
    return PAUSE + PER_WORD * words if words else 0


def beats(step: Step) -> tuple[float, float] | None:
    """The first beat and the seconds from one to the next; None where only the speed counts."""
    return (float(step.start), 60 / step.per_minute) if step.per_minute else None


def cues(steps: Sequence[Step], course: Course) -> tuple[Cue, ...]:
    """Everything that is said in a session, in order; nothing is said over anything else.

    Every step has a cue at its start, without words only if it is too short for its name. What
    the hands need most comes first: where to be lighter before what comes next, and that before
    the time and "move on".

    Raises:
        ValueError: there are no steps.
    """
    if not steps:
        raise ValueError("a session without any steps has nothing to say")
    names = {each.id: each.names.english for each in course.techniques}
    end = steps[-1].start + steps[-1].seconds
    said = [_ready(steps[0], names), *_begins(steps, course, names), Cue(end, END, "chime", "end")]
    first, more = _lighter(steps, course)
    for wish, latest in (*first, *_ahead(steps, names), *_times(end), *more):
        said += _placed(wish, latest, said)
    for tick in _moves(steps):
        words = tick.say if _is_free(tick, said, APART) else ""
        said.append(replace(tick, say=words))
    return tuple(sorted(said, key=lambda cue: cue.at))


# --- steps -----------------------------------------------------------------------------------


def _ready(step: Step, names: Mapping[str, str]) -> Cue:
    return Cue(-READY, f"Get ready. First: {named(step, names)}.", "chime", "ready")


def named(step: Step, names: Mapping[str, str]) -> str:
    """A step in words, such as "sawing, left side"; `names` are those of the techniques, by id."""
    if step.link:
        return _lower(LIGHT_STROKES)
    return f"{_lower(names[step.technique])}, {SIDES[step.side]}"


def _begins(steps: Sequence[Step], course: Course, names: Mapping[str, str]) -> Iterator[Cue]:
    blocks = {block.id: block.name for block in course.blocks}
    before: Step | None = None
    for step in steps:
        ways = _ways_to_begin(step, before, blocks, names)
        fits = (words for words in ways if speaking(words) + BREATH <= step.seconds)
        yield Cue(step.start, next(fits, ""), "soft" if step.link else "chime", "begin")
        before = before if step.link else step


def _ways_to_begin(
    step: Step, before: Step | None, blocks: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[str]:
    """What may be said at the start of a step, the fullest first; `before` is no link."""
    if step.link:
        yield f"{LIGHT_STROKES}."
        yield "Light strokes."
        return
    name, side = names[step.technique], f"{SIDES[step.side].capitalize()}."
    if before is None or before.block != step.block:
        title = [blocks[step.block]] if blocks[step.block] != name else []
        yield f"{'. '.join([*title, name])}. {side}"
    elif before.technique == step.technique:
        yield f"Change sides. {side}"
        yield side
    elif before.side != step.side:
        both = "both" in {before.side, step.side}
        yield f"Change to {_lower(name)}. {side}" if both else f"Change sides. {name}. {side}"
    else:
        yield f"Change to {_lower(name)}."
    yield f"{name}. {side}"
    yield f"{name}."


Wish = tuple[Cue, float]
"""A cue, and until when it may be said at the latest."""


def _ahead(steps: Sequence[Step], names: Mapping[str, str]) -> Iterator[Wish]:
    """The next step, ten seconds before it."""
    for step, words in zip(steps[:-1], following(steps, names), strict=False):
        if step.seconds >= LONG_ENOUGH:
            at = step.start + step.seconds - AHEAD
            yield Cue(at, f"In ten seconds: {words}.", "soft", "ahead"), at


def following(steps: Sequence[Step], names: Mapping[str, str]) -> list[str]:
    """What comes after each step, in words; a link is named together with what it leads to."""
    words = [named(step, names) for step in steps]
    nexts = [
        f"{word}, then {then}" if step.link and then else word
        for step, word, then in zip(steps[1:], words[1:], [*words[2:], None], strict=False)
    ]
    return [*nexts, "the end"][: len(steps)]


# --- where to be lighter ---------------------------------------------------------------------


def _lighter(steps: Sequence[Step], course: Course) -> tuple[list[Wish], list[Wish]]:
    """For each step where its hands enter what bears less; the tightest places come first.

    The others follow only when a technique is new, so that it does not become a litany.
    """
    techniques = {each.id: each for each in course.techniques}
    first: list[Wish] = []
    more: list[Wish] = []
    known: set[str] = set()
    for step in steps:
        groups = [] if step.link else light_places(step, techniques[step.technique], course.zones)
        for i, places in enumerate(groups):
            cue = Cue(step.start + BREATH, f"Lighter {_listed(places)}.", None, "lighter")
            wish = cue, step.start + step.seconds - speaking(cue.say)
            if i == 0:
                first.append(wish)
            elif step.technique not in known:
                more.append(wish)
        known.add(step.technique)
    return first, more


def light_places(step: Step, technique: Technique, zones: Sequence[Zone]) -> list[tuple[str, ...]]:
    """In words where a step has to be lighter, places that are alike together, tightest first."""
    pressure = technique.pressure.model_copy(update={"range": step.force})
    today = technique.model_copy(update={"strokes": step.strokes, "pressure": pressure})
    kinds = anatomy.kinds(today, zones)
    light = [zone for zone in zones if kinds.get(zone.id) == "light"]

    def ceiling(zone: Zone) -> float:
        return zone.ceiling.get(technique.motion, 0)

    alike = groupby(sorted(light, key=ceiling), ceiling)
    return [tuple(_place(zone) for zone in group) for _, group in alike]


def _place(zone: Zone) -> str:
    """A zone with the word that leads to it: "over the kidneys", "on the lowest ribs"."""
    name = _lower(zone.name)
    return name if name.startswith(("over ", "between ")) else f"on the {name}"


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


# --- time and spots --------------------------------------------------------------------------


def _times(end: int) -> Iterator[Wish]:
    if end >= HALF_COUNTS:
        yield Cue(end / 2, HALFWAY, "soft", "halfway"), end / 2 + LATE
    if end >= LAST_COUNTS:
        yield Cue(end - 60, LAST_MINUTE, "soft", "last minute"), end - 60 + LATE


def _moves(steps: Iterable[Step]) -> Iterator[Cue]:
    """A tick wherever a hand has been on a spot for long enough; it is put into words at first."""
    told: dict[str, int] = {}
    for step in steps:
        for after in step.moves:
            times = told.get(step.technique, 0)
            told[step.technique] = times + 1
            say = MOVE_ON if times < TOLD else ""
            yield Cue(step.start + after, say, "soft", "move on")


def _placed(wish: Cue, latest: float, said: Sequence[Cue]) -> list[Cue]:
    """The cue at the first moment when nothing else is said, or nothing if that is too late."""
    moments = [wish.at, *sorted(cue.until + BREATH for cue in said if cue.say)]
    tries = (replace(wish, at=moment) for moment in moments if wish.at <= moment <= latest)
    return next(([cue] for cue in tries if _is_free(cue, said, BREATH)), [])


def _is_free(cue: Cue, said: Iterable[Cue], gap: float) -> bool:
    """Whether nothing else is said from so long before a cue until so long after it."""
    tiny = 1e-6  # what is placed right after another must not collide with it by rounding
    return all(
        other.until + gap <= cue.at + tiny or cue.until + gap <= other.at + tiny
        for other in said
        if other.say
    )


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
