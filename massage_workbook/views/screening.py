"""The screening form, its result, and the notice in plans and practices."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from massage_workbook.body.anatomy import mirrored
from massage_workbook.body.zones import top_down
from massage_workbook.course import Course
from massage_workbook.course.model import find_item, join_words, uncapitalised
from massage_workbook.course.schema import Contraindication, Exclusions, Technique, Zone
from massage_workbook.safety.screening import (
    MASSAGE_OUTCOMES,
    Answers,
    Area,
    Checklist,
    Decision,
    Outcome,
    Permission,
    Reason,
    Restrictions,
    checklists,
    conclude,
)
from massage_workbook.safety.today import Screening
from massage_workbook.views.sources import attribution

_LESSON = "01 Is it safe.ipynb"

TITLES: dict[Outcome, str] = {
    "go": "Nothing in your answers rules out a massage today.",
    "adapt": "A massage today, with something left out or changed.",
    "ask a doctor": "No massage until a doctor or midwife has allowed one.",
    "stop": "No massage today.",
    "emergency": "Call your local emergency number now.",
}
NEXT: dict[Outcome, str] = {
    "go": "Ask the three questions below aloud, begin lightly, and keep watching. A stop sign ends"
    " it at any moment, whatever this page says.",
    "adapt": "Let the giver read what is left out and changed. Where anything is worse than usual"
    " today, there is no massage.",
    "ask a doctor": "Show this page to the doctor or midwife, and ask what is all right at home:"
    " light stroking alone, an ordinary gentle massage, or none. Without their permission there"
    " is no massage.",
    "stop": "Read what each answer asks for. On another day, answer the questions again.",
    "emergency": "Tell them what you answered here. Do not massage, do not wait to see whether it"
    " passes, and do not leave the person alone.",
}
NOT_SCREENED = (
    "Nobody has been asked today whether a massage is all right. Please do the screening first."
)
PERMISSION_QUESTION = "What has a doctor or midwife who knows all of this allowed?"
_PERMISSION_LABELS: dict[Permission | None, str] = {
    None: "Nothing, or nobody was asked",
    "light": "Light stroking alone",
    "ordinary": "An ordinary gentle massage",
}
NOT_MARKED = "The affected place, which is not marked yet."
LEFT_OUT = "What is left out or changed"
IF_AGREED = "What is left out or changed even if they allow an ordinary massage"
SPOKEN_QUESTIONS = {
    "Do you want this massage, today?": "prep-ask",
    "Where not, and what stays covered?": "prep-boundaries",
    "Which word stops everything at once?": "prep-stop-word",
}
"""Questions that the giver asks before touching, each with its preparation id."""


def notice(decision: Decision | None) -> dict[str, str] | None:
    """The notice on today's screening in a plan or practice; None if the outcome is "go".

    `notebook` is the lesson with the screening, `href` the link to it.
    """
    lesson = {"notebook": _LESSON, "href": quote(_LESSON)}
    if decision is None:
        return {"outcome": "not asked", "text": NOT_SCREENED, **lesson}
    if decision.outcome == "go":
        return None
    text = f"Today's screening: {TITLES[decision.outcome]}"
    if decision.restrictions.own_area and decision.outcome == "adapt":
        text += " The place to leave out is not marked yet."
    return {"outcome": decision.outcome, "text": text, **lesson}


# --- the page --------------------------------------------------------------------------------


def page_view(screening: Screening, course: Course) -> dict[str, Any]:
    """The checklists with their replies, the open questions, and the result so far."""
    answers = screening.answers
    decision = conclude(answers, course.contraindications)
    lists = checklists(answers.replies, course.contraindications)
    return {
        "sections": [_section(each, answers, course) for each in lists],
        "permission": _permission_question(answers, course),
        "marker": _marker(decision, answers),
        "open_questions": _open_in_words(lists, answers, decision),
        "result": decision and _result(decision, screening, course),
    }


def _section(one: Checklist, answers: Answers, course: Course) -> dict[str, Any]:
    section = find_item("section", one.section, course.sections)
    lines = [_line(each, answers) for each in one.lines]
    return {
        "id": section.id,
        "title": section.title,
        "hint": section.hint,
        "is_none": all(line["reply"] == "no" for line in lines),
        "lines": lines,
        "follow_ups": [
            _line(each, answers) | {"about": _opened_by(each, answers, course)}
            for each in one.follow_ups
        ],
    }


def _line(one: Contraindication, answers: Answers) -> dict[str, Any]:
    return {"id": one.id, "text": one.question, "reply": answers.replies.get(one.id)}


def _opened_by(follow_up: Contraindication, answers: Answers, course: Course) -> str:
    """The statements that opened a follow-up."""
    by_id = {each.id: each for each in course.contraindications}
    openers = (by_id[name] for name in follow_up.asked_after)
    given = [each for each in openers if answers.replies.get(each.id, "no") != "no"]
    return "; ".join(each.question if each.section else each.name for each in given)


def permissions_needed(answers: Answers, course: Course) -> list[str]:
    """Ids of the contraindications that need a doctor's permission."""
    found = conclude(replace(answers, permissions={}), course.contraindications)
    reasons = found.reasons if found and found.outcome == "ask a doctor" else ()
    return [each.contraindication.id for each in reasons if each.leads_to == "ask a doctor"]


def _permission_question(answers: Answers, course: Course) -> dict[str, Any] | None:
    """The question for a doctor's permission, if one is needed, with its options and value."""
    waiting = permissions_needed(answers, course)
    if not waiting:
        return None
    given = {answers.permissions.get(name) for name in waiting}
    value = given.pop() if len(given) == 1 else None
    options = [{"value": each, "text": text} for each, text in _PERMISSION_LABELS.items()]
    return {"text": PERMISSION_QUESTION, "options": options, "value": value}


def _marker(decision: Decision | None, answers: Answers) -> dict[str, Any] | None:
    """The areas to mark, if an affected place is left out: for what, and the marks so far."""
    if decision is None or decision.outcome not in MASSAGE_OUTCOMES:
        return None
    placed = [each for each in decision.reasons if each.own_area]
    if not placed:
        return None
    return {
        "reasons": [each.contraindication.name for each in placed],
        "may_be_elsewhere": all(each.elsewhere for each in placed),
        "elsewhere": answers.elsewhere,
        "marked": [f"{area.zone}-{area.side}" for area in answers.areas],
    }


def _result(decision: Decision, screening: Screening, course: Course) -> dict[str, Any]:
    may = decision.outcome in MASSAGE_OUTCOMES
    doctor = decision.outcome == "ask a doctor"
    reasons = [each for each in decision.reasons if each.leads_to != "go"]
    hints = [each for each in decision.reasons if may and each.leads_to == "go"]
    return {
        "outcome": decision.outcome,
        "title": TITLES[decision.outcome],
        "next": NEXT[decision.outcome],
        "reasons": [_reason(each, course) for each in reasons],
        "hints": [_reason(each, course) for each in hints],
        "left_out_title": IF_AGREED if doctor else LEFT_OUT,
        "left_out": _left_out(decision, screening.answers, course) if may or doctor else [],
        "spoken_questions": spoken_questions(course) if may else [],
        "day": f"Screening of {screening.started.astimezone():%d %B %Y}",
    }


def _left_out(decision: Decision, answers: Answers, course: Course) -> list[str]:
    """The restrictions in words, or those that would remain after a doctor's permission."""
    if decision.outcome == "ask a doctor":
        permissions: dict[str, Permission] = dict.fromkeys(
            permissions_needed(answers, course), "ordinary"
        )
        then = conclude(replace(answers, permissions=permissions), course.contraindications)
        decision = then or decision
    return restrictions_in_words(decision.restrictions, course)


def _reason(reason: Reason, course: Course) -> dict[str, Any]:
    one = reason.contraindication
    return {
        "name": one.name,
        "reply": reason.reply,
        "do": reason.do,
        "why": one.why,
        "attribution": attribution(one, course),
    }


def spoken_questions(course: Course) -> list[dict[str, Any]]:
    """The questions that the giver asks aloud, with their preparation and sources."""
    preparations = {
        ask: find_item("preparation", name, course.preparation)
        for ask, name in SPOKEN_QUESTIONS.items()
    }
    return [
        {"ask": ask, "do": each.do, "attribution": attribution(each, course)}
        for ask, each in preparations.items()
    ]


def _open_in_words(lists: Sequence[Checklist], answers: Answers, decision: Decision | None) -> str:
    """The number of open lists and questions, in words; empty in an emergency."""
    if decision and decision.outcome == "emergency":
        return ""
    replies = answers.replies
    open_lists = sum(any(line.id not in replies for line in each.lines) for each in lists)
    questions = sum(one.id not in replies for each in lists for one in each.follow_ups)
    parts = [_count_label(open_lists, "list"), _count_label(questions, "question")]
    many = " and ".join(filter(None, parts))
    if not many:
        return ""
    still = f"{many} {'is' if open_lists + questions == 1 else 'are'} still open."
    if decision is None:
        return f"{still} The result appears here once all are answered."
    return f"{still} The answers may show that more is needed."


def _count_label(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}" if count else ""


# --- words -----------------------------------------------------------------------------------

POSITIONS = {
    "prone": "Not lying on the front: seated, or lying on the side.",
    "seated": "Not sitting.",
    "side-lying": "Not lying on the side.",
}
_OILS = {
    "any oil": "No oil at all.",
    "nut oil": "No nut, peanut or sesame oil.",
    "essential oil": "No scented (essential) oil.",
}


def restrictions_in_words(restrictions: Restrictions, course: Course) -> list[str]:
    """The restrictions in words, one line each."""
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
        *(_OILS[each] for each in oils),
    ]
    if restrictions.force_ceiling < Restrictions.force_ceiling:
        lines.append(f"Never firmer than {restrictions.force_ceiling:g} of 10.")
    return lines


def left_out(decision: Decision | None, course: Course) -> list[str]:
    """The restrictions of today with their reasons, a line for each set of reasons.

    Such as `Not over the waist (left side): a bruise.`; nothing where nobody may be massaged.
    """
    if decision is None or decision.outcome not in MASSAGE_OUTCOMES:
        return []
    lines: dict[tuple[str, str], list[str]] = {}
    for before, what, takes in _exclusions(decision, course):
        because = "; ".join(
            uncapitalised(reason.contraindication.name)
            for reason in decision.reasons
            if any(takes(each) for each in reason.takes_away)
        )
        lines.setdefault((before or what, because), []).extend([what] if before else [])
    return [
        f"{' '.join([head, *([join_words(whats)] if whats else [])])}: {because}".rstrip(": ") + "."
        for (head, because), whats in lines.items()
    ]


def left_out_of(technique: Technique, decision: Decision | None, course: Course) -> list[str]:
    """What is left out or changed today in a technique and why, or that nobody is massaged."""
    if decision is None or decision.outcome == "go":
        return []
    taken = decision.restrictions
    if taken.everything:
        return [TITLES[decision.outcome]]
    too_firm = technique.pressure.range[1] > taken.force_ceiling
    concerns = replace(
        taken,
        areas=frozenset(area for area in taken.areas if area.zone in technique.zones),
        blocks=taken.blocks & {technique.family},
        techniques=taken.techniques & {technique.id},
        lubricants=taken.lubricants if technique.lubricant.amount != "none" else frozenset(),
        force_ceiling=taken.force_ceiling if too_firm else Restrictions.force_ceiling,
    )
    return left_out(replace(decision, restrictions=concerns), course)


_Exclusions = Iterator[tuple[str, str, Callable[[Exclusions], bool]]]
"""Something that is left out or changed, in two parts, and whether an exclusion takes it away."""


def _exclusions(decision: Decision, course: Course) -> _Exclusions:
    taken = decision.restrictions
    if taken.own_area:
        yield "", _phrase(NOT_MARKED), lambda each: each.own_area
    yield from _area_exclusions(decision, course)
    names = {block.id: block.name.lower() for block in course.blocks if block.id in taken.blocks}
    for name, words in names.items():
        yield "No", words, lambda each, name=name: name in each.blocks
    for technique in course.techniques:
        if technique.id in taken.techniques and technique.family not in taken.blocks:
            words = uncapitalised(technique.names.english)
            yield "No", words, lambda each, name=technique.id: name in each.techniques
    for name in sorted(taken.positions):
        yield ("", _phrase(POSITIONS[name]), lambda each, name=name: name in each.positions)
    for name in ["any oil"] if "any oil" in taken.lubricants else sorted(taken.lubricants):
        yield "", _phrase(_OILS[name]), lambda each, name=name: name in each.lubricants
    if (most := taken.force_ceiling) < Restrictions.force_ceiling:
        yield "", f"Never firmer than {most:g} of 10", lambda each: each.force_ceiling == most


def _area_exclusions(decision: Decision, course: Course) -> _Exclusions:
    taken = [each for reason in decision.reasons for each in reason.takes_away]
    named = {name for each in taken for name in each.zones}
    for zone in top_down(course.zones):
        here = frozenset(area for area in decision.restrictions.areas if area.zone == zone.id)
        for place in _places(here, course):
            yield (
                "Not" if place.startswith(("Over ", "Between ")) else "Not over the",
                uncapitalised(place),
                (
                    lambda each, name=zone.id: (
                        name in each.zones or (each.own_area and name not in named)
                    )
                ),
            )


def _phrase(sentence: str) -> str:
    return sentence.removesuffix(".")


def _listed(what: str, names: list[str]) -> list[str]:
    return [f"{what}: {', '.join(names).lower()}."] if names else []


def _places(areas: frozenset[Area], course: Course) -> list[str]:
    """Names of areas, from the top down; both sides of a zone as one."""
    found = []
    for zone in top_down(course.zones):
        sides = {area.side for area in areas if area.zone == zone.id}
        if "both" in sides or sides >= {"left", "right"}:
            found.append(f"{zone.name}{' (both sides)' if zone.mirrored else ''}")
        elif sides:
            found.append(f"{zone.name} ({sides.pop()} side)")
    return found


# --- marking the affected place --------------------------------------------------------------


def zone_halves(zones: tuple[Zone, ...]) -> Iterator[tuple[Zone, str]]:
    """The zones that can be marked, from the top down, left and right separately."""
    for zone in top_down(zones):
        for side in ("left", "right") if zone.mirrored else ("both",):
            yield zone, side


def _half_zone(zone: Zone, side: str) -> dict[str, str]:
    text = zone.name if side == "both" else f"{zone.name}, {side}"
    return {"id": f"{zone.id}-{side}", "zone": zone.id, "side": side, "text": text}


def zones_to_mark(course: Course) -> list[dict[str, str]]:
    """The zones that can be marked, with their labels, from the top down."""
    return [_half_zone(zone, side) for zone, side in zone_halves(course.zones)]


def outlines_to_mark(course: Course) -> tuple[Zone, ...]:
    """The zones that can be marked as outlines for the drawing, one for each side."""
    return tuple(_half(zone, side) for zone, side in zone_halves(course.zones))


def _half(zone: Zone, side: str) -> Zone:
    outline = mirrored(zone.outline) if side == "left" else zone.outline
    name = f"{zone.id}-{side}"
    return zone.model_copy(update={"id": name, "outline": outline, "mirrored": False})
