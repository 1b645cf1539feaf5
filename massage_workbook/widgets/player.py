"""A plan carried out: the page gets the whole session once and then needs no kernel."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import traitlets

from massage_workbook import paths
from massage_workbook.body import anatomy
from massage_workbook.body.frame import in_svg
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.schema import StopSign, Technique, Zone
from massage_workbook.files import fingerprint
from massage_workbook.safety.screening import Decision, Restrictions, Side
from massage_workbook.safety.today import Today
from massage_workbook.session import Plan, Step, clock, steps
from massage_workbook.session.cues import (
    READY,
    SIDES,
    beats,
    before,
    cues,
    following,
    left_out,
    light_by_stroke,
    light_places,
    pace,
)
from massage_workbook.store import StoreError
from massage_workbook.store.browser_key import browser_key
from massage_workbook.store.practices import PracticeError, Practices, heard
from massage_workbook.views.tour import tour
from massage_workbook.widgets.pictures import hand_svg, strokes_svg
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent
SCREENING = {"notebook": "01 Is it safe.ipynb", "title": "Is it safe?"}
NO = {
    "ask a doctor": "Not before a doctor has agreed:",
    "stop": "No massage today. What was answered speaks against it:",
    "emergency": "No massage. This cannot wait:",
}
"""What is said where a practice does not start, by what the screening led to."""
ASKS = {
    "comfort": "How did it feel to the person lying down? 0 not at all good, 10 very good",
    "spots": "Was any spot tender or unpleasant?",
    "other": "In your own words",
    "note": "A line for yourselves",
}


class Player(Widget):
    """A practice of these steps.

    `session` is everything that is shown and said, `pictures` hold each technique's once,
    `safety` says whether it may start. `speed` is how many seconds of the session pass in one.
    `storage_key` names the learner's own place in the browser's storage; without one nothing is
    stored there.
    """

    scripts = (HERE / "motion.js", HERE / "player.js")
    stylesheets = (HERE / "player.css",)
    always_dark = ".mw-player-dialog .stage"
    session = traitlets.Dict().tag(sync=True)
    pictures = traitlets.Dict().tag(sync=True)
    safety = traitlets.Dict().tag(sync=True)
    speed = traitlets.Float(1).tag(sync=True)
    storage_key = traitlets.Unicode().tag(sync=True)

    def __init__(  # noqa: PLR0913, PLR0917 - what is done, by whom it may be done, where it is kept
        self,
        course: Course,
        steps: Sequence[Step],
        title: str,
        decision: Decision | None,
        practices: Practices,
        clock: Callable[[], datetime],
    ) -> None:
        self._course, self._practices, self._clock = course, practices, clock
        self._ready: Callable[[], tuple[str, Plan]] | None = None
        self._seen: tuple[Any, ...] | None = None
        self._lay_out(steps, title, decision)
        self.storage_key = browser_key(paths.home())
        super().__init__()  # only now does the page hear of it, and of all of it at once
        self.on_msg(lambda _, message, __: self._hear(message))

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - the same for a plan
        cls,
        course: Course,
        plan: Plan,
        title: str,
        decision: Decision | None,
        practices: Practices,
        clock: Callable[[], datetime],
    ) -> "Player":
        """A practice of a plan, without all that the screening takes away."""
        shut = decision.restrictions if decision else Restrictions()
        return cls(course, steps(plan, course, shut), title, decision, practices, clock)

    def following(self, ready: Callable[[], tuple[str, Plan]], today: Today) -> Self:
        """The same, leading through the plan that is `ready`, with its title, as allowed today.

        It follows the screening of this kernel, and looks again at both when it is asked to.
        """
        self._ready, self._today, self._seen = ready, today, None
        self._look_again()
        today.follow(self._look_again)
        return self

    def _look_again(self) -> None:
        if self._ready is None:
            return
        title, plan = self._ready()
        decision = self._today.decision(self._clock())
        if (title, plan, decision) != self._seen:
            self._seen = (title, plan, decision)
            shut = decision.restrictions if decision else Restrictions()
            self._lay_out(steps(plan, self._course, shut), title, decision)

    def _lay_out(self, steps: Sequence[Step], title: str, decision: Decision | None) -> None:
        """Hand the page everything it needs, or say why there is to be no practice."""
        safety = _safety(decision, steps, self._course)
        shut = decision.restrictions if decision else Restrictions()
        drawn = _Drawn(self._course, shut)
        session = _session(self._course, steps if safety["state"] != "no" else (), title, drawn)
        with self.hold_sync():
            self.session, self.pictures, self.safety = session, drawn.pictures, safety

    def _hear(self, message: object) -> None:
        match message:
            case {"do": "look again"}:
                self._look_again()
            case {"do": "take", "session": str(name)}:
                session = named("session", name, self._course.sessions)
                self._ready = lambda: (session.name, Plan.of(session, self._course))
                self._look_again()
            case {"do": "keep", "practice": told, "revision": int(revision)}:
                name = told.get("id") if isinstance(told, dict) else None
                self.send({"id": name, **self._kept(told, revision)})

    def _kept(self, told: object, revision: int) -> dict[str, Any]:
        """What has become of a practice: kept as it was at that revision, refused or failed."""
        try:
            self._practices.record(heard(told, self._course, self._clock()))
        except PracticeError as error:
            return {"refused": str(error)}
        except StoreError as error:
            return {"failed": str(error)}
        return {"kept": revision}


# --- what is shown ---------------------------------------------------------------------------


class _Drawn:
    """The pictures that steps need; what is left out today is hatched."""

    def __init__(self, course: Course, restrictions: Restrictions) -> None:
        self.pictures: dict[str, dict[str, str]] = {"maps": {}, "hands": {}}
        self.restrictions = restrictions
        self._left_out = tuple(_shut(course.zones, restrictions))
        self._zones = (*course.zones, *self._left_out)
        self._keys: dict[tuple[Any, ...], str] = {}

    def map_of(self, step: Step, technique: Technique) -> str:
        """The key of the map of a step's strokes."""
        strokes = (technique.id, step.strokes)
        if strokes not in self._keys:
            self._keys[strokes] = key = f"{technique.id}-{len(self._keys)}"
            today = self._on_both(step, technique)
            self.pictures["maps"][key] = strokes_svg(today, self._zones)
        return self._keys[strokes]

    def _on_both(self, step: Step, technique: Technique) -> Technique:
        """The technique with both sides alike, for the page veils the one that is not worked."""
        alike = {"each": "both"}
        strokes = tuple(
            each.model_copy(update={"side": alike.get(each.side, each.side)})
            for each in step.strokes
        )
        keep_off = (*technique.keep_off, *(zone.id for zone in self._left_out))
        return technique.model_copy(update={"strokes": strokes, "keep_off": keep_off})

    def hand_of(self, technique: Technique) -> str:
        """The key of the picture of a technique's hand."""
        self.pictures["hands"][technique.id] = hand_svg(technique)
        return technique.id


def _shut(zones: Sequence[Zone], restrictions: Restrictions) -> Iterator[Zone]:
    """The areas that the screening leaves out, as zones to keep off on their side."""
    by_id = {zone.id: zone for zone in zones}
    for area in sorted(restrictions.areas, key=lambda each: (each.zone, each.side)):
        zone = by_id[area.zone]
        yield zone.model_copy(
            update={
                "id": f"{zone.id}-left-out",
                "name": f"{zone.name}, left out today",
                "kind": "keep-off",
                "outline": _on(area.side, zone),
                "mirrored": zone.mirrored and area.side == "both",
                "ceiling": {},
            }
        )


def _on(side: Side, zone: Zone) -> tuple[tuple[float, float], ...]:
    return anatomy.mirrored(zone.outline) if zone.mirrored and side == "left" else zone.outline


def _session(course: Course, steps: Sequence[Step], title: str, drawn: _Drawn) -> dict[str, Any]:
    rows = _rows(course, steps, drawn)
    total = steps[-1].start + steps[-1].seconds if steps else 0
    marked = json.dumps([title, [(s.technique, s.side, s.start, s.seconds) for s in steps]])
    rises = named("preparation", "prep-rise-slowly", course.preparation)
    return {
        "key": fingerprint(marked),
        "title": title,
        "lead": f"{clock(total)} minutes of hands-on time in {len(steps)} steps." if steps else "",
        "ready": READY,
        "total": total,
        "middle": -in_svg()["left"] * in_svg()["scale"],
        "steps": rows,
        "beats": [
            [round(each, 3) for each in (beat.first, beat.every, beat.until)] + [beat.cycle]
            for step in steps
            for beat in beats(step, named("technique", step.technique, course.techniques))
        ],
        "cues": [
            {"at": cue.at, "say": cue.say, "sound": cue.sound, "kind": cue.kind}
            for cue in (cues(steps, course, drawn.restrictions) if steps else ())
        ],
        "signs": [_sign(each) for each in course.stop_signs if each.when == "during"],
        "later": [_sign(each) for each in course.stop_signs if each.when == "after"],
        "number": "Call your local emergency number now if",
        "rest": f"Let the person lie for a while. {rises.do}",
        "zones": [{"id": zone.id, "name": zone.name} for zone in course.zones],
        "asks": ASKS,
    }


def _sign(sign: StopSign) -> dict[str, Any]:
    return {"sign": sign.sign, "do": sign.do, "emergency": sign.emergency}


def _rows(course: Course, steps: Sequence[Step], drawn: _Drawn) -> list[dict[str, Any]]:
    techniques = {each.id: each for each in course.techniques}
    blocks = {each.id: each for each in course.blocks}
    nexts = following(steps, {each.id: each.names.english for each in course.techniques})
    return [
        {
            "technique": step.technique,
            "start": step.start,
            "seconds": step.seconds,
            "lead": step.lead,
            "rest": step.rest,
            "passes": step.passes,
            "pass_seconds": step.pass_seconds,
            "block": blocks[step.block].name,
            "family": blocks[step.block].family,
            "name": technique.names.english,
            "side": SIDES[step.side],
            "next": then,
            "works": step.side,
            "before": " ".join(before(step, course)),
            "stand": stand(step, course),
            "facts": facts(step),
            "light": light(step, technique, course.zones),
            "lighter": light_by_stroke(step, technique, course.zones),
            "left_out": left_out(step, technique, course.zones, drawn.restrictions),
            "map": drawn.map_of(step, technique),
            "hand": drawn.hand_of(technique),
            "tour": way(step, technique),
        }
        for step, then in zip(steps, nexts, strict=True)
        for technique in (techniques[step.technique],)
    ]


def facts(step: Step) -> str:
    """Force, tempo and passes of a step in words."""
    low, high = step.force
    force = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    said = [f"Force {force} of 10", f"{step.per_minute:.0f} a minute"]
    if step.passes > 1:
        said.append(f"{step.passes} passes")
    return " · ".join(said)


def stand(step: Step, course: Course) -> str:
    """Where the giver is in a step, in a few words."""
    where = named("stance", step.stance, course.stances).name
    return f"{where}, on the {step.place}" if step.place else where


def light(step: Step, technique: Technique, zones: Sequence[Zone]) -> str:
    """Everywhere that a step has to be lighter, in words."""
    places = [place for group in light_places(step, technique, zones) for place in group]
    return f"Lighter {', '.join(places)}" if places else ""


def way(step: Step, technique: Technique) -> dict[str, Any]:
    """Where the hands are in each pass of a step, at its own pace."""
    return tour(technique, step.strokes, step.side, pace(step, technique))


# --- whether it may start --------------------------------------------------------------------


def _safety(decision: Decision | None, steps: Sequence[Step], course: Course) -> dict[str, Any]:
    """Whether a practice may start (`no` if not), what is said of it, and what has to be agreed."""
    if decision is None:
        return {
            "state": "unasked",
            "says": "First of all: may this person be massaged today? The questions are in",
            "link": SCREENING,
            "reasons": [],
            "agree": "We asked each other, nothing speaks against it",
        }
    reasons = [f"{each.contraindication.name}: {each.do}" for each in decision.reasons]
    if decision.restrictions.everything or decision.outcome in NO:
        return _answered("no", NO.get(decision.outcome, NO["stop"]), reasons)
    if decision.restrictions.own_area:
        says = "The place to leave out is not marked yet. Mark it on the back in"
        return _answered("no", says, reasons) | {"link": SCREENING}
    if not steps:
        says = "Nothing of this plan is left today. What was answered takes it away:"
        return _answered("no", says, reasons) | {"instead": _instead(decision.restrictions, course)}
    if decision.outcome == "adapt":
        return _answered("adapt", "Something is left out or done otherwise today:", reasons)
    return _answered("go", "You asked each other, and nothing speaks against it.", reasons)


def _instead(restrictions: Restrictions, course: Course) -> list[dict[str, str]]:
    """Ready-made sessions for another position of which something is left today."""
    return [
        {"id": each.id, "name": each.name}
        for each in course.sessions
        if each.position != "prone" and steps(Plan.of(each, course), course, restrictions)
    ]


def _answered(state: str, says: str, reasons: list[str]) -> dict[str, Any]:
    return {"state": state, "says": says, "link": None, "reasons": reasons, "agree": None}
