"""Check a plan against the rules and today's screening, and suggest fixes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from massage_workbook.course.model import Severity, find_item, join_words
from massage_workbook.course.schema import Course, Technique
from massage_workbook.safety.screening import Decision, Restrictions, restrictions_of
from massage_workbook.session.plan import (
    SLIDER_STEP,
    Part,
    Plan,
    PlanError,
    TechniqueChoice,
    mmss,
    round_up,
)
from massage_workbook.session.steps import (
    Step,
    TimeRange,
    make_steps,
    sessions_allowed,
    time_ranges,
)

_LONG_SESSION = 30 * 60
"""Seconds above which a session is for practised hands (rule `session-length`)."""
_LONGEST_BLOCK = "kneading"
"""The block that should get the most time (A3)."""
_MINUTES_PER_TECHNIQUE = 2
"""Minimum minutes of a session per technique (rule `few-techniques`)."""


@dataclass(frozen=True)
class Fix:
    """A fix for a finding: its label, and the plan that results."""

    words: str
    plan: Plan


@dataclass(frozen=True)
class Finding:
    """A remark on a plan.

    `about` is the id of the rule, block or contraindication behind it, `title` its name and
    `sources` its sources; `fixes` are plans without the finding, the simplest first.
    """

    message: str
    about: str
    title: str
    severity: Severity
    sources: tuple[str, ...]
    fixes: tuple[Fix, ...] = ()


def check(  # noqa: PLR0913 - values that may be computed already
    plan: Plan,
    course: Course,
    decision: Decision | None,
    *,
    steps: Sequence[Step] | None = None,
    ranges: Mapping[str, TimeRange] | None = None,
    whole: Plan | None = None,
) -> tuple[Finding, ...]:
    """The findings on a plan, safety first; `decision` is that of today's screening.

    `steps` and `ranges` are the steps and time ranges of the plan under that decision, if they are
    computed already. `whole` is the plan without the screening's restrictions.
    """
    restrictions = restrictions_of(decision)
    if steps is None:
        steps = make_steps(plan, course, restrictions)
    if ranges is None:
        ranges = time_ranges(plan, course, restrictions)
    found = [
        *_screening_findings(decision, course),
        *_position(plan, course, restrictions),
        *_ends(plan, course, restrictions),
        *_shorter(plan, whole, course),
        *_order(plan, course),
        *_longest(plan, ranges, course),
        *_too_few_passes(plan, steps, ranges, course, restrictions),
        *_too_much_time(plan, steps, ranges, course),
        *_too_many_techniques(plan, steps, course, restrictions),
        *_sides(plan, course),
        *_length(plan, course),
    ]
    named = (_with_losses_named(each, plan, steps, course, restrictions) for each in found)
    return tuple(sorted(named, key=lambda each: each.severity != "safety"))


# --- the screening ---------------------------------------------------------------------------


def _screening_findings(decision: Decision | None, course: Course) -> Iterator[Finding]:
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
        if reason.leads_to == "go":  # only something to keep in mind
            continue
        one = reason.contraindication
        yield Finding(f"{one.name}: {reason.do}", one.id, one.name, "safety", one.sources)


def _position(plan: Plan, course: Course, restrictions: Restrictions) -> Iterator[Finding]:
    """A session for an excluded position: other sessions are the fixes."""
    if plan.position not in restrictions.positions or restrictions.everything:
        return
    yield _by_rule(
        "no-harm-first",
        f"This session is for somebody who is {plan.position}, and that is left out today.",
        course,
        tuple(
            Fix(f"begin from “{session.name}”", left)
            for session, left in sessions_allowed(course, restrictions)
        ),
        severity="safety",
    )


def _ends(plan: Plan, course: Course, restrictions: Restrictions) -> Iterator[Finding]:
    """The screening excludes all techniques of the first or last block."""
    if plan.position in restrictions.positions:
        return
    if not (plan.parts[0].choices and plan.parts[-1].choices):
        yield _by_rule(
            "build-up-then-calm",
            "Nothing is left to begin and to end with. Leave the massage for another day.",
            course,
            severity="safety",
        )


def _shorter(plan: Plan, whole: Plan | None, course: Course) -> Iterator[Finding]:
    """The screening shortened the session."""
    if whole is None or not plan.total or plan.total >= whole.total:
        return
    yield _by_rule(
        "no-harm-first",
        f"What is left today takes {mmss(plan.total)} instead of {mmss(whole.total)}.",
        course,
    )


# --- craft -----------------------------------------------------------------------------------


def _order(plan: Plan, course: Course) -> Iterator[Finding]:
    usual = [block.id for block in course.blocks]
    names = [part.block for part in plan.parts if part.seconds]
    if names != [name for name in usual if name in names]:
        yield _by_rule(
            "sequence",
            "The blocks are not in the order in which each prepares the next.",
            course,
            _fixes(("put them in the usual order", lambda: plan.in_order(usual))),
        )


def _longest(plan: Plan, ranges: Mapping[str, TimeRange], course: Course) -> Iterator[Finding]:
    """Kneading is not the longest part, although its techniques could use more time."""
    kneading = plan.part(_LONGEST_BLOCK)
    longer = max(plan.parts, key=lambda part: part.seconds)
    if not kneading.choices or longer.seconds <= kneading.seconds:
        return
    most = (
        ranges[_LONGEST_BLOCK].most // SLIDER_STEP * SLIDER_STEP
        if kneading.seconds
        else kneading.most
    )
    if kneading.seconds >= most:
        return
    block = find_item("block", _LONGEST_BLOCK, course.blocks)
    others = [p.seconds for p in plan.parts if p.block not in {longer.block, _LONGEST_BLOCK}]
    equal = max((longer.seconds + kneading.seconds) / 2, *others)
    more = round_up(min(equal, most) - kneading.seconds)
    words = f"give it {mmss(more)} from {longer.block}"
    fix = _fixes((words, lambda: _move_seconds(plan, longer.block, _LONGEST_BLOCK, more)))
    message = f"{block.name} is not the longest part; {longer.block} is."
    yield Finding(message, block.id, block.name, "craft", block.sources, fix)


def _too_few_passes(
    plan: Plan,
    steps: Sequence[Step],
    ranges: Mapping[str, TimeRange],
    course: Course,
    restrictions: Restrictions,
) -> Iterator[Finding]:
    """Techniques with fewer passes than the minimum on their cards."""
    techniques = {each.id: each for each in course.techniques}
    for part in plan.parts:
        short = {}
        for choice in part.choices if part.seconds else ():
            technique = techniques[choice.technique]
            done = [s.passes for s in steps if (s.block, s.technique) == (part.block, technique.id)]
            if len(done) == 1 and _lacks_a_side(plan, part, choice, ranges):
                done.append(0)
            if min(done, default=0) < technique.passes.minimum:
                short[technique] = min(done, default=0)
        if short:
            *_, last = short
            names = [f"{one.names.english.lower()} ({_times(n)})" for one, n in short.items()]
            yield _by_rule(
                "three-times",
                f"{part.block.capitalize()} is too short for {last.passes.minimum} passes of"
                f" {join_words(names)}.",
                course,
                _more_time(plan, part, ranges)
                + _leave_out_short(plan, part, [*short], course, restrictions),
            )


def _lacks_a_side(
    plan: Plan, part: Part, choice: TechniqueChoice, ranges: Mapping[str, TimeRange]
) -> bool:
    """Whether a technique in side-lying has time on one side of the back only."""
    turned = plan.position == "side-lying" and choice.side == "both"
    return turned and part.seconds < ranges[part.block].least


def _more_time(plan: Plan, part: Part, ranges: Mapping[str, TimeRange]) -> tuple[Fix, ...]:
    """Fixes that give a block the time it needs: from another block, or in addition."""
    need = round_up(ranges[part.block].least)
    more = need - part.seconds
    spare = {
        p.block: p.seconds - max(ranges[p.block].least, p.least)
        for p in plan.parts
        if p.block in ranges and p.block != part.block and not p.locked
    }
    donor = max(spare, key=lambda block: spare[block], default=None)
    longer = (f"make the session {mmss(more)} longer", lambda: plan.with_block(part.block, need))
    if donor is None or spare[donor] < more:
        return _fixes(longer)
    words = f"give {part.block} {mmss(more)} from {donor}"
    return _fixes((words, lambda: _move_seconds(plan, donor, part.block, more)), longer)


def _leave_out_short(
    plan: Plan, part: Part, short: Sequence[Technique], course: Course, restrictions: Restrictions
) -> tuple[Fix, ...]:
    """A fix that leaves out short techniques, from the last one, until the rest have time."""
    out: list[str] = []
    for technique in reversed(short):
        out.append(technique.names.english.lower())
        try:
            plan = _without(plan, part.block, technique.id)
        except PlanError:
            return ()
        seconds = plan.part(part.block).seconds
        if not seconds:
            return (Fix(f"leave {part.block} out", plan),)
        if time_ranges(plan, course, restrictions)[part.block].least <= seconds:
            break
    return (Fix(f"leave {join_words(out)} out", plan),)


def _times(passes: int) -> str:
    return {0: "none", 1: "one", 2: "two"}.get(passes, str(passes))


def _without(plan: Plan, block: str, technique: str) -> Plan:
    """The plan without a technique, or without its block if that has no other."""
    if len(plan.part(block).choices) == 1:
        return plan.without(block)
    return plan.without_technique(block, technique)


def _too_much_time(
    plan: Plan, steps: Sequence[Step], ranges: Mapping[str, TimeRange], course: Course
) -> Iterator[Finding]:
    """Blocks with more time than the maximum passes of their techniques fill."""
    techniques = {each.id: each for each in course.techniques}
    for part in plan.parts:
        most = ranges[part.block].most if part.seconds and part.choices else part.seconds
        if part.seconds <= round_up(most):
            continue
        names = dict.fromkeys(step.technique for step in steps if step.block == part.block)
        cards = " and ".join(
            f"{techniques[name].names.english.lower()} {techniques[name].passes.maximum} times"
            for name in names
        )
        yield _by_rule(
            "three-times",
            f"{part.block.capitalize()} has {mmss(part.seconds)}; {cards}, the most of the cards,"
            f" is done in {mmss(most)}.",
            course,
            _less_time(plan, part, most // SLIDER_STEP * SLIDER_STEP, ranges),
        )


def _less_time(
    plan: Plan, part: Part, less: int, ranges: Mapping[str, TimeRange]
) -> tuple[Fix, ...]:
    """Fixes that take unused time from a block."""
    spare, recipient = part.seconds - less, plan.part(_LONGEST_BLOCK)
    options = [(f"shorten it to {mmss(less)}", lambda: plan.with_block(part.block, less))]
    if part.block != recipient.block and _has_room(recipient, spare, ranges):
        words = f"give {mmss(spare)} of it to {recipient.block}"
        options.append((words, lambda: _move_seconds(plan, part.block, recipient.block, spare)))
    return _fixes(*options)


def _has_room(part: Part, more: int, ranges: Mapping[str, TimeRange]) -> bool:
    """Whether a block has time for its minimum passes, and can use `more` seconds."""
    if part.block not in ranges:
        return False
    return ranges[part.block].least <= part.seconds <= ranges[part.block].most - more


def _too_many_techniques(
    plan: Plan, steps: Sequence[Step], course: Course, restrictions: Restrictions
) -> Iterator[Finding]:
    """Too many techniques for the minutes to be done calmly, or remembered.

    The limit also keeps changes below two a minute (rule `calm-manner`), since a technique is done
    in at most two blocks and on two sides.
    """
    most = max(plan.total // (60 * _MINUTES_PER_TECHNIQUE), 1)
    if (many := _count(steps)) > most:
        enough = "one is" if most == 1 else f"{most} are"
        yield _by_rule(
            "few-techniques",
            f"{many} techniques in {mmss(plan.total)} are many; {enough} enough.",
            course,
            _leave_out_techniques(plan, steps, course, restrictions, most),
        )


def _count(steps: Sequence[Step]) -> int:
    return len(_done(steps))


def _leave_out_techniques(
    plan: Plan, steps: Sequence[Step], course: Course, restrictions: Restrictions, most: int
) -> tuple[Fix, ...]:
    """A fix that leaves out techniques, those with the least time first, until `most` remain.

    The only technique of a block stays.
    """
    names = {each.id: each.names.english.lower() for each in course.techniques}
    out: list[str] = []
    while _count(steps) > most:
        seconds: dict[tuple[str, str], int] = {}
        for step in steps:
            if len(plan.part(step.block).choices) > 1:
                key = step.block, step.technique
                seconds[key] = seconds.get(key, 0) + step.seconds
        if not seconds:
            return ()
        block, name = min(seconds, key=lambda key: seconds[key])
        plan = plan.without_technique(block, name)
        out.append(names[name])
        steps = make_steps(plan, course, restrictions)
    return (Fix(f"leave {join_words(out)} out", plan),)


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
                    _fixes(
                        (
                            "do both sides",
                            lambda p=part, t=technique, c=choice: plan.with_technique(
                                p.block, t, c.weight
                            ),
                        )
                    ),
                )


def _length(plan: Plan, course: Course) -> Iterator[Finding]:
    if plan.total > _LONG_SESSION:
        yield _by_rule(
            "session-length",
            f"{mmss(plan.total)} is for practised hands; the first times half of it is plenty.",
            course,
            _fixes(
                (f"shorten it to {mmss(_LONG_SESSION)}", lambda: plan.with_total(_LONG_SESSION))
            ),
        )


# --- fixes -----------------------------------------------------------------------------------


def _with_losses_named(
    finding: Finding, plan: Plan, steps: Sequence[Step], course: Course, restrictions: Restrictions
) -> Finding:
    """The finding with fixes that name each technique which is not done any more after them."""
    done, chosen = _done(steps), _chosen(plan)
    fixes = []
    for fix in finding.fixes:
        after = _done(make_steps(fix.plan, course, restrictions))
        lost = (done - after) | (chosen - after - _chosen(fix.plan))
        names = [each.names.english.lower() for each in course.techniques if each.id in lost]
        unnamed = [name for name in names if name not in fix.words]
        are = "is" if len(unnamed) == 1 else "are"
        suffix = f"; {join_words(unnamed)} {are} then not done" if unnamed else ""
        fixes.append(replace(fix, words=fix.words + suffix))
    return replace(finding, fixes=tuple(fixes))


def _done(steps: Sequence[Step]) -> set[str]:
    return {step.technique for step in steps}


def _chosen(plan: Plan) -> set[str]:
    """The techniques that are chosen for a block with time."""
    return {each.technique for part in plan.parts if part.seconds for each in part.choices}


def _move_seconds(plan: Plan, donor: str, recipient: str, seconds: int) -> Plan:
    """The plan with seconds moved from one block to another.

    Raises:
        PlanError: the giver has too few seconds, or the taker cannot have more.
    """
    given = plan.with_block(donor, plan.part(donor).seconds - seconds)
    return given.with_block(recipient, plan.part(recipient).seconds + seconds)


def _fixes(*options: tuple[str, Callable[[], Plan]]) -> tuple[Fix, ...]:
    """The fixes that the bounds and locks of the plan allow."""
    return tuple(_possible(options))


def _possible(options: Iterable[tuple[str, Callable[[], Plan]]]) -> Iterator[Fix]:
    for words, make in options:
        try:
            yield Fix(words, make())
        except PlanError:
            continue


def _by_rule(
    name: str,
    message: str,
    course: Course,
    fixes: tuple[Fix, ...] = (),
    severity: Severity = "craft",
) -> Finding:
    rule = find_item("rule", name, course.rules)
    return Finding(message, rule.id, rule.title, severity, rule.sources, fixes)
