"""Edit a plan under the restrictions of today's screening, with undo."""

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, Self

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.safety.screening import Decision, Side, restrictions_of
from massage_workbook.session import (
    SLIDER_STEP,
    Plan,
    PlanError,
    carry_over,
    restrict_plan,
    round_up,
    time_ranges,
)
from massage_workbook.views.planner import LaidOut, why_unavailable

_MAX_UNDO = 100
"""Maximum number of changes that can be undone."""


class SourcePlan(NamedTuple):
    """A plan to begin from or to compare with: `session:<id>` or `saved:<name>`, title and plan."""

    source: str
    title: str
    plan: Plan

    @classmethod
    def ready_made(cls, name: str, course: Course) -> Self:
        """The plan of a ready-made session, by its id.

        Raises:
            LookupError: there is no such session.
        """
        session = find_item("session", name, course.sessions)
        return cls(f"session:{name}", session.name, Plan.of(session, course))


class PlanEditor:
    """The plan of a learner, what it was begun from, and its earlier versions.

    `laid_out` is the plan with the restrictions of `decision`, that of today's screening. Changes
    are also made to the plan without restrictions, as far as possible. `comparison` is the plan
    that the page compares with.
    """

    def __init__(
        self,
        course: Course,
        decision: Decision | None,
        origin: SourcePlan,
        unfinished: Plan | None = None,
    ) -> None:
        self._course, self.decision = course, decision
        self._begin(origin, unfinished or origin.plan)

    def _begin(self, origin: SourcePlan, plan: Plan) -> None:
        self.origin = self.comparison = origin
        self._start(plan)

    def _start(self, plan: Plan) -> None:
        self._past: list[tuple[SourcePlan, Plan, Plan]] = []
        self._lay_out(plan, plan)

    def _lay_out(self, plan: Plan, whole: Plan) -> None:
        self.laid_out = LaidOut.of(plan, whole, self.decision, self._course)

    @property
    def plan(self) -> Plan:
        """The current plan, with the restrictions of today."""
        return self.laid_out.plan

    @property
    def whole(self) -> Plan:
        """The current plan without restrictions."""
        return self.laid_out.whole

    @property
    def is_unchanged(self) -> bool:
        """Whether the plan is still the one that it was begun from."""
        return self.whole == self.origin.plan

    @property
    def title(self) -> str:
        """The title for exports: that of the origin only while the plan is unchanged."""
        return self.origin.title if self.is_unchanged else "Your plan"

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return any(state != self._state for state in self._past)

    def change(self, change: Callable[[Plan], Plan], *, dragging: bool = False) -> None:
        """Change the plan; all moves of one drag of a slider are undone together.

        Raises:
            PlanError: the change is not possible.
        """
        changed, whole = change(self.plan), self.whole
        if not dragging:
            self._past = self._history()
        with suppress(PlanError):  # the restricted plan may allow what the whole one does not
            whole = change(whole)
        self._lay_out(changed, whole)

    def undo(self) -> None:
        """Undo the last change, if there is one; what changed nothing is passed over."""
        present = self._state
        while self._past and self._state == present:
            self.origin, plan, whole = self._past.pop()
            self._lay_out(plan, whole)

    def start_from(self, origin: SourcePlan) -> None:
        """Replace the plan by another one, which can be undone."""
        past = self._history()
        self._begin(origin, origin.plan)
        self._past = past

    def apply_decision(self, decision: Decision | None) -> None:
        """Apply another decision of today's screening to the whole plan; this cannot be undone."""
        if decision != self.decision:
            self.decision = decision
            self._start(self.whole)

    def include(self, block: str, *, on: bool) -> None:
        """Include a block, with its last length, else the minimum of its passes; or leave it out.

        Raises:
            PlanError: the change is not possible.
        """
        self.change(lambda plan: self._with_included(plan, block) if on else plan.without(block))

    def choose_technique(self, block: str, name: str, *, on: bool, weight: int, side: Side) -> None:
        """Add, change or remove a technique.

        Raises:
            LookupError: there is no such technique.
            PlanError: the change is not possible.
        """
        technique = find_item("technique", name, self._course.techniques)
        if on:
            self.change(lambda plan: plan.with_technique(block, technique, weight, side))
        else:
            self.change(lambda plan: plan.without_technique(block, name))

    def apply_fix(self, finding: str, fix: str) -> None:
        """Apply a fix, given by its words and its finding, if that still exists."""
        for each in self.laid_out.findings(self._course):
            for one in each.fixes:
                if (each.message, one.words.lower()) == (finding, fix.lower()):
                    self._apply_fixed_plan(one.plan)
                    return

    def _apply_fixed_plan(self, fixed: Plan) -> None:
        """Apply the plan of a fix; for another position that is a ready-made session."""
        before, restrictions = self.plan, restrictions_of(self.decision)
        if fixed.position == before.position:
            self.change(lambda plan: fixed if plan == before else carry_over(plan, before, fixed))
            return
        course = self._course
        sessions = [SourcePlan.ready_made(each.id, course) for each in course.sessions]
        self.start_from(
            next(one for one in sessions if restrict_plan(one.plan, course, restrictions) == fixed)
        )

    @property
    def _state(self) -> tuple[SourcePlan, Plan, Plan]:
        return self.origin, self.plan, self.whole

    def _history(self) -> list[tuple[SourcePlan, Plan, Plan]]:
        """The undo history, with the current plan as its last entry."""
        return [*self._past[-_MAX_UNDO:], self._state]

    def _with_included(self, plan: Plan, block: str) -> Plan:
        part = plan.part(block)
        if why := why_unavailable(part, self.laid_out, self._course):
            raise PlanError(why)
        lengths = (before.part(block).seconds for _, before, _ in reversed(self._past))
        if length := next(filter(None, lengths), 0):
            return plan.with_block(block, length)
        some = plan.with_block(block, SLIDER_STEP)
        needed = time_ranges(some, self._course, restrictions_of(self.decision))[block].least
        return plan.with_block(block, min(part.most, round_up(needed)))
