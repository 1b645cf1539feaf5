"""Practice of a plan: the page gets the whole session at once and then needs no kernel."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook import paths
from massage_workbook.body.places import PLACES, place_boxes
from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.safety.screening import Decision, Restrictions
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import Plan, Step, make_steps
from massage_workbook.store import StoreError, browser_key, minutes
from massage_workbook.store.practices import PracticeError, Practices, parse_practice
from massage_workbook.views import practice as view
from massage_workbook.views.movement import key_frames
from massage_workbook.views.progress import next_step
from massage_workbook.widgets.body import OnBody
from massage_workbook.widgets.pictures import bare_back_svg, stance_svg, strokes_svg
from massage_workbook.widgets.quiz import knowledge
from massage_workbook.widgets.widget import Interactive, Message, Refresh

HERE = Path(__file__).parent


class Take(Message):
    """Practise another session, a ready-made one."""

    do: Literal["take"]
    session: str


class Keep(Message):
    """Save the practice as of that revision."""

    do: Literal["keep"]
    practice: Any
    revision: int


class Player(OnBody, Interactive):
    """A practice of the plan that is `ready`, with its title, as today's screening allows it.

    `session` is everything that is shown and said, `pictures` hold each technique's once,
    `safety` says whether it may start. `speed` is how many seconds of the session pass in one.
    `storage_key` names the learner's own place in the browser's storage; without one nothing is
    stored there.
    """

    script = HERE / "player" / "page.js"
    always_dark = ".mw-player-dialog .stage"
    messages = TypeAdapter(Annotated[Refresh | Take | Keep, Field(discriminator="do")])
    session = traitlets.Dict().tag(sync=True)
    pictures = traitlets.Dict().tag(sync=True)
    safety = traitlets.Dict().tag(sync=True)
    speed = traitlets.Float(1).tag(sync=True)
    storage_key = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        course: Course,
        ready: Callable[[], tuple[str, Plan]],
        today: TodaysScreening,
        practices: Practices,
        clock: Callable[[], datetime],
    ) -> None:
        self._course, self._practices, self._clock = course, practices, clock
        self._ready, self._today = ready, today
        self._seen: tuple[str, Plan, Decision | None] | None = None
        self._refresh()
        self.storage_key = browser_key.read_or_create(paths.home())
        super().__init__()  # sends all traits to the page at once
        today.subscribe(self._refresh)

    def _refresh(self) -> None:
        """Follow the plan that is ready, and today's screening."""
        title, plan = self._ready()
        decision = self._today.decision(self._clock())
        if (title, plan, decision) != self._seen:
            self._seen = (title, plan, decision)
            shut = decision.restrictions if decision else Restrictions()
            self._lay_out(make_steps(plan, self._course, shut), title, decision)

    def _lay_out(self, steps: Sequence[Step], title: str, decision: Decision | None) -> None:
        """Hand the page everything it needs, or say why there is to be no practice."""
        safety = view.start_notice(decision, steps, self._course)
        shut = decision.restrictions if decision else Restrictions()
        done = steps if safety["state"] != "no" else ()
        with self.hold_sync():
            self.session = view.practice_view(done, title, self._course, shut)
            self.pictures = pictures(done, self._course, shut)
            self.safety = safety

    def _carry_out(self, message: Refresh | Take | Keep) -> dict[str, Any] | None:
        match message:
            case Refresh():
                self._refresh()
            case Take(session=name):
                session = find_item("session", name, self._course.sessions)
                self._ready = lambda: (session.name, Plan.of(session, self._course))
                self._refresh()
            case Keep(practice=practice, revision=revision):
                return self._keep(practice, revision)
        return None

    def _keep(self, practice: object, revision: int) -> dict[str, Any]:
        """What has become of a practice: kept as it was at that revision, refused or failed."""
        try:
            self._practices.record(parse_practice(practice, self._course, self._clock()))
        except PracticeError as error:
            return {"refused": str(error)}
        except StoreError as error:
            return {"failed": str(error)}
        return {"kept": revision, "next": self._next_step()}

    def _next_step(self) -> dict[str, str | None]:
        progress = self._practices.progress
        known = knowledge(self._course, progress, self._clock())
        return next_step(self._course, known, minutes.chosen(progress))


def pictures(
    steps: Sequence[Step], course: Course, restrictions: Restrictions
) -> dict[str, dict[str, Any]]:
    """What steps show, each once: maps, movements of the hands, and places of the giver.

    A map that cannot be drawn is empty; `bare` is the back that is shown instead.
    """
    techniques = {each.id: each for each in course.techniques}
    stances = {each.id: each for each in course.stances}
    shown = view.maps(steps, course, restrictions)
    return {
        "maps": {key: strokes_svg(*each) for key, each in shown.items()},
        "bare": bare_back_svg(),
        "movements": {step.technique: key_frames(techniques[step.technique]) for step in steps},
        "stances": {step.stance: stance_svg(stances[step.stance]) for step in steps},
        "places": dict(reversed([*zip(PLACES, place_boxes(), strict=True)])),
    }
