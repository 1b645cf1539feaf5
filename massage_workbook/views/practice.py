"""A practice: its steps, cues and maps, and whether it may start."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from massage_workbook.body import anatomy
from massage_workbook.body.frame import to_svg
from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.course.schema import StopSign, Stroke, Technique, Zone
from massage_workbook.files import fingerprint
from massage_workbook.safety.screening import Decision, Restrictions, Side, restrictions_of
from massage_workbook.session import MAX_SECONDS, Step, mmss, sessions_allowed
from massage_workbook.session.cues import (
    READY_SECONDS,
    SIDE_LABELS,
    announcements,
    beats,
    light_by_stroke,
    next_labels,
    pace_factor,
    restriction_text,
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
    """A whole practice as plain values; times are in seconds from the start of the first step.

    A step refers to its pictures by `map`, `technique` and `stance`. Passes can be added up to its
    `max_passes`, and up to `limit` seconds of the session. `midline` is the x of the spine in the
    maps. A run of `beats` is its first beat, interval, end, and number of beats at each stop.
    """
    total = steps[-1].start + steps[-1].seconds if steps else 0
    summary = f"{mmss(total)} minutes of hands-on time in {len(steps)} steps." if steps else ""
    cues = session_cues(steps, course, restrictions) if steps else ()
    marked = json.dumps([title, [(s.technique, s.side, s.start, s.seconds) for s in steps]])
    rises = find_item("preparation", "prep-rise-slowly", course.preparation)
    return {
        "key": fingerprint(marked),
        "title": title,
        "summary": summary,
        "ready_seconds": READY_SECONDS,
        "total": total,
        "limit": MAX_SECONDS,
        "midline": to_svg((0, 0))[0],
        "steps": _step_views(steps, course, restrictions),
        "beats": [
            [round(run.first, 3), round(run.interval, 3), round(run.end, 3), run.cycle]
            for step in steps
            for run in beats(step, find_item("technique", step.technique, course.techniques))
        ],
        "cues": [asdict(cue) for cue in cues],
        "stop_signs": [_sign(each) for each in course.stop_signs if each.when == "during"],
        "later_signs": [_sign(each) for each in course.stop_signs if each.when == "after"],
        "emergency": "Call your local emergency number now if",
        "advice": f"Let the person lie for a while. {rises.do}",
        "zones": [{"id": zone.id, "name": zone.name} for zone in course.zones],
        "questions": _RECORD_QUESTIONS,
    }


def _sign(sign: StopSign) -> dict[str, Any]:
    return {"sign": sign.sign, "do": sign.do, "emergency": sign.emergency}


def _step_views(
    steps: Sequence[Step], course: Course, restrictions: Restrictions
) -> list[dict[str, Any]]:
    techniques = {each.id: each for each in course.techniques}
    blocks = {each.id: each for each in course.blocks}
    keys = _map_keys(steps)
    following = next_labels(steps, {each.id: each.names.english for each in course.techniques})
    announced = announcements(steps, course, restrictions)
    return [
        {
            "technique": step.technique,
            "start": step.start,
            "seconds": step.seconds,
            "lead": step.lead,
            "passes": step.passes,
            "max_passes": technique.passes.maximum,
            "pass_seconds": step.pass_seconds,
            "pace": pace_factor(step, technique),
            "block": blocks[step.block].name,
            "family": blocks[step.block].family,
            "name": technique.names.english,
            "side": step.side,
            "side_label": SIDE_LABELS[step.side],
            "hands": hands_label(technique, step.side),
            "instruction": technique.say,
            "announcement": announcement,
            "next": label,
            "transitions": " ".join(transition_sentences(step, course)),
            "stance": step.stance,
            "stance_label": _stance_label(step, course),
            "mirrored": (step.giver_side if step.side == "both" else step.side) == "left",
            "light_hints": light_by_stroke(step, technique, course.zones),
            "restrictions": restriction_text(step, course, restrictions),
            "map": keys[step.technique, step.strokes],
            "tour": step_tour(step, technique, course.zones, resting=not restrictions.areas),
        }
        for step, label, announcement in zip(steps, following, announced, strict=True)
        for technique in (techniques[step.technique],)
    ]


def hands_label(technique: Technique, side: Side) -> str:
    """Which hands work on a side, such as "right hand, left on top"."""
    hands = technique.hands
    is_left = (hands.working == "same side") == (side == "left")
    one, other = ("left", "right") if is_left else ("right", "left")
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
    stance = find_item("stance", step.stance, course.stances).name
    return f"{stance}, on the {step.giver_side}" if step.giver_side else stance


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
    excluded = tuple(_excluded_zones(course.zones, restrictions))
    techniques = {each.id: each for each in course.techniques}
    return {
        key: (_mirrored_technique(techniques[name], strokes, excluded), (*course.zones, *excluded))
        for (name, strokes), key in _map_keys(steps).items()
    }


def whole_map(technique: Technique, course: Course) -> StrokeMap:
    """The map of a technique without restrictions."""
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


def _excluded_zones(zones: Sequence[Zone], restrictions: Restrictions) -> Iterator[Zone]:
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
    """Whether a practice may start: today's screening in words.

    The `state` is `unscreened`, `refused`, `adapted` or `allowed`. `agreement` is what the learner
    confirms by starting without a screening, `alternatives` are sessions that remain allowed.
    """
    if decision is None:
        return {
            "state": "unscreened",
            "text": "First of all: may this person be massaged today? The questions are in",
            "link": _SCREENING_LESSON,
            "reasons": [],
            "agreement": "We asked each other and found no reason against a massage today",
        }
    reasons = [f"{each.contraindication.name}: {each.do}" for each in decision.reasons]
    if decision.restrictions.everything or decision.outcome in _REFUSALS:
        return _notice("refused", _REFUSALS.get(decision.outcome, _REFUSALS["stop"]), reasons)
    if decision.restrictions.own_area:
        text = "The place to leave out is not marked yet. Mark it on the back in"
        return _notice("refused", text, reasons) | {"link": _SCREENING_LESSON}
    if not steps:
        text = "Nothing of this plan is allowed today, because of these answers:"
        allowed = sessions_allowed(course, decision.restrictions)
        others = [{"id": session.id, "name": session.name} for session, _ in allowed]
        return _notice("refused", text, reasons) | {"alternatives": others}
    if decision.outcome == "adapt":
        return _notice("adapted", "Something is left out or done differently today:", reasons)
    text = "You asked each other and found no reason against a massage."
    return _notice("allowed", text, reasons)


def _notice(state: str, text: str, reasons: list[str]) -> dict[str, Any]:
    """The notice after a screening."""
    return {"state": state, "text": text, "link": _CHANGE, "reasons": reasons, "agreement": None}


def file_notices(
    decision: Decision | None, steps: Sequence[Step], course: Course, day: date
) -> dict[str, Any]:
    """The notices of a practice file: `today`, on the `day` of its screening, and `later`.

    Another day needs another screening, whose `questions` the file has. What the screening of
    `day` excludes is excluded on every day.
    """
    notice = start_notice(decision, steps, course) | {"link": None}
    restrictions = restrictions_of(decision)
    screened = f"Screened on {format_date(day)}."
    left_out = restrictions_in_words(restrictions, course)
    later = {
        "state": "unscreened",
        "text": _FILE_UNSCREENED,
        "link": None,
        "reasons": [screened, *left_out] if decision else [],
        "agreement": "We went through all the questions today, and none of them applies",
    }
    today = notice | {"reasons": [screened, *notice["reasons"], *left_out]}
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


_FILE_UNSCREENED = (
    "A practice needs a screening of its own day. Go through the questions above together. If any"
    " of them applies, do not practise from this file: the workbook says what to do."
)
