"""Turn a plan into timed steps that follow one another without a gap."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from math import ceil, floor
from typing import Literal

from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Course, Session, Stance, Stroke, Technique
from massage_workbook.safety.screening import Restrictions, Side
from massage_workbook.session import passes
from massage_workbook.session.plan import Part, Plan, TechniqueChoice
from massage_workbook.session.restricting import AllowedStrokes, allowed_strokes, sides_of

MIN_STEP_SECONDS = 20
"""Minimum seconds of a step: less is too short to find into a movement; the course's own."""
_OILY, _DRY = {"thin film", "none or thin film"}, {"none", "little"}
"""Amounts of oil; between an oily and a dry technique the back is blotted."""
NO_RESTRICTIONS = Restrictions()

_Place = Literal["right", "left"]
"""The side of the person on which the giver stands."""
_OTHER_SIDE: dict[Side, _Place] = {"right": "left", "left": "right"}


@dataclass(frozen=True)
class Step:
    """One technique on one side at a time; times are in seconds from the start of the session.

    The `transitions`, by id, take the `lead` seconds before the first pass; after the last pass
    the hands rest for `rest` seconds. `per_minute` are movements or glides a minute, at the pace
    that fills the time between with `passes`. `place` is the side of the giver, None if it does
    not matter. `strokes` and `force` (range 0-10) are those allowed today.
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
    place: _Place | None
    strokes: tuple[Stroke, ...]
    force: tuple[float, float]

    @property
    def at_work(self) -> int:
        """Seconds of the passes."""
        return self.seconds - self.lead - self.rest

    @property
    def pass_seconds(self) -> float:
        """Seconds of each pass."""
        return self.at_work / self.passes


def pace_range(steps: Iterable[Step], block: str) -> tuple[float, float]:
    """Movements a minute of the slowest and fastest step of a block; zeros without steps."""
    paces = [step.per_minute for step in steps if step.block == block]
    return min(paces, default=0), max(paces, default=0)


def restrict_plan(plan: Plan, course: Course, restrictions: Restrictions) -> Plan:
    """The plan without techniques that the restrictions exclude.

    Blocks are shortened to the maximum passes of their remaining techniques.
    """
    if restrictions == NO_RESTRICTIONS:
        return plan
    setting = _Setting(plan, course, restrictions)
    left = plan.only(lambda part, choice: setting.allows(part.block, choice))
    return left.at_most(
        {block: room.most for block, room in time_ranges(left, course, restrictions).items()}
    )


def sessions_allowed(course: Course, restrictions: Restrictions) -> list[tuple[Session, Plan]]:
    """The ready-made sessions that have steps under the restrictions, each with its plan."""
    plans = (
        (each, restrict_plan(Plan.of(each, course), course, restrictions))
        for each in course.sessions
    )
    return [(session, plan) for session, plan in plans if make_steps(plan, course, restrictions)]


def make_steps(
    plan: Plan, course: Course, restrictions: Restrictions = NO_RESTRICTIONS
) -> tuple[Step, ...]:
    """The steps of a plan under the restrictions.

    A block does its techniques on one side and then on the other (C206, E290), those for both
    hands at once in their order between, and starts on the side where the giver is. Its time goes
    to the minimum passes of each technique in turn (B16), and then to more passes, up to the
    maximum of their cards. Time left over slows the passes down to the lower end of the tempo, and
    then becomes a rest. A technique with too little time has fewer passes, or none. In side-lying
    everything is done on one half of the back and then, turned over, on the other.
    """
    plan = restrict_plan(plan, course, restrictions)
    steps: list[Step] = []
    start = idle = 0
    for share, filled in _fill_blocks(plan, _Setting(plan, course, restrictions)):
        for planned, seconds, rest in _paced_turns(filled, share.seconds):
            lead = planned.lead + idle
            steps.append(_step(planned, share.part.block, start, (seconds + idle, lead, rest)))
            start, idle = start + seconds + idle, 0
        idle += 0 if filled else share.seconds
    if steps and idle:
        steps[-1] = replace(steps[-1], seconds=steps[-1].seconds + idle, rest=steps[-1].rest + idle)
    return tuple(steps)


@dataclass(frozen=True)
class TimeRange:
    """The useful range of whole seconds of a block.

    `least` fits the minimum passes of all its techniques on all sides, `most` their maximum passes
    at the lower end of the tempo.
    """

    least: int
    most: int


def time_ranges(
    plan: Plan, course: Course, restrictions: Restrictions = NO_RESTRICTIONS
) -> dict[str, TimeRange]:
    """The time range of each block with techniques, by id, in the order of the plan."""
    setting = _Setting(plan, course, restrictions)
    halves: dict[str, list[tuple[_Share, TimeRange]]] = {}
    for share, _ in _fill_blocks(plan, setting):
        wanted = share.wanted(setting)
        fewest = {name: max(map(_min_passes, turns)) for name, turns in wanted.items()}
        most = {name: turns[0].technique.passes.maximum for name, turns in wanted.items()}
        room = TimeRange(
            sum(map(_min_seconds, _lay_out(share, fewest, setting))),
            sum(map(_max_seconds, _lay_out(share, most, setting))),
        )
        halves.setdefault(share.part.block, []).append((share, room))
    return {block: _both_halves(shares) for block, shares in halves.items()}


def _both_halves(shares: Sequence[tuple["_Share", TimeRange]]) -> TimeRange:
    """The time range of a block that spends the same time on each half of the back."""
    if len(shares) == 1:
        return shares[0][1]
    (share, right), (_, left) = shares
    turning = share.turning
    return TimeRange(
        max(2 * right.least + turning, 2 * left.least - turning),
        max(2 * right.most + turning, 2 * left.most - turning),
    )


def min_seconds(technique: Technique, course: Course) -> int:
    """Whole seconds of a technique's minimum passes, with a change of sides before each side."""
    change = find_item("transition", "change-sides", course.transitions).seconds
    work = ceil(technique.passes.minimum * passes.seconds(technique))
    return len(sides_of(technique)) * (change + work)


# --- turns -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Turn:
    """A technique on one of its sides, and its allowed strokes."""

    technique: Technique
    side: Side
    stance: Stance
    allowed: AllowedStrokes

    @cached_property
    def once(self) -> float:
        """Seconds of a pass at the middle of the tempo."""
        return passes.seconds(self.technique, self.allowed.strokes)

    def place(self, now: _Place | None) -> _Place | None:
        """The side where the giver stands for this turn, coming from `now`."""
        if self.side == "both" or self.stance.works == "both":
            return now
        return self.side if self.stance.works == "near" else _OTHER_SIDE[self.side]


@dataclass(frozen=True)
class _Planned:
    """A turn with its passes, and the transitions before them."""

    turn: _Turn
    passes: int
    transitions: tuple[str, ...]
    lead: int
    place: _Place | None

    @property
    def work(self) -> int:
        """Whole seconds of its passes at the middle of the tempo."""
        return ceil(round(self.passes * self.turn.once, 6))


def _min_seconds(planned: _Planned) -> int:
    return planned.lead + planned.work


def _max_seconds(planned: _Planned) -> int:
    """Whole seconds of its transitions and passes at the lower end of the tempo."""
    technique = planned.turn.technique
    longest = planned.passes * planned.turn.once * passes.slowest_factor(technique)
    return planned.lead + max(planned.work, floor(longest))


def _min_passes(turn: _Turn) -> int:
    """Minimum passes of a turn: those of its card, and enough for a step."""
    given = turn.technique.passes
    return min(given.maximum, max(given.minimum, _passes_for_a_step(turn)))


def _passes_for_a_step(turn: _Turn) -> int:
    """Minimum passes that last as long as a step."""
    return max(1, ceil(MIN_STEP_SECONDS / turn.once))


@dataclass(frozen=True)
class _State:
    """The state of a session: the turn before, the giver's side, oil on the back."""

    before: _Turn | None = None
    place: _Place | None = None
    oiled: bool = False
    turned: bool = False
    """The person has just been asked to turn over."""


class _Setting:
    """Builds turns from choices, for a plan's position and under the restrictions."""

    def __init__(self, plan: Plan, course: Course, restrictions: Restrictions) -> None:
        self._position, self._restrictions, self._zones = plan.position, restrictions, course.zones
        self._techniques = {each.id: each for each in course.techniques}
        self._stances = {each.id: each for each in course.stances}
        self._seconds = {each.id: each.seconds for each in course.transitions}
        self._calm = {each.id for each in course.blocks if each.stage == "calm-down"}
        self._made: dict[tuple[str, Side], _Turn | None] = {}

    @property
    def halves(self) -> tuple[_Place | None, ...]:
        """The halves of the back done in turn in side-lying; else (None,), the whole back."""
        return ("right", "left") if self._position == "side-lying" else (None,)

    def allows(self, block: str, choice: TechniqueChoice) -> bool:
        """Whether any turn of a choice is allowed in a block."""
        if self._position in self._restrictions.positions:
            return False
        turns = chain.from_iterable(self.turns(choice, half) for half in self.halves)
        return block not in self._restrictions.blocks and any(turns)

    def turning(self, half: _Place | None, *, first: bool) -> int:
        """Seconds of turning over, which belong to the first block."""
        return self._seconds["turn-over"] if half and first else 0

    def wanted_halves(self, part: Part) -> tuple[_Place | None, ...]:
        """The halves on which a part has turns; the first half if there are none."""
        found = [h for h in self.halves if any(self.turns(each, h) for each in part.choices)]
        return tuple(found or self.halves[:1])

    def turns(self, choice: TechniqueChoice, half: _Place | None) -> list[_Turn]:
        """The turns of a choice: on each of its sides, or on that half only."""
        sides = sides_of(self._techniques[choice.technique])
        if half:
            sides = (half,)
        elif choice.side != "both":
            sides = (choice.side,)
        if half and choice.side == _OTHER_SIDE[half]:
            return []
        return [turn for side in sides if (turn := self._turn(choice.technique, side))]

    def _turn(self, name: str, side: Side) -> _Turn | None:
        if (name, side) not in self._made:
            self._made[name, side] = self._new_turn(self._techniques[name], side)
        return self._made[name, side]

    def _new_turn(self, technique: Technique, side: Side) -> _Turn | None:
        """The technique on that side; None if too few strokes are allowed for a step."""
        left = allowed_strokes(technique, side, self._restrictions, self._zones)
        if left is None or self._position not in technique.positions:
            return None
        turn = _Turn(technique, side, self._stance(technique), left)
        return turn if technique.passes.maximum * turn.once >= MIN_STEP_SECONDS else None

    def _stance(self, technique: Technique) -> Stance:
        own = self._stances[technique.stance]
        others = (each for each in self._stances.values() if each.position == self._position)
        return own if own.position == self._position else next(others)

    def in_order(
        self, choices: Iterable[TechniqueChoice], half: _Place | None, place: _Place | None
    ) -> Iterator[_Turn]:
        """The turns of choices in the order in which they are done, from the giver's side."""
        turns = [self.turns(choice, half) for choice in choices]
        for in_turn, run in groupby(turns, key=lambda each: each[0].side != "both"):
            members = list(chain.from_iterable(run))
            if in_turn:
                first = _nearest(members[0], place)
                members = [
                    turn
                    for side in (first, _OTHER_SIDE[first])
                    for turn in members
                    if turn.side == side
                ]
            for turn in members:
                place = turn.place(place)
                yield turn

    def before(
        self, turn: _Turn, state: _State, block: str, number: int
    ) -> tuple[tuple[str, ...], int]:
        """The transitions before the turn of that number in its block, and their seconds."""
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
        if state.oiled and turn.technique.lubricant.amount in _DRY:
            names.append("blot")
        if number == 1 and block not in self._calm:
            names.append("ask")
        return tuple(names), sum(self._seconds[name] for name in names)

    def after(self, turn: _Turn, state: _State) -> _State:
        """The state after a turn."""
        amount = turn.technique.lubricant.amount
        oil = "any oil" not in self._restrictions.lubricants
        return _State(
            before=turn,
            place=turn.place(state.place),
            oiled=oil and (amount in _OILY or (state.oiled and amount not in _DRY)),
        )


def _nearest(turn: _Turn, place: _Place | None) -> _Place:
    """The side on which a technique starts without walking round; right by default."""
    if place is None or turn.stance.works == "both":
        return "right"
    return place if turn.stance.works == "near" else _OTHER_SIDE[place]


# --- filling a block -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Share:
    """A block's time on one half of the back or on all of it, and the state before it.

    `fixed` is the technique that gets its passes first, since the session begins or ends with it.
    """

    part: Part
    half: _Place | None
    seconds: int
    turning: int
    state: _State
    fixed: str | None

    def wanted(self, setting: _Setting) -> dict[str, list[_Turn]]:
        """The turns of each allowed technique, the fixed one first."""
        turns = {each.technique: setting.turns(each, self.half) for each in self.part.choices}
        allowed_ = {name: found for name, found in turns.items() if found}
        return dict(sorted(allowed_.items(), key=lambda each: each[0] != self.fixed))


def _fill_blocks(plan: Plan, setting: _Setting) -> Iterator[tuple[_Share, list[_Planned]]]:
    """Each block in the order in which it is done, with the turns that fit."""
    state = _State()
    fixed = _fixed_techniques(plan)
    parts = [part for part in plan.parts if part.seconds]
    for half in setting.halves:
        for part in parts:
            wanted = setting.wanted_halves(part)
            if half not in wanted:
                continue
            turning = setting.turning(half, first=part is parts[0])
            seconds = part.seconds if len(wanted) == 1 else _half(part.seconds, half, turning)
            share = _Share(part, half, seconds, turning, state, fixed.get(part.block))
            filled = _fill_block(share, setting)
            for planned in filled:
                state = setting.after(planned.turn, state)
            yield share, filled
        state = replace(state, turned=True)


def _half(seconds: int, half: _Place | None, turning: int) -> int:
    """The seconds of one half of the back; turning over precedes the left half."""
    before = max(0, seconds - turning) // 2
    return before if half == "right" else seconds - before


def _fixed_techniques(plan: Plan) -> dict[str, str]:
    """The technique that begins the session and the one that ends it, by block."""
    parts = [part for part in plan.parts if part.seconds and part.choices]
    if not parts:
        return {}
    return {
        parts[-1].block: parts[-1].choices[-1].technique,
        parts[0].block: parts[0].choices[0].technique,
    }


def _fill_block(share: _Share, setting: _Setting) -> list[_Planned]:
    """The turns and passes that fit into a block: its requests in order, until one does not fit."""
    counts: dict[str, int] = {}
    best: list[_Planned] = []
    for name, count in _pass_requests(share, setting):
        counts[name] = count
        planned = _lay_out(share, counts, setting)
        if sum(map(_min_seconds, planned)) > share.seconds:
            break
        best = planned
    return best


def _pass_requests(share: _Share, setting: _Setting) -> Iterator[tuple[str, int]]:
    """Pass counts by technique that a block requests, in order.

    First the minimum passes of each technique, the fixed one before all; then one more pass of the
    technique furthest below its share, up to the maximum of its card.
    """
    wanted = share.wanted(setting)
    most = {name: turns[0].technique.passes.maximum for name, turns in wanted.items()}
    counts: dict[str, int] = {}
    for name, turns in wanted.items():
        first = min(most[name], max(map(_passes_for_a_step, turns)))
        for count in range(first, max(map(_min_passes, turns)) + 1):
            counts[name] = count
            yield name, count
    weights = {choice.technique: choice.weight for choice in share.part.choices}
    order = list(wanted)
    while open_ := [name for name in order if counts[name] < most[name]]:
        name = min(open_, key=lambda each: counts[each] / weights[each])
        counts[name] += 1
        yield name, counts[name]


def _lay_out(share: _Share, counts: Mapping[str, int], setting: _Setting) -> list[_Planned]:
    """The turns of a block with their passes and transitions."""
    planned: list[_Planned] = []
    state = share.state
    chosen = [choice for choice in share.part.choices if choice.technique in counts]
    for turn in setting.in_order(chosen, share.half, state.place):
        names, lead = setting.before(turn, state, share.part.block, len(planned))
        state = setting.after(turn, state)
        planned.append(_Planned(turn, counts[turn.technique.id], names, lead, state.place))
    return planned


def _paced_turns(filled: Sequence[_Planned], seconds: int) -> Iterator[tuple[_Planned, int, int]]:
    """Each turn of a block with its total seconds and the seconds of a rest at its end."""
    spare = seconds - sum(map(_min_seconds, filled))
    room = [_max_seconds(each) - _min_seconds(each) for each in filled]
    slower = min(1, spare / sum(room)) if sum(room) else 0
    more = [floor(slower * each) for each in room]
    for i, each in enumerate(filled):
        rest = spare - sum(more) if i == len(filled) - 1 else 0
        yield each, _min_seconds(each) + more[i] + rest, rest


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
