"""The safety questions on one page, and what follows from the answers; what today's screening says.

The answers are private: they stay in this kernel, and in one file of today if the learner says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote
from weakref import WeakMethod

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook import paths
from massage_workbook.anatomy import mirrored
from massage_workbook.course import Course
from massage_workbook.course.schema import Contraindication, Zone
from massage_workbook.figures import back
from massage_workbook.screening import (
    MASSAGE,
    Allowed,
    Answers,
    Area,
    Checklist,
    Decision,
    Outcome,
    Reason,
    Reply,
    Restrictions,
    checklists,
    concluded,
    none_of_these,
    ticked,
)
from massage_workbook.store import StoreError
from massage_workbook.store.screenings import Screenings, same_day
from massage_workbook.widgets.sources import who
from massage_workbook.widgets.widget import Interactive, Message

HERE = Path(__file__).parent
LESSON = "01 Is it safe.ipynb"

TITLES: dict[Outcome, str] = {
    "go": "Nothing you said speaks against a massage today.",
    "adapt": "A massage today, with something left out or changed.",
    "ask a doctor": "No massage until a doctor or midwife has allowed one.",
    "stop": "No massage today.",
    "emergency": "Call your local emergency number now.",
}
NEXT: dict[Outcome, str] = {
    "go": "Ask the three questions below aloud, begin lightly, and keep watching. A stop sign ends"
    " it at any moment, whatever stands here.",
    "adapt": "Let the giver read what is left out and changed. Where anything is worse than usual"
    " today, there is no massage.",
    "ask a doctor": "Show this page to the doctor or midwife, and ask what is all right at home:"
    " light stroking alone, an ordinary gentle massage, or none. Without that word, nobody"
    " massages.",
    "stop": "Read what each answer asks for. Another day is asked anew.",
    "emergency": "Say on the telephone what you said here. Nobody massages, nobody waits whether it"
    " passes, and nobody is left alone.",
}
NOBODY = (
    "Nobody has been asked today whether a massage is all right. Please do the screening first."
)
ALLOW = "What has a doctor or midwife who knows all of this allowed?"
ALLOWED: dict[Allowed | None, str] = {
    None: "Nothing, or nobody was asked",
    "light": "Light stroking alone",
    "ordinary": "An ordinary gentle massage",
}
NOT_MARKED = "The place that is concerned, which is not marked yet."
LEFT_OUT = "What is left out or changed"
IF_AGREED = "What is left out or changed even if they allow an ordinary massage"
ANOTHER_DAY = "These answers were of another day. Please answer the questions again."
CHANGED = "What was kept no longer holds, and has been removed. Keep it again if you like."
ALOUD = {
    "Do you want this massage, today?": "prep-ask",
    "Where not, and what stays covered?": "prep-boundaries",
    "Which word stops everything at once?": "prep-stop-word",
}
"""What the giver asks before the hands touch, and the preparation behind it."""


# --- what others ask -------------------------------------------------------------------------


def current(course: Course, now: datetime) -> Decision | None:
    """What today's screening says: that of this kernel, else the one that was kept, else None.

    One that was begun here and not finished is None, also where an earlier one was kept.
    """
    answers = _said_today(now)
    return concluded(answers, course.contraindications) if answers else _kept(course, now)


def notice(decision: Decision | None) -> dict[str, str] | None:
    """What a plan or a practice has to say about today's screening; None where it is all right.

    `text` says it; `notebook` is the lesson with the questions, and `href` leads there.
    """
    lesson = {"notebook": LESSON, "href": quote(LESSON)}
    if decision is None:
        return {"outcome": "not asked", "text": NOBODY, **lesson}
    if decision.outcome == "go":
        return None
    text = f"Today's screening: {TITLES[decision.outcome]}"
    if decision.restrictions.own_area and decision.outcome == "adapt":
        text += " The place to leave out is not marked yet."
    return {"outcome": decision.outcome, "text": text, **lesson}


def kept_in() -> Screenings:
    """Where a screening is kept, if the learner says so."""
    return Screenings(paths.home() / "screening.json")


def _kept(course: Course, now: datetime) -> Decision | None:
    answers = _whole(kept_in().of_today(now), course)
    return concluded(answers, course.contraindications) if answers else None


def _whole(answers: Answers | None, course: Course) -> Answers | None:
    """The answers, if the course still has all that they speak of."""
    if answers is None:
        return None
    ids = {each.id for each in course.contraindications}
    zones = {zone.id for zone in course.zones}
    there = {*answers.replies, *answers.agreed} <= ids
    return answers if there and {area.zone for area in answers.areas} <= zones else None


@dataclass
class _Kernel:
    """What was said in this kernel, and when it was begun."""

    answers: Answers | None = None
    begun: datetime | None = None


_HERE = _Kernel()


_WATCHING: list[WeakMethod] = []


def watch(look_again: Callable[[], None]) -> None:
    """Call a method whenever something else was said in this kernel, as long as its owner lives."""
    _WATCHING.append(WeakMethod(look_again))


def _tell_all() -> None:
    _WATCHING[:] = [each for each in _WATCHING if each() is not None]
    for each in _WATCHING:
        each()()


def _said_today(now: datetime) -> Answers | None:
    """What was said in this kernel on the day of `now`, as long as its clock runs forwards."""
    return _HERE.answers if _HERE.begun and _holds(_HERE.begun, now) else None


def _holds(begun: datetime, now: datetime) -> bool:
    """Whether what was begun then counts now: the same day, and no clock that was set back."""
    return begun <= now and same_day(begun, now)


# --- the form --------------------------------------------------------------------------------


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
    what: Allowed | None


class Simple(Message):
    """Keep the answers for today, remove what is kept, or begin anew."""

    do: Literal["keep", "forget", "start over"]


class ScreeningForm(Interactive):
    """The questions, the place to leave out, the result.

    `page` is what is on the screen; `back` and `zones` are the picture on which a place is marked.
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

    def __init__(
        self, course: Course, screenings: Screenings, clock: Callable[[], datetime]
    ) -> None:
        self._course, self._screenings, self._clock = course, screenings, clock
        self._reasons = course.contraindications
        self._by_id = {each.id: each for each in self._reasons}
        self._sections = {each.id: each for each in course.sections}
        self._round, self._notice = 0, None
        now = clock()
        kept = _whole(screenings.of_today(now), course)
        self._answers = _said_today(now) or kept or Answers()
        self._begun = now
        self._is_kept = kept is not None and kept == self._answers
        super().__init__(
            back=_back_to_mark(course.zones),
            zones=[_named(zone, side) for zone, side in _halves(course.zones)],
            page=self._page(),
        )

    def __repr__(self) -> str:
        """Say nothing of what was answered: a notebook keeps this text in its file."""
        return f"{type(self).__name__}()"

    # --- what the learner does ---------------------------------------------------------------

    def _carry_out(self, message: Message) -> None:
        self._notice = None
        try:
            if self._answers.replies and not _holds(self._begun, self._clock()):
                self._start_over()
                self._notice = ANOTHER_DAY
            else:
                self._do(message)
        except StoreError as error:
            self._notice = str(error)
        self.page = self._page()
        _tell_all()

    def _do(self, message: Message) -> None:
        match message:
            case NoneOf(section=name, so=so) if name in self._sections:
                replies = self._answers.replies
                self._say(replies=none_of_these(replies, name, self._reasons, so=so))
            case GiveReply(question=name, reply=reply) if name in self._by_id:
                self._reply(name, reply)
            case MarkArea(zone=zone, side=side, marked=marked):
                self._mark(Area(zone, side), marked=marked)
            case Elsewhere(so=so):
                self._say(elsewhere=so, areas=frozenset() if so else self._answers.areas)
            case Allow(what=what):
                self._say(agreed=dict.fromkeys(self._to_allow(), what) if what else {})
            case Simple(do="keep"):
                self._keep()
            case Simple(do="forget"):
                self._screenings.forget()
                self._is_kept = False
            case Simple(do="start over"):
                self._start_over()

    def _reply(self, name: str, reply: Reply) -> None:
        """Take in the reply to a follow-up, or a line that was ticked or cleared."""
        replies = self._answers.replies
        if self._by_id[name].section:
            self._say(replies=ticked(replies, name, reply, self._reasons))
        else:
            self._say(replies={**replies, name: reply})

    def _mark(self, area: Area, *, marked: bool) -> None:
        if area in {Area(each.id, half) for each, half in _halves(self._course.zones)}:
            areas = self._answers.areas
            areas = areas | {area} if marked else areas - {area}
            self._say(areas=areas, elsewhere=self._answers.elsewhere and not areas)

    def _say(self, **said: Any) -> None:  # noqa: ANN401
        """Take in what was said. What was kept before would say otherwise, so it goes."""
        if not self._answers.replies:
            self._begun = self._clock()
        self._answers = replace(self._answers, **said)
        self._hold()
        self._let_go()

    def _start_over(self) -> None:
        self._answers, self._begun = Answers(), self._clock()
        self._round += 1
        self._hold()
        self._let_go()

    def _hold(self) -> None:
        """From now on these answers are those of this kernel."""
        _HERE.answers, _HERE.begun = self._answers, self._begun

    def _let_go(self) -> None:
        if self._screenings.is_there:
            self._screenings.forget()
            self._notice = CHANGED
        self._is_kept = False

    def _keep(self) -> None:
        if concluded(self._answers, self._reasons) is None:
            return
        said = self._answers
        self._screenings.keep(
            said.replies, said.areas, self._begun, elsewhere=said.elsewhere, agreed=said.agreed
        )
        self._is_kept = True

    # --- the page ----------------------------------------------------------------------------

    def _page(self) -> dict[str, Any]:
        decision = concluded(self._answers, self._reasons)
        lists = checklists(self._answers.replies, self._reasons)
        return {
            "round": self._round,
            "sections": [self._section(each) for each in lists],
            "allow": self._allowing(),
            "marker": self._marker(decision),
            "waiting": _waiting(lists, self._answers, decision),
            "status": TITLES[decision.outcome] if decision else "",
            "result": decision and self._result(decision),
            "kept": self._is_kept,
            "notice": self._notice or self._screenings.notice,
        }

    def _section(self, one: Checklist) -> dict[str, Any]:
        replies = self._answers.replies
        section = self._sections[one.section]
        lines, follow_ups = (
            [{"id": e.id, "text": e.question, "reply": replies.get(e.id)} for e in each]
            for each in (one.lines, one.follow_ups)
        )
        for asked, follow_up in zip(follow_ups, one.follow_ups, strict=True):
            asked["about"] = self._opened_by(follow_up)
        return {
            "id": section.id,
            "title": section.title,
            "hint": section.hint,
            "none": all(line["reply"] == "no" for line in lines),
            "lines": lines,
            "follow_ups": follow_ups,
        }

    def _opened_by(self, follow_up: Contraindication) -> str:
        """What was said that opened a follow-up."""
        openers = (self._by_id[name] for name in follow_up.asked_after)
        said = [e for e in openers if self._answers.replies.get(e.id, "no") != "no"]
        return "; ".join(each.question if each.section else each.name for each in said)

    def _to_allow(self) -> list[str]:
        """Ids of what a doctor may allow."""
        found = concluded(replace(self._answers, agreed={}), self._reasons)
        reasons = found.reasons if found and found.outcome == "ask a doctor" else ()
        return [each.contraindication.id for each in reasons if each.leads_to == "ask a doctor"]

    def _allowing(self) -> dict[str, Any] | None:
        """What a doctor may allow, and what was said of it for all that waits for that word."""
        waiting = self._to_allow()
        if not waiting:
            return None
        said = {self._answers.agreed.get(name) for name in waiting}
        value = said.pop() if len(said) == 1 else None
        options = [{"value": each, "text": text} for each, text in ALLOWED.items()]
        return {"text": ALLOW, "options": options, "value": value}

    def _marker(self, decision: Decision | None) -> dict[str, Any] | None:
        """Where an affected place has to be marked: for what, and what is marked so far."""
        if decision is None or decision.outcome not in MASSAGE:
            return None
        placed = [each for each in decision.reasons if each.own_area]
        if not placed:
            return None
        return {
            "for": [each.contraindication.name for each in placed],
            "may_be_elsewhere": all(each.elsewhere for each in placed),
            "elsewhere": self._answers.elsewhere,
            "marked": [f"{area.zone}-{area.side}" for area in self._answers.areas],
        }

    def _result(self, decision: Decision) -> dict[str, Any]:
        may = decision.outcome in MASSAGE
        doctor = decision.outcome == "ask a doctor"
        return {
            "outcome": decision.outcome,
            "title": TITLES[decision.outcome],
            "next": NEXT[decision.outcome],
            "reasons": [self._reason(each) for each in decision.reasons if each.leads_to != "go"],
            "hints": [
                self._reason(each) for each in decision.reasons if may and each.leads_to == "go"
            ],
            "left_out_title": IF_AGREED if doctor else LEFT_OUT,
            "left_out": self._left_out(decision) if may or doctor else [],
            "aloud": [*self._aloud()] if may else [],
            "day": f"Screening of {self._begun.astimezone():%d %B %Y}",
        }

    def _left_out(self, decision: Decision) -> list[str]:
        """What there is to do without, or would be once a doctor has agreed."""
        if decision.outcome == "ask a doctor":
            agreed: dict[str, Allowed] = dict.fromkeys(self._to_allow(), "ordinary")
            decision = concluded(replace(self._answers, agreed=agreed), self._reasons) or decision
        return left_out(decision.restrictions, self._course)

    def _reason(self, reason: Reason) -> dict[str, Any]:
        one = reason.contraindication
        return {
            "name": one.name,
            "reply": reason.reply,
            "do": reason.do,
            "why": one.why,
            "who": who(one, self._course),
        }

    def _aloud(self) -> Iterator[dict[str, Any]]:
        preparation = {each.id: each for each in self._course.preparation}
        for question, name in ALOUD.items():
            behind = preparation[name]
            yield {"ask": question, "do": behind.do, "who": who(behind, self._course)}


def _waiting(lists: Sequence[Checklist], answers: Answers, decision: Decision | None) -> str:
    """What is still open, and what it is for; an emergency leaves nothing."""
    if decision and decision.outcome == "emergency":
        return ""
    replies = answers.replies
    open_lists = sum(any(line.id not in replies for line in each.lines) for each in lists)
    questions = sum(one.id not in replies for each in lists for one in each.follow_ups)
    parts = [_many(open_lists, "list"), _many(questions, "question")]
    many = " and ".join(filter(None, parts))
    if not many:
        return ""
    still = f"{many} {'is' if open_lists + questions == 1 else 'are'} still open."
    if decision is None:
        return f"{still} The result stands here once all are answered."
    return f"{still} The answers may show that more is needed."


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}" if count else ""


# --- words -----------------------------------------------------------------------------------

POSITIONS = {
    "prone": "Not lying on the front: seated, or lying on the side.",
    "seated": "Not sitting.",
    "side-lying": "Not lying on the side.",
}
OILS = {
    "any oil": "No oil at all.",
    "nut oil": "No nut, peanut or sesame oil.",
    "essential oil": "No scented (essential) oil.",
}


def left_out(restrictions: Restrictions, course: Course) -> list[str]:
    """What there is to do without, in words, a line each."""
    if restrictions.everything:
        return ["Everything: there is no massage."]
    blocks = [each.name for each in course.blocks if each.id in restrictions.blocks]
    techniques = [
        each.names.english
        for each in course.techniques
        if each.id in restrictions.techniques and each.family not in restrictions.blocks
    ]
    oils = ["any oil"] if "any oil" in restrictions.lubricants else sorted(restrictions.lubricants)
    lines = [
        *([NOT_MARKED] if restrictions.own_area else []),
        *_listed("Not touched", _places(restrictions.areas, course)),
        *_listed("No", blocks),
        *_listed("None of these either", techniques),
        *(POSITIONS[each] for each in sorted(restrictions.positions)),
        *(OILS[each] for each in oils),
    ]
    if restrictions.force_ceiling < Restrictions.force_ceiling:
        lines.append(f"Never firmer than {restrictions.force_ceiling:g} of 10.")
    return lines


def _listed(what: str, names: list[str]) -> list[str]:
    return [f"{what}: {', '.join(names).lower()}."] if names else []


def _places(areas: frozenset[Area], course: Course) -> list[str]:
    """Areas by name, from above; both sides of a zone as one."""
    found = []
    for zone in _from_above(course.zones):
        sides = {area.side for area in areas if area.zone == zone.id}
        if "both" in sides or sides >= {"left", "right"}:
            found.append(f"{zone.name}{' (both sides)' if zone.mirrored else ''}")
        elif sides:
            found.append(f"{zone.name} ({sides.pop()} side)")
    return found


def _from_above(zones: tuple[Zone, ...]) -> list[Zone]:
    return sorted(zones, key=lambda zone: min(v for _, v in zone.outline))


# --- the place to leave out ------------------------------------------------------------------


def _halves(zones: tuple[Zone, ...]) -> Iterator[tuple[Zone, str]]:
    """Every zone that can be marked, from above: the left and the right one by themselves."""
    for zone in _from_above(zones):
        for side in ("left", "right") if zone.mirrored else ("both",):
            yield zone, side


def _named(zone: Zone, side: str) -> dict[str, str]:
    text = zone.name if side == "both" else f"{zone.name}, {side}"
    return {"id": f"{zone.id}-{side}", "zone": zone.id, "side": side, "text": text}


def _back_to_mark(zones: tuple[Zone, ...]) -> str:
    """The back as SVG, with `zone-<id>-<side>` for each zone and side."""
    return back.zones_to_mark(_half(zone, side) for zone, side in _halves(zones)).svg()


def _half(zone: Zone, side: str) -> Zone:
    outline = mirrored(zone.outline) if side == "left" else zone.outline
    name = f"{zone.id}-{side}"
    return zone.model_copy(update={"id": name, "outline": outline, "mirrored": False})
