"""Practice of a plan: the page gets the whole session at once and then needs no kernel."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook import paths
from massage_workbook.body.places import PLACES, place_boxes
from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.safety.screening import Decision, Restrictions, restrictions_of
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


class Choose(Message):
    """Practise another session, a ready-made one."""

    do: Literal["choose"]
    session: str


class Save(Message):
    """Save a practice, as of that revision of its record."""

    do: Literal["save"]
    practice: Any
    revision: int


class Player(OnBody, Interactive):
    """A practice of the present plan, as today's screening allows it.

    `current_plan` returns the plan with its title. `session` is all that is shown and spoken
    (`practice_view`), `pictures` the pictures of its steps, `safety` whether it may start
    (`start_notice`). At a `speed` of 10, ten seconds of the session pass in one. `storage_key` is
    the learner's own key in the browser's storage; without one nothing is stored there.
    """

    always_dark = ".mw-player-dialog .practice"
    messages = TypeAdapter(Annotated[Refresh | Choose | Save, Field(discriminator="do")])
    session = traitlets.Dict().tag(sync=True)
    pictures = traitlets.Dict().tag(sync=True)
    safety = traitlets.Dict().tag(sync=True)
    speed = traitlets.Float(1).tag(sync=True)
    storage_key = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        course: Course,
        current_plan: Callable[[], tuple[str, Plan]],
        today: TodaysScreening,
        practices: Practices,
        clock: Callable[[], datetime],
    ) -> None:
        self._course, self._practices, self._clock = course, practices, clock
        self._current_plan, self._today = current_plan, today
        self._shown: tuple[str, Plan, Decision | None] | None = None
        self._refresh()
        self.storage_key = browser_key.read_or_create(paths.home())
        super().__init__()  # sends all traits to the page at once
        today.subscribe(self._refresh)

    def _refresh(self) -> None:
        """Follow the present plan and today's screening."""
        title, plan = self._current_plan()
        decision = self._today.decision(self._clock())
        if (title, plan, decision) != self._shown:
            self._shown = (title, plan, decision)
            self._show(title, plan, decision)

    def _show(self, title: str, plan: Plan, decision: Decision | None) -> None:
        """Send the page everything it needs, or why there is no practice."""
        restrictions = restrictions_of(decision)
        steps = make_steps(plan, self._course, restrictions)
        safety = view.start_notice(decision, steps, self._course)
        allowed = steps if safety["state"] != "refused" else ()
        with self.hold_sync():
            self.session = view.practice_view(allowed, title, self._course, restrictions)
            self.pictures = pictures(allowed, self._course, restrictions)
            self.safety = safety

    def _carry_out(self, message: Refresh | Choose | Save) -> dict[str, Any] | None:
        match message:
            case Refresh():
                self._refresh()
            case Choose(session=name):
                session = find_item("session", name, self._course.sessions)
                self._current_plan = lambda: (session.name, Plan.of(session, self._course))
                self._refresh()
            case Save(practice=practice, revision=revision):
                return self._save(practice, revision)
        return None

    def _save(self, practice: object, revision: int) -> dict[str, Any]:
        """Whether a practice was saved as of that revision, or why it is refused or failed."""
        try:
            self._practices.record(parse_practice(practice, self._course, self._clock()))
        except PracticeError as error:
            return {"refused": str(error)}
        except StoreError as error:
            return {"failed": str(error)}
        return {"saved": revision, "next": self._next_step()}

    def _next_step(self) -> dict[str, str | None]:
        progress = self._practices.progress
        known = knowledge(self._course, progress, self._clock())
        return next_step(self._course, known, minutes.chosen(progress))


def pictures(
    steps: Sequence[Step], course: Course, restrictions: Restrictions
) -> dict[str, dict[str, Any]]:
    """The pictures of steps, each once: maps, movements of the hands, and stances of the giver.

    A map that cannot be drawn is empty, and the `bare` back is shown. `places` are view boxes of
    the stances, by where the person is.
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
