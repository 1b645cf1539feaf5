"""The page of a plan: a row for each block, findings with fixes, and the steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from massage_workbook.course import Course
from massage_workbook.course.model import capitalised, find_item
from massage_workbook.course.schema import Session, Technique
from massage_workbook.safety.screening import Decision, restrictions_of
from massage_workbook.session import (
    MAX_SECONDS,
    SLIDER_STEP,
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
    """A plan with the restrictions of today's screening, its steps and time ranges.

    `whole` is the plan without restrictions.
    """

    plan: Plan
    whole: Plan
    decision: Decision | None
    steps: tuple[Step, ...]
    ranges: Mapping[str, TimeRange]

    @classmethod
    def of(cls, plan: Plan, whole: Plan, decision: Decision | None, course: Course) -> Self:
        """The part of a plan that today's screening allows."""
        restrictions = restrictions_of(decision)
        allowed = restrict_plan(plan, course, restrictions)
        steps = make_steps(allowed, course, restrictions)
        ranges = time_ranges(allowed, course, restrictions)
        return cls(allowed, whole, decision, steps, ranges)

    def findings(self, course: Course) -> tuple[Finding, ...]:
        """The findings on the plan."""
        known = {"steps": self.steps, "ranges": self.ranges, "whole": self.whole}
        return check(self.plan, course, self.decision, **known)


def plan_view(laid_out: LaidOut, comparison: Plan, course: Course) -> dict[str, Any]:
    """The page of a plan, and of the one that it is compared with."""
    plan = laid_out.plan
    position = timetable.POSITIONS[plan.position]
    return {
        "position": f"For somebody {position}." if position else "",
        "screening": notice(laid_out.decision),
        "left_out": left_out(laid_out.decision, course),
        "total": {
            "seconds": plan.total,
            "least": plan.least,
            "most": plan.most,
            "longest": MAX_SECONDS,
            "step": SLIDER_STEP,
        },
        "rows": [_row(part, comparison.part(part.block), laid_out, course) for part in plan.parts],
        "findings": [
            finding_view(each, course)
            for each in laid_out.findings(course)
            if laid_out.decision or each.severity != "safety"  # else the notice at the top says it
        ],
        "steps": [timetable.row(step, course) for step in laid_out.steps],
    }


def origin_in_words(session: Session) -> str:
    """The origin of the minutes of a ready-made session."""
    if session.basis == "stated":
        return BASIS_LABELS["stated"]
    return f"They are {session.basis}. {session.note}"


def why_unavailable(part: Part, laid_out: LaidOut, course: Course) -> str:
    """The reason why a block cannot be included; empty if it can."""
    if part.choices:
        return ""
    if laid_out.whole.part(part.block).choices:
        return "Left out because of the screening"
    if not _available_techniques(part, laid_out.plan, course):
        return f"Not for somebody {timetable.POSITIONS[laid_out.plan.position]}"
    return "No technique is chosen"


# --- rows ------------------------------------------------------------------------------------


def _row(part: Part, comparison: Part, laid_out: LaidOut, course: Course) -> dict[str, Any]:
    block = find_item("block", part.block, course.blocks)
    techniques = {each.id: each for each in course.techniques}
    steps_of = _steps_by_technique(part, laid_out.steps)
    chosen = {choice.technique: choice for choice in part.choices}
    return {
        "block": part.block,
        "name": block.name,
        "family": part.family,
        "purpose": block.purpose,
        "seconds": part.seconds,
        "least": part.least,
        "most": part.most,
        "comparison_seconds": comparison.seconds,
        "pace": pace_range(laid_out.steps, part.block),
        "locked": part.locked,
        "included": part.seconds > 0,
        "fixed": part.least > 0,
        "unavailable": why_unavailable(part, laid_out, course),
        "passes": [_passes_in_words(techniques[name], own) for name, own in steps_of.items()]
        if part.seconds
        else [],
        "useful_time": _useful_time(part, laid_out.ranges, techniques),
        "techniques": [
            _technique(each, chosen.get(each.id), steps_of.get(each.id, ()), part.seconds > 0)
            for each in _available_techniques(part, laid_out.plan, course)
        ],
    }


def _steps_by_technique(part: Part, steps: Sequence[Step]) -> dict[str, list[Step]]:
    """The steps of each technique of a block; none if there is no time for it."""
    steps_of: dict[str, list[Step]] = {choice.technique: [] for choice in part.choices}
    for step in steps:
        if step.block == part.block:
            steps_of[step.technique].append(step)
    return steps_of


def _available_techniques(part: Part, plan: Plan, course: Course) -> list[Technique]:
    """The techniques that can be chosen for a block in the plan's position."""
    chosen = {choice.technique for choice in part.choices}
    return [
        each
        for each in course.techniques
        if each.family == part.family
        and plan.position in each.positions
        and (each.standing == "core" or each.id in chosen)
    ]


def _useful_time(
    part: Part, ranges: Mapping[str, TimeRange], techniques: Mapping[str, Technique]
) -> dict[str, Any] | None:
    """The useful time of a block, in seconds and in words."""
    if part.block not in ranges or not part.choices:
        return None
    least, most = ranges[part.block].least, ranges[part.block].most
    counts = {techniques[choice.technique].passes.minimum for choice in part.choices}
    passes = f"{counts.pop()} passes" if len(counts) == 1 else "The fewest passes"
    of_each = " of each" if len(part.choices) > 1 else ""
    return {"least": least, "most": most, "text": f"{passes}{of_each} need {mmss(least)}."}


def _min_passes(own: Sequence[Step]) -> int:
    """The passes of a technique, on the side with the fewest."""
    return min((step.passes for step in own), default=0)


def _passes_in_words(technique: Technique, own: Sequence[Step]) -> dict[str, Any]:
    """The passes of a technique in words, and whether they are too few."""
    name = technique.names.english.lower().partition(",")[0]
    name = name.removesuffix(f" {technique.family}")
    if not own:
        return {"text": f"{name}: no time", "is_short": True}
    is_short = _min_passes(own) < technique.passes.minimum
    suffix = " (too few)" if is_short else ""
    return {"text": f"{name} {timetable.passes_label(own)}{suffix}", "is_short": is_short}


def _technique(
    technique: Technique, choice: TechniqueChoice | None, own: Sequence[Step], has_time: bool
) -> dict[str, Any]:
    return {
        "id": technique.id,
        "name": technique.names.english,
        "on": choice is not None,
        "weight": choice.weight if choice else 1,
        "side": choice.side if choice else "both",
        "note": _note(technique, own) if choice and has_time else "",
    }


def _note(technique: Technique, own: Sequence[Step]) -> str:
    """The passes of a technique of an included block, and its sides."""
    if not own:
        return "no time for it"
    sides = {step.side for step in own}
    where = " on each side" if len(sides) > 1 else f" on the {min(sides)}"
    text = f"{timetable.passes_label(own)}{'' if sides == {'both'} else where}"
    least = technique.passes.minimum
    return text if _min_passes(own) >= least else f"{text}, too few: its card asks for {least}"


def finding_view(finding: Finding, course: Course) -> dict[str, Any]:
    """A finding with its sources, and its fixes in words."""
    return {
        "message": finding.message,
        "title": finding.title,
        "severity": finding.severity,
        "sources": citation_labels(finding.sources, course),
        "fixes": [capitalised(fix.words) for fix in finding.fixes],
    }
