"""What to do when: a plan as steps that follow one another without a gap."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, groupby, pairwise
from math import ceil

from massage_workbook import anatomy
from massage_workbook.course.schema import Course, Motion, Stroke, Technique
from massage_workbook.planning.allowed import Allowed, StepSide, allowed, seated, sides_of
from massage_workbook.planning.plan import Choice, Part, Plan
from massage_workbook.screening import Restrictions

LEAST_PASSES = 3
"""Passes of every technique on a side (B16), as far as the time of its block allows."""
LINK = 8
"""Seconds of the light strokes between two techniques of a block and before a change of side.

That there are some is stated (B84, E337); how many is the course's own.
"""
GLIDING = {Motion.SLIDE, Motion.PUSH}
"""Motions that stay nowhere, so that nobody has to be told to move on."""
NONE = Restrictions()


@dataclass(frozen=True)
class Step:
    """One technique on one side at a time; `start` is counted from the session's beginning.

    `passes` are the whole ones that fit, at the middle of the tempo; `per_minute` are movements a
    minute, None where only the speed of the hand counts. `link` marks a few light strokes between
    two techniques. `moves` are seconds after the start at which the hand has to have gone on to
    another spot. `strokes` and `force` (of 10, from and to) are those allowed today.
    """

    block: str
    technique: str
    side: StepSide
    start: int
    seconds: int
    passes: int
    per_minute: float | None
    link: bool
    moves: tuple[int, ...]
    strokes: tuple[Stroke, ...]
    force: tuple[float, float]


def within(plan: Plan, course: Course, restrictions: Restrictions) -> Plan:
    """The plan without all that the screening takes away."""
    if restrictions == NONE:
        return plan
    sitting = seated(course)

    def is_left(part: Part, choice: Choice) -> bool:
        lying = "prone" in restrictions.positions and choice.technique not in sitting
        shut = part.block in restrictions.blocks or lying
        return not shut and bool(_turns([choice], course, restrictions))

    return plan.only(is_left)


def steps(plan: Plan, course: Course, restrictions: Restrictions = NONE) -> tuple[Step, ...]:
    """What to do when, without all that the screening takes away.

    A block's techniques are done on one side to the end and then on the other (C206, E290), those
    for both hands at once between them; a few light strokes link them. They share their block by
    the time that their passes take and by their weights. Where there is too little for three
    passes of each, those that take longest are left out; but a session begins with the first
    technique of its first block, and ends with the last of its last one.
    """
    spots = {block.id: block.per_spot_seconds for block in course.blocks}
    made: list[Step] = []
    start = 0
    before = None
    parts = [part for part in within(plan, course, restrictions).parts if part.seconds]
    first = _turns(parts[0].choices[:1] if parts else (), course, restrictions)
    light = [turn for turn in first if turn.is_light][:1]
    for part in parts:
        kept = {parts[-1].block: part.choices[-1], parts[0].block: part.choices[0]}
        turns = _chosen(part, kept.get(part.block), before, light, course, restrictions)
        for turn, seconds in zip(turns, _times(turns, part.seconds), strict=True):
            if seconds:
                made.append(_step(turn, part.block, start, seconds, spots[part.block]))
            start += seconds
        before = turns[-1]
    return tuple(made)


@cache
def once(technique: Technique) -> float:
    """Seconds of one pass on one side, or of both hands at once, at the middle of the tempo."""
    return sum(anatomy.seconds(stroke, technique.tempo) for stroke in technique.strokes)


def least_time(technique: Technique) -> int:
    """Whole seconds that hold three passes, on both sides where they are worked in turn."""
    return _least(technique) * len(sides_of(technique))


def _least(technique: Technique) -> int:
    return ceil(round(LEAST_PASSES * once(technique), 6))


# --- turns -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Turn:
    """A choice on one of its sides, and what of it is allowed; or a link, which no choice made."""

    choice: Choice | None
    technique: Technique
    side: StepSide
    allowed: Allowed

    @cached_property
    def least(self) -> int:
        return _least(self.technique) if self.choice else LINK

    @property
    def is_light(self) -> bool:
        return self.technique.motion is Motion.SLIDE


def _turns(choices: Iterable[Choice], course: Course, restrictions: Restrictions) -> list[_Turn]:
    """The choices in the order of doing, each on its sides."""
    techniques = {each.id: each for each in course.techniques}
    made = []
    for sides, run in groupby(choices, lambda each: sides_of(techniques[each.technique])):
        members = list(run)
        for side in sides:
            for choice in members:
                if side != "both" and choice.side not in {"both", side}:
                    continue
                technique, where = techniques[choice.technique], side
                if side == "both":
                    where = choice.side
                if left := allowed(technique, where, restrictions, course.zones):
                    made.append(_Turn(choice, technique, where, left))
    return made


def _chosen(  # noqa: PLR0913, PLR0917 - a block, what stands around it, and what is allowed
    part: Part,
    kept: Choice | None,
    before: _Turn | None,
    light: list[_Turn],
    course: Course,
    restrictions: Restrictions,
) -> list[_Turn]:
    """The turns for which a block has time, linked by light strokes."""
    choices = list(part.choices)
    while True:
        alone = _turns(choices, course, restrictions)
        linked = list(_linked(alone, before, light))
        if sum(turn.least for turn in linked) <= part.seconds:
            return linked
        if len(choices) == 1:
            return alone
        loose = [turn for turn in alone if turn.choice is not kept]
        choices.remove(
            max(loose, key=lambda turn: turn.least * len(sides_of(turn.technique))).choice
        )


def _linked(turns: Iterable[_Turn], before: _Turn | None, light: list[_Turn]) -> Iterator[_Turn]:
    """Light strokes between any two turns that are not light themselves."""
    for turn in turns:
        if light and before and not before.is_light and not turn.is_light:
            yield _Turn(None, light[0].technique, light[0].side, light[0].allowed)
        yield turn
        before = turn


def _times(turns: Sequence[_Turn], seconds: int) -> list[int]:
    """What each turn needs, and of what is left over in proportion to its need and weight."""
    needs = [turn.least for turn in turns]
    if seconds < sum(needs):  # a single technique is left and has to do with less
        return _split(seconds, needs)
    shares = [turn.least * turn.choice.weight if turn.choice else 0 for turn in turns]
    spare = _split(seconds - sum(needs), shares)
    return [need + more for need, more in zip(needs, spare, strict=True)]


def _split(seconds: int, weights: Sequence[float]) -> list[int]:
    """Whole seconds in proportion to the weights, which add up."""
    ends = [round(seconds * part / sum(weights)) for part in accumulate(weights, initial=0)]
    return [end - begin for begin, end in pairwise(ends)]


def _step(turn: _Turn, block: str, start: int, seconds: int, spot: float | None) -> Step:
    technique, band = turn.technique, turn.technique.tempo.per_minute
    stays = turn.choice and spot and technique.motion not in GLIDING
    longest = round(min(technique.per_spot.seconds, spot)) if stays else seconds
    return Step(
        block=block,
        technique=technique.id,
        side=turn.side,
        start=start,
        seconds=seconds,
        passes=int(round(seconds / once(technique), 6)) if turn.choice else 1,
        per_minute=sum(band) / 2 if band else None,
        link=turn.choice is None,
        moves=tuple(range(longest, seconds, longest)),
        strokes=turn.allowed.strokes,
        force=turn.allowed.force,
    )
