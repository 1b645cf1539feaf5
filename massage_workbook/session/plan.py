"""A plan: the minutes of a session's blocks, as an immutable value.

Durations are whole seconds, so that they always add up exactly.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Self

from massage_workbook.course.model import find_item, unknown_message
from massage_workbook.course.schema import Block, BodyPosition, Course, Session, Technique
from massage_workbook.safety.screening import Side

MAX_SECONDS = 40 * 60
"""Maximum seconds of hands-on time in a session (C182, E298; the course's limit)."""
SLIDER_STEP = 15
"""Seconds of one slider step."""
_MAX_WEIGHT = 5
"""Maximum weight of a technique among the others of its block."""


class PlanError(ValueError):
    """A change that is not possible; the message says why, and what would be possible."""


@dataclass(frozen=True)
class TechniqueChoice:
    """A technique of a block, on one `side` of the back or both.

    Techniques share the time beyond their minimum passes in proportion to their `weight` (1-5).
    """

    technique: str
    weight: int = 1
    side: Side = "both"


@dataclass(frozen=True)
class Part:
    """A block of a plan: its `seconds`, between `least` and `most`.

    A `locked` part keeps its seconds when the total changes. `baseline` are its seconds at the last
    direct change, and `weight` its proportion; both stay while the total changes, so that
    changing the total back restores the same seconds.
    """

    block: str
    family: str
    seconds: int
    least: int
    most: int
    choices: tuple[TechniqueChoice, ...] = ()
    locked: bool = False
    weight: Fraction = field(default=Fraction(0), compare=False)
    baseline: int = field(default=0, compare=False)

    def set_to(self, seconds: int) -> Self:
        """The part with other seconds, which become its baseline and weight."""
        return replace(self, seconds=seconds, baseline=seconds, weight=Fraction(seconds))

    @property
    def free(self) -> bool:
        """Whether its seconds change with the total."""
        return bool(self.weight) and not self.locked


@dataclass(frozen=True)
class Plan:
    """Parts in the order of the session, and the position of the person."""

    parts: tuple[Part, ...]
    position: BodyPosition = "prone"

    @classmethod
    def of(cls, session: Session, course: Course) -> Self:
        """The plan of a ready-made session, with its own techniques or the default ones."""
        parts = tuple(_part(block, session, course) for block in course.blocks)
        return cls(parts, session.position)

    @property
    def total(self) -> int:
        """Seconds of the whole session."""
        return sum(part.seconds for part in self.parts)

    @property
    def least(self) -> int:
        """Seconds of the shortest session with these blocks and locks."""
        return sum(part.least if part.free else part.seconds for part in self.parts)

    @property
    def most(self) -> int:
        """Seconds of the longest session with these blocks and locks."""
        return min(
            MAX_SECONDS, sum(part.most if part.free else part.seconds for part in self.parts)
        )

    def part(self, block: str) -> Part:
        """The part of a block.

        Raises:
            PlanError: there is no such block.
        """
        for part in self.parts:
            if part.block == block:
                return part
        raise PlanError(unknown_message("block", block, [part.block for part in self.parts]))

    # --- minutes -----------------------------------------------------------------------------

    def with_block(self, block: str, seconds: int) -> Self:
        """The plan with another length of one block; the others stay, the total changes.

        Raises:
            PlanError: the block is locked, or the block or session would be too short or long.
        """
        part = self.part(block)
        if part.locked and seconds != part.seconds:
            raise PlanError(f"{block} is locked at {mmss(part.seconds)}; unlock it first")
        if not part.least <= seconds <= part.most:
            span = f"{mmss(part.least)} to {mmss(part.most)}"
            raise PlanError(f"{block} takes {span} minutes, not {mmss(seconds)}")
        if (total := self.total - part.seconds + seconds) > MAX_SECONDS:
            most = mmss(MAX_SECONDS - self.total + part.seconds)
            raise PlanError(
                f"that makes {mmss(total)}, and a session has {mmss(MAX_SECONDS)} at most:"
                f" {block} can have up to {most}"
            )
        return replace(
            self, parts=tuple(p.set_to(seconds if p is part else p.seconds) for p in self.parts)
        )

    def with_total(self, seconds: int) -> Self:
        """The plan with another total, shared in proportion within each block's bounds.

        Blocks without minutes and locked blocks do not change.

        Raises:
            PlanError: the blocks cannot be that short or long.
        """
        if not self.least <= seconds <= self.most:
            raise PlanError(self._cannot_make(seconds))
        if seconds == sum(part.baseline for part in self.parts):
            return replace(self, parts=tuple(replace(p, seconds=p.baseline) for p in self.parts))
        fixed = sum(part.seconds for part in self.parts if not part.free)
        shares = iter(share_seconds(seconds - fixed, [part for part in self.parts if part.free]))
        return replace(
            self, parts=tuple(replace(p, seconds=next(shares)) if p.free else p for p in self.parts)
        )

    def _cannot_make(self, seconds: int) -> str:
        locked = [f"{p.block} is locked at {mmss(p.seconds)}" for p in self.parts if p.locked]
        needs = [f"{p.block} needs {mmss(p.least)}" for p in self.parts if p.free and p.least]
        full = [f"{p.block} takes {mmss(p.most)} at most" for p in self.parts if p.free]
        if seconds > MAX_SECONDS:
            reasons = [f"a session has {mmss(MAX_SECONDS)} at most"]
        else:
            reasons = locked + (needs if seconds < self.least else full)
        span = f"{mmss(self.least)} to {mmss(self.most)}"
        return f"{mmss(seconds)} is not possible: {', '.join(reasons)}. These blocks allow {span}"

    def locked(self, block: str) -> Self:
        """The plan with a block locked: its seconds stay when the total changes."""
        return self._with_lock(block, locked=True)

    def unlocked(self, block: str) -> Self:
        """The plan with a block unlocked."""
        return self._with_lock(block, locked=False)

    def _with_lock(self, block: str, *, locked: bool) -> Self:
        part = self.part(block)
        parts = (replace(p, locked=locked) if p is part else p for p in self.parts)
        return replace(self, parts=tuple(replace(p, baseline=p.seconds) for p in parts))

    def without(self, block: str) -> Self:
        """The plan without a block; the others stay, the total changes.

        Raises:
            PlanError: it is the first or last block, which every session has.
        """
        part = self.part(block)
        if part.least:
            raise PlanError(f"{block} stays: it takes {mmss(part.least)} minutes at least")
        return self.unlocked(block).with_block(block, 0)

    # --- techniques --------------------------------------------------------------------------

    def with_technique(
        self, block: str, technique: Technique, weight: int = 1, side: Side = "both"
    ) -> Self:
        """The plan with a technique added to a block or changed, with a weight (1-5) and side.

        A new technique comes last; in the last block it comes before the one that ends the session.

        Raises:
            PlanError: the technique belongs to another block or position, or the weight is invalid.
        """
        part = self.part(block)
        if self.position not in technique.positions:
            raise PlanError(f"{technique.id} cannot be done on somebody who is {self.position}")
        if technique.family != part.family:
            raise PlanError(f"{technique.id} is {technique.family} and has no place in {block}")
        if weight not in range(1, _MAX_WEIGHT + 1):
            raise PlanError(f"a technique weighs 1 to {_MAX_WEIGHT}, not {weight}")
        choice = TechniqueChoice(technique.id, weight, side)
        names = [each.technique for each in part.choices]
        if technique.id in names:
            chosen = [choice if each.technique == technique.id else each for each in part.choices]
        else:
            place = len(names) - (part is self.parts[-1] and bool(names))
            chosen = [*part.choices[:place], choice, *part.choices[place:]]
        return self._with(block, chosen)

    def without_technique(self, block: str, technique: str) -> Self:
        """The plan with a technique removed from a block.

        Raises:
            PlanError: the block does not have it, or has no other technique.
        """
        names = [each.technique for each in self.part(block).choices]
        if technique not in names:
            raise PlanError(unknown_message(f"technique of {block}", technique, names))
        if len(names) == 1:
            raise PlanError(f"{block} has no other technique than {technique}: leave {block} out")
        chosen = [each for each in self.part(block).choices if each.technique != technique]
        return self._with(block, chosen)

    def _with(self, block: str, choices: Iterable[TechniqueChoice]) -> Self:
        part = self.part(block)
        changed = replace(part, choices=tuple(choices))
        return replace(self, parts=tuple(changed if p is part else p for p in self.parts))

    def in_order(self, blocks: Sequence[str]) -> Self:
        """The plan with its blocks in another order; the first and last one stay.

        Raises:
            PlanError: a block is missing or unknown, or the first or last one would change.
        """
        names = [part.block for part in self.parts]
        if sorted(blocks) != sorted(names):
            raise PlanError(f"an order names each block once: {', '.join(names)}")
        if blocks[0] != names[0] or blocks[-1] != names[-1]:
            raise PlanError(f"a session begins with {names[0]} and ends with {names[-1]}")
        return replace(self, parts=tuple(self.part(block) for block in blocks))

    def moved(self, block: str, by: int) -> Self:
        """The plan with a block so many places later, or earlier.

        Raises:
            PlanError: the first or last one would change.
        """
        names = [part.block for part in self.parts]
        at = names.index(self.part(block).block)
        names.insert(at + by, names.pop(at))
        return self.in_order(names)

    def only(self, allowed: Callable[[Part, TechniqueChoice], bool]) -> Self:
        """The plan with only the allowed choices; a block without any gets no time."""
        parts = []
        for part in self.parts:
            left = tuple(choice for choice in part.choices if allowed(part, choice))
            changed = part if left else replace(part.set_to(0), least=0, most=0, locked=False)
            parts.append(replace(changed, choices=left))
        return replace(self, parts=tuple(replace(p, baseline=p.seconds) for p in parts))

    def at_most(self, seconds: Mapping[str, int]) -> Self:
        """The plan with the seconds of these blocks limited."""
        parts = []
        for part in self.parts:
            if (most := seconds.get(part.block, part.most)) < part.seconds:
                part = replace(part.set_to(most), least=min(part.least, most), most=most)  # noqa: PLW2901
            parts.append(part)
        return replace(self, parts=tuple(replace(p, baseline=p.seconds) for p in parts))


def carry_over(whole: Plan, before: Plan, after: Plan) -> Plan:
    """The whole plan with the changes made, from `before` to `after`, to its restricted version.

    Raises:
        PlanError: that would be longer than a session may be.
    """
    parts = [_carried_over(whole.part(p.block), before.part(p.block), p) for p in after.parts]
    if (total := sum(part.seconds for part in parts)) > MAX_SECONDS:
        raise PlanError(f"that makes {mmss(total)}, and a session has {mmss(MAX_SECONDS)} at most")
    return replace(whole, parts=tuple(parts))


def _carried_over(part: Part, before: Part, after: Part) -> Part:
    now = {each.technique: each for each in after.choices}
    removed = {each.technique for each in before.choices} - {*now}
    choices = [
        now.get(each.technique, each) for each in part.choices if each.technique not in removed
    ]
    seconds = part.seconds if after.seconds == before.seconds else after.seconds
    return replace(part.set_to(seconds), choices=tuple(choices), locked=after.locked)


def _part(block: Block, session: Session, course: Course) -> Part:
    seconds = round(session.minutes.get(block.id, 0) * 60)
    least, most = (round(end * 60) for end in block.minutes)
    if session.position == "side-lying":
        least = _on_both_halves(least, block, course)
    usual = [t.id for t in course.techniques if session.position in t.positions]
    own = session.techniques.get(block.id) or [name for name in block.techniques if name in usual]
    return Part(
        block.id,
        block.family,
        seconds,
        min(least, seconds),
        max(most, seconds) if own else 0,
        tuple(map(TechniqueChoice, own)),
        weight=Fraction(seconds),
        baseline=seconds,
    )


def _on_both_halves(least: int, block: Block, course: Course) -> int:
    """The minimum seconds of a block in side-lying, done on each half of the back in turn."""
    turning = find_item("transition", "turn-over", course.transitions).seconds
    return 2 * least + (turning if block is course.blocks[0] else 0)


def share_seconds(seconds: int, parts: list[Part]) -> list[int]:
    """Whole seconds for each part, in proportion to the weights and within the bounds.

    They add up to `seconds`, which must lie between the sums of the bounds.
    """
    low, high = (
        Fraction(0),
        max((Fraction(part.most) / part.weight for part in parts), default=Fraction(0)),
    )
    # The sum of the clamped shares grows linearly with the factor between two corners.
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


def round_up(seconds: float) -> int:
    """Seconds rounded up to a slider step."""
    return -int(-seconds // SLIDER_STEP) * SLIDER_STEP


def mmss(seconds: int) -> str:
    """Seconds as minutes and seconds, such as `1:30`."""
    return f"{seconds // 60}:{seconds % 60:02d}"
