"""One movement of a technique: the state of its hands at any moment.

A moment is a share of the movement, from 0 to 1, which is 0 of the next one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import cos, pi, sin

from massage_workbook.body.hand_shapes import EDGE_HALF_WIDTH, PALM_HALF_WIDTH
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Motion, Phase, Technique

_GLIDE_CM = 6.0
"""Length of the part of a glide that is shown."""
ROLL_CM = 2.0
"""Distance by which a muscle is rolled."""
SHIFT_CM = 2.2
"""Distance by which skin is moved: two or three centimetres."""
_TREMOR_CM = 0.5
_LANDED_SHARE = 0.2
"""Share of a fall and of a rebound in which the hand touches."""
TWO = {"together", "in turn", "against each other"}
"""Values of `hands.work` with two hands on the skin."""


@dataclass(frozen=True)
class Hand:
    """The state of a hand: each value is 0 at rest, and 1 or -1 at the end of its phase."""

    press: float = 0
    height: float = 0
    travel: float = 0
    shift: float = 0
    turn: float = 0
    close: float = 0
    lift: float = 0
    roll: float = 0
    bend: float = 0
    shake: float = 0

    @property
    def on_skin(self) -> bool:
        """Whether it touches."""
        return self.height < _TOUCH_HEIGHT


_TOUCH_HEIGHT = 1e-6
"""Height below which a hand is on the skin."""
_LET_GO = {"close": 0, "lift": 0, "roll": 0, "bend": 0, "shift": 0, "turn": 0}
_ENDS: Mapping[str, Mapping[str, float]] = {
    "place": {"height": 0},
    "sink in": {},
    "glide": {"travel": 1},
    "push": {"travel": 1},
    "move the skin": {"shift": 1},
    "move the skin back": {"shift": -1},
    "close": {"close": 1},
    "lift": {"lift": 1},
    "roll": {"roll": 1},
    "bend": {"bend": 1},
    "bend back": {"bend": -1},
    "hold": {},
    "fall": {"height": 0},
    "rebound": {"height": 1},
    "ease": {},
    "release": _LET_GO,
    "return": {"travel": 0, "roll": 0, "shift": 0},
    "lift off": {"height": 1},
}
"""Values at the end of each phase without turns; the others stay as they are."""
_TURNS = {"circle": 1.0, "half circle": 0.5}
"""Total turns of all phases of a kind."""


def hand_at(technique: Technique, at: float, *, second: bool = False) -> Hand:
    """The state of a hand at a moment; the second one may be delayed or opposed to the first."""
    work = technique.hands.work
    delay = 0.5 if second and work == "in turn" else 0
    hand = _hand(technique, (at - delay) % 1)
    if second and work == "against each other":
        return replace(hand, shift=-hand.shift, bend=-hand.bend)
    return hand


def _hand(technique: Technique, at: float) -> Hand:
    phases = technique.movement.phases
    starts = [0.0, *accumulate(phase.share for phase in phases)]
    number = max(i for i, start in enumerate(starts[:-1]) if start <= at + 1e-9)
    part = min(1.0, (at - starts[number]) / phases[number].share)
    hand = _before(phases, number)
    return _during(phases, number, hand, part, technique.movement.counts)


def _before(phases: Sequence[Phase], number: int) -> Hand:
    """The state at the beginning of a phase, in the course of repeated movements."""
    hand = Hand()
    for i in [*range(len(phases)), *range(number)]:
        hand = _during(phases, i, hand, 1, 1)
        if i == len(phases) - 1:
            hand = replace(hand, turn=0, shake=0)
    return hand


def _during(phases: Sequence[Phase], number: int, hand: Hand, part: float, counts: int) -> Hand:
    """The state after a part, 0-1, of a phase that begins with `hand`."""
    phase, soft = phases[number], (1 - cos(pi * part)) / 2
    press = hand.press + (phase.pressure - hand.press) * soft
    if phase.do in _TURNS:
        alike = sum(each.share for each in phases if each.do == phase.do)
        turned = _TURNS[phase.do] * phase.share / alike
        return replace(hand, press=press, turn=hand.turn + turned * part)
    if phase.do == "shake":
        return replace(hand, press=press, shake=(phase.share * counts * part) if part < 1 else 0)
    pace = soft
    if phase.do in {"glide", "push"}:
        pace = part
    elif phase.do == "fall":
        pace = min(1, part / (1 - _LANDED_SHARE)) ** 2
    elif phase.do == "rebound":
        pace = 1 - min(1, (1 - part) / (1 - _LANDED_SHARE)) ** 2
    ends = {
        name: getattr(hand, name) + (end - getattr(hand, name)) * pace
        for name, end in _ENDS[phase.do].items()
    }
    return replace(hand, press=press, **ends)


def seconds(technique: Technique) -> float:
    """Seconds of all phases at the middle of the tempo; of a glide, only the part that is shown."""
    phases = technique.movement.phases
    if technique.glides:
        gliding = sum(phase.share for phase in phases if phase.do in {"glide", "push"})
        return _GLIDE_CM * 2 / sum(technique.tempo.cm_per_second) / gliding
    return technique.movement.counts * 120 / sum(technique.tempo.per_minute)


def phase_seconds(technique: Technique, phase: Phase) -> str:
    """The seconds of a phase as text; empty for a glide, of which only a part is shown."""
    if technique.glides:
        return ""
    time = phase.share * seconds(technique)
    digits = 0 if time >= _WHOLE_SECONDS_FROM else 1
    return f"{time:.{digits}f}\N{NO-BREAK SPACE}s"


_WHOLE_SECONDS_FROM = 3
"""Duration from which whole seconds are given."""


def hands_at(technique: Technique, at: float) -> list[Hand]:
    """The hands that touch the skin at a moment: one, or two."""
    seconds = [False, True] if technique.hands.work in TWO else [False]
    return [hand_at(technique, at, second=second) for second in seconds]


def spacing(technique: Technique) -> float | None:
    """Distance between the middles of two hands, in cm; None without a stated gap."""
    hands = technique.hands
    if not hands.gap_cm:
        return None
    edge = hands.pose == "edge"
    return sum(hands.gap_cm) / 2 + 2 * (EDGE_HALF_WIDTH if edge else PALM_HALF_WIDTH)


def hand_offset(technique: Technique, hand: Hand, at: float) -> Point:
    """Offset of a hand from its starting point, forward and to its left, in cm."""
    stroke = technique.strokes[0]
    radius = _TREMOR_CM if technique.motion is Motion.SHAKE else stroke.radius_cm
    turn, shaken = 2 * pi * hand.turn, 2 * pi * hand.shake
    ahead = SHIFT_CM * hand.shift + _GLIDE_CM * (hand.travel - 0.5) * technique.glides
    if stroke.side == "middle":
        return _GLIDE_CM / 2 * sin(2 * pi * at), 1.3 * sin(4 * pi * at)
    if stroke.mark == "spiral":
        loops = 6 * pi * hand.travel
        return ahead + radius * sin(loops) / 2, radius * (1 - cos(loops)) / 2
    if stroke.mark == "semicircles":
        return ahead + radius * (1 - cos(turn)), radius * sin(turn)
    around = (1 - cos(turn)) + (1 - cos(shaken)) * (stroke.mark == "circles")
    return ahead + radius * (sin(turn) + sin(shaken)), radius * around


@dataclass(frozen=True)
class Moment:
    """The moment `at` which a phase is shown, its start, and the index of the hand that does it."""

    start: float
    at: float
    hand: int
    phase: Phase


def moments(technique: Technique) -> Iterator[Moment]:
    """The moments that show the phases with a caption.

    A phase is shown at its end; one that turns, halfway; one that shakes, off its middle. For a
    phase in which the first of two hands in turn waits or goes back, the second is shown working.
    """
    phases = technique.movement.phases
    starts = list(accumulate((phase.share for phase in phases), initial=0.0))
    works = next(i for i, phase in enumerate(phases) if phase.pressure == 1)
    for start, phase in zip(starts, phases, strict=False):
        if not phase.say:
            continue
        if technique.hands.work == "in turn" and phase.do in {"hold", "return"}:
            yield Moment(0.5 + starts[works], 0.5 + starts[works + 1], 1, phase)
        else:
            yield Moment(start, _display_time(technique, start, phase), 0, phase)


def _display_time(technique: Technique, start: float, phase: Phase) -> float:
    if phase.do in _TURNS:
        return start + phase.share / 2
    if phase.do == "shake":
        return start + phase.share - 0.75 / technique.movement.counts
    return start + phase.share


_MARKS_ALT = {
    Motion.SLIDE: "The hand glides, the marks on the skin stay.",
    Motion.PUSH: "The hand glides with weight behind a low wave; the marks on the skin stay.",
    Motion.SHIFT: "The marks on the skin go with the hand, the muscle below stays.",
    Motion.LIFT: "The muscle goes with the hand.",
    Motion.ROLL: "The muscle rolls under the hand, with the marks on the skin.",
    Motion.PRESS: "The muscle gives way under the hand.",
    Motion.STRIKE: "The hand lands and rebounds at once.",
    Motion.SHAKE: "Skin and muscle tremble with the hand.",
}
"""Descriptions of the tick marks of a picture, by motion."""


def alt_text(technique: Technique) -> str:
    """The phases in words, with their total time, and the movement of the tick marks."""
    captions = ", ".join(phase.say for phase in technique.movement.phases if phase.say)
    whole = f"one movement in {seconds(technique):.1f} seconds"
    duration = "a part of a glide" if technique.glides else whole
    return f"{technique.names.english}, {duration}: {captions}. {_MARKS_ALT[technique.motion]}"
