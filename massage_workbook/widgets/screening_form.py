"""The screening form: the safety questions on one page, and the result.

The answers are private: they stay in this kernel, or in a file for today if the learner so wishes.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
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

ANOTHER_DAY = "These answers are from another day. Please answer the questions again."
CHANGED = "The saved answers no longer hold and have been deleted. Save them again if you like."


class NoneOfThese(Message):
    """The tick of "None of these" of a checklist, set or cleared."""

    do: Literal["none of these"]
    section: str
    on: bool


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
    """Whether no part of the place to leave out lies on the back."""

    do: Literal["elsewhere"]
    on: bool


class GivePermission(Message):
    """The permission of a doctor or midwife; None without one."""

    do: Literal["permission"]
    permission: Permission | None


class Command(Message):
    """Save the answers for today, delete the saved ones, or start over."""

    do: Literal["save", "delete", "start over"]


class ScreeningForm(OnBody, Interactive):
    """The questions, the place to leave out, the result.

    `page` is what is on the screen; `back` and `zones` are the picture on which a place is marked.
    If `whole`, all lists are open from the beginning.
    """

    messages = TypeAdapter(
        Annotated[
            NoneOfThese | GiveReply | MarkArea | Elsewhere | GivePermission | Command,
            Field(discriminator="do"),
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
        saved = if_still_valid(screenings.load(now), course)
        self._screening = Screening(now, today.answers(now) or saved or Answers())
        self._is_saved = saved is not None and saved == self._answers
        super().__init__(
            back=zones_to_mark_svg(view.outlines_to_mark(course)),
            zones=view.zones_to_mark(course),
            page=self._page(),
            whole=whole,
        )

    def __repr__(self) -> str:
        """Reveal no answers: a notebook stores this text in its file."""
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
            case NoneOfThese(section=name, on=on) if name in self._sections:
                replies = self._answers.replies
                self._change_answers(
                    replies=with_none_of_these(replies, name, self._reasons, ticked=on)
                )
            case GiveReply(question=name, reply=reply) if name in self._by_id:
                self._reply(name, reply)
            case MarkArea(zone=zone, side=side, marked=marked):
                self._mark(Area(zone, side), marked=marked)
            case Elsewhere(on=on):
                self._change_answers(elsewhere=on, areas=frozenset() if on else self._answers.areas)
            case GivePermission(permission=permission):
                self._change_answers(
                    permissions=dict.fromkeys(
                        view.permissions_needed(self._answers, self._course), permission
                    )
                    if permission
                    else {}
                )
            case Command(do="save"):
                self._save()
            case Command(do="delete"):
                self._screenings.remove()
                self._is_saved = False
            case Command(do="start over"):
                self._start_over()

    def _reply(self, name: str, reply: Reply) -> None:
        """Record the reply to a follow-up, or a line that was ticked or cleared."""
        replies = self._answers.replies
        if self._by_id[name].section:
            self._change_answers(replies=with_line_reply(replies, name, reply, self._reasons))
        else:
            self._change_answers(replies={**replies, name: reply})

    def _mark(self, area: Area, *, marked: bool) -> None:
        if area in {Area(each.id, side) for each, side in view.zone_halves(self._course.zones)}:
            areas = self._answers.areas
            areas = areas | {area} if marked else areas - {area}
            self._change_answers(areas=areas, elsewhere=self._answers.elsewhere and not areas)

    def _change_answers(self, **changes: Any) -> None:  # noqa: ANN401
        """Change the answers; saved ones that differ are deleted."""
        started = self._screening.started if self._answers.replies else self._clock()
        self._set_screening(Screening(started, replace(self._answers, **changes)))

    def _start_over(self) -> None:
        self._set_screening(Screening(self._clock()))

    def _set_screening(self, screening: Screening) -> None:
        """Replace the screening, for this form and all subscribers of today's."""
        self._screening = screening
        self._today.record(screening)
        self._delete_saved()

    def _delete_saved(self) -> None:
        if self._screenings.exists:
            self._screenings.remove()
            self._notice = CHANGED
        self._is_saved = False

    def _save(self) -> None:
        if conclude(self._answers, self._reasons) is None:
            return
        self._screenings.save(self._answers, self._screening.started)
        self._is_saved = True

    def _page(self) -> dict[str, Any]:
        return view.page_view(self._screening, self._course) | {
            "saved": self._is_saved,
            "notice": self._notice or self._screenings.notice,
        }
