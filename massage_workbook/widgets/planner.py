"""The planner: sliders that request changes, and charts and findings that follow them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.safety.screening import Restrictions, Side, restrictions_of
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import Plan, PlanError, timetable
from massage_workbook.session.cues import SIDE_LABELS
from massage_workbook.session.hand_paths import HandPaths, paths_by_side, seconds_per_cm
from massage_workbook.session.passes import TEMPO_BANDS
from massage_workbook.store import StoreError
from massage_workbook.store.plans import TO_PRACTISE, UNFINISHED, Plans
from massage_workbook.views.planner import origin_in_words, plan_view
from massage_workbook.views.practice import LESSON
from massage_workbook.views.screening import left_out
from massage_workbook.widgets.hosting import IN_PAGE
from massage_workbook.widgets.layered import Layered, Layers
from massage_workbook.widgets.pictures import in_page, paths_svg
from massage_workbook.widgets.plan_editor import PlanEditor, SourcePlan
from massage_workbook.widgets.practice_file import NoPracticeError, practice_file
from massage_workbook.widgets.widget import USUAL, Message, Refresh

MIME = {
    "pdf": "application/pdf",
    "png": "image/png",
    "csv": "text/csv",
    "ics": "text/calendar",
    "html": "text/html",
}


@lru_cache(maxsize=4)
def _paths_and_svg(
    techniques: tuple[Technique, ...], zones: tuple[Zone, ...], restrictions: Restrictions
) -> tuple[HandPaths, str]:
    """The paths of the hands, and their picture as SVG; no plan changes them."""
    found = paths_by_side(techniques, zones, restrictions)
    return found, paths_svg(tuple(found.items()), zones)


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
        self.sessions = [
            {"id": each.id, "name": each.name, "origin": origin_in_words(each)}
            for each in course.sessions
        ]
        self.saved = self._names()
        self._autosaves = session is None
        title, unfinished, notice = self._unfinished() if self._autosaves else ("", None, {})
        origin = self._titled(title) or SourcePlan.ready_made(session or USUAL, course)
        self._editor = PlanEditor(course, today.decision(now()), origin, unfinished)
        self._autosaved = (origin, self._editor.whole)
        self._show(**notice)
        super().__init__()  # sends all traits to the page at once
        today.subscribe(self._refresh)

    @property
    def plan(self) -> Plan:
        """The current plan, with the restrictions of today."""
        return self._editor.plan

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
        self._show(**notice)
        return reply

    def _refresh(self) -> None:
        """Apply a changed screening; most of its replies do not change the decision."""
        if self._today.decision(self._now()) != self._editor.decision:
            self._carry_out(Command(do="screen"))

    def _do(self, message: Message) -> dict[str, Any] | None:
        """Carry out a change of the plan; `_exchange` carries out the other messages."""
        editor = self._editor
        match message:
            case SetSeconds(block="total", seconds=seconds, dragging=dragging):
                editor.change(lambda plan: plan.with_total(seconds), dragging=dragging)
            case SetSeconds(block=block, seconds=seconds, dragging=dragging):
                editor.change(lambda plan: plan.with_block(block, seconds), dragging=dragging)
            case Switch(do="lock", block=block, on=on):
                editor.change(lambda plan: plan.locked(block) if on else plan.unlocked(block))
            case Switch(block=block, on=on):
                editor.include(block, on=on)
            case ChooseTechnique(block=block, technique=name, on=on, weight=weight, side=side):
                editor.choose_technique(block, name, on=on, weight=weight, side=side)
            case Move(block=block, by=by):
                editor.change(lambda plan: plan.moved(block, by))
            case ApplyFix(finding=finding, fix=fix):
                editor.apply_fix(finding, fix)
            case Command(do="undo"):
                editor.undo()
            case Command(do="screen"):
                editor.apply_decision(self._today.decision(self._now()))
            case _:
                return self._exchange(message)
        return None

    def _autosave(self) -> dict[str, str | None]:
        """Save the unfinished plan; return an error message if that fails."""
        origin, whole = self._editor.origin, self._editor.whole
        if (origin, whole) != self._autosaved:
            try:
                self._plans.save_in_slot(UNFINISHED, origin.title, whole, self._now())
            except StoreError as error:
                return {"refused": str(error)}
            self._autosaved = (origin, whole)
        return {}

    def _exchange(self, message: Message) -> dict[str, Any] | None:
        """Carry out messages about other plans and files."""
        editor = self._editor
        match message:
            case FromSource(do="start from", source=source):
                editor.start_from(self._open(source))
            case FromSource(source=source):
                editor.comparison = self._open(source)
            case NamedPlan(do="save", name=name):
                self._plans.save(name, editor.whole, self._now())
                title, self.saved = " ".join(name.split()), self._plans.names()
                editor.origin = SourcePlan(f"saved:{title}", title, editor.whole)
                return {"done": f"Saved as “{title}”."}
            case NamedPlan(name=name):
                self.saved = self._plans.remove(name).names()
                return {"done": f"“{name}” is deleted."}
            case Command(do="practise"):
                self._plans.save_in_slot(TO_PRACTISE, editor.title, editor.whole, self._now())
                return {"practise": LESSON, "reply": {"practise": LESSON}}
            case Export(kind=kind, start=start):
                name = f"massage.{kind}"
                file = {"name": name, "type": MIME[kind], "file": self._file(kind, start)}
                return {"done": f"{name} is in your downloads.", "reply": file}
            case Command(do="reach"):
                from massage_workbook.figures.reach import where_hands_go

                techniques = {each.id: each for each in self._course.techniques}
                drawn = where_hands_go(editor.laid_out.steps, techniques, self._course.zones)
                self.reach = in_page(drawn)
        return None

    def _open(self, source: str) -> SourcePlan:
        """The plan of `session:<id>` or `saved:<name>`."""
        kind, _, name = source.partition(":")
        if kind == "saved":
            return SourcePlan(source, *self._plans.open(name))
        return SourcePlan.ready_made(name, self._course)

    def _unfinished(self) -> tuple[str, Plan | None, dict[str, str | None]]:
        """The unfinished plan: the title of its origin, the plan, and a notice."""
        try:
            return *self._plans.open(UNFINISHED), {}
        except LookupError:
            return "", None, {}
        except StoreError as error:
            return "", None, {"refused": str(error)}

    def _titled(self, title: str) -> SourcePlan | None:
        """The plan with a title, if it can be opened."""
        sources = {each.name: f"session:{each.id}" for each in self._course.sessions}
        with suppress(StoreError, LookupError):
            return self._open(sources.get(title, f"saved:{title}"))
        return None

    # --- values for the page ---------------------------------------------------------------

    def _show(self, **notice: str | None) -> None:
        editor, course = self._editor, self._course
        restrictions = restrictions_of(editor.decision)
        paths, self.paths = _paths_and_svg(course.techniques, course.zones, restrictions)
        source, title, plan = editor.comparison
        self.state = plan_view(editor.laid_out, plan, course) | {
            "origin": editor.origin.source if editor.is_unchanged else None,
            "comparison": source,
            "comparison_name": title[:24] if source.startswith("saved:") else "ready-made",
            "can_undo": editor.can_undo,
            "seconds_per_cm": seconds_per_cm(editor.laid_out.steps, paths),
            "notice": notice,
        }

    def _file(self, kind: str, start: str) -> bytes:
        editor, course, now = self._editor, self._course, self._now()
        steps, title = editor.laid_out.steps, editor.title
        if kind == "html":
            return practice_file(course, title, editor.whole, editor.decision, now).encode()
        if kind == "csv":
            return timetable.as_csv(steps, course).encode()
        if kind == "ics":
            return timetable.as_calendar(self.plan, title, start, now).encode()
        from massage_workbook.figures.sheet import printed, wall_pages

        without = left_out(editor.decision, course)
        return printed(wall_pages(self.plan, steps, course, title, without), kind)


def _place_of_reply(message: Message) -> str:
    """Where the page shows the reply: at a block, at the files, or at the top (empty)."""
    if isinstance(message, NamedPlan | Export):
        return "files"
    return getattr(message, "block", "")
