"""A practice: its steps, cues and maps, and whether it may start."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.frame import to_svg
from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.course.schema import StopSign, Stroke, Technique, Zone
from massage_workbook.files import fingerprint
from massage_workbook.safety.screening import Decision, Restrictions, Side
from massage_workbook.session import MAX_SECONDS, Step, mmss, sessions_allowed
from massage_workbook.session.cues import (
    READY_SECONDS,
    SIDE_LABELS,
    announcements,
    beats,
    light_by_stroke,
    next_labels,
    pace_factor,
    restriction_sentences,
    session_cues,
    transition_sentences,
)
from massage_workbook.views.progress import format_date
from massage_workbook.views.screening import restrictions_in_words
from massage_workbook.views.tour import pass_tour

LESSON = "10 Practise.ipynb"
"""The lesson with the practice."""
_SCREENING_LESSON = {"notebook": "01 Is it safe.ipynb", "title": "Is it safe?"}
_CHANGE = _SCREENING_LESSON | {"title": "Change"}
_REFUSALS = {
    "ask a doctor": "Not before a doctor has agreed:",
    "stop": "No massage today, because of these answers:",
    "emergency": "No massage. This cannot wait:",
}
"""Why a practice may not start, by outcome of the screening."""
_RECORD_QUESTIONS = {
    "comfort": "How did it feel to the person lying down? 0 not at all good, 10 very good",
    "spots": "Was any spot tender or unpleasant?",
    "other": "In your own words",
    "note": "A line for yourselves",
}


def practice_view(
    steps: Sequence[Step], title: str, course: Course, restrictions: Restrictions
) -> dict[str, Any]:
    """The whole practice; a step names its drawings by `map`, `technique` and `stance`.

    A step may be lengthened to its `most` passes, the whole to `limit` seconds.
    """
    rows = _rows(steps, course, restrictions)
    total = steps[-1].start + steps[-1].seconds if steps else 0
    marked = json.dumps([title, [(s.technique, s.side, s.start, s.seconds) for s in steps]])
    rises = find_item("preparation", "prep-rise-slowly", course.preparation)
    return {
        "key": fingerprint(marked),
        "title": title,
        "lead": f"{mmss(total)} minutes of hands-on time in {len(steps)} steps." if steps else "",
        "ready": READY_SECONDS,
        "total": total,
        "limit": MAX_SECONDS,
        "middle": to_svg((0, 0))[0],
        "steps": rows,
        "beats": [
            [round(each, 3) for each in (beat.first, beat.every, beat.until)] + [beat.cycle]
            for step in steps
            for beat in beats(step, find_item("technique", step.technique, course.techniques))
        ],
        "cues": [
            {"at": cue.at, "say": cue.say, "sound": cue.sound, "kind": cue.kind}
            for cue in (session_cues(steps, course, restrictions) if steps else ())
        ],
        "signs": [_sign(each) for each in course.stop_signs if each.when == "during"],
        "later": [_sign(each) for each in course.stop_signs if each.when == "after"],
        "number": "Call your local emergency number now if",
        "rest": f"Let the person lie for a while. {rises.do}",
        "zones": [{"id": zone.id, "name": zone.name} for zone in course.zones],
        "asks": _RECORD_QUESTIONS,
    }


def _sign(sign: StopSign) -> dict[str, Any]:
    return {"sign": sign.sign, "do": sign.do, "emergency": sign.emergency}


def _rows(
    steps: Sequence[Step], course: Course, restrictions: Restrictions
) -> list[dict[str, Any]]:
    techniques = {each.id: each for each in course.techniques}
    blocks = {each.id: each for each in course.blocks}
    keys = _map_keys(steps)
    nexts = next_labels(steps, {each.id: each.names.english for each in course.techniques})
    texts = announcements(steps, course, restrictions)
    return [
        {
            "technique": step.technique,
            "start": step.start,
            "seconds": step.seconds,
            "lead": step.lead,
            "rest": step.rest,
            "passes": step.passes,
            "most": technique.passes.maximum,
            "pass_seconds": step.pass_seconds,
            "pace": pace_factor(step, technique),
            "block": blocks[step.block].name,
            "family": blocks[step.block].family,
            "name": technique.names.english,
            "side": SIDE_LABELS[step.side],
            "hands": hands_label(technique, step.side),
            "say": technique.say,
            "said": announced,
            "next": following,
            "works": step.side,
            "before": " ".join(transition_sentences(step, course)),
            "stance": step.stance,
            "stand": _stance_label(step, course),
            "mirrored": (step.place if step.side == "both" else step.side) == "left",
            "lighter": light_by_stroke(step, technique, course.zones),
            "left_out": restriction_sentences(step, technique, course.zones, restrictions),
            "map": keys[step.technique, step.strokes],
            "tour": step_tour(step, technique, course.zones, resting=not restrictions.areas),
        }
        for step, following, announced in zip(steps, nexts, texts, strict=True)
        for technique in (techniques[step.technique],)
    ]


def hands_label(technique: Technique, side: Side) -> str:
    """Which hands work on a side, in a few words; the picture shows the one that rests."""
    hands = technique.hands
    turned = (hands.working == "same side") == (side == "left")
    one, other = ("left", "right") if turned else ("right", "left")
    return {
        "one": f"{one} hand",
        "one, the other rests": f"{one} hand",
        "together": "both hands",
        "in turn": "hand after hand",
        "against each other": "both hands",
        "one on the other": f"{one} hand, {other} on top",
    }[hands.work]


def _stance_label(step: Step, course: Course) -> str:
    """The stance of a step, and the side of the giver."""
    where = find_item("stance", step.stance, course.stances).name
    return f"{where}, on the {step.place}" if step.place else where


def step_tour(
    step: Step, technique: Technique, zones: Sequence[Zone], *, resting: bool = True
) -> dict[str, Any]:
    """The places of the hands in each pass of a step, at its pace."""
    pace = pace_factor(step, technique)
    return pass_tour(technique, zones, step.strokes, step.side, pace, resting=resting)


# --- maps ------------------------------------------------------------------------------------

StrokeMap = tuple[Technique, tuple[Zone, ...]]
"""The technique whose strokes a map shows, and the zones around them."""


def maps(steps: Sequence[Step], course: Course, restrictions: Restrictions) -> dict[str, StrokeMap]:
    """The content of each map, by key; excluded areas are keep-off zones."""
    excluded = tuple(_left_out_zones(course.zones, restrictions))
    techniques = {each.id: each for each in course.techniques}
    return {
        key: (_mirrored_technique(techniques[name], strokes, excluded), (*course.zones, *excluded))
        for (name, strokes), key in _map_keys(steps).items()
    }


def whole_map(technique: Technique, course: Course) -> StrokeMap:
    """The map of a whole technique, of which nothing is excluded."""
    return _mirrored_technique(technique, technique.strokes, ()), course.zones


def _map_keys(steps: Sequence[Step]) -> dict[tuple[str, tuple[Stroke, ...]], str]:
    """A key for each technique and its allowed strokes."""
    shown = dict.fromkeys((step.technique, step.strokes) for step in steps)
    return {each: f"{each[0]}-{i}" for i, each in enumerate(shown)}


def _mirrored_technique(
    technique: Technique, strokes: Sequence[Stroke], excluded: Sequence[Zone]
) -> Technique:
    """The technique with its strokes on both sides; the page veils the side not worked."""
    both_sides = {"each": "both"}
    both = (
        each.model_copy(update={"side": both_sides.get(each.side, each.side)}) for each in strokes
    )
    keep_off = (*technique.keep_off, *(zone.id for zone in excluded))
    return technique.model_copy(update={"strokes": tuple(both), "keep_off": keep_off})


def _left_out_zones(zones: Sequence[Zone], restrictions: Restrictions) -> Iterator[Zone]:
    """The excluded areas as keep-off zones on their side."""
    by_id = {zone.id: zone for zone in zones}
    for area in sorted(restrictions.areas, key=lambda each: (each.zone, each.side)):
        zone = by_id[area.zone]
        yield zone.model_copy(
            update={
                "id": f"{zone.id}-left-out",
                "name": f"{zone.name}, left out today",
                "kind": "keep-off",
                "outline": _outline(area.side, zone),
                "mirrored": zone.mirrored and area.side == "both",
                "ceiling": {},
            }
        )


def _outline(side: Side, zone: Zone) -> tuple[tuple[float, float], ...]:
    return anatomy.mirrored(zone.outline) if zone.mirrored and side == "left" else zone.outline


# --- safety ----------------------------------------------------------------------------------


def start_notice(
    decision: Decision | None, steps: Sequence[Step], course: Course
) -> dict[str, Any]:
    """Whether a practice may start (state `no` if not), the notice, and what to agree on first."""
    if decision is None:
        return {
            "state": "unasked",
            "says": "First of all: may this person be massaged today? The questions are in",
            "link": _SCREENING_LESSON,
            "reasons": [],
            "agree": "We asked each other and found no reason against a massage today",
        }
    reasons = [f"{each.contraindication.name}: {each.do}" for each in decision.reasons]
    if decision.restrictions.everything or decision.outcome in _REFUSALS:
        return _answered("no", _REFUSALS.get(decision.outcome, _REFUSALS["stop"]), reasons)
    if decision.restrictions.own_area:
        says = "The place to leave out is not marked yet. Mark it on the back in"
        return _answered("no", says, reasons) | {"link": _SCREENING_LESSON}
    if not steps:
        says = "Nothing of this plan is left today. What was answered takes it away:"
        left = sessions_allowed(course, decision.restrictions)
        others = [{"id": each.id, "name": each.name} for each, _ in left]
        return _answered("no", says, reasons) | {"instead": others}
    if decision.outcome == "adapt":
        return _answered("adapt", "Something is left out or done otherwise today:", reasons)
    return _answered("go", "You asked each other and found no reason against a massage.", reasons)


def _answered(state: str, says: str, reasons: list[str]) -> dict[str, Any]:
    return {"state": state, "says": says, "link": _CHANGE, "reasons": reasons, "agree": None}


def file_notices(
    decision: Decision | None, steps: Sequence[Step], course: Course, day: date
) -> dict[str, Any]:
    """The notices of a practice in a file of its own: on the `day` of its screening, and `later`.

    Another day needs a screening of its own, whose `questions` stand in the file. What the day's
    screening left out is left out on every day.
    """
    notice = start_notice(decision, steps, course) | {"link": None}
    restrictions = decision.restrictions if decision else Restrictions()
    asked_on = f"Screened on {format_date(day)}."
    left_out = restrictions_in_words(restrictions, course)
    later = {
        "state": "unasked",
        "says": _FILE_UNASKED,
        "link": None,
        "reasons": [asked_on, *left_out] if decision else [],
        "agree": "We went through all the questions today, and none of them applies",
    }
    today = notice | {"reasons": [asked_on, *notice["reasons"], *left_out]}
    return {
        "day": day.isoformat(),
        "today": today if decision else later,
        "later": later,
        "questions": [
            {
                "title": section.title,
                "hint": section.hint,
                "lines": [
                    each.question for each in course.contraindications if each.section == section.id
                ],
            }
            for section in course.sections
        ],
    }


_FILE_UNASKED = (
    "A practice needs a screening of its own day. Go through the questions above together. If any"
    " of them applies, do not practise from this file: the workbook says what to do."
)
