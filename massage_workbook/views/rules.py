"""The rules with their reasons, what to see to before the hands touch, and what is left out."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.course.schema import NotTaught, Preparation, Rule
from massage_workbook.views.sources import who

Groups = list[dict[str, Any]]
TOPICS = {
    "consent": "Asking and agreeing",
    "room": "The room",
    "surface": "What to lie on",
    "equipment": "Things to hand",
    "giver": "You, who give",
    "receiver": "The person who receives",
    "position": "Lying or sitting",
    "lubricant": "Oil",
    "towels": "Towels",
}
LEFT_OUT = {
    "safety": "It could do harm",
    "craft": "It has no place in this course",
}


def rules(course: Course) -> Groups:
    """The rules, in the groups of the course."""
    grouped = {
        title[0].upper() + title[1:]: [_row(rule, rule.rule, course) for rule in members]
        for title, members in _grouped(course.rules, "group")
    }
    return _listed(grouped)


def preparation(course: Course, *names: str) -> Groups:
    """What to see to, topic by topic in the order of doing, to tick; or only what is named."""
    chosen = [named("preparation", name, course.preparation) for name in names]
    if chosen:
        return _listed({"To have ready": [_row(each, each.do, course) for each in chosen]})
    grouped = {
        TOPICS[topic]: [_row(each, each.do, course) for each in members]
        for topic, members in _grouped(course.preparation, "topic")
    }
    return _listed(grouped)


def not_taught(course: Course) -> Groups:
    """What the course leaves out and what to do instead, what could do harm first."""
    grouped = {
        title: [_left_out(each, course) for each in course.not_taught if each.severity == severity]
        for severity, title in LEFT_OUT.items()
    }
    return _listed(grouped)


def _grouped(items: Iterable[Any], name: str) -> Iterable[tuple[str, Iterable[Any]]]:
    """Items by a field of theirs; those of one value stand together in the file."""
    return groupby(items, key=attrgetter(name))


def _listed(grouped: dict[str, list[dict[str, Any]]]) -> Groups:
    return [{"title": title, "items": items} for title, items in grouped.items()]


def _row(item: Rule | Preparation, says: str, course: Course) -> dict[str, Any]:
    return _said(item, item.title, says, "Why: ", course)


def _left_out(item: NotTaught, course: Course) -> dict[str, Any]:
    return _said(item, item.name, f"Instead: {item.instead}", "Why not: ", course)


def _said(
    item: Rule | Preparation | NotTaught, title: str, says: str, because: str, course: Course
) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": title,
        "says": says,
        "because": because,
        "why": item.why,
        "severity": item.severity,
        "who": who(item, course),
    }
