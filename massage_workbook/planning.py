"""A plan: how the minutes of a session are shared among its blocks. A value that never changes.

Whole seconds inside, so that they always add up exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from itertools import accumulate, pairwise
from math import ceil
from operator import itemgetter
from typing import Literal, Self

from massage_workbook import anatomy
from massage_workbook.course.model import unknown
from massage_workbook.course.schema import Block, Session, Technique

LONGEST = 40 * 60
"""Seconds of hands-on time that no session goes beyond (C182, E298; the course's ceiling)."""


class PlanError(ValueError):
    """A wish that cannot be met; the message says what stands in the way and what would fit."""


@dataclass(frozen=True)
class Part:
    """A block's share of a plan: its `seconds`, and between which `least` and `most` they move.

    `weight` is what its seconds were when the learner last set them; parts keep their weights
    while the total changes, so that changing it back gives back the same seconds.
    """

    block: str
    seconds: int
    least: int
    most: int
    weight: Fraction = field(compare=False)

    def set_to(self, seconds: int) -> Self:
        """The part with other seconds, which it will keep its proportion to from now on."""
        return replace(self, seconds=seconds, weight=Fraction(seconds))


@dataclass(frozen=True)
class Plan:
    """Parts in the order of the session."""

    parts: tuple[Part, ...]

    @classmethod
    def of(cls, session: Session, blocks: Mapping[str, Block]) -> Self:
        """The plan that is a ready-made session; `blocks` are those of the course, by id."""
        parts = []
        for name, block in blocks.items():
            seconds = round(session.minutes.get(name, 0) * 60)
            least, most = (round(end * 60) for end in block.minutes)
            parts.append(
                Part(name, seconds, min(least, seconds), max(most, seconds), Fraction(seconds))
            )
        return cls(tuple(parts))

    @property
    def total(self) -> int:
        """Seconds of the whole session."""
        return sum(part.seconds for part in self.parts)

    @property
    def least(self) -> int:
        """Seconds of the shortest session with these blocks."""
        return sum(part.least for part in self.parts if part.weight)

    @property
    def most(self) -> int:
        """Seconds of the longest session with these blocks."""
        return min(LONGEST, sum(part.most for part in self.parts if part.weight))

    def part(self, block: str) -> Part:
        """The part of a block.

        Raises:
            PlanError: there is no such block.
        """
        for part in self.parts:
            if part.block == block:
                return part
        raise PlanError(unknown("block", block, [part.block for part in self.parts]))

    def with_block(self, block: str, seconds: int) -> Self:
        """The plan with another length of one block; the others stay, the total follows.

        Raises:
            PlanError: the block or the session would become too short or too long.
        """
        part = self.part(block)
        if not part.least <= seconds <= part.most:
            span = f"{clock(part.least)} to {clock(part.most)}"
            raise PlanError(f"{block} takes {span} minutes, not {clock(seconds)}")
        if (total := self.total - part.seconds + seconds) > LONGEST:
            most = clock(LONGEST - self.total + part.seconds)
            raise PlanError(
                f"that makes {clock(total)}, and a session has {clock(LONGEST)} at most:"
                f" {block} can have up to {most}"
            )
        parts = (each.set_to(seconds if each is part else each.seconds) for each in self.parts)
        return replace(self, parts=tuple(parts))

    def with_total(self, seconds: int) -> Self:
        """The plan with another total, shared in proportion within each block's bounds.

        A block without any minutes stays without.

        Raises:
            PlanError: the blocks cannot be as short or as long as that.
        """
        if not self.least <= seconds <= self.most:
            raise PlanError(
                f"these blocks make {clock(self.least)} to {clock(self.most)} minutes,"
                f" not {clock(seconds)}"
            )
        shares = iter(shared(seconds, [part for part in self.parts if part.weight]))
        return replace(
            self,
            parts=tuple(replace(p, seconds=next(shares)) if p.weight else p for p in self.parts),
        )


def shared(seconds: int, parts: list[Part]) -> list[int]:
    """Whole seconds for each part, in proportion to the weights, none beyond its bounds.

    They add up to `seconds`, which must lie between the sums of the bounds.
    """
    low, high = (
        Fraction(0),
        max((Fraction(part.most) / part.weight for part in parts), default=Fraction(0)),
    )
    # The common factor lies where the clamped shares add up; between two corners it is linear.
    corners = sorted(
        {low, high} | {Fraction(b) / p.weight for p in parts for b in (p.least, p.most)}
    )
    factor = next(
        (
            a + (b - a) * (seconds - at_a) / (at_b - at_a)
            for a, b in pairwise(corners)
            if (at_a := _sum(parts, a)) <= seconds <= (at_b := _sum(parts, b)) and at_a < at_b
        ),
        high,
    )
    exact = [_clamped(part, factor) for part in parts]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: whole[i] - exact[i])
    for i in by_remainder[: seconds - sum(whole)]:
        whole[i] += 1
    return whole


def _clamped(part: Part, factor: Fraction) -> Fraction:
    return max(Fraction(part.least), min(Fraction(part.most), part.weight * factor))


def _sum(parts: list[Part], factor: Fraction) -> Fraction:
    return sum((_clamped(part, factor) for part in parts), Fraction(0))


# --- what to do when -------------------------------------------------------------------------

LEAST_PASSES = 3
"""Passes of every technique on a side (B16), as far as the time of its block allows."""


@dataclass(frozen=True)
class Step:
    """One technique on one side at a time; `start` is counted from the session's beginning."""

    block: str
    technique: str
    side: Literal["right", "left", "both"]
    start: int
    seconds: int


def steps(plan: Plan, techniques: Mapping[str, Sequence[Technique]]) -> tuple[Step, ...]:
    """What to do when, without a gap; `techniques` are those of each block, in their order.

    Techniques share their block by the time that their passes take. Where there is too little for
    three passes of each, those that take longest are left out; but a session begins with the first
    of its first block, and ends with the last of its last one.
    """
    made: list[Step] = []
    start = 0
    parts = [part for part in plan.parts if part.seconds]
    for part in parts:
        members = techniques[part.block]
        kept = {parts[-1].block: members[-1], parts[0].block: members[0]}.get(part.block)
        for technique, time in _timed(members, part.seconds, kept):
            sides = sides_of(technique)
            for side, seconds in zip(sides, _split(time, [1] * len(sides)), strict=True):
                if seconds:
                    made.append(Step(part.block, technique.id, side, start, seconds))
                start += seconds
    return tuple(made)


def usual(
    session: Session, blocks: Iterable[Block], techniques: Mapping[str, Technique]
) -> dict[str, list[Technique]]:
    """The techniques of each block in a ready-made session: its own, else the usual ones."""
    own = [techniques[name] for name in session.techniques]
    return {
        block.id: [each for each in own if each.family == block.family]
        or [techniques[name] for name in block.techniques]
        for block in blocks
    }


def sides_of(technique: Technique) -> tuple[Literal["right", "left", "both"], ...]:
    """One side and then the other, or both at once."""
    in_turn = any(stroke.side == "each" for stroke in technique.strokes)
    return ("right", "left") if in_turn else ("both",)


@cache
def least_time(technique: Technique) -> int:
    """Whole seconds that hold three passes, on both sides where they are worked in turn."""
    once = sum(anatomy.seconds(stroke, technique.tempo) for stroke in technique.strokes)
    return ceil(round(LEAST_PASSES * once, 6)) * len(sides_of(technique))


def _timed(
    techniques: Sequence[Technique], seconds: int, kept: Technique | None
) -> list[tuple[Technique, int]]:
    """Those that there is time for: what each needs, and of what is left over in proportion."""
    chosen = [(each, least_time(each)) for each in techniques]
    while len(chosen) > 1 and sum(need for _, need in chosen) > seconds:
        chosen.remove(max((pair for pair in chosen if pair[0] is not kept), key=itemgetter(1)))
    needs = [need for _, need in chosen]
    if seconds < sum(needs):  # a single one is left and has to do with less
        return [(chosen[0][0], seconds)]
    spare = _split(seconds - sum(needs), needs)
    return [(each, need + more) for (each, need), more in zip(chosen, spare, strict=True)]


def _split(seconds: int, weights: Sequence[float]) -> list[int]:
    """Whole seconds in proportion to the weights, which add up."""
    ends = [round(seconds * part / sum(weights)) for part in accumulate(weights, initial=0)]
    return [end - begin for begin, end in pairwise(ends)]


def clock(seconds: int) -> str:
    """Seconds as minutes and seconds: 90 is `1:30`."""
    return f"{seconds // 60}:{seconds % 60:02d}"
