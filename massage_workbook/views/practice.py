"""A practice: what is shown and said in each step, and whether it may start."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.frame import in_svg
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.schema import StopSign, Stroke, Technique, Zone
from massage_workbook.files import fingerprint
from massage_workbook.safety.screening import Decision, Restrictions, Side
from massage_workbook.session import Step, clock, sessions_left
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
from massage_workbook.views.tour import tour

LESSON = "10 Practise.ipynb"
"""Where plans are carried out."""
SCREENING = {"notebook": "01 Is it safe.ipynb", "title": "Is it safe?"}
CHANGE = SCREENING | {"title": "Change"}
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


def session(
    steps: Sequence[Step], title: str, course: Course, restrictions: Restrictions
) -> dict[str, Any]:
    """Everything that is shown and said; `map` and `hand` of a step are keys of its pictures."""
    rows = _rows(steps, course, restrictions)
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
            for cue in (cues(steps, course, restrictions) if steps else ())
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


def _rows(
    steps: Sequence[Step], course: Course, restrictions: Restrictions
) -> list[dict[str, Any]]:
    techniques = {each.id: each for each in course.techniques}
    blocks = {each.id: each for each in course.blocks}
    keys = _map_keys(steps)
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
            "left_out": left_out(step, technique, course.zones, restrictions),
            "map": keys[step.technique, step.strokes],
            "hand": technique.id,
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


# --- its maps --------------------------------------------------------------------------------

Map = tuple[Technique, tuple[Zone, ...]]
"""The strokes that a map shows, and the zones around them."""


def maps(steps: Sequence[Step], course: Course, restrictions: Restrictions) -> dict[str, Map]:
    """What each map shows, by its key; what is left out today is a zone to keep off."""
    shut = tuple(_shut(course.zones, restrictions))
    techniques = {each.id: each for each in course.techniques}
    return {
        key: (_on_both(techniques[name], strokes, shut), (*course.zones, *shut))
        for (name, strokes), key in _map_keys(steps).items()
    }


def _map_keys(steps: Sequence[Step]) -> dict[tuple[str, tuple[Stroke, ...]], str]:
    """A key for each technique and the strokes of it that are allowed."""
    shown = dict.fromkeys((step.technique, step.strokes) for step in steps)
    return {each: f"{each[0]}-{i}" for i, each in enumerate(shown)}


def _on_both(technique: Technique, strokes: Sequence[Stroke], shut: Sequence[Zone]) -> Technique:
    """The technique with both sides alike, for the page veils the one that is not worked."""
    alike = {"each": "both"}
    both = (each.model_copy(update={"side": alike.get(each.side, each.side)}) for each in strokes)
    keep_off = (*technique.keep_off, *(zone.id for zone in shut))
    return technique.model_copy(update={"strokes": tuple(both), "keep_off": keep_off})


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


# --- whether it may start --------------------------------------------------------------------


def safety(decision: Decision | None, steps: Sequence[Step], course: Course) -> dict[str, Any]:
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
        left = sessions_left(course, decision.restrictions)
        others = [{"id": each.id, "name": each.name} for each, _ in left]
        return _answered("no", says, reasons) | {"instead": others}
    if decision.outcome == "adapt":
        return _answered("adapt", "Something is left out or done otherwise today:", reasons)
    return _answered("go", "You asked each other, and nothing speaks against it.", reasons)


def _answered(state: str, says: str, reasons: list[str]) -> dict[str, Any]:
    return {"state": state, "says": says, "link": CHANGE, "reasons": reasons, "agree": None}
