"""Check that items are used, asked about, and named in the glossary."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from massage_workbook.course.schema import Contraindication, Course, Model, StopSign, Technique
from massage_workbook.invariants.reporting import Checks, Violations

_MIN_KINDS = 2
"""Minimum number of question kinds about each main item."""
_MIN_SHARE = 0.6
"""Minimum share of screening lines that are asked about in `_MIN_KINDS` kinds."""


def _asked(course: Course) -> Mapping[str, set[str]]:
    """The kinds of question about each item, by id."""
    found = defaultdict(set)
    for topic in course.topics:
        for question in topic.questions:
            for name in question.about:
                found[name].add(question.kind)
    return found


def _in_two_kinds(item: Model, course: Course) -> Violations:
    """The item is asked about in at least two kinds of question."""
    kinds = _asked(course)[item.id]
    if len(kinds) < _MIN_KINDS:
        there = f"only by {min(kinds)} questions" if kinds else "by no question"
        yield ("id",), f'"{item.id}" is asked about {there}; ask in {_MIN_KINDS} kinds'


def _core(technique: Technique, course: Course) -> Violations:
    if technique.standing == "core":
        yield from _in_two_kinds(technique, course)


def _at_all(item: Model, course: Course) -> Violations:
    """The item is asked about."""
    if not _asked(course)[item.id]:
        yield ("id",), f'"{item.id}" is asked about by no question; ask about it'


def _lines(_: Course, course: Course) -> Violations:
    """Most lines of the screening are asked about in at least two kinds."""
    asked = _asked(course)
    lines = [each.id for each in course.contraindications if each.section]
    twice = sum(len(asked[name]) >= _MIN_KINDS for name in lines)
    if twice <= _MIN_SHARE * len(lines):
        message = f"{twice} of {len(lines)} lines are asked about in {_MIN_KINDS} kinds"
        yield (), f"{message} of question; more than {_MIN_SHARE:.0%} must be"


def _by_critical(item: Contraindication | StopSign, course: Course) -> Violations:
    """An emergency is asked about by a question marked `critical`."""
    urgent = item.emergency if isinstance(item, StopSign) else item.yes.leads_to == "emergency"
    asked = (q for topic in course.topics for q in topic.questions if item.id in q.about)
    if urgent and not any(question.critical for question in asked):
        yield ("id",), f'"{item.id}" is an emergency; ask about it with critical: true'


def _mentioned(course: Course) -> Iterator[str]:
    """Ids that a question, disagreement, session, technique or contraindication mentions."""
    yield from _asked(course)
    for one in course.disagreements:
        yield from one.about
    for session in course.sessions:
        yield from session.minutes
    for technique in course.techniques:
        yield from (*technique.zones, *technique.keep_off)
    for reason in course.contraindications:
        for taken in (reason.takes_away, reason.allowed or reason.takes_away):
            yield from (*taken.zones, *taken.blocks, *taken.techniques)


def _taken_up(item: Model, course: Course) -> Violations:
    """The item is mentioned by another item."""
    if item.id not in {*_mentioned(course)}:
        yield ("id",), f'"{item.id}" is mentioned nowhere; ask about it, or take it out'


def _named(technique: Technique, course: Course) -> Violations:
    """The English name of a technique is in the glossary."""
    name = technique.names.english
    if name.lower() not in {term.names.english.lower() for term in course.glossary}:
        yield ("names", "english"), f'"{name}" is no term of glossary.yaml; add it there'


CHECKS: Checks = {
    "techniques": (_core, _taken_up, _named),
    "rules": (_in_two_kinds,),
    "stop_signs": (_in_two_kinds, _by_critical),
    "zones": (_in_two_kinds,),
    "contraindications": (_at_all, _by_critical),
    "contraindications.yaml": (_lines,),
    "disagreements": (_at_all,),
    "blocks": (_taken_up,),
    "preparation": (_taken_up,),
    "not_taught": (_taken_up,),
}
