"""Stances for every position, and ready-made sessions that can be done as they stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from massage_workbook.course.schema import Course, Lying, Session, Technique
from massage_workbook.invariants.pace import HIGH
from massage_workbook.invariants.reporting import Checks, Found
from massage_workbook.safety.screening import Decision
from massage_workbook.session import Plan, Step, check, steps
from massage_workbook.session.allowed import sides_of
from massage_workbook.session.steps import SHORTEST

CHANGES = 2
"""Changes of technique or side in a minute at most, on average (rule `calm-manner`)."""
LONGEST_REST = 15
"""Seconds that a ready-made session rests after a technique; the course's own."""
QUICK = 60
"""Movements a minute above which a pace wakes (B24), so that it has no place in the evening."""


def _positions(technique: Technique, course: Course) -> Found:
    """The stance is one for somebody whom the technique may be done on."""
    position = next(each.position for each in course.stances if each.id == technique.stance)
    if position not in technique.positions:
        says = (
            f'is "{technique.stance}", for somebody who is {position}; positions are'
            f" {', '.join(technique.positions)}"
        )
        yield ("stance",), says


def _stances(_: Course, course: Course) -> Found:
    """Every position has a stance; one in which the giver cannot move about has only that."""
    for position in get_args(Lying):
        places = [i for i, each in enumerate(course.stances) if each.position == position]
        if not places:
            yield (), f"has no stance for somebody who is {position}; give one"
        elif position != "prone":
            for i in places[1:]:
                yield (i, "position"), f"is {position}, which has a stance already; keep one"


def _name(session: Session, _: Course) -> Found:
    """The minutes add up to those that the name says."""
    if not re.search(rf"\b{session.total:g} minutes", session.name):
        yield ("name",), f'is "{session.name}"; its minutes add up to {session.total:g}'


def _minutes(session: Session, course: Course) -> Found:
    """It opens and closes with strokes, and each block keeps its bounds."""
    for block in course.blocks:
        given, (low, high) = session.minutes.get(block.id, 0), block.minutes
        needed = block.id in {"opening", "closing"}
        if (needed or given) and not low <= given <= high:
            yield ("minutes", block.id), f"is {given:g}; {block.id} has {low:g} to {high:g} minutes"


def _own(session: Session, _: Course) -> Found:
    """No article states a whole session: it is the course's own, and says how it was made."""
    if session.basis == "stated":
        yield ("basis",), "is stated, which no article does; give reconstructed or added"
    if session.note is None:
        yield ("note",), "is missing; say how the session was put together"


def _doable(session: Session, course: Course) -> Found:
    """A ready-made session can be done as it stands: all of it, whole and without hurry."""
    stances = {each.position for each in course.stances}
    if session.position not in stances or any(_minutes(session, course)):
        return  # it cannot be worked out, and the reason is told already
    plan = Plan.of(session, course)
    made = steps(plan, course)
    found = [*_filled(session, made, course), *_calm(session, made)]
    yield from found or _advised(plan, made, course)


def _filled(session: Session, made: Sequence[Step], course: Course) -> Found:
    """Each technique has time for the passes of its card."""
    techniques = {each.id: each for each in course.techniques}
    for block, names in session.techniques.items():
        for i, name in enumerate(names):
            loc, technique = ("techniques", block, i), techniques[name]
            done = [step for step in made if (step.block, step.technique) == (block, name)]
            for message in _in_session(session, technique, done):
                yield loc, message


def _calm(session: Session, made: Sequence[Step]) -> Found:
    """No step is too short, no rest too long, and the hands do not change too often."""
    for step in made:
        loc = ("minutes", step.block)
        if step.seconds < SHORTEST:
            yield loc, f"leaves {step.technique} {step.seconds} s; {SHORTEST} s are the least"
        if step.rest > LONGEST_REST:
            says = f"leaves a rest of {step.rest} s after {step.technique}"
            yield loc, f"{says}; {LONGEST_REST} s are the most"
    if (changes := (len(made) - 1) / session.total) > CHANGES:
        says = f"make {changes:.2g} changes a minute; {CHANGES} are the most: leave one out"
        yield ("techniques",), says


def _advised(plan: Plan, made: Sequence[Step], course: Course) -> Found:
    """The planner has nothing to say of it but that it is long."""
    for finding in check(plan, course, Decision("go"), made=made):
        if finding.about != "session-length":
            yield (), f"{finding.says} ({finding.title})"


def _in_session(session: Session, technique: Technique, done: Iterable[Step]) -> Iterator[str]:
    """What is wrong with a technique in a session, whose steps `done` are."""
    name, given = technique.id, technique.passes
    if session.id.startswith("evening") and (quick := technique.tempo.per_minute[HIGH]) > QUICK:
        yield f"is {name}, with up to {quick:g} a minute; {QUICK} are the most in the evening"
    if session.position not in technique.positions:
        yield f"is {name}, which is not done on somebody who is {session.position}; leave it out"
        return
    counts = {step.side: step.passes for step in done}
    sides = ("right", "left") if session.position == "side-lying" else sides_of(technique)
    for side in sides:
        if not given.minimum <= (count := counts.get(side, 0)) <= given.maximum:
            where = "both sides" if side == "both" else f"the {side}"
            yield (
                f"is {name}, with time for {count} passes on {where}; its card has"
                f" {given.minimum} to {given.maximum}: change the minutes of the block"
            )


CHECKS: Checks = {
    "stances.yaml": (_stances,),
    "techniques": (_positions,),
    "sessions": (_name, _minutes, _own, _doable),
}
