"""What to do when: a plan as steps that follow one another without a gap, at the pace of hands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from math import ceil, floor
from typing import Literal

from massage_workbook.course.model import named
from massage_workbook.course.schema import Course, Session, Stance, Stroke, Technique
from massage_workbook.safety.screening import Restrictions, Side
from massage_workbook.session import passes
from massage_workbook.session.allowed import Allowed, allowed, sides_of
from massage_workbook.session.plan import Choice, Part, Plan

SHORTEST = 20
"""Seconds of a step at least: in less, nobody finds into a movement; the course's own."""
OILY, DRY = {"thin film", "none or thin film"}, {"none", "little"}
"""Amounts of oil after which the back is blotted, and those before which it is."""
NONE = Restrictions()

Place = Literal["right", "left"]
"""The side of the person on which the giver is."""
OTHER: dict[Side, Place] = {"right": "left", "left": "right"}


@dataclass(frozen=True)
class Step:
    """One technique on one side at a time; `start` is counted from the session's beginning.

    The `lead` seconds before its first pass go to the `transitions`, by id; after the last pass
    the hands rest for `rest` seconds. `per_minute` are movements or glides a minute, at the pace
    at which the `passes` fill the time between. `place` is the side on which the giver is, None
    where it does not matter. `strokes` and `force` (of 10, from and to) are those allowed today.
    """

    block: str
    technique: str
    side: Side
    start: int
    seconds: int
    lead: int
    rest: int
    passes: int
    per_minute: float
    transitions: tuple[str, ...]
    stance: str
    place: Place | None
    strokes: tuple[Stroke, ...]
    force: tuple[float, float]

    @property
    def at_work(self) -> int:
        """Seconds in which the hands make the passes."""
        return self.seconds - self.lead - self.rest

    @property
    def pass_seconds(self) -> float:
        """Seconds of each pass."""
        return self.at_work / self.passes


def pace(steps: Iterable[Step], block: str) -> tuple[float, float]:
    """Movements a minute of a block's slowest and fastest step; 0 where it has none."""
    paces = [step.per_minute for step in steps if step.block == block]
    return min(paces, default=0), max(paces, default=0)


def within(plan: Plan, course: Course, restrictions: Restrictions) -> Plan:
    """The plan without all that the screening takes away.

    What is left of a block is not drawn out: it has time for the most passes of its techniques.
    """
    if restrictions == NONE:
        return plan
    setting = _Setting(plan, course, restrictions)
    left = plan.only(lambda part, choice: setting.holds(part.block, choice))
    return left.at_most(
        {block: room.most for block, room in rooms(left, course, restrictions).items()}
    )


def sessions_left(course: Course, restrictions: Restrictions) -> list[tuple[Session, Plan]]:
    """The ready-made sessions of which the screening leaves something, and what it leaves."""
    plans = (
        (each, within(Plan.of(each, course), course, restrictions)) for each in course.sessions
    )
    return [(session, plan) for session, plan in plans if steps(plan, course, restrictions)]


def steps(plan: Plan, course: Course, restrictions: Restrictions = NONE) -> tuple[Step, ...]:
    """What to do when, without all that the screening takes away.

    A block's techniques are done on one side to the end and then on the other (C206, E290), those
    for both hands at once between them, and each block begins where the giver already is. Its time
    goes to the fewest passes of each technique, one after the other (B16), and then to more
    passes, up to the most of their cards. What is left over makes the passes slower, as far as the
    tempo goes, and then is a rest. A technique for which there is too little time has fewer
    passes, or none. On somebody who lies on the side all is done on one half and then, turned
    over, on the other.
    """
    plan = within(plan, course, restrictions)
    made: list[Step] = []
    start = idle = 0
    for share, filled in _filled(plan, _Setting(plan, course, restrictions)):
        for planned, seconds, rest in _paced(filled, share.seconds):
            lead = planned.lead + idle
            made.append(_step(planned, share.part.block, start, (seconds + idle, lead, rest)))
            start, idle = start + seconds + idle, 0
        idle += 0 if filled else share.seconds
    if made and idle:
        made[-1] = replace(made[-1], seconds=made[-1].seconds + idle, rest=made[-1].rest + idle)
    return tuple(made)


@dataclass(frozen=True)
class Room:
    """Whole seconds of a block.

    The `least` hold the fewest passes of all its techniques on all sides. Beyond the `most`, their
    most passes at the lower end of the tempo, there is nothing left to do.
    """

    least: int
    most: int


def rooms(plan: Plan, course: Course, restrictions: Restrictions = NONE) -> dict[str, Room]:
    """The room of each block that has techniques, by its id, beside what stands around it."""
    setting = _Setting(plan, course, restrictions)
    halves: dict[str, list[tuple[_Share, Room]]] = {}
    for share, _ in _filled(plan, setting):
        wanted = share.wanted(setting)
        fewest = {name: max(map(_fewest, turns)) for name, turns in wanted.items()}
        most = {name: turns[0].technique.passes.maximum for name, turns in wanted.items()}
        room = Room(
            sum(map(_needs, _laid(share, fewest, setting))),
            sum(map(_slowest, _laid(share, most, setting))),
        )
        halves.setdefault(share.part.block, []).append((share, room))
    return {block: _both_halves(shares) for block, shares in halves.items()}


def _both_halves(shares: Sequence[tuple["_Share", Room]]) -> Room:
    """The room of a block, of which each half of the back gets the same time."""
    if len(shares) == 1:
        return shares[0][1]
    (share, right), (_, left) = shares
    turning = share.turning
    return Room(
        max(2 * right.least + turning, 2 * left.least - turning),
        max(2 * right.most + turning, 2 * left.most - turning),
    )


def least_time(technique: Technique, course: Course) -> int:
    """Whole seconds for the fewest passes of a technique and a change of sides before each."""
    change = named("transition", "change-sides", course.transitions).seconds
    work = ceil(technique.passes.minimum * passes.seconds(technique))
    return len(sides_of(technique)) * (change + work)


# --- turns -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Turn:
    """A technique on one of its sides, and what of it is allowed."""

    technique: Technique
    side: Side
    stance: Stance
    allowed: Allowed

    @cached_property
    def once(self) -> float:
        """Seconds of a pass at the middle of the tempo."""
        return passes.seconds(self.technique, self.allowed.strokes)

    def place(self, now: Place | None) -> Place | None:
        """Where the giver is for it who was somewhere before."""
        if self.side == "both" or self.stance.works == "both":
            return now
        return self.side if self.stance.works == "near" else OTHER[self.side]


@dataclass(frozen=True)
class _Planned:
    """A turn with its passes, and what comes before them."""

    turn: _Turn
    passes: int
    transitions: tuple[str, ...]
    lead: int
    place: Place | None

    @property
    def work(self) -> int:
        """Whole seconds of its passes at the middle of the tempo."""
        return ceil(round(self.passes * self.turn.once, 6))


def _needs(planned: _Planned) -> int:
    return planned.lead + planned.work


def _slowest(planned: _Planned) -> int:
    """Whole seconds with its passes at the lower end of the tempo."""
    technique = planned.turn.technique
    longest = planned.passes * planned.turn.once * passes.slowest(technique)
    return planned.lead + max(planned.work, floor(longest))


def _fewest(turn: _Turn) -> int:
    """Passes that a turn has at least: those of its card, and enough for a step."""
    given = turn.technique.passes
    return min(given.maximum, max(given.minimum, _first(turn)))


def _first(turn: _Turn) -> int:
    """Passes that make a step."""
    return max(1, ceil(SHORTEST / turn.once))


@dataclass(frozen=True)
class _State:
    """Where a session has come to: the turn before, where the giver is, oil on the back."""

    before: _Turn | None = None
    place: Place | None = None
    oiled: bool = False
    turned: bool = False
    """The person has just been asked to turn over."""


class _Setting:
    """What turns are made of: the techniques as they are allowed today, and how the person lies."""

    def __init__(self, plan: Plan, course: Course, restrictions: Restrictions) -> None:
        self._position, self._restrictions, self._zones = plan.position, restrictions, course.zones
        self._techniques = {each.id: each for each in course.techniques}
        self._stances = {each.id: each for each in course.stances}
        self._seconds = {each.id: each.seconds for each in course.transitions}
        self._calm = {each.id for each in course.blocks if each.stage == "calm-down"}
        self._made: dict[tuple[str, Side], _Turn | None] = {}

    @property
    def halves(self) -> tuple[Place | None, ...]:
        """On whom lies on the side one half after the other, else all of the back at once."""
        return ("right", "left") if self._position == "side-lying" else (None,)

    def holds(self, block: str, choice: Choice) -> bool:
        """Whether anything of a choice is allowed in a block today."""
        if self._position in self._restrictions.positions:
            return False
        turns = chain.from_iterable(self.turns(choice, half) for half in self.halves)
        return block not in self._restrictions.blocks and any(turns)

    def turning(self, half: Place | None, *, first: bool) -> int:
        """Seconds of turning over, which are in the time of the first block."""
        return self._seconds["turn-over"] if half and first else 0

    def wanted_halves(self, part: Part) -> tuple[Place | None, ...]:
        """The halves on which anything of a part is done; the first one where nothing is."""
        found = [h for h in self.halves if any(self.turns(each, h) for each in part.choices)]
        return tuple(found or self.halves[:1])

    def turns(self, choice: Choice, half: Place | None) -> list[_Turn]:
        """A choice on each of its sides, or on that half alone."""
        sides = sides_of(self._techniques[choice.technique])
        if half:
            sides = (half,)
        elif choice.side != "both":
            sides = (choice.side,)
        if half and choice.side == OTHER[half]:
            return []
        return [turn for side in sides if (turn := self._turn(choice.technique, side))]

    def _turn(self, name: str, side: Side) -> _Turn | None:
        if (name, side) not in self._made:
            self._made[name, side] = self._new_turn(self._techniques[name], side)
        return self._made[name, side]

    def _new_turn(self, technique: Technique, side: Side) -> _Turn | None:
        """The technique on that side; None where too little of it is left to be worth a step."""
        left = allowed(technique, side, self._restrictions, self._zones)
        if left is None or self._position not in technique.positions:
            return None
        turn = _Turn(technique, side, self._stance(technique), left)
        return turn if technique.passes.maximum * turn.once >= SHORTEST else None

    def _stance(self, technique: Technique) -> Stance:
        own = self._stances[technique.stance]
        others = (each for each in self._stances.values() if each.position == self._position)
        return own if own.position == self._position else next(others)

    def in_order(
        self, choices: Iterable[Choice], half: Place | None, place: Place | None
    ) -> Iterator[_Turn]:
        """The turns of choices in the order of doing, from where the giver is."""
        turns = [self.turns(choice, half) for choice in choices]
        for in_turn, run in groupby(turns, key=lambda each: each[0].side != "both"):
            members = list(chain.from_iterable(run))
            if in_turn:
                first = _nearest(members[0], place)
                members = [
                    turn for side in (first, OTHER[first]) for turn in members if turn.side == side
                ]
            for turn in members:
                place = turn.place(place)
                yield turn

    def before(
        self, turn: _Turn, state: _State, block: str, number: int
    ) -> tuple[tuple[str, ...], int]:
        """What comes before a turn, the one of that number in its block; and its seconds."""
        if state.before is None:
            return (), 0
        to = turn.place(state.place)
        names = []
        if state.turned:
            names.append("turn-over")
        elif state.place and to != state.place:
            names.append("change-sides")
        else:
            names.append("change-technique")
        if state.oiled and turn.technique.lubricant.amount in DRY:
            names.append("blot")
        if number == 1 and block not in self._calm:
            names.append("ask")
        return tuple(names), sum(self._seconds[name] for name in names)

    def after(self, turn: _Turn, state: _State) -> _State:
        amount = turn.technique.lubricant.amount
        oil = "any oil" not in self._restrictions.lubricants
        return _State(
            before=turn,
            place=turn.place(state.place),
            oiled=oil and (amount in OILY or (state.oiled and amount not in DRY)),
        )


def _nearest(turn: _Turn, place: Place | None) -> Place:
    """The side on which a technique begins without walking; the right one where nothing says."""
    if place is None or turn.stance.works == "both":
        return "right"
    return place if turn.stance.works == "near" else OTHER[place]


# --- filling a block -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Share:
    """A block's time on one half of the back or on all of it, and what stands around it.

    `kept` is the technique that it does before all others, as the session begins or ends with it.
    """

    part: Part
    half: Place | None
    seconds: int
    turning: int
    state: _State
    kept: str | None

    def wanted(self, setting: _Setting) -> dict[str, list[_Turn]]:
        """The turns of each technique of which anything is allowed, the kept one first."""
        turns = {each.technique: setting.turns(each, self.half) for each in self.part.choices}
        allowed_ = {name: found for name, found in turns.items() if found}
        return dict(sorted(allowed_.items(), key=lambda each: each[0] != self.kept))


def _filled(plan: Plan, setting: _Setting) -> Iterator[tuple[_Share, list[_Planned]]]:
    """Each block in the order of doing, with what it has time for."""
    state = _State()
    kept = _kept(plan)
    parts = [part for part in plan.parts if part.seconds]
    for half in setting.halves:
        for part in parts:
            wanted = setting.wanted_halves(part)
            if half not in wanted:
                continue
            turning = setting.turning(half, first=part is parts[0])
            seconds = part.seconds if len(wanted) == 1 else _half(part.seconds, half, turning)
            share = _Share(part, half, seconds, turning, state, kept.get(part.block))
            filled = _fill(share, setting)
            for planned in filled:
                state = setting.after(planned.turn, state)
            yield share, filled
        state = replace(state, turned=True)


def _half(seconds: int, half: Place | None, turning: int) -> int:
    """The time on a half of the back, as on the other; turning over comes before the left one."""
    before = max(0, seconds - turning) // 2
    return before if half == "right" else seconds - before


def _kept(plan: Plan) -> dict[str, str]:
    """The technique with which a session begins, and the one with which it ends, by block."""
    parts = [part for part in plan.parts if part.seconds and part.choices]
    if not parts:
        return {}
    return {
        parts[-1].block: parts[-1].choices[-1].technique,
        parts[0].block: parts[0].choices[0].technique,
    }


def _fill(share: _Share, setting: _Setting) -> list[_Planned]:
    """The passes for which a block has time: as many of its wishes as fit, one after the other."""
    counts: dict[str, int] = {}
    best: list[_Planned] = []
    for name, count in _wishes(share, setting):
        counts[name] = count
        planned = _laid(share, counts, setting)
        if sum(map(_needs, planned)) > share.seconds:
            break
        best = planned
    return best


def _wishes(share: _Share, setting: _Setting) -> Iterator[tuple[str, int]]:
    """How many passes of which technique a block comes to have, wish after wish.

    First the fewest of each, in their order, but of the one that is `kept` before all; then one
    more of that which has least of its share, up to the most.
    """
    wanted = share.wanted(setting)
    most = {name: turns[0].technique.passes.maximum for name, turns in wanted.items()}
    counts: dict[str, int] = {}
    for name, turns in wanted.items():
        first = min(most[name], max(map(_first, turns)))
        for count in range(first, max(map(_fewest, turns)) + 1):
            counts[name] = count
            yield name, count
    weights = {choice.technique: choice.weight for choice in share.part.choices}
    order = list(wanted)
    while open_ := [name for name in order if counts[name] < most[name]]:
        name = min(open_, key=lambda each: counts[each] / weights[each])
        counts[name] += 1
        yield name, counts[name]


def _laid(share: _Share, counts: Mapping[str, int], setting: _Setting) -> list[_Planned]:
    """The turns of a block with their passes and what comes before each."""
    made: list[_Planned] = []
    state = share.state
    chosen = [choice for choice in share.part.choices if choice.technique in counts]
    for turn in setting.in_order(chosen, share.half, state.place):
        names, lead = setting.before(turn, state, share.part.block, len(made))
        state = setting.after(turn, state)
        made.append(_Planned(turn, counts[turn.technique.id], names, lead, state.place))
    return made


def _paced(filled: Sequence[_Planned], seconds: int) -> Iterator[tuple[_Planned, int, int]]:
    """Each turn of a block with its seconds in all and those of a rest at its end."""
    spare = seconds - sum(map(_needs, filled))
    room = [_slowest(each) - _needs(each) for each in filled]
    slower = min(1, spare / sum(room)) if sum(room) else 0
    more = [floor(slower * each) for each in room]
    for i, each in enumerate(filled):
        rest = spare - sum(more) if i == len(filled) - 1 else 0
        yield each, _needs(each) + more[i] + rest, rest


def _step(planned: _Planned, block: str, start: int, times: tuple[int, int, int]) -> Step:
    turn = planned.turn
    seconds, lead, rest = times
    pace = (seconds - lead - rest) / (planned.passes * turn.once)
    return Step(
        block=block,
        technique=turn.technique.id,
        side=turn.side,
        start=start,
        seconds=seconds,
        lead=lead,
        rest=rest,
        passes=planned.passes,
        per_minute=sum(turn.technique.tempo.per_minute) / 2 / pace,
        transitions=planned.transitions,
        stance=turn.stance.id,
        place=planned.place,
        strokes=turn.allowed.strokes,
        force=turn.allowed.force,
    )
