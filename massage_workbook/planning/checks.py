"""What is to be said of a plan: by which rule, how grave, and what would mend it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from massage_workbook.course.model import Severity, named
from massage_workbook.course.schema import Course
from massage_workbook.planning.allowed import sides_of
from massage_workbook.planning.plan import Part, Plan, PlanError, clock
from massage_workbook.planning.steps import LEAST_PASSES, NONE, Step, least_time, once, steps
from massage_workbook.screening import Decision

USUAL = 30 * 60
"""Seconds beyond which a session is for practised hands (rule `session-length`)."""
UNIT = 15
"""Seconds to which what a mend moves is rounded: a slider's step."""
LONGEST_PART = "kneading"
"""The block that gets more time than any other (A3)."""


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


def check(
    plan: Plan, course: Course, decision: Decision | None, made: Sequence[Step] | None = None
) -> tuple[Finding, ...]:
    """What is to be said of a plan, safety first; `decision` is that of today's screening.

    Its steps under that decision are worked out, or handed in as `made` where they are known.
    """
    if made is None:
        made = steps(plan, course, decision.restrictions if decision else NONE)
    found = [
        *_screened(decision, course),
        *_ends(plan, course),
        *_order(plan, course),
        *_longest(plan, course),
        *_passes(plan, made, course),
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
        one = reason.contraindication
        yield Finding(f"{one.name}: {reason.do}", one.id, one.name, "safety", one.sources)


def _ends(plan: Plan, course: Course) -> Iterator[Finding]:
    """A session whose strokes the screening took away has nothing to begin or to end with."""
    if not (plan.parts[0].choices and plan.parts[-1].choices):
        yield _by_rule(
            "build-up-then-calm",
            "Nothing is left to begin and to end with. Leave the massage for another day.",
            course,
            severity="safety",
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


def _longest(plan: Plan, course: Course) -> Iterator[Finding]:
    """Kneading gets the most; as much as another is enough."""
    kneading = plan.part(LONGEST_PART)
    longer = max(plan.parts, key=lambda part: part.seconds)
    if not kneading.choices or longer.seconds <= kneading.seconds:
        return
    block = named("block", LONGEST_PART, course.blocks)
    more = _rounded((longer.seconds - kneading.seconds) / 2 + 1)
    words = f"give it {clock(more)} from {longer.block}"
    mend = _mends((words, lambda: moved(plan, longer.block, LONGEST_PART, more)))
    says = f"{block.name} is not the longest part; {longer.block} is."
    yield Finding(says, block.id, block.name, "craft", block.sources, mend)


def _passes(plan: Plan, made: Sequence[Step], course: Course) -> Iterator[Finding]:
    """Three passes of everything, or it is better left out."""
    techniques = {each.id: each for each in course.techniques}
    for block, members in groupby(made, key=lambda step: step.block):
        hurried = [step for step in members if step.passes < LEAST_PASSES and not step.link]
        if not hurried:
            continue
        part, technique = plan.part(block), techniques[hurried[0].technique]
        need = _rounded(len({s.side for s in hurried}) * once(technique) * LEAST_PASSES)
        need = max(need, least_time(technique))
        giver = _richest(plan, block)
        more = need - part.seconds
        passes = min(step.passes for step in hurried)
        each_side = " on each side" if len(sides_of(technique)) > 1 else ""
        yield _by_rule(
            "three-times",
            f"{technique.names.english} has time for {_times(passes)}{each_side}, not for three.",
            course,
            _mends(
                (
                    f"give it {clock(more)} from {giver.block}",
                    lambda p=part, g=giver, m=more: moved(plan, g.block, p.block, m),
                ),
                (
                    f"make the session {clock(more)} longer",
                    lambda p=part, n=need: plan.with_block(p.block, n),
                ),
                (f"leave {block} out", lambda b=block: plan.without(b)),
            ),
        )


def _times(passes: int) -> str:
    return ("less than one pass", "one pass", "two passes")[passes]


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


def _richest(plan: Plan, but: str) -> Part:
    return max((p for p in plan.parts if p.block != but), key=lambda p: (p.free, p.seconds))


def _mends(*ways: tuple[str, Callable[[], Plan]]) -> tuple[Mend, ...]:
    """Those of the ways that the plan's bounds and locks allow."""
    return tuple(_possible(ways))


def _possible(ways: Iterable[tuple[str, Callable[[], Plan]]]) -> Iterator[Mend]:
    for words, make in ways:
        try:
            yield Mend(words, make())
        except PlanError:
            continue


def _rounded(seconds: float) -> int:
    """Up to the next step of a slider."""
    return -int(-seconds // UNIT) * UNIT


def _by_rule(
    name: str,
    says: str,
    course: Course,
    mends: tuple[Mend, ...] = (),
    severity: Severity = "craft",
) -> Finding:
    rule = named("rule", name, course.rules)
    return Finding(says, rule.id, rule.title, severity, rule.sources, mends)
