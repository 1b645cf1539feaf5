"""The content of each function call in a lesson, as values for the template of the same name.

The values are those of the widgets' views. Calls that depend on the learner's answers or on time
are replaced by a note that they need the workbook.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from massage_workbook.body.zones import STROKE_MAP_LABELS
from massage_workbook.course import Course
from massage_workbook.course.model import find_item, unknown_message
from massage_workbook.course.schema import Contraindication, Lesson
from massage_workbook.figures import back
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.tempo import tempo_bands
from massage_workbook.figures.timings import paces
from massage_workbook.figures.titles import has_words, title
from massage_workbook.pages.images import PageImages
from massage_workbook.pages.lesson import Call
from massage_workbook.safety.screening import MASSAGE_OUTCOMES, OUTCOMES, REPLIES, Reply, decide
from massage_workbook.session import Plan, check, make_steps, mmss, timetable
from massage_workbook.views import claims, disagreements, glossary, rules, stop_signs, tempo
from massage_workbook.views.back import zone_groups
from massage_workbook.views.planner import finding_view
from massage_workbook.views.screening import (
    IF_AGREED,
    LEFT_OUT,
    NEXT,
    NOT_MARKED,
    NOT_SCREENED,
    TITLES,
    restrictions_in_words,
    spoken_questions,
)
from massage_workbook.views.sources import attribution
from massage_workbook.views.technique import card, zones_on_map
from massage_workbook.widgets.widget import USUAL

_COVER = "superficial-stroking"
_UNMARKED = "The affected place."


@dataclass(frozen=True)
class Site:
    """The input of all pages; `first` has the `page` and `name` of each call's first lesson."""

    course: Course
    images: PageImages
    first: Mapping[Call, Mapping[str, str]]


def content(site: Site, call: Call) -> tuple[str, dict[str, Any]]:
    """The template of a call and its values.

    Raises:
        LookupError: the function or the item named by its argument is unknown.
    """
    if call.function not in CALLS:
        raise LookupError(unknown_message("function", call.function, CALLS))
    values = CALLS[call.function](site, *call.arguments)
    return ("in_workbook" if call.function in _IN_WORKBOOK else call.function), values


def page_name(notebook: str) -> str:
    """The file name of a lesson's page, such as `01-is-it-safe.html`."""
    stem = notebook.removesuffix(".ipynb").lower()
    words = "".join(sign if sign.isalnum() else " " for sign in stem).split()
    return f"{'-'.join(words)}.html"


def lesson_name(lesson: Lesson) -> str:
    """The number and title of a lesson."""
    return f"{lesson.notebook[:2]} {lesson.title}"


# --- lessons, techniques, the back -----------------------------------------------------------


def lessons(site: Site) -> dict[str, Any]:
    """The lessons as links, and the cover's picture."""
    questions = {topic.id: len(topic.questions) for topic in site.course.topics}
    return {
        "cover": site.images.of(f"strokes-{_COVER}"),
        "lessons": [
            {
                "page": page_name(each.notebook),
                "name": lesson_name(each),
                "promise": each.promise,
                "minutes": each.minutes,
                "questions": sum(questions[name] for name in each.topics),
            }
            for each in site.course.lessons
        ],
    }


def _technique(site: Site, name: str) -> dict[str, Any]:
    """A technique's card."""
    one = find_item("technique", name, site.course.techniques)
    zones = zones_on_map(one, site.course.zones)
    return {
        "id": one.id,
        "card": card(one, site.course),
        "map": site.images.of(f"strokes-{one.id}"),
        "layers": site.images.layers(site.course.structures),
        "hand": site.images.of(f"hand-{one.id}"),
        "stance": site.images.of(f"stance-{one.stance}"),
        "movement": site.images.of(f"movement-{one.id}"),
        "lighter": [zone for zone in zones if zone["kind"] == STROKE_MAP_LABELS["light"]],
    }


def _picture(site: Site, *names: str) -> dict[str, Any]:
    """Pictures of the gallery with their titles."""
    called = {name: title(name, site.course) for name in names}
    return {"shown": [(site.images.of(name), called[name], has_words(name)) for name in names]}


def _tempo(site: Site, name: str) -> dict[str, Any]:
    """A technique's tempo as a strip and as numbers."""
    one = find_item("technique", name, site.course.techniques)

    def strip() -> Drawing:
        return tempo_bands([one], site.course.blocks)

    timed = one.tempo.per_minute is not None
    return {
        "trainer": tempo.trainer_view(one),
        "strip": site.images.of(f"tempo-{one.id}", strip) if timed else None,
        "attribution": attribution(one.tempo, site.course),
    }


def _back_map(site: Site) -> dict[str, Any]:
    """The map of the whole back, with zones and landmarks as its legend."""
    course = site.course
    draw = partial(back.whole_back, course.zones, course.landmarks)
    return {"picture": site.images.of("whole-back", draw), "groups": zone_groups(course)}


# --- lists -----------------------------------------------------------------------------------


def _checklist(view: Callable[..., rules._Groups], *, tick: bool) -> Callable[..., dict[str, Any]]:
    return lambda site, *names: {"groups": view(site.course, *names), "tick": tick}


def _claims(site: Site) -> dict[str, Any]:
    """The claims, and their verdicts."""
    return {"claims": claims.claim_rows(site.course), "verdicts": claims.VERDICT_LABELS}


def _disagreements(site: Site, topic: str | None = None) -> dict[str, Any]:
    """The disagreements of a topic, with the course's choice."""
    found = disagreements.find_disagreements(site.course, topic)
    return {
        "all": [
            {
                "asked": disagreements.question_view(one, site.course),
                "answer": disagreements.answer_view(one, None, site.course),
            }
            for one in found
        ]
    }


# --- the screening ---------------------------------------------------------------------------


def _screening(site: Site) -> dict[str, Any]:
    """The checklists and follow-ups with the effect of each reply, and the five results."""
    course = site.course
    lines = [each for each in course.contraindications if each.section]
    follow_ups = [each for each in course.contraindications if not each.section]
    numbers = {each.id: number for number, each in enumerate((*lines, *follow_ups), start=1)}
    rows = {each.id: _asked(each, numbers, course) for each in course.contraindications}
    return {
        "sections": [
            {
                "title": section.title,
                "hint": section.hint,
                "lines": [rows[each.id] for each in lines if each.section == section.id],
            }
            for section in course.sections
        ],
        "follow_ups": [rows[each.id] for each in follow_ups],
        "results": [{"title": TITLES[each], "next": NEXT[each]} for each in reversed(OUTCOMES)],
        "spoken_questions": spoken_questions(course),
    }


def _asked(one: Contraindication, numbers: Mapping[str, int], course: Course) -> dict[str, Any]:
    results = {reply: _reply(one, reply, course) for reply in REPLIES if reply in one.answers}
    if results["yes"] == results["not sure"]:
        results = {"yes or not sure": results["yes"]}
    opened = (each for each in course.contraindications if one.id in each.asked_after)
    return {
        "id": one.id,
        "number": numbers[one.id],
        "question": one.question,
        "after": sorted(numbers[each] for each in one.asked_after),
        "opens": sorted(numbers[each.id] for each in opened),
        "replies": results,
        "why": one.why,
        "attribution": attribution(one, course),
    }


def _reply(one: Contraindication, reply: Reply, course: Course) -> dict[str, Any]:
    """The result of a single reply: its outcome, advice and exclusions."""
    decision = decide({one.id: reply}, course.contraindications)
    allowed = decide({one.id: reply}, course.contraindications, permissions={one.id: "ordinary"})
    lines = []
    if allowed.outcome in MASSAGE_OUTCOMES:
        lines = restrictions_in_words(allowed.restrictions, course)
    return {
        "title": TITLES[decision.outcome],
        "grave": decision.outcome == "emergency",
        "do": decision.reasons[0].do,
        "what": LEFT_OUT if decision.outcome in MASSAGE_OUTCOMES else IF_AGREED,
        "left_out": [_UNMARKED if line == NOT_MARKED else line for line in lines],
    }


# --- sessions --------------------------------------------------------------------------------


def _planner(site: Site, session: str = USUAL) -> dict[str, Any]:
    """A ready-made session: pictures, steps and findings.

    The default session also gets a comparison of all sessions.
    """
    course, pictures = site.course, site.images
    one = find_item("session", session, course.sessions)
    plan = Plan.of(one, course)
    steps = make_steps(plan, course)
    compared = ["sessions-compared"] if session == USUAL else []
    names = [f"minutes-{one.id}", f"steps-{one.id}", f"reach-{one.id}", *compared]
    drawn = {name.split("-")[0]: pictures.of(name) for name in names}
    blocks = {block.id: block for block in course.blocks}
    drawn["paces"] = pictures.of(f"paces-{one.id}", lambda: paces(plan, steps, blocks))
    return {
        "name": timetable.title_with_position(one.name, plan),
        "total": mmss(plan.total),
        "attribution": attribution(one, course),
        "pictures": drawn,
        "columns": timetable.COLUMNS,
        "steps": [timetable.row(step, course) for step in steps],
        "findings": [
            finding_view(each, course)
            for each in check(plan, course, None, steps=steps)
            if each.severity != "safety"  # the missing screening is a finding of every session
        ],
        "nobody": NOT_SCREENED,
        "screening": site.first.get(Call("screening")),
    }


# --- calls that need the workbook ------------------------------------------------------------

_IN_WORKBOOK = {
    "quiz": "Answering needs the workbook. The questions of the lessons are printed with their"
    " answers.",
    "review": "The review asks what you are about to forget. It depends on your answers, so it"
    " needs the workbook.",
    "progress": "Your progress is computed from your answers, so it needs the workbook.",
    "final_check": "The final check draws forty new questions each time and grades them, so it"
    " needs the workbook.",
    "class_export": "The file for a teacher is made from your answers, so it needs the workbook.",
    "player": "The practice guides you by voice, beat and picture, so it needs the workbook.",
}
_INSTEAD = {"player": Call("planner")}
"""The call that replaces another on paper."""


def _in_workbook(function: str) -> Callable[..., dict[str, Any]]:
    def says(site: Site, *_: str) -> dict[str, Any]:
        return {"says": _IN_WORKBOOK[function], "instead": site.first.get(_INSTEAD.get(function))}

    return says


CALLS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "back_map": _back_map,
    "claims": _claims,
    "disagreements": _disagreements,
    "glossary": lambda site: {"terms": glossary.terms(site.course)},
    "lessons": lessons,
    "picture": _picture,
    "not_taught": _checklist(rules.not_taught_groups, tick=False),
    "planner": _planner,
    "preparation": _checklist(rules.preparation_groups, tick=True),
    "rules": _checklist(rules.rule_groups, tick=False),
    "screening": _screening,
    "stop_signs": lambda site: {"groups": stop_signs.sign_groups(site.course)},
    "technique": _technique,
    "tempo": _tempo,
    **{function: _in_workbook(function) for function in _IN_WORKBOOK},
}
"""The content of each function; a `quiz` of topics is rendered by `site.py`."""
