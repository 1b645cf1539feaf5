"""Check the zones that strokes enter, and their force there."""

from itertools import chain
from math import dist

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.course.schema import Course, Motion, Technique
from massage_workbook.invariants.reporting import Checks, Violations

_WORKING_CM, _GLIDING_CM = 6.5, 5
"""Minimum cm from the middle of the hand to the armpit, when working and when gliding.

With 6.5 cm the edge of a palm ends two fingers, and its middle a hand's width, before the fold.
"""


def _zones(technique: Technique, course: Course) -> Violations:
    """Strokes respect the ceilings of zones, and the card lists all zones that they enter."""
    order = [stroke.id for stroke in technique.strokes]
    for breach in anatomy.breaches(technique, course.zones):
        yield ("strokes", order.index(breach.stroke)), str(breach)
    entered = anatomy.zones_entered(technique, course.zones)
    for i, zone in enumerate(technique.keep_off):
        if zone in entered:
            yield ("keep_off", i), f'is "{zone}", which a stroke enters; keep the stroke out of it'
    for zone in sorted(entered - {*technique.zones, *technique.keep_off}):
        yield ("zones",), f'"{zone}" is missing, which a stroke enters; name it or move the stroke'


def _armpit(technique: Technique, course: Course) -> Violations:
    """The hand stays clear of the armpit: by more than half its width when working."""
    armpit = next((zone for zone in course.zones if zone.id == "armpit"), None)
    if armpit is None:
        return
    edge = anatomy.along([*armpit.outline, armpit.outline[0]], step_cm=0.5)
    for i, stroke in enumerate(technique.strokes):
        glides = technique.motion is Motion.SLIDE or stroke.light_return
        minimum = _GLIDING_CM if glides else _WORKING_CM
        path = [(abs(u), v) for u, v in anatomy.along(stroke.points, step_cm=0.5)]
        near = CM_PER_UNIT * min(dist(place, other) for place in path for other in edge)
        if near < minimum - 0.1:
            distance = f"the middle of the hand comes within {near:.1f} cm of the armpit"
            yield ("strokes", i), f"{distance}; it must stay {minimum:g} cm away"


def _midline(technique: Technique, course: Course) -> Violations:
    """A stroke across the midline respects the ceiling of the spine."""
    spine = next((zone for zone in course.zones if zone.id == "spine"), None)
    ceiling = spine.ceiling.get(technique.motion, 0) if spine else 0
    for i, stroke in enumerate(technique.strokes):
        paths = chain.from_iterable(anatomy.hand_paths(stroke).values())
        crosses = any(min(us) < 0 < max(us) for us in ([u for u, _ in path] for path in paths))
        if crosses and stroke.force > ceiling:
            message = (
                f"is {stroke.force:g} across the midline, where at most {ceiling:g} is allowed"
            )
            yield ("strokes", i, "force"), message


def _keep_off(technique: Technique, course: Course) -> Violations:
    """The card lists every keep-off zone, except those that its motion may enter."""
    for zone in course.zones:
        named = zone.id in technique.keep_off or zone.ceiling.get(technique.motion)
        if zone.kind == "keep-off" and not named:
            yield ("keep_off",), f'"{zone.id}" is missing; add it'


CHECKS: Checks = {"techniques": (_zones, _armpit, _midline, _keep_off)}
