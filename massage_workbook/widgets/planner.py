"""The planner: sliders that request changes, and charts and findings that follow them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import unknown_message
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.errors import UnknownNameError
from massage_workbook.safety.screening import Restrictions, Side, restrictions_of
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import (
    SLIDER_STEP,
    Plan,
    PlanError,
    carry_over,
    restrict_plan,
    round_up,
    time_ranges,
    timetable,
)
from massage_workbook.session.cues import SIDE_LABELS
from massage_workbook.session.hand_paths import HandPaths, paths_by_side, seconds_per_cm
from massage_workbook.session.passes import TEMPO_BANDS
from massage_workbook.store import StoreError
from massage_workbook.store.plans import TO_PRACTISE, UNFINISHED, Plans
from massage_workbook.views.planner import LaidOut, origin_in_words, plan_view, why_unavailable
from massage_workbook.views.practice import LESSON
from massage_workbook.views.screening import left_out
from massage_workbook.widgets.hosting import IN_PAGE
from massage_workbook.widgets.layered import Layered, Layers
from massage_workbook.widgets.pictures import in_page, paths_svg
from massage_workbook.widgets.practice_file import NoPracticeError, practice_file
from massage_workbook.widgets.widget import USUAL, Message, Refresh

MIME = {
    "pdf": "application/pdf",
    "png": "image/png",
    "csv": "text/csv",
    "ics": "text/calendar",
    "html": "text/html",
}
_MAX_UNDO = 100
"""Maximum number of changes that can be undone."""


@lru_cache(maxsize=4)
def _paths_and_svg(
    techniques: tuple[Technique, ...], zones: tuple[Zone, ...], restrictions: Restrictions
) -> tuple[HandPaths, str]:
    """The paths of the hands, and their picture as SVG; no plan changes them."""
    found = paths_by_side(techniques, zones, restrictions)
    return found, paths_svg(tuple(found.items()), zones)


class Origin(NamedTuple):
    """The plan from which another was begun: `session:<id>` or `saved:<name>`, title and plan."""

    source: str
    title: str
    plan: Plan


class SetSeconds(Message):
    """The time of a block, or of the `total`; `dragging` while its slider is being moved."""

    do: Literal["set"]
    block: str
    seconds: int
    dragging: bool = False


class Switch(Message):
    """Lock or unlock a block; include it in the session or leave it out."""

    do: Literal["lock", "include"]
    block: str
    on: bool


class ChooseTechnique(Message):
    """A technique of a block: whether it is done, its weight and its side."""

    do: Literal["technique"]
    technique: str
    block: str
    on: bool = True
    weight: int = 1
    side: Side = "both"


class Move(Message):
    """Move a block one place earlier or later."""

    do: Literal["move"]
    block: str
    by: Literal[-1, 1]


class ApplyFix(Message):
    """Apply a fix of a finding, both by their text, so that a second click has no effect."""

    do: Literal["fix"]
    finding: str
    fix: str


class FromSource(Message):
    """Begin from a plan, or compare with it: `session:<id>` or `saved:<name>`."""

    do: Literal["start from", "compare"]
    source: str


class NamedPlan(Message):
    """Save the plan under a name, or delete the saved plan of that name."""

    do: Literal["save", "delete"]
    name: str


class Export(Message):
    """A file of the plan; one for the calendar has a `start`, such as 2026-05-01T20:00."""

    do: Literal["export"]
    kind: Literal["pdf", "png", "csv", "ics", "html"]
    start: str = ""


class Command(Message):
    """Commands without parameters; `autosave` comes when a slider is released."""

    do: Literal["undo", "screen", "practise", "reach", "autosave"]


_AnyMessage = (
    SetSeconds
    | Switch
    | ChooseTechnique
    | Move
    | ApplyFix
    | FromSource
    | NamedPlan
    | Export
    | Command
    | Layers
    | Refresh
)


class Planner(Layered):
    """The learner's plan, begun from a ready-made session or a saved plan.

    Without a `session` it continues the unfinished plan, or begins from the default session, and
    saves every change at once.

    The map of `paths` is sent to the page once, and is empty where it cannot be drawn; after that
    only `state` is: numbers and texts from which the page draws its charts and shades the map.
    `reach` is the map with minutes, drawn on request. The restrictions of today's screening apply
    to every plan.
    """

    messages = TypeAdapter(Annotated[_AnyMessage, Field(discriminator="do")])
    draws = traitlets.Bool(not IN_PAGE).tag(sync=True)
    columns = traitlets.List([*timetable.COLUMNS]).tag(sync=True)
    bands = traitlets.List([*TEMPO_BANDS]).tag(sync=True)
    paths = traitlets.Unicode().tag(sync=True)
    reach = traitlets.Unicode().tag(sync=True)
    sessions = traitlets.List().tag(sync=True)
    sides = traitlets.Dict({side: SIDE_LABELS[side] for side in ("both", "right", "left")}).tag(
        sync=True
    )
    saved = traitlets.List().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        course: Course,
        session: str | None,
        plans: Plans,
        today: TodaysScreening,
        now: Callable[[], datetime],
    ) -> None:
        self._course, self._plans, self._today, self._now = course, plans, today, now
        self._techniques = {each.id: each for each in course.techniques}
        self._ready_made = {each.id: each for each in course.sessions}
        self.sessions = [
            {"id": each.id, "name": each.name, "origin": origin_in_words(each)}
            for each in course.sessions
        ]
        self.saved = self._names()
        self._decision = today.decision(now())
        self._autosaves = session is None
        (title, unfinished), notice = self._unfinished() if self._autosaves else (("", None), {})
        self._begin(self._source(title, or_else=f"session:{session or USUAL}"), unfinished)
        self._autosaved = (self._origin, self._laid_out.whole)
        self.state = self._state(**notice)
        super().__init__()  # sends all traits to the page at once
        today.subscribe(self._refresh)

    @property
    def plan(self) -> Plan:
        """The current plan, with the restrictions of today."""
        return self._laid_out.plan

    @property
    def _title(self) -> str:
        """The title for exports: that of the origin only while the plan is unchanged."""
        return self._origin.title if self._laid_out.whole == self._origin.plan else "Your plan"

    @property
    def _restrictions(self) -> Restrictions:
        return restrictions_of(self._decision)

    def _names(self) -> list[str]:
        try:
            return self._plans.names()
        except StoreError:  # reported when a plan is saved or opened
            return []

    # --- messages of the page ----------------------------------------------------------------

    def _carry_out(self, message: Message) -> dict[str, Any] | None:
        if isinstance(message, Refresh):
            self.saved = self._names()
            self._refresh()
            return None
        if isinstance(message, Layers):
            return super()._carry_out(message)
        notice: dict[str, Any] = {}
        try:
            notice = self._do(message) or {}
        except (PlanError, StoreError, LookupError, NoPracticeError) as error:
            notice = {"refused": str(error.args[0] if error.args else error)}
        notice |= {"at": _place_of_reply(message)} if notice else {}
        if self._autosaves and not (isinstance(message, SetSeconds) and message.dragging):
            notice = self._autosave() | notice
        reply = notice.pop("reply", None)
        self.state = self._state(**notice)
        return reply

    def _refresh(self) -> None:
        """Apply a changed screening; most of its replies do not change the decision."""
        if self._today.decision(self._now()) != self._decision:
            self._carry_out(Command(do="screen"))

    def _do(self, message: Message) -> dict[str, Any] | None:
        match message:
            case SetSeconds(block="total", seconds=seconds, dragging=dragging):
                self._change(lambda plan: plan.with_total(seconds), dragging=dragging)
            case SetSeconds(block=block, seconds=seconds, dragging=dragging):
                self._change(lambda plan: plan.with_block(block, seconds), dragging=dragging)
            case Switch(do="lock", block=block, on=on):
                self._change(lambda plan: plan.locked(block) if on else plan.unlocked(block))
            case Switch(block=block, on=on):
                self._change(
                    lambda plan: self._included(plan, block) if on else plan.without(block)
                )
            case ChooseTechnique():
                self._change(lambda plan: self._chosen(plan, message))
            case Move(block=block, by=by):
                self._change(lambda plan: plan.moved(block, by))
            case ApplyFix():
                self._apply_fix(message)
            case Command(do="undo") if self._past:
                self._origin, plan, whole = self._past.pop()
                self._lay_out(plan, whole)
            case Command(do="screen"):
                self._apply_screening()
            case _:
                return self._exchange(message)
        return None

    def _autosave(self) -> dict[str, str | None]:
        """Save the unfinished plan; return an error message if that fails."""
        if (self._origin, self._laid_out.whole) != self._autosaved:
            try:
                self._plans.save_in_slot(
                    UNFINISHED, self._origin.title, self._laid_out.whole, self._now()
                )
            except StoreError as error:
                return {"refused": str(error)}
            self._autosaved = (self._origin, self._laid_out.whole)
        return {}

    def _exchange(self, message: Message) -> dict[str, Any] | None:
        """Carry out messages about other plans and files."""
        match message:
            case FromSource(do="start from", source=source):
                self._start_from(source)
            case FromSource(source=source):
                self._comparison_source, self._comparison = source, self._open(source)
            case NamedPlan(do="save", name=name):
                self._plans.save(name, self._laid_out.whole, self._now())
                title, self.saved = " ".join(name.split()), self._plans.names()
                self._origin = Origin(f"saved:{title}", title, self._laid_out.whole)
                return {"done": f"Saved as “{title}”."}
            case NamedPlan(name=name):
                self.saved = self._plans.remove(name).names()
                return {"done": f"“{name}” is deleted."}
            case Command(do="practise"):
                whole = self._laid_out.whole
                self._plans.save_in_slot(TO_PRACTISE, self._title, whole, self._now())
                return {"practise": LESSON, "reply": {"practise": LESSON}}
            case Export(kind=kind, start=start):
                name = f"massage.{kind}"
                file = {"name": name, "type": MIME[kind], "file": self._file(kind, start)}
                return {"done": f"{name} is in your downloads.", "reply": file}
            case Command(do="reach"):
                from massage_workbook.figures.reach import where_hands_go

                drawn = where_hands_go(self._laid_out.steps, self._techniques, self._course.zones)
                self.reach = in_page(drawn)
        return None

    def _change(self, change: Callable[[Plan], Plan], *, dragging: bool = False) -> None:
        """Change the plan, and its version without restrictions.

        All moves of one drag of a slider are undone together.
        """
        changed, whole = change(self.plan), self._laid_out.whole
        if not dragging:
            self._past = self._history()
        with suppress(PlanError):  # the restricted plan may allow what the whole one does not
            whole = change(whole)
        self._lay_out(changed, whole)

    def _apply_fix(self, wanted: ApplyFix) -> None:
        """Apply a fix if its finding still exists."""
        for finding in self._laid_out.findings(self._course):
            for fix in finding.fixes:
                if (finding.message, fix.words.lower()) == (wanted.finding, wanted.fix.lower()):
                    self._apply_fixed_plan(fix.plan)
                    return

    def _apply_fixed_plan(self, fixed: Plan) -> None:
        """Apply the plan of a fix; for another position that is a ready-made session."""
        before = self.plan
        if fixed.position == before.position:
            self._change(lambda plan: fixed if plan == before else carry_over(plan, before, fixed))
            return
        name = next(
            name
            for name, each in self._ready_made.items()
            if restrict_plan(Plan.of(each, self._course), self._course, self._restrictions) == fixed
        )
        self._start_from(f"session:{name}")

    def _start_from(self, source: str) -> None:
        """Replace the plan by another one, which can be undone."""
        past = self._history()
        self._begin(source)
        self._past = past

    def _history(self) -> list[tuple[Origin, Plan, Plan]]:
        """The undo history, with the current plan as its last entry."""
        return [*self._past[-_MAX_UNDO:], (self._origin, self.plan, self._laid_out.whole)]

    def _included(self, plan: Plan, block: str) -> Plan:
        """The plan with a block included: with its last length, else the minimum of its passes."""
        part = plan.part(block)
        if why := why_unavailable(part, self._laid_out, self._course):
            raise PlanError(why)
        lengths = (before.part(block).seconds for _, before, _ in reversed(self._past))
        if length := next(filter(None, lengths), 0):
            return plan.with_block(block, length)
        some = plan.with_block(block, SLIDER_STEP)
        room = time_ranges(some, self._course, self._restrictions)[block]
        return plan.with_block(block, min(part.most, round_up(room.least)))

    def _chosen(self, plan: Plan, chosen: ChooseTechnique) -> Plan:
        """The plan with a technique added, changed or removed."""
        block, name = chosen.block, chosen.technique
        if name not in self._techniques:
            raise UnknownNameError(unknown_message("technique", name, self._techniques))
        if not chosen.on:
            return plan.without_technique(block, name)
        return plan.with_technique(block, self._techniques[name], chosen.weight, chosen.side)

    def _open(self, source: str) -> tuple[str, Plan]:
        """The title and the plan of `session:<id>` or `saved:<name>`."""
        kind, _, name = source.partition(":")
        if kind == "saved":
            return self._plans.open(name)
        if name not in self._ready_made:
            raise UnknownNameError(unknown_message("session", name, self._ready_made))
        return self._ready_made[name].name, Plan.of(self._ready_made[name], self._course)

    def _apply_screening(self) -> None:
        """Apply the decision of today's screening, to the whole plan."""
        decision = self._today.decision(self._now())
        if decision != self._decision:
            self._decision = decision
            self._start(self._laid_out.whole)

    # --- values for the page ---------------------------------------------------------------

    def _unfinished(self) -> tuple[tuple[str, Plan | None], dict[str, str | None]]:
        """The unfinished plan: the title of its origin, the plan, and a notice."""
        try:
            return self._plans.open(UNFINISHED), {}
        except LookupError:
            return ("", None), {}
        except StoreError as error:
            return ("", None), {"refused": str(error)}

    def _source(self, title: str, *, or_else: str) -> str:
        """The source of the plan of that title, or `or_else` if it cannot be opened."""
        ready_made = {each.name: f"session:{each.id}" for each in self._course.sessions}
        source = ready_made.get(title, f"saved:{title}")
        with suppress(StoreError, LookupError):
            self._open(source)
            return source
        return or_else

    def _begin(self, source: str, unfinished: Plan | None = None) -> None:
        """Begin from a plan, which is also the one that the page compares with."""
        self._comparison_source, self._comparison = source, self._open(source)
        self._origin = Origin(source, *self._comparison)
        self._start(unfinished or self._origin.plan)

    def _start(self, plan: Plan) -> None:
        self._past = []
        self._lay_out(plan, plan)
        course = self._course
        self._paths, self.paths = _paths_and_svg(
            course.techniques, course.zones, self._restrictions
        )

    def _lay_out(self, plan: Plan, whole: Plan) -> None:
        self._laid_out = LaidOut.of(plan, whole, self._decision, self._course)

    def _state(self, **notice: str | None) -> dict[str, Any]:
        title, comparison = self._comparison
        saved = self._comparison_source.startswith("saved:")
        return plan_view(self._laid_out, comparison, self._course) | {
            "origin": self._origin.source if self._laid_out.whole == self._origin.plan else None,
            "comparison": self._comparison_source,
            "comparison_name": title[:24] if saved else "ready-made",
            "can_undo": bool(self._past),
            "seconds_per_cm": seconds_per_cm(self._laid_out.steps, self._paths),
            "notice": notice,
        }

    def _file(self, kind: str, start: str) -> bytes:
        if kind == "html":
            whole, now = (self._title, self._laid_out.whole), self._now()
            return practice_file(self._course, *whole, self._decision, now).encode()
        if kind == "csv":
            return timetable.as_csv(self._laid_out.steps, self._course).encode()
        if kind == "ics":
            return timetable.as_calendar(self.plan, self._title, start, self._now()).encode()
        from massage_workbook.figures.sheet import printed, wall_pages

        without = left_out(self._decision, self._course)
        pages = wall_pages(self.plan, self._laid_out.steps, self._course, self._title, without)
        return printed(pages, kind)


def _place_of_reply(message: Message) -> str:
    """Where the page shows the reply: at a block, at the files, or at the top (empty)."""
    if isinstance(message, NamedPlan | Export):
        return "files"
    return getattr(message, "block", "")
