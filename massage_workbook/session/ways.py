"""The ways of the hands over the back, and how long a session stays on them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from massage_workbook.body import anatomy
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.safety.screening import Restrictions
from massage_workbook.session.allowed import SIDES, allowed
from massage_workbook.session.steps import Step


class Way(NamedTuple):
    """The lines along which a technique goes on a side, in (u, v), and their length."""

    lines: Sequence[Sequence[Point]]
    cm: float


Ways = Mapping[str, Way]
"""By `<technique>-<side>`."""


def ways(
    techniques: Iterable[Technique], zones: Sequence[Zone], restrictions: Restrictions
) -> Ways:
    """The ways of techniques on each side on which they may be done."""
    found = {}
    for technique in techniques:
        for side in SIDES["both"]:
            if left := allowed(technique, side, restrictions, zones):
                found[f"{technique.id}-{side}"] = _way(left.strokes, side)
    return {name: way for name, way in found.items() if way.lines}


def _way(strokes: Iterable[Stroke], side: str) -> Way:
    """The way of strokes on a side; what lies across the middle counts for the right."""
    sides = {"both", "each", side} | ({"middle"} if side == "right" else set())
    lines = [stroke.points for stroke in strokes if stroke.side in sides]
    if side == "left":
        lines = [anatomy.mirrored(points) for points in lines]
    return Way(lines, sum(map(anatomy.length_cm, lines)))


def seconds_per_cm(steps: Iterable[Step], ways: Ways) -> dict[str, float]:
    """How long the steps of a session stay on each centimetre of each way."""
    seconds = dict.fromkeys(ways, 0.0)
    for step in steps:
        names = {f"{step.technique}-{side}" for side in SIDES[step.side]} & seconds.keys()
        for name in names:
            seconds[name] += step.at_work / len(names)
    return {name: each / ways[name].cm for name, each in seconds.items()}
