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

_OneSide = Literal["right", "left"]
"""A side of the person, where the giver stands, or a half of the back."""
_OTHER_SIDE: dict[Side, _OneSide] = {"right": "left", "left": "right"}


@dataclass(frozen=True)
class Step:
    """One technique on one side at a time; times are in seconds from the start of the session.

    The `transitions`, by id, take the `lead` seconds before the first pass; after the last pass
    the hands rest for `rest` seconds. `per_minute` are movements or glides a minute, at the pace
    that fills the time between with `passes`. The giver stands on `giver_side`, None if that
    does not matter. `strokes` and `force` (range 0-10) are those allowed today.
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
    giver_side: _OneSide | None
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
    builder = _TurnBuilder(plan, course, restrictions)
    allowed = plan.only(lambda part, choice: builder.allows(part.block, choice))
    ranges = time_ranges(allowed, course, restrictions)
    return allowed.at_most({block: each.most for block, each in ranges.items()})


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
    start = 0
    unused = 0  # seconds of blocks without turns, which the next step gets
    for share, turns in _fill_blocks(plan, _TurnBuilder(plan, course, restrictions)):
        for planned, seconds, rest in _paced_turns(turns, share.seconds):
            times = (seconds + unused, planned.lead + unused, rest)
            steps.append(_step(planned, share.part.block, start, times))
            start, unused = start + seconds + unused, 0
        unused += 0 if turns else share.seconds
    if steps and unused:
        last = steps[-1]
        steps[-1] = replace(last, seconds=last.seconds + unused, rest=last.rest + unused)
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
    builder = _TurnBuilder(plan, course, restrictions)
    halves: dict[str, list[tuple[_Share, TimeRange]]] = {}
    for share, _ in _fill_blocks(plan, builder):
        turns = share.turns(builder)
        fewest = {name: max(map(_min_passes, each)) for name, each in turns.items()}
        most = {name: each[0].technique.passes.maximum for name, each in turns.items()}
        range_ = TimeRange(
            sum(map(_min_seconds, _plan_turns(share, fewest, builder))),
            sum(map(_max_seconds, _plan_turns(share, most, builder))),
        )
        halves.setdefault(share.part.block, []).append((share, range_))
    return {block: _whole_range(shares) for block, shares in halves.items()}


def _whole_range(shares: Sequence[tuple["_Share", TimeRange]]) -> TimeRange:
    """The time range of a block from those of its halves, which get the same time."""
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
    def pass_seconds(self) -> float:
        """Seconds of a pass at the middle of the tempo."""
        return passes.seconds(self.technique, self.allowed.strokes)

    def giver_side(self, before: _OneSide | None) -> _OneSide | None:
        """The side where the giver stands for this turn, having stood on that `before` it."""
        if self.side == "both" or self.stance.works == "both":
            return before
        return self.side if self.stance.works == "near" else _OTHER_SIDE[self.side]


@dataclass(frozen=True)
class _PlannedTurn:
    """A turn with its passes, and the transitions before them."""

    turn: _Turn
    passes: int
    transitions: tuple[str, ...]
    lead: int
    giver_side: _OneSide | None

    @property
    def work_seconds(self) -> int:
        """Whole seconds of its passes at the middle of the tempo."""
        return ceil(round(self.passes * self.turn.pass_seconds, 6))


def _min_seconds(planned: _PlannedTurn) -> int:
    return planned.lead + planned.work_seconds


def _max_seconds(planned: _PlannedTurn) -> int:
    """Whole seconds of its transitions and passes at the lower end of the tempo."""
    technique = planned.turn.technique
    longest = planned.passes * planned.turn.pass_seconds * passes.slowest_factor(technique)
    return planned.lead + max(planned.work_seconds, floor(longest))


def _min_passes(turn: _Turn) -> int:
    """Minimum passes of a turn: those of its card, and enough for a step."""
    of_card = turn.technique.passes
    return min(of_card.maximum, max(of_card.minimum, _passes_of_a_step(turn)))


def _passes_of_a_step(turn: _Turn) -> int:
    """Minimum passes that last for the minimum seconds of a step."""
    return max(1, ceil(MIN_STEP_SECONDS / turn.pass_seconds))


@dataclass(frozen=True)
class _State:
    """The state of a session between two turns; `turned_over` where the second half begins."""

    previous: _Turn | None = None
    giver_side: _OneSide | None = None
    is_oiled: bool = False
    turned_over: bool = False


class _TurnBuilder:
    """Builds turns from choices, for a plan's position and under the restrictions."""

    def __init__(self, plan: Plan, course: Course, restrictions: Restrictions) -> None:
        self._position, self._restrictions, self._zones = plan.position, restrictions, course.zones
        self._techniques = {each.id: each for each in course.techniques}
        self._stances = {each.id: each for each in course.stances}
        self._seconds = {each.id: each.seconds for each in course.transitions}
        self._calm_down = {each.id for each in course.blocks if each.stage == "calm-down"}
        self._turns: dict[tuple[str, Side], _Turn | None] = {}

    @property
    def halves(self) -> tuple[_OneSide | None, ...]:
        """The halves of the back done in turn in side-lying; else (None,), the whole back."""
        return ("right", "left") if self._position == "side-lying" else (None,)

    def allows(self, block: str, choice: TechniqueChoice) -> bool:
        """Whether any turn of a choice is allowed in a block."""
        if self._position in self._restrictions.positions:
            return False
        turns = chain.from_iterable(self.turns(choice, half) for half in self.halves)
        return block not in self._restrictions.blocks and any(turns)

    def turn_over_seconds(self, half: _OneSide | None) -> int:
        """Seconds of turning over between two halves."""
        return self._seconds["turn-over"] if half else 0

    def halves_of(self, part: Part) -> tuple[_OneSide | None, ...]:
        """The halves on which a part has turns; the first half if there are none."""
        found = [h for h in self.halves if any(self.turns(each, h) for each in part.choices)]
        return tuple(found or self.halves[:1])

    def turns(self, choice: TechniqueChoice, half: _OneSide | None) -> list[_Turn]:
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
        if (name, side) not in self._turns:
            self._turns[name, side] = self._new_turn(self._techniques[name], side)
        return self._turns[name, side]

    def _new_turn(self, technique: Technique, side: Side) -> _Turn | None:
        """The technique on that side; None if too few strokes are allowed for a step."""
        allowed = allowed_strokes(technique, side, self._restrictions, self._zones)
        if allowed is None or self._position not in technique.positions:
            return None
        turn = _Turn(technique, side, self._stance(technique), allowed)
        return turn if technique.passes.maximum * turn.pass_seconds >= MIN_STEP_SECONDS else None

    def _stance(self, technique: Technique) -> Stance:
        own = self._stances[technique.stance]
        others = (each for each in self._stances.values() if each.position == self._position)
        return own if own.position == self._position else next(others)

    def ordered_turns(
        self, choices: Iterable[TechniqueChoice], half: _OneSide | None, giver: _OneSide | None
    ) -> Iterator[_Turn]:
        """The turns of choices in the order in which they are done, from the side of the giver."""
        turns = [self.turns(choice, half) for choice in choices]
        for is_one_sided, group in groupby(turns, key=lambda each: each[0].side != "both"):
            members = list(chain.from_iterable(group))
            if is_one_sided:
                first = _first_side(members[0], giver)
                members.sort(key=lambda turn: turn.side != first)
            for turn in members:
                giver = turn.giver_side(giver)
                yield turn

    def transitions_before(
        self, turn: _Turn, state: _State, block: str, number: int
    ) -> tuple[tuple[str, ...], int]:
        """The transitions before the turn of that number in its block, and their seconds."""
        if state.previous is None:
            return (), 0
        names = []
        if state.turned_over:
            names.append("turn-over")
        elif state.giver_side and turn.giver_side(state.giver_side) != state.giver_side:
            names.append("change-sides")
        else:
            names.append("change-technique")
        if state.is_oiled and turn.technique.lubricant.amount in _DRY:
            names.append("blot")
        if number == 1 and block not in self._calm_down:
            names.append("ask")
        return tuple(names), sum(self._seconds[name] for name in names)

    def state_after(self, turn: _Turn, state: _State) -> _State:
        """The state after a turn."""
        amount = turn.technique.lubricant.amount
        oil = "any oil" not in self._restrictions.lubricants
        return _State(
            previous=turn,
            giver_side=turn.giver_side(state.giver_side),
            is_oiled=oil and (amount in _OILY or (state.is_oiled and amount not in _DRY)),
        )


def _first_side(turn: _Turn, giver: _OneSide | None) -> _OneSide:
    """The side of the back that the giver reaches without walking round; right by default."""
    if giver is None or turn.stance.works == "both":
        return "right"
    return giver if turn.stance.works == "near" else _OTHER_SIDE[giver]


# --- filling a block -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Share:
    """A block's time on one half of the back or on all of it, and the state before it.

    `fixed` is the technique that gets its passes first, since the session begins or ends with it.
    """

    part: Part
    half: _OneSide | None
    seconds: int
    turning: int
    state: _State
    fixed: str | None

    def turns(self, builder: _TurnBuilder) -> dict[str, list[_Turn]]:
        """The turns of each allowed technique, the fixed one first."""
        turns = {each.technique: builder.turns(each, self.half) for each in self.part.choices}
        allowed = {name: found for name, found in turns.items() if found}
        return dict(sorted(allowed.items(), key=lambda each: each[0] != self.fixed))


def _fill_blocks(plan: Plan, builder: _TurnBuilder) -> Iterator[tuple[_Share, list[_PlannedTurn]]]:
    """Each block in the order in which it is done, with the turns that fit."""
    state = _State()
    fixed = _fixed_techniques(plan)
    parts = [part for part in plan.parts if part.seconds]
    for half in builder.halves:
        for part in parts:
            halves = builder.halves_of(part)
            if half not in halves:
                continue
            turning = builder.turn_over_seconds(half) if part is parts[0] else 0
            seconds = _half_seconds(part.seconds, half, turning) if halves[1:] else part.seconds
            share = _Share(part, half, seconds, turning, state, fixed.get(part.block))
            turns = _fill_block(share, builder)
            for planned in turns:
                state = builder.state_after(planned.turn, state)
            yield share, turns
        state = replace(state, turned_over=True)


def _half_seconds(seconds: int, half: _OneSide | None, turning: int) -> int:
    """The seconds of one half of the back; turning over precedes the left half."""
    right = max(0, seconds - turning) // 2
    return right if half == "right" else seconds - right


def _fixed_techniques(plan: Plan) -> dict[str, str]:
    """The technique that begins the session and the one that ends it, by block."""
    parts = [part for part in plan.parts if part.seconds and part.choices]
    if not parts:
        return {}
    return {
        parts[-1].block: parts[-1].choices[-1].technique,
        parts[0].block: parts[0].choices[0].technique,
    }


def _fill_block(share: _Share, builder: _TurnBuilder) -> list[_PlannedTurn]:
    """The turns and passes that fit into a block: its requests in order, until one does not fit."""
    counts: dict[str, int] = {}
    fitting: list[_PlannedTurn] = []
    for name, count in _pass_requests(share, builder):
        counts[name] = count
        planned = _plan_turns(share, counts, builder)
        if sum(map(_min_seconds, planned)) > share.seconds:
            break
        fitting = planned
    return fitting


def _pass_requests(share: _Share, builder: _TurnBuilder) -> Iterator[tuple[str, int]]:
    """Pass counts by technique that a block requests, in order.

    First the minimum passes of each technique, the fixed one before all; then one more pass of the
    technique furthest below its share, up to the maximum of its card.
    """
    turns = share.turns(builder)
    most = {name: each[0].technique.passes.maximum for name, each in turns.items()}
    counts: dict[str, int] = {}
    for name, each in turns.items():
        first = min(most[name], max(map(_passes_of_a_step, each)))
        for count in range(first, max(map(_min_passes, each)) + 1):
            counts[name] = count
            yield name, count
    weights = {choice.technique: choice.weight for choice in share.part.choices}
    while below := [name for name in turns if counts[name] < most[name]]:
        name = min(below, key=lambda each: counts[each] / weights[each])
        counts[name] += 1
        yield name, counts[name]


def _plan_turns(
    share: _Share, counts: Mapping[str, int], builder: _TurnBuilder
) -> list[_PlannedTurn]:
    """The turns of a block with their passes, `counts` by technique, and transitions."""
    planned: list[_PlannedTurn] = []
    state = share.state
    choices = [choice for choice in share.part.choices if choice.technique in counts]
    for turn in builder.ordered_turns(choices, share.half, state.giver_side):
        names, lead = builder.transitions_before(turn, state, share.part.block, len(planned))
        state = builder.state_after(turn, state)
        planned.append(_PlannedTurn(turn, counts[turn.technique.id], names, lead, state.giver_side))
    return planned


def _paced_turns(
    turns: Sequence[_PlannedTurn], seconds: int
) -> Iterator[tuple[_PlannedTurn, int, int]]:
    """Each turn of a block with its total seconds and the seconds of a rest at its end."""
    spare = seconds - sum(map(_min_seconds, turns))
    slack = [_max_seconds(each) - _min_seconds(each) for each in turns]
    fraction = min(1, spare / sum(slack)) if sum(slack) else 0
    added = [floor(fraction * each) for each in slack]
    for i, each in enumerate(turns):
        rest = spare - sum(added) if i == len(turns) - 1 else 0
        yield each, _min_seconds(each) + added[i] + rest, rest


def _step(planned: _PlannedTurn, block: str, start: int, times: tuple[int, int, int]) -> Step:
    turn = planned.turn
    seconds, lead, rest = times
    pace = (seconds - lead - rest) / (planned.passes * turn.pass_seconds)
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
        giver_side=planned.giver_side,
        strokes=turn.allowed.strokes,
        force=turn.allowed.force,
    )
