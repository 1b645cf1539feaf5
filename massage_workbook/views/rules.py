"""Rules, preparations, and practices that are not taught, each with its reason."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.model import capitalised, find_item
from massage_workbook.course.schema import NotTaught, Preparation, Rule
from massage_workbook.views.sources import attribution

_Groups = list[dict[str, Any]]
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
_LEFT_OUT = {"safety": "It could do harm", "craft": "It has no place in this course"}


def rule_groups(course: Course) -> _Groups:
    """The rules, in the groups of the course."""
    grouped = {
        capitalised(title): [_row(rule, rule.rule, course) for rule in members]
        for title, members in _grouped(course.rules, "group")
    }
    return _as_groups(grouped)


def preparation_groups(course: Course, *names: str) -> _Groups:
    """The preparations as a checklist, by topic in the order in which they are done.

    Only those of these ids where any are given.
    """
    chosen = [find_item("preparation", name, course.preparation) for name in names]
    if chosen:
        return _as_groups({"To have ready": [_row(each, each.do, course) for each in chosen]})
    grouped = {
        TOPICS[topic]: [_row(each, each.do, course) for each in members]
        for topic, members in _grouped(course.preparation, "topic")
    }
    return _as_groups(grouped)


def not_taught_groups(course: Course) -> _Groups:
    """Practices that are not taught and their alternatives, harmful ones first."""
    grouped = {
        title: [_left_out(each, course) for each in course.not_taught if each.severity == severity]
        for severity, title in _LEFT_OUT.items()
    }
    return _as_groups(grouped)


def _grouped(items: Iterable[Any], name: str) -> Iterable[tuple[str, Iterable[Any]]]:
    """Runs of items with the same value of a field."""
    return groupby(items, key=attrgetter(name))


def _as_groups(grouped: dict[str, list[dict[str, Any]]]) -> _Groups:
    return [{"title": title, "items": items} for title, items in grouped.items()]


def _row(item: Rule | Preparation, says: str, course: Course) -> dict[str, Any]:
    return _item(item, item.title, says, "Why: ", course)


def _left_out(item: NotTaught, course: Course) -> dict[str, Any]:
    return _item(item, item.name, f"Instead: {item.instead}", "Why not: ", course)


def _item(
    item: Rule | Preparation | NotTaught, title: str, says: str, because: str, course: Course
) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": title,
        "says": says,
        "because": because,
        "why": item.why,
        "severity": item.severity,
        "attribution": attribution(item, course),
    }
