"""Minutes to shape: sliders that send wishes, and charts and findings that follow them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import unknown_message
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.errors import UnknownNameError
from massage_workbook.safety.screening import Restrictions, Side
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
from massage_workbook.views.planner import LaidOut, origin_in_words, plan_view, why_barred
from massage_workbook.views.practice import LESSON
from massage_workbook.views.screening import left_out
from massage_workbook.widgets.layered import Layered, Layers
from massage_workbook.widgets.pictures import bare_back_svg, in_page, ways_svg
from massage_workbook.widgets.practice_file import NoPracticeError, practice_file
from massage_workbook.widgets.widget import USUAL, LookAgain, Message

HERE = Path(__file__).parent
MIME = {
    "pdf": "application/pdf",
    "png": "image/png",
    "csv": "text/csv",
    "ics": "text/calendar",
    "html": "text/html",
}
UNDOS = 100
"""How many changes can be undone."""


@lru_cache(maxsize=4)
def _ways_and_svg(
    techniques: tuple[Technique, ...], zones: tuple[Zone, ...], restrictions: Restrictions
) -> tuple[HandPaths, str]:
    """The hands' ways, and their picture as SVG; of all that is planned, nothing changes them."""
    found = paths_by_side(techniques, zones, restrictions)
    return found, ways_svg(tuple(found.items()), zones) or bare_back_svg()


class Origin(NamedTuple):
    """What a plan was begun from: `session:<id>` or `saved:<name>`, what it is called, and it."""

    source: str
    title: str
    plan: Plan


class SetSeconds(Message):
    """The time of a block, or of the `total`; `held` while its slider is under the finger."""

    do: Literal["set"]
    block: str
    seconds: int
    held: bool = False


class Switch(Message):
    """Lock a block or unlock it; put it into the session or take it out."""

    do: Literal["lock", "include"]
    block: str
    on: bool


class ChooseTechnique(Message):
    """A technique of a block: whether it is done, with which share, and on which side."""

    do: Literal["technique"]
    technique: str
    block: str
    on: bool = True
    weight: int = 1
    side: Side = "both"


class Move(Message):
    """A block earlier or later."""

    do: Literal["move"]
    block: str
    by: Literal[-1, 1]


class TakeMend(Message):
    """What mends a finding, both by their words: once it is mended, a second press does nothing."""

    do: Literal["mend"]
    finding: str
    way: str


class FromSource(Message):
    """Begin from a plan, or compare with it: `session:<id>` or `saved:<name>`."""

    do: Literal["start from", "compare"]
    source: str


class NamedPlan(Message):
    """Save the plan under a name, or forget the one that has it."""

    do: Literal["save", "forget"]
    name: str


class Export(Message):
    """A file of the plan; one for the calendar has a `start`, such as 2026-05-01T20:00."""

    do: Literal["export"]
    kind: Literal["pdf", "png", "csv", "ics", "html"]
    start: str = ""


class Simple(Message):
    """What needs no more words: `keep` comes once a slider is let go."""

    do: Literal["undo", "screen", "practise", "minutes", "keep"]


_OneOf = (
    SetSeconds
    | Switch
    | ChooseTechnique
    | Move
    | TakeMend
    | FromSource
    | NamedPlan
    | Export
    | Simple
    | Layers
    | LookAgain
)


class Planner(Layered):
    """The learner's plan, begun from a ready-made session or one that was saved.

    Without a `session` it goes on with what the learner was shaping when it was left, else begins
    from the usual one; and what becomes of it is kept, so that nothing shaped is lost.

    The map of `ways` goes to the page once; after that only `state` travels: numbers and words,
    of which the page draws its charts and shades the map. `reach` is the
    map with minutes, drawn when it is asked for. What today's screening takes away is taken out of
    every plan.
    """

    script = HERE / "planner.js"
    stylesheets = (HERE / "planner.css",)
    messages = TypeAdapter(Annotated[_OneOf, Field(discriminator="do")])
    columns = traitlets.List([*timetable.COLUMNS]).tag(sync=True)
    bands = traitlets.List([*TEMPO_BANDS]).tag(sync=True)
    ways = traitlets.Unicode().tag(sync=True)
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
            {"id": each.id, "name": each.name, "says": origin_in_words(each)}
            for each in course.sessions
        ]
        self.saved = self._names()
        self._decision = today.decision(now())
        self._keeps = session is None
        (title, shaped), said = self._left() if self._keeps else (("", None), {})
        self._begin(self._source(title, or_else=f"session:{session or USUAL}"), shaped)
        self._kept = (self._origin, self._laid.whole)
        self.state = self._state(**said)
        super().__init__()  # only now does the page hear of it, and of all of it at once
        today.subscribe(self._look_again)

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self._laid.plan

    @property
    def _title(self) -> str:
        """What the plan is called where it goes: no longer that which it was begun from."""
        return self._origin.title if self._laid.whole == self._origin.plan else "Your plan"

    @property
    def _restrictions(self) -> Restrictions:
        return self._decision.restrictions if self._decision else Restrictions()

    def _names(self) -> list[str]:
        try:
            return self._plans.names()
        except StoreError:  # said when something is to be saved or opened
            return []

    # --- what the page wishes ----------------------------------------------------------------

    def _carry_out(self, message: Message) -> dict[str, Any] | None:
        if isinstance(message, LookAgain):
            self.saved = self._names()
            self._look_again()
            return None
        if isinstance(message, Layers):
            return super()._carry_out(message)
        said: dict[str, Any] = {}
        try:
            said = self._do(message) or {}
        except (PlanError, StoreError, LookupError, NoPracticeError) as error:
            said = {"refused": str(error.args[0] if error.args else error)}
        said |= {"at": _place(message)} if said else {}
        if self._keeps and not (isinstance(message, SetSeconds) and message.held):
            said = self._keep() | said
        reply = said.pop("reply", None)
        self.state = self._state(**said)
        return reply

    def _look_again(self) -> None:
        """Follow the screening; most replies change nothing, and many plans may be listening."""
        if self._today.decision(self._now()) != self._decision:
            self._carry_out(Simple(do="screen"))

    def _do(self, message: Message) -> dict[str, Any] | None:
        match message:
            case SetSeconds(block="total", seconds=seconds, held=held):
                self._become(lambda plan: plan.with_total(seconds), held=held)
            case SetSeconds(block=block, seconds=seconds, held=held):
                self._become(lambda plan: plan.with_block(block, seconds), held=held)
            case Switch(do="lock", block=block, on=on):
                self._become(lambda plan: plan.locked(block) if on else plan.unlocked(block))
            case Switch(block=block, on=on):
                self._become(
                    lambda plan: self._included(plan, block) if on else plan.without(block)
                )
            case ChooseTechnique():
                self._become(lambda plan: self._chosen(plan, message))
            case Move(block=block, by=by):
                self._become(lambda plan: plan.moved(block, by))
            case TakeMend():
                self._take(message)
            case Simple(do="undo") if self._past:
                self._origin, plan, whole = self._past.pop()
                self._lay_out(plan, whole)
            case Simple(do="screen"):
                self._screen()
            case _:
                return self._exchange(message)
        return None

    def _keep(self) -> dict[str, str | None]:
        """Keep the plan as it stands; say so if that cannot be done."""
        if (self._origin, self._laid.whole) != self._kept:
            try:
                self._plans.save_in_slot(
                    UNFINISHED, self._origin.title, self._laid.whole, self._now()
                )
            except StoreError as error:
                return {"refused": str(error)}
            self._kept = (self._origin, self._laid.whole)
        return {}

    def _exchange(self, message: Message) -> dict[str, Any] | None:
        """Carry out what has to do with other plans and with files."""
        match message:
            case FromSource(do="start from", source=source):
                self._start_from(source)
            case FromSource(source=source):
                self._beside, self._other = source, self._found(source)
            case NamedPlan(do="save", name=name):
                self._plans.save(name, self._laid.whole, self._now())
                title, self.saved = " ".join(name.split()), self._plans.names()
                self._origin = Origin(f"saved:{title}", title, self._laid.whole)
                return {"done": f"Saved as “{title}”."}
            case NamedPlan(name=name):
                self.saved = self._plans.remove(name).names()
                return {"done": f"“{name}” is forgotten."}
            case Simple(do="practise"):
                self._plans.save_in_slot(TO_PRACTISE, self._title, self._laid.whole, self._now())
                return {"practise": LESSON, "reply": {"practise": LESSON}}
            case Export(kind=kind, start=start):
                name = f"massage.{kind}"
                file = {"name": name, "type": MIME[kind], "file": self._file(kind, start)}
                return {"done": f"{name} is in your downloads.", "reply": file}
            case Simple(do="minutes"):
                from massage_workbook.figures.reach import where_hands_go

                drawn = where_hands_go(self._laid.steps, self._techniques, self._course.zones)
                self.reach = in_page(drawn)
        return None

    def _become(self, change: Callable[[Plan], Plan], *, held: bool = False) -> None:
        """Change the plan, and along with it what it is without the screening.

        While a slider is held, its first move alone can be undone.
        """
        changed, whole = change(self.plan), self._laid.whole
        if not held:
            self._past = self._remembered()
        with suppress(PlanError):  # what the screening shortened can take what the whole cannot
            whole = change(whole)
        self._lay_out(changed, whole)

    def _take(self, wanted: TakeMend) -> None:
        """Take over what mends a finding, if there still is such a one."""
        for finding in self._laid.findings(self._course):
            for fix in finding.fixes:
                if (finding.message, fix.words.lower()) == (wanted.finding, wanted.way.lower()):
                    self._mend(fix.plan)
                    return

    def _mend(self, mended: Plan) -> None:
        """Take over what mends today's plan; for another position that is a ready-made session."""
        before = self.plan
        if mended.position == before.position:
            self._become(
                lambda plan: mended if plan == before else carry_over(plan, before, mended)
            )
            return
        name = next(
            name
            for name, each in self._ready_made.items()
            if restrict_plan(Plan.of(each, self._course), self._course, self._restrictions)
            == mended
        )
        self._start_from(f"session:{name}")

    def _start_from(self, source: str) -> None:
        """Begin from a plan in the place of this one, which can be undone."""
        past = self._remembered()
        self._begin(source)
        self._past = past

    def _remembered(self) -> list[tuple[Origin, Plan, Plan]]:
        """What can be undone once the plan becomes another one."""
        return [*self._past[-UNDOS:], (self._origin, self.plan, self._laid.whole)]

    def _included(self, plan: Plan, block: str) -> Plan:
        """The plan with a block again: as long as it was, else as its fewest passes take."""
        part = plan.part(block)
        if why := why_barred(part, self._laid, self._course):
            raise PlanError(why)
        lengths = (before.part(block).seconds for _, before, _ in reversed(self._past))
        if length := next(filter(None, lengths), 0):
            return plan.with_block(block, length)
        some = plan.with_block(block, SLIDER_STEP)
        room = time_ranges(some, self._course, self._restrictions)[block]
        return plan.with_block(block, min(part.most, round_up(room.least)))

    def _chosen(self, plan: Plan, chosen: ChooseTechnique) -> Plan:
        """The plan with a technique chosen, weighed, put on one side, or taken out."""
        block, name = chosen.block, chosen.technique
        if name not in self._techniques:
            raise UnknownNameError(unknown_message("technique", name, self._techniques))
        if not chosen.on:
            return plan.without_technique(block, name)
        return plan.with_technique(block, self._techniques[name], chosen.weight, chosen.side)

    def _found(self, source: str) -> tuple[str, Plan]:
        """The title and the plan of `session:<id>` or `saved:<name>`."""
        kind, _, name = source.partition(":")
        if kind == "saved":
            return self._plans.open(name)
        if name not in self._ready_made:
            raise UnknownNameError(unknown_message("session", name, self._ready_made))
        return self._ready_made[name].name, Plan.of(self._ready_made[name], self._course)

    def _screen(self) -> None:
        """Take what today's screening says; what it took away before may come back."""
        decision = self._today.decision(self._now())
        if decision != self._decision:
            self._decision = decision
            self._start(self._laid.whole)

    # --- what the page is told ---------------------------------------------------------------

    def _left(self) -> tuple[tuple[str, Plan | None], dict[str, str | None]]:
        """What was being shaped when it was left: its origin's title, the plan, what to say."""
        try:
            return self._plans.open(UNFINISHED), {}
        except LookupError:
            return ("", None), {}
        except StoreError as error:
            return ("", None), {"refused": str(error)}

    def _source(self, title: str, *, or_else: str) -> str:
        """Where a plan of that title is found, if there is one that can be opened."""
        ready_made = {each.name: f"session:{each.id}" for each in self._course.sessions}
        source = ready_made.get(title, f"saved:{title}")
        with suppress(StoreError, LookupError):
            self._found(source)
            return source
        return or_else

    def _begin(self, source: str, shaped: Plan | None = None) -> None:
        """Begin from a plan, which then stands beside what becomes or has become of it."""
        self._beside, self._other = source, self._found(source)
        self._origin = Origin(source, *self._other)
        self._start(shaped or self._origin.plan)

    def _start(self, plan: Plan) -> None:
        self._past = []
        self._lay_out(plan, plan)
        course = self._course
        self._ways, self.ways = _ways_and_svg(course.techniques, course.zones, self._restrictions)

    def _lay_out(self, plan: Plan, whole: Plan) -> None:
        self._laid = LaidOut.of(plan, whole, self._decision, self._course)

    def _state(self, **said: str | None) -> dict[str, Any]:
        title, beside = self._other
        return plan_view(self._laid, beside, self._course) | {
            "from": self._origin.source if self._laid.whole == self._origin.plan else None,
            "beside": self._beside,
            "beside_name": title[:24] if self._beside.startswith("saved:") else "ready-made",
            "can_undo": bool(self._past),
            "seconds_per_cm": seconds_per_cm(self._laid.steps, self._ways),
            "said": said,
        }

    def _file(self, kind: str, start: str) -> bytes:
        if kind == "html":
            whole, now = (self._title, self._laid.whole), self._now()
            return practice_file(self._course, *whole, self._decision, now).encode()
        if kind == "csv":
            return timetable.as_csv(self._laid.steps, self._course).encode()
        if kind == "ics":
            return timetable.as_calendar(self.plan, self._title, start, self._now()).encode()
        from massage_workbook.figures.sheet import printed, wall_pages

        without = left_out(self._decision, self._course)
        pages = wall_pages(self.plan, self._laid.steps, self._course, self._title, without)
        return printed(pages, kind)


def _place(message: Message) -> str:
    """Where on the page it is said what came of a message: at a block, at the files, or on top."""
    if isinstance(message, NamedPlan | Export):
        return "files"
    return getattr(message, "block", "")
