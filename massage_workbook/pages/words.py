"""What each word of a lesson shows, as plain values for the template of its name.

They are those of the widgets, without the learner: what hangs on answers or on a clock needs the
workbook, and its page says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from massage_workbook.body.zones import ON_STROKE_MAP
from massage_workbook.course import Course
from massage_workbook.course.model import named, unknown
from massage_workbook.course.schema import Contraindication, Lesson
from massage_workbook.figures import back
from massage_workbook.figures.gallery import WITH_WORDS, title
from massage_workbook.figures.tempo import tempo_bands
from massage_workbook.figures.timings import paces
from massage_workbook.pages.lesson import Call
from massage_workbook.pages.pictures import Pictures
from massage_workbook.safety.screening import MASSAGE, OUTCOMES, REPLIES, Reply, decide
from massage_workbook.session import Plan, check, clock, steps, timetable
from massage_workbook.views import claims, disagreements, glossary, rules, stop_signs, tempo
from massage_workbook.views.back import groups
from massage_workbook.views.screening import (
    IF_AGREED,
    LEFT_OUT,
    NEXT,
    NOBODY,
    NOT_MARKED,
    TITLES,
    aloud,
    left_out,
)
from massage_workbook.views.sources import cited, who
from massage_workbook.views.technique import card, zones_on_map
from massage_workbook.widgets.widget import USUAL

COVER = "superficial-stroking"
UNMARKED = "The place that is concerned."


@dataclass(frozen=True)
class Site:
    """What the pages are made of; `first` is the `page` and `name` of where each call stands."""

    course: Course
    pictures: Pictures
    first: Mapping[Call, Mapping[str, str]]


def shown(site: Site, call: Call) -> tuple[str, dict[str, Any]]:
    """The template of a call and its values.

    Raises:
        LookupError: there is no such word, or nothing of the name that it was given.
    """
    if call.word not in WORDS:
        raise LookupError(unknown("word", call.word, WORDS))
    values = WORDS[call.word](site, *call.arguments)
    return ("in_workbook" if call.word in IN_WORKBOOK else call.word), values


def page_of(notebook: str) -> str:
    """The page of a lesson, such as `01-is-it-safe.html`."""
    stem = notebook.removesuffix(".ipynb").lower()
    words = "".join(sign if sign.isalnum() else " " for sign in stem).split()
    return f"{'-'.join(words)}.html"


def name_of(lesson: Lesson) -> str:
    """A lesson by its number and title."""
    return f"{lesson.notebook[:2]} {lesson.title}"


# --- lessons, techniques, the back -----------------------------------------------------------


def lessons(site: Site) -> dict[str, Any]:
    """The lessons as links beside the cover's picture."""
    questions = {topic.id: len(topic.questions) for topic in site.course.topics}
    return {
        "cover": site.pictures.of(f"strokes-{COVER}"),
        "lessons": [
            {
                "page": page_of(each.notebook),
                "name": name_of(each),
                "promise": each.promise,
                "minutes": each.minutes,
                "questions": questions.get(each.topic, 0),
            }
            for each in site.course.lessons
        ],
    }


def technique(site: Site, name: str) -> dict[str, Any]:
    """A technique's card."""
    one = named("technique", name, site.course.techniques)
    shown = zones_on_map(one, site.course.zones)
    return {
        "id": one.id,
        "card": card(one, site.course),
        "map": site.pictures.of(f"strokes-{one.id}"),
        "hand": site.pictures.of(f"hand-{one.id}"),
        "lighter": [zone for zone in shown if zone["kind"] == ON_STROKE_MAP["light"]],
    }


def picture(site: Site, *names: str) -> dict[str, Any]:
    """Pictures of the gallery with what they are called."""
    called = {name: title(name, site.course) for name in names}
    return {"shown": [(site.pictures.of(name), called[name], name in WITH_WORDS) for name in names]}


def tempo_of(site: Site, name: str) -> dict[str, Any]:
    """A technique's tempo, as a strip among the bands and as numbers."""
    one = named("technique", name, site.course.techniques)

    def strip() -> str:
        return tempo_bands([one], site.course.blocks).svg()

    timed = one.tempo.per_minute is not None
    return {
        "trainer": tempo.trainer(one),
        "strip": site.pictures.of(f"tempo-{one.id}", strip) if timed else None,
        "who": who(one.tempo, site.course),
    }


def back_map(site: Site) -> dict[str, Any]:
    """The whole back, with zones and landmarks as its key."""
    course = site.course

    def draw() -> str:
        return back.whole_back(course.zones, course.landmarks).svg()

    return {"picture": site.pictures.of("whole-back", draw), "groups": groups(course)}


# --- lists -----------------------------------------------------------------------------------


def _list(view: Callable[..., rules.Groups], *, tick: bool) -> Callable[..., dict[str, Any]]:
    return lambda site, *names: {"groups": view(site.course, *names), "tick": tick}


def signs(site: Site) -> dict[str, Any]:
    """What ends a massage."""
    return {"groups": stop_signs.groups(site.course)}


def promises(site: Site) -> dict[str, Any]:
    """What is promised, and what can honestly be said."""
    return {"claims": claims.claims(site.course), "verdicts": claims.VERDICTS}


def words_of_the_field(site: Site) -> dict[str, Any]:
    """The words of the field in three languages."""
    return {"terms": glossary.terms(site.course)}


def differences(site: Site, topic: str | None = None) -> dict[str, Any]:
    """Where the sources differ, with what the course follows."""
    found = disagreements.chosen(site.course, topic)
    return {
        "all": [
            {
                "asked": disagreements.asked(one, site.course),
                "answer": disagreements.answered(one, None, site.course),
            }
            for one in found
        ]
    }


# --- the screening ---------------------------------------------------------------------------


def screening(site: Site) -> dict[str, Any]:
    """The checklists and follow-ups with what each reply leads to, and the five results."""
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
        "aloud": aloud(course),
    }


def _asked(one: Contraindication, numbers: Mapping[str, int], course: Course) -> dict[str, Any]:
    told = {reply: _reply(one, reply, course) for reply in REPLIES if reply in one.answers}
    if told["yes"] == told["not sure"]:
        told = {"yes or not sure": told["yes"]}
    opened = (each for each in course.contraindications if one.id in each.asked_after)
    return {
        "id": one.id,
        "number": numbers[one.id],
        "question": one.question,
        "after": sorted(numbers[each] for each in one.asked_after),
        "opens": sorted(numbers[each.id] for each in opened),
        "replies": told,
        "why": one.why,
        "who": who(one, course),
    }


def _reply(one: Contraindication, reply: Reply, course: Course) -> dict[str, Any]:
    """What a reply alone leads to, what to do, and what it takes away."""
    decision = decide({one.id: reply}, course.contraindications)
    after = decide({one.id: reply}, course.contraindications, agreed={one.id: "ordinary"})
    lines = left_out(after.restrictions, course) if after.outcome in MASSAGE else []
    return {
        "title": TITLES[decision.outcome],
        "grave": decision.outcome == "emergency",
        "do": decision.reasons[0].do,
        "what": LEFT_OUT if decision.outcome in MASSAGE else IF_AGREED,
        "left_out": [UNMARKED if line == NOT_MARKED else line for line in lines],
    }


# --- sessions --------------------------------------------------------------------------------


def planner(site: Site, session: str = USUAL) -> dict[str, Any]:
    """A ready-made session: minutes, tempo, ways, steps, and what there is to say of it.

    Where any session can be begun from, all are compared.
    """
    course, pictures = site.course, site.pictures
    one = named("session", session, course.sessions)
    plan = Plan.of(one, course)
    doing = steps(plan, course)
    compared = ["sessions-compared"] if session == USUAL else []
    names = [f"minutes-{one.id}", f"steps-{one.id}", f"reach-{one.id}", *compared]
    drawn = {name.split("-")[0]: pictures.of(name) for name in names}
    blocks = {block.id: block for block in course.blocks}
    drawn["paces"] = pictures.of(f"paces-{one.id}", lambda: paces(plan, doing, blocks).svg())
    return {
        "name": timetable.titled(one.name, plan),
        "total": clock(plan.total),
        "who": who(one, course),
        "pictures": drawn,
        "columns": timetable.COLUMNS,
        "steps": [timetable.row(step, course) for step in doing],
        "findings": [
            {
                "says": each.says,
                "title": each.title,
                "severity": each.severity,
                "sources": cited(each.sources, course),
                "mends": [mend.words for mend in each.mends],
            }
            for each in check(plan, course, None, made=doing)
            if each.severity != "safety"  # that nobody was asked yet is said of every session
        ],
        "nobody": NOBODY,
        "screening": site.first.get(Call("screening")),
    }


# --- what needs the workbook -----------------------------------------------------------------

IN_WORKBOOK = {
    "review": "The review asks what you are about to forget. It has to know your answers, so it"
    " needs the workbook.",
    "progress": "How far you are, and what is fading, hangs on your answers, so it needs the"
    " workbook.",
    "final_check": "The final check draws forty questions anew each time and grades them, so it"
    " needs the workbook.",
    "player": "The practice leads you by voice, beat and picture, so it needs the workbook.",
}
INSTEAD = {"player": Call("planner")}
"""What stands in for it on paper."""


def _in_workbook(word: str) -> Callable[..., dict[str, Any]]:
    def says(site: Site, *_: str) -> dict[str, Any]:
        return {"says": IN_WORKBOOK[word], "instead": site.first.get(INSTEAD.get(word))}

    return says


WORDS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "back_map": back_map,
    "claims": promises,
    "disagreements": differences,
    "glossary": words_of_the_field,
    "lessons": lessons,
    "picture": picture,
    "not_taught": _list(rules.not_taught, tick=False),
    "planner": planner,
    "preparation": _list(rules.preparation, tick=True),
    "rules": _list(rules.rules, tick=False),
    "screening": screening,
    "stop_signs": signs,
    "technique": technique,
    "tempo": tempo_of,
    **{word: _in_workbook(word) for word in IN_WORKBOOK},
}
"""What each word shows but `quiz`, whose answers stand at the end of the page."""
