"""Check stances, and that ready-made sessions are feasible without changes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from massage_workbook.course.schema import BodyPosition, Course, Session, Technique
from massage_workbook.invariants.pace import HIGH
from massage_workbook.invariants.reporting import Checks, Violations
from massage_workbook.safety.screening import Decision
from massage_workbook.session import Plan, Step, check, make_steps
from massage_workbook.session.restricting import sides_of
from massage_workbook.session.steps import MIN_STEP_SECONDS

_MAX_CHANGES = 2
"""Maximum changes of technique or side a minute, on average (rule `calm-manner`)."""
_MAX_REST = 15
"""Maximum seconds of rest after a technique of a ready-made session; set by the course."""
_MAX_TEMPO = 60
"""Maximum movements a minute in the evening, since a faster pace wakes (B24)."""


def _positions(technique: Technique, course: Course) -> Violations:
    """The stance fits one of the technique's positions."""
    position = next(each.position for each in course.stances if each.id == technique.stance)
    if position not in technique.positions:
        positions = ", ".join(technique.positions)
        yield (
            ("stance",),
            f'is "{technique.stance}", which is {position}; positions are {positions}',
        )


def _stances(_: Course, course: Course) -> Violations:
    """Every position has a stance; only prone has several."""
    for position in get_args(BodyPosition):
        places = [i for i, each in enumerate(course.stances) if each.position == position]
        if not places:
            yield (), f"has no stance for the position {position}; give one"
        elif position != "prone":
            for i in places[1:]:
                yield (i, "position"), f"is {position}, which has a stance already; keep one"


def _name(session: Session, _: Course) -> Violations:
    """The minutes add up to those in the name."""
    if not re.search(rf"\b{session.total:g} minutes", session.name):
        yield ("name",), f'is "{session.name}"; its minutes add up to {session.total:g}'


def _minutes(session: Session, course: Course) -> Violations:
    """It has an opening and a closing, and each block is within its bounds."""
    for block in course.blocks:
        given, (low, high) = session.minutes.get(block.id, 0), block.minutes
        needed = block.id in {"opening", "closing"}
        if (needed or given) and not low <= given <= high:
            yield ("minutes", block.id), f"is {given:g}; {block.id} has {low:g} to {high:g} minutes"


def _own(session: Session, _: Course) -> Violations:
    """No article states a whole session, so its basis is the course and its note explains it."""
    if session.basis == "stated":
        yield ("basis",), "is stated, but no article states a session; give reconstructed or added"
    if session.note is None:
        yield ("note",), "is missing; say how the session was put together"


def _doable(session: Session, course: Course) -> Violations:
    """A ready-made session is feasible: complete, and without hurry."""
    stances = {each.position for each in course.stances}
    if session.position not in stances or any(_minutes(session, course)):
        return  # it has no steps; the cause is reported elsewhere
    plan = Plan.of(session, course)
    steps = make_steps(plan, course)
    found = [*_filled(session, steps, course), *_calm(session, steps)]
    yield from found or _advised(plan, steps, course)


def _filled(session: Session, steps: Sequence[Step], course: Course) -> Violations:
    """Each technique has time for a number of passes within its card."""
    techniques = {each.id: each for each in course.techniques}
    for block, names in session.techniques.items():
        for i, name in enumerate(names):
            loc, technique = ("techniques", block, i), techniques[name]
            done = [step for step in steps if (step.block, step.technique) == (block, name)]
            for message in _in_session(session, technique, done):
                yield loc, message


def _calm(session: Session, steps: Sequence[Step]) -> Violations:
    """No step is too short, no rest too long, and changes are not too frequent."""
    for step in steps:
        loc = ("minutes", step.block)
        if step.seconds < MIN_STEP_SECONDS:
            message = f"leaves {step.technique} {step.seconds} s; it needs {MIN_STEP_SECONDS} s"
            yield loc, message
        if step.rest > _MAX_REST:
            message = f"leaves a rest of {step.rest} s after {step.technique}"
            yield loc, f"{message}; at most {_MAX_REST} s are allowed"
    if (changes := (len(steps) - 1) / session.total) > _MAX_CHANGES:
        limit = f"at most {_MAX_CHANGES} are allowed: leave one out"
        yield ("techniques",), f"make {changes:.2g} changes a minute; {limit}"


def _advised(plan: Plan, steps: Sequence[Step], course: Course) -> Violations:
    """The planner has no findings, except on its length."""
    for finding in check(plan, course, Decision("go"), steps=steps):
        if finding.about != "session-length":
            yield (), f"{finding.message} ({finding.title})"


def _in_session(session: Session, technique: Technique, done: Iterable[Step]) -> Iterator[str]:
    """Messages on a technique in a session; `done` are its steps."""
    name, given = technique.id, technique.passes
    fastest = technique.tempo.per_minute[HIGH]
    if session.id.startswith("evening") and fastest > _MAX_TEMPO:
        yield f"is {name}, with up to {fastest:g} a minute; in the evening at most {_MAX_TEMPO}"
    if session.position not in technique.positions:
        yield f"is {name}, which is not done in the position {session.position}; leave it out"
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
