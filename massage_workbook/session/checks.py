"""What is to be said of a plan: by which rule, how grave, and what would mend it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from massage_workbook.course.model import Severity, listed, named
from massage_workbook.course.schema import Course, Technique
from massage_workbook.safety.screening import Decision, Restrictions
from massage_workbook.session.plan import UNIT, Choice, Part, Plan, PlanError, clock, rounded
from massage_workbook.session.steps import NONE, Room, Step, rooms, sessions_left, steps

USUAL = 30 * 60
"""Seconds beyond which a session is for practised hands (rule `session-length`)."""
LONGEST_PART = "kneading"
"""The block that gets more time than any other (A3)."""
MINUTES_FOR_ONE = 2
"""Minutes of a session for each technique at least (rule `few-techniques`)."""


@dataclass(frozen=True)
class Mend:
    """What would mend a plan, in words, and the plan that it makes."""

    words: str
    plan: Plan


@dataclass(frozen=True)
class Finding:
    """Something to be said of a plan.

    `about` is the id of the rule, block or contraindication behind it, `title` its name, `sources`
    who says so; `mends` are ways to be rid of it, the simplest first.
    """

    says: str
    about: str
    title: str
    severity: Severity
    sources: tuple[str, ...]
    mends: tuple[Mend, ...] = ()


def check(  # noqa: PLR0913 - a plan, and what may be known of it already
    plan: Plan,
    course: Course,
    decision: Decision | None,
    *,
    made: Sequence[Step] | None = None,
    room: Mapping[str, Room] | None = None,
    whole: Plan | None = None,
) -> tuple[Finding, ...]:
    """What is to be said of a plan, safety first; `decision` is that of today's screening.

    Its steps under that decision and the room of its blocks are worked out, or handed in as `made`
    and `room` where they are known.
    `whole` is the plan as it would be without the screening, where that is another one.
    """
    shut = decision.restrictions if decision else NONE
    if made is None:
        made = steps(plan, course, shut)
    if room is None:
        room = rooms(plan, course, shut)
    found = [
        *_screened(decision, course),
        *_position(plan, course, shut),
        *_ends(plan, course, shut),
        *_shorter(plan, whole, course),
        *_order(plan, course),
        *_longest(plan, room, course),
        *_too_few(plan, made, room, course, shut),
        *_too_many(plan, made, room, course),
        *_crowded(plan, made, course, shut),
        *_sides(plan, course),
        *_length(plan, course),
    ]
    return tuple(sorted(found, key=lambda each: each.severity != "safety"))


# --- the screening ---------------------------------------------------------------------------


def _screened(decision: Decision | None, course: Course) -> Iterator[Finding]:
    if decision is None:
        yield _by_rule(
            "no-harm-first",
            "Nobody has asked today whether this person should be massaged.",
            course,
            severity="safety",
        )
        return
    if decision.restrictions.own_area:
        yield _by_rule(
            "no-harm-first",
            "The place to leave out is not marked yet. Mark it in the screening first.",
            course,
            severity="safety",
        )
    for reason in decision.reasons:
        if reason.leads_to == "go":  # something to keep in mind, and nothing to mend
            continue
        one = reason.contraindication
        yield Finding(f"{one.name}: {reason.do}", one.id, one.name, "safety", one.sources)


def _position(plan: Plan, course: Course, shut: Restrictions) -> Iterator[Finding]:
    """A session for a position that is ruled out today has another one in its place."""
    if plan.position not in shut.positions or shut.everything:
        return
    yield _by_rule(
        "no-harm-first",
        f"This session is for somebody who is {plan.position}, and that is left out today.",
        course,
        tuple(
            Mend(f"begin from “{session.name}”", left)
            for session, left in sessions_left(course, shut)
        ),
        severity="safety",
    )


def _ends(plan: Plan, course: Course, shut: Restrictions) -> Iterator[Finding]:
    """A session whose strokes the screening took away has nothing to begin or to end with."""
    if plan.position in shut.positions:
        return
    if not (plan.parts[0].choices and plan.parts[-1].choices):
        yield _by_rule(
            "build-up-then-calm",
            "Nothing is left to begin and to end with. Leave the massage for another day.",
            course,
            severity="safety",
        )


def _shorter(plan: Plan, whole: Plan | None, course: Course) -> Iterator[Finding]:
    """What the screening left of a session is not drawn out."""
    if whole is None or not plan.total or plan.total >= whole.total:
        return
    yield _by_rule(
        "no-harm-first",
        f"What is left today takes {clock(plan.total)} instead of {clock(whole.total)}.",
        course,
    )


# --- craft -----------------------------------------------------------------------------------


def _order(plan: Plan, course: Course) -> Iterator[Finding]:
    usual = [block.id for block in course.blocks]
    names = [part.block for part in plan.parts if part.seconds]
    if names != [name for name in usual if name in names]:
        yield _by_rule(
            "sequence",
            "The blocks stand in another order than the one that prepares each for the next.",
            course,
            _mends(("put them in the usual order", lambda: plan.in_order(usual))),
        )


def _longest(plan: Plan, room: Mapping[str, Room], course: Course) -> Iterator[Finding]:
    """Kneading gets the most, as far as its techniques have room; as much as another is enough."""
    kneading = plan.part(LONGEST_PART)
    longer = max(plan.parts, key=lambda part: part.seconds)
    if not kneading.choices or longer.seconds <= kneading.seconds:
        return
    most = room[LONGEST_PART].most // UNIT * UNIT if kneading.seconds else kneading.most
    if kneading.seconds >= most:
        return
    block = named("block", LONGEST_PART, course.blocks)
    others = [p.seconds for p in plan.parts if p.block not in {longer.block, LONGEST_PART}]
    equal = max((longer.seconds + kneading.seconds) / 2, *others)
    more = rounded(min(equal, most) - kneading.seconds)
    words = f"give it {clock(more)} from {longer.block}"
    mend = _mends((words, lambda: moved(plan, longer.block, LONGEST_PART, more)))
    says = f"{block.name} is not the longest part; {longer.block} is."
    yield Finding(says, block.id, block.name, "craft", block.sources, mend)


def _too_few(
    plan: Plan,
    made: Sequence[Step],
    room: Mapping[str, Room],
    course: Course,
    shut: Restrictions,
) -> Iterator[Finding]:
    """Three passes of everything, or it is better left out."""
    techniques = {each.id: each for each in course.techniques}
    for part in plan.parts:
        short = {}
        for choice in part.choices if part.seconds else ():
            technique = techniques[choice.technique]
            done = [s.passes for s in made if (s.block, s.technique) == (part.block, technique.id)]
            if len(done) == 1 and _lacks_a_half(plan, part, choice, room):
                done.append(0)
            if min(done, default=0) < technique.passes.minimum:
                short[technique] = min(done, default=0)
        if short:
            *_, last = short
            names = [f"{one.names.english.lower()} ({_times(n)})" for one, n in short.items()]
            yield _by_rule(
                "three-times",
                f"{part.block.capitalize()} is too short for {last.passes.minimum} passes of"
                f" {listed(names)}.",
                course,
                _more_time(plan, part, room) + _fewer(plan, part, [*short], course, shut),
            )


def _lacks_a_half(plan: Plan, part: Part, choice: Choice, room: Mapping[str, Room]) -> bool:
    """Whether somebody who lies on the side gets a technique on one half for want of time."""
    turned = plan.position == "side-lying" and choice.side == "both"
    return turned and part.seconds < room[part.block].least


def _more_time(plan: Plan, part: Part, room: Mapping[str, Room]) -> tuple[Mend, ...]:
    """Ways to give a block the time that it needs: from one that can spare it, or on top."""
    need = rounded(room[part.block].least)
    more = need - part.seconds
    spare = {
        p.block: p.seconds - max(room[p.block].least, p.least)
        for p in plan.parts
        if p.block in room and p.block != part.block and not p.locked
    }
    giver = max(spare, key=lambda block: spare[block], default=None)
    longer = (f"make the session {clock(more)} longer", lambda: plan.with_block(part.block, need))
    if giver is None or spare[giver] < more:
        return _mends(longer)
    words = f"give {part.block} {clock(more)} from {giver}"
    return _mends((words, lambda: moved(plan, giver, part.block, more)), longer)


def _fewer(
    plan: Plan, part: Part, short: Sequence[Technique], course: Course, shut: Restrictions
) -> tuple[Mend, ...]:
    """Leaving out as many of the short techniques of a block as it takes, from the last one on."""
    out: list[str] = []
    for technique in reversed(short):
        out.append(technique.names.english.lower())
        try:
            plan = _without(plan, part.block, technique.id)
        except PlanError:
            return ()
        seconds = plan.part(part.block).seconds
        if not seconds:
            return (Mend(f"leave {part.block} out", plan),)
        if rooms(plan, course, shut)[part.block].least <= seconds:
            break
    return (Mend(f"leave {listed(out)} out", plan),)


def _times(passes: int) -> str:
    return {0: "none", 1: "one", 2: "two"}.get(passes, str(passes))


def _without(plan: Plan, block: str, technique: str) -> Plan:
    """The plan without a technique, or without its block if that has no other."""
    if len(plan.part(block).choices) == 1:
        return plan.without(block)
    return plan.without_technique(block, technique)


def _too_many(
    plan: Plan, made: Sequence[Step], room: Mapping[str, Room], course: Course
) -> Iterator[Finding]:
    """More time than the most passes of the cards fill."""
    techniques = {each.id: each for each in course.techniques}
    for part in plan.parts:
        most = room[part.block].most if part.seconds and part.choices else part.seconds
        if part.seconds <= rounded(most):
            continue
        names = dict.fromkeys(step.technique for step in made if step.block == part.block)
        cards = " and ".join(
            f"{techniques[name].names.english.lower()} {techniques[name].passes.maximum} times"
            for name in names
        )
        yield _by_rule(
            "three-times",
            f"{part.block.capitalize()} has {clock(part.seconds)}; {cards}, the most of the cards,"
            f" is done in {clock(most)}.",
            course,
            _less_time(plan, part, most // UNIT * UNIT, room),
        )


def _less_time(plan: Plan, part: Part, less: int, room: Mapping[str, Room]) -> tuple[Mend, ...]:
    """Ways to take the time from a block that it cannot fill."""
    spare, taker = part.seconds - less, plan.part(LONGEST_PART)
    ways = [(f"shorten it to {clock(less)}", lambda: plan.with_block(part.block, less))]
    if part.block != taker.block and _has_room(taker, spare, room):
        words = f"give {clock(spare)} of it to {taker.block}"
        ways.append((words, lambda: moved(plan, part.block, taker.block, spare)))
    return _mends(*ways)


def _has_room(part: Part, more: int, room: Mapping[str, Room]) -> bool:
    """Whether a block has its fewest passes already, and can use so many seconds more."""
    if part.block not in room:
        return False
    return room[part.block].least <= part.seconds <= room[part.block].most - more


def _crowded(
    plan: Plan, made: Sequence[Step], course: Course, shut: Restrictions
) -> Iterator[Finding]:
    """Too many techniques for the minutes to be done calmly, or remembered.

    With as few as these there are never more than two changes a minute either (`calm-manner`): each
    is done in two blocks and on two sides at most.
    """
    most = max(plan.total // (60 * MINUTES_FOR_ONE), 1)
    if (many := _count(made)) > most:
        enough = "one is" if most == 1 else f"{most} are"
        yield _by_rule(
            "few-techniques",
            f"{many} techniques in {clock(plan.total)} are many; {enough} enough.",
            course,
            _leaving_out(plan, made, course, shut, most),
        )


def _count(made: Sequence[Step]) -> int:
    return len({step.technique for step in made})


def _leaving_out(
    plan: Plan,
    made: Sequence[Step],
    course: Course,
    shut: Restrictions,
    most: int,
) -> tuple[Mend, ...]:
    """Leaving techniques out, those with the least time first, until there are so many at most.

    One that is the only one of its block stays.
    """
    names = {each.id: each.names.english.lower() for each in course.techniques}
    out: list[str] = []
    while _count(made) > most:
        seconds: dict[tuple[str, str], int] = {}
        for step in made:
            if len(plan.part(step.block).choices) > 1:
                key = step.block, step.technique
                seconds[key] = seconds.get(key, 0) + step.seconds
        if not seconds:
            return ()
        block, name = min(seconds, key=lambda key: seconds[key])
        plan = plan.without_technique(block, name)
        out.append(names[name])
        made = steps(plan, course, shut)
    return (Mend(f"leave {listed(out)} out", plan),)


def _sides(plan: Plan, course: Course) -> Iterator[Finding]:
    techniques = {each.id: each for each in course.techniques}
    for part in plan.parts:
        for choice in part.choices:
            if part.seconds and choice.side != "both":
                technique = techniques[choice.technique]
                yield _by_rule(
                    "one-side-then-the-other",
                    f"{technique.names.english} is done on the {choice.side} alone.",
                    course,
                    _mends(
                        (
                            "do both sides",
                            lambda p=part, t=technique, c=choice: plan.with_technique(
                                p.block, t, c.weight
                            ),
                        )
                    ),
                )


def _length(plan: Plan, course: Course) -> Iterator[Finding]:
    if plan.total > USUAL:
        yield _by_rule(
            "session-length",
            f"{clock(plan.total)} is for practised hands; the first times half of it is plenty.",
            course,
            _mends((f"shorten it to {clock(USUAL)}", lambda: plan.with_total(USUAL))),
        )


# --- mending ---------------------------------------------------------------------------------


def moved(plan: Plan, giver: str, taker: str, seconds: int) -> Plan:
    """The plan with seconds of one block given to another.

    Raises:
        PlanError: the one has not so many, or the other cannot take them.
    """
    given = plan.with_block(giver, plan.part(giver).seconds - seconds)
    return given.with_block(taker, plan.part(taker).seconds + seconds)


def _mends(*ways: tuple[str, Callable[[], Plan]]) -> tuple[Mend, ...]:
    """Those of the ways that the plan's bounds and locks allow."""
    return tuple(_possible(ways))


def _possible(ways: Iterable[tuple[str, Callable[[], Plan]]]) -> Iterator[Mend]:
    for words, make in ways:
        try:
            yield Mend(words, make())
        except PlanError:
            continue


def _by_rule(
    name: str,
    says: str,
    course: Course,
    mends: tuple[Mend, ...] = (),
    severity: Severity = "craft",
) -> Finding:
    rule = named("rule", name, course.rules)
    return Finding(says, rule.id, rule.title, severity, rule.sources, mends)
