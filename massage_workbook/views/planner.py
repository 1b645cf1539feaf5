"""A plan as its page shows it: a row for each block, findings with fixes, and the steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Session, Technique
from massage_workbook.safety.screening import Decision, Restrictions
from massage_workbook.session import (
    MAX_SECONDS,
    Finding,
    Part,
    Plan,
    Step,
    TechniqueChoice,
    TimeRange,
    check,
    make_steps,
    mmss,
    pace_range,
    restrict_plan,
    time_ranges,
    timetable,
)
from massage_workbook.views.screening import left_out, notice
from massage_workbook.views.sources import BASIS_LABELS, citation_labels


@dataclass(frozen=True)
class LaidOut:
    """A plan as today's screening allows it, its steps and the time ranges of its blocks.

    `whole` is the plan without the screening.
    """

    plan: Plan
    whole: Plan
    decision: Decision | None
    steps: tuple[Step, ...]
    ranges: Mapping[str, TimeRange]

    @classmethod
    def of(cls, plan: Plan, whole: Plan, decision: Decision | None, course: Course) -> Self:
        """What today's screening allows of a plan."""
        restrictions = decision.restrictions if decision else Restrictions()
        allowed = restrict_plan(plan, course, restrictions)
        steps = make_steps(allowed, course, restrictions)
        ranges = time_ranges(allowed, course, restrictions)
        return cls(allowed, whole, decision, steps, ranges)

    @property
    def restrictions(self) -> Restrictions:
        """What today's screening takes away."""
        return self.decision.restrictions if self.decision else Restrictions()

    def findings(self, course: Course) -> tuple[Finding, ...]:
        """What is to be said of the plan."""
        known = {"steps": self.steps, "ranges": self.ranges, "whole": self.whole}
        return check(self.plan, course, self.decision, **known)


def plan_view(laid: LaidOut, beside: Plan, course: Course) -> dict[str, Any]:
    """The page of a plan; `beside` is the one that it is compared with."""
    plan = laid.plan
    position = timetable.POSITIONS[plan.position]
    return {
        "position": f"For somebody {position}." if position else "",
        "screening": notice(laid.decision),
        "left_out": left_out(laid.decision, course),
        "total": {
            "seconds": plan.total,
            "least": plan.least,
            "most": plan.most,
            "longest": MAX_SECONDS,
        },
        "rows": [_row(part, beside.part(part.block), laid, course) for part in plan.parts],
        "findings": [
            _finding(each, course)
            for each in laid.findings(course)
            if laid.decision or each.severity != "safety"  # the line above all says it
        ],
        "steps": [timetable.row(step, course) for step in laid.steps],
    }


def origin_in_words(session: Session) -> str:
    """Where the minutes of a ready-made session come from."""
    if session.basis == "stated":
        return BASIS_LABELS["stated"]
    return f"They are {session.basis}. {session.note}"


def why_barred(part: Part, laid: LaidOut, course: Course) -> str:
    """Why a block cannot be in the session; nothing where it can."""
    if part.choices:
        return ""
    if laid.whole.part(part.block).choices:
        return "Left out because of the screening"
    if not _offered(part, laid.plan, course):
        return f"Not for somebody {timetable.POSITIONS[laid.plan.position]}"
    return "No technique is chosen"


# --- rows ------------------------------------------------------------------------------------


def _row(part: Part, other: Part, laid: LaidOut, course: Course) -> dict[str, Any]:
    block = find_item("block", part.block, course.blocks)
    techniques = {each.id: each for each in course.techniques}
    done = _done(part, laid.steps)
    chosen = {choice.technique: choice for choice in part.choices}
    return {
        "block": part.block,
        "name": block.name,
        "family": part.family,
        "purpose": block.purpose,
        "seconds": part.seconds,
        "least": part.least,
        "most": part.most,
        "other": other.seconds,
        "pace": pace_range(laid.steps, part.block),
        "locked": part.locked,
        "included": part.seconds > 0,
        "fixed": part.least > 0,
        "barred": why_barred(part, laid, course),
        "passes": {name: _fewest(made) for name, made in done.items()},
        "done": [_done_in_words(techniques[name], made) for name, made in done.items()]
        if part.seconds
        else [],
        "room": _room(part, laid.ranges, techniques),
        "techniques": [
            _technique(each, chosen.get(each.id), done.get(each.id, ()), part.seconds > 0)
            for each in _offered(part, laid.plan, course)
        ],
    }


def _done(part: Part, steps: Sequence[Step]) -> dict[str, list[Step]]:
    """The steps of each technique that a block is filled with, none where it has no time."""
    done: dict[str, list[Step]] = {choice.technique: [] for choice in part.choices}
    for step in steps:
        if step.block == part.block:
            done[step.technique].append(step)
    return done


def _offered(part: Part, plan: Plan, course: Course) -> list[Technique]:
    """The techniques that a block may be filled with in the plan's position."""
    chosen = {choice.technique for choice in part.choices}
    return [
        each
        for each in course.techniques
        if each.family == part.family
        and plan.position in each.positions
        and (each.standing == "core" or each.id in chosen)
    ]


def _room(
    part: Part, ranges: Mapping[str, TimeRange], techniques: Mapping[str, Technique]
) -> dict[str, Any] | None:
    """How much time of a block its techniques can use, in seconds and in words."""
    if part.block not in ranges or not part.choices:
        return None
    least, most = ranges[part.block].least, ranges[part.block].most
    counts = {techniques[choice.technique].passes.minimum for choice in part.choices}
    passes = f"{counts.pop()} passes" if len(counts) == 1 else "The fewest passes"
    of_each = " of each" if len(part.choices) > 1 else ""
    return {"least": least, "most": most, "text": f"{passes}{of_each} need {mmss(least)}."}


def _fewest(made: Sequence[Step]) -> int:
    """Passes of a technique on the side that has least of them."""
    return min((step.passes for step in made), default=0)


def _done_in_words(technique: Technique, made: Sequence[Step]) -> dict[str, Any]:
    """How often a technique is done, and whether that is less than its card asks for."""
    name = technique.names.english.lower().partition(",")[0]
    name = name.removesuffix(f" {technique.family}")
    if not made:
        return {"text": f"{name}: no time", "short": True}
    short = _fewest(made) < technique.passes.minimum
    said = " (too few)" if short else ""
    return {"text": f"{name} {timetable.passes_label(made)}{said}", "short": short}


def _technique(
    technique: Technique, choice: TechniqueChoice | None, made: Sequence[Step], has_time: bool
) -> dict[str, Any]:
    return {
        "id": technique.id,
        "name": technique.names.english,
        "on": choice is not None,
        "weight": choice.weight if choice else 1,
        "side": choice.side if choice else "both",
        "note": _note(technique, made) if choice and has_time else "",
    }


def _note(technique: Technique, made: Sequence[Step]) -> str:
    """How often a technique of a block that has minutes is done, and on which sides."""
    if not made:
        return "no time for it"
    sides = {step.side for step in made}
    where = " on each side" if len(sides) > 1 else f" on the {min(sides)}"
    said = f"{timetable.passes_label(made)}{'' if sides == {'both'} else where}"
    least = technique.passes.minimum
    return said if _fewest(made) >= least else f"{said}, too few: its card asks for {least}"


def _finding(finding: Finding, course: Course) -> dict[str, Any]:
    return {
        "says": finding.message,
        "title": finding.title,
        "severity": finding.severity,
        "sources": citation_labels(finding.sources, course),
        "fixes": [fix.words[0].upper() + fix.words[1:] for fix in finding.fixes],
    }
