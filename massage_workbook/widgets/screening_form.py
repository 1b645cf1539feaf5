"""The safety questions on one page, and what follows from the answers; what today's screening says.

The answers are private: they stay in this kernel, and in one file of today if the learner says so.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.safety.screening import (
    Answers,
    Area,
    Permission,
    Reply,
    conclude,
    with_line_reply,
    with_none_of_these,
)
from massage_workbook.safety.today import Screening, TodaysScreening, if_still_valid
from massage_workbook.store import StoreError
from massage_workbook.store.screenings import Screenings
from massage_workbook.views import screening as view
from massage_workbook.widgets.body import OnBody
from massage_workbook.widgets.pictures import zones_to_mark_svg
from massage_workbook.widgets.widget import Interactive, Message

HERE = Path(__file__).parent
ANOTHER_DAY = "These answers were of another day. Please answer the questions again."
CHANGED = "What was kept no longer holds, and has been removed. Keep it again if you like."


class NoneOf(Message):
    """Nothing of a checklist applies, or something may after all."""

    do: Literal["none"]
    section: str
    so: bool


class GiveReply(Message):
    """The reply to a follow-up, or a line that was ticked or cleared."""

    do: Literal["reply"]
    question: str
    reply: Reply


class MarkArea(Message):
    """A place to leave out was marked on the back, or unmarked."""

    do: Literal["mark"]
    zone: str
    side: str
    marked: bool


class Elsewhere(Message):
    """Nothing of the place to leave out lies on the back, or something may."""

    do: Literal["elsewhere"]
    so: bool


class Allow(Message):
    """What a doctor or midwife has allowed; None for nothing."""

    do: Literal["allow"]
    what: Permission | None


class Simple(Message):
    """Keep the answers for today, remove what is kept, or begin anew."""

    do: Literal["keep", "forget", "start over"]


class ScreeningForm(OnBody, Interactive):
    """The questions, the place to leave out, the result.

    `page` is what is on the screen; `back` and `zones` are the picture on which a place is marked.
    If `whole`, all lists are open from the beginning.
    """

    script = HERE / "screening_form.js"
    stylesheets = (HERE / "screening_form.css",)
    messages = TypeAdapter(
        Annotated[
            NoneOf | GiveReply | MarkArea | Elsewhere | Allow | Simple, Field(discriminator="do")
        ]
    )
    page = traitlets.Dict().tag(sync=True)
    back = traitlets.Unicode().tag(sync=True)
    zones = traitlets.List().tag(sync=True)
    whole = traitlets.Bool().tag(sync=True)

    def __init__(
        self,
        course: Course,
        screenings: Screenings,
        today: TodaysScreening,
        clock: Callable[[], datetime],
        *,
        whole: bool = False,
    ) -> None:
        self._course, self._screenings, self._clock = course, screenings, clock
        self._today = today
        self._reasons = course.contraindications
        self._by_id = {each.id: each for each in self._reasons}
        self._sections = {each.id: each for each in course.sections}
        self._notice = None
        now = clock()
        kept = if_still_valid(screenings.load(now), course)
        self._screening = Screening(now, today.answers(now) or kept or Answers())
        self._is_kept = kept is not None and kept == self._answers
        super().__init__(
            back=zones_to_mark_svg(view.outlines_to_mark(course)),
            zones=view.zones_to_mark(course),
            page=self._page(),
            whole=whole,
        )

    def __repr__(self) -> str:
        """Say nothing of what was answered: a notebook keeps this text in its file."""
        return f"{type(self).__name__}()"

    @property
    def _answers(self) -> Answers:
        return self._screening.answers

    # --- what the learner does ---------------------------------------------------------------

    def _carry_out(self, message: Message) -> None:
        self._notice = None
        try:
            if self._answers.replies and not self._screening.is_current(self._clock()):
                self._start_over()
                self._notice = ANOTHER_DAY
            else:
                self._do(message)
        except StoreError as error:
            self._notice = str(error)
        self.page = self._page()
        self._today.notify()

    def _do(self, message: Message) -> None:
        match message:
            case NoneOf(section=name, so=so) if name in self._sections:
                replies = self._answers.replies
                self._say(replies=with_none_of_these(replies, name, self._reasons, ticked=so))
            case GiveReply(question=name, reply=reply) if name in self._by_id:
                self._reply(name, reply)
            case MarkArea(zone=zone, side=side, marked=marked):
                self._mark(Area(zone, side), marked=marked)
            case Elsewhere(so=so):
                self._say(elsewhere=so, areas=frozenset() if so else self._answers.areas)
            case Allow(what=what):
                self._say(
                    agreed=dict.fromkeys(view.permissions_needed(self._answers, self._course), what)
                    if what
                    else {}
                )
            case Simple(do="keep"):
                self._keep()
            case Simple(do="forget"):
                self._screenings.remove()
                self._is_kept = False
            case Simple(do="start over"):
                self._start_over()

    def _reply(self, name: str, reply: Reply) -> None:
        """Take in the reply to a follow-up, or a line that was ticked or cleared."""
        replies = self._answers.replies
        if self._by_id[name].section:
            self._say(replies=with_line_reply(replies, name, reply, self._reasons))
        else:
            self._say(replies={**replies, name: reply})

    def _mark(self, area: Area, *, marked: bool) -> None:
        if area in {Area(each.id, half) for each, half in view.zone_halves(self._course.zones)}:
            areas = self._answers.areas
            areas = areas | {area} if marked else areas - {area}
            self._say(areas=areas, elsewhere=self._answers.elsewhere and not areas)

    def _say(self, **said: Any) -> None:  # noqa: ANN401
        """Take in what was said. What was kept before would say otherwise, so it goes."""
        started = self._screening.started if self._answers.replies else self._clock()
        self._hold(Screening(started, replace(self._answers, **said)))

    def _start_over(self) -> None:
        self._hold(Screening(self._clock()))

    def _hold(self, screening: Screening) -> None:
        """From now on this is what was said, here and for all that follow."""
        self._screening = screening
        self._today.record(screening)
        self._let_go()

    def _let_go(self) -> None:
        if self._screenings.exists:
            self._screenings.remove()
            self._notice = CHANGED
        self._is_kept = False

    def _keep(self) -> None:
        if conclude(self._answers, self._reasons) is None:
            return
        said = self._answers
        self._screenings.save(
            said.replies,
            said.areas,
            self._screening.started,
            elsewhere=said.elsewhere,
            agreed=said.agreed,
        )
        self._is_kept = True

    def _page(self) -> dict[str, Any]:
        return view.page_view(self._screening, self._course) | {
            "kept": self._is_kept,
            "notice": self._notice or self._screenings.notice,
        }
