"""Paths of the hands over the back, and the time that a session spends on them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from massage_workbook.body import anatomy
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.safety.screening import Restrictions
from massage_workbook.session.restricting import HALVES, allowed_strokes
from massage_workbook.session.steps import Step


class HandPath(NamedTuple):
    """The stroke lines of a technique on a side, in (u, v), and their total length."""

    lines: Sequence[Sequence[Point]]
    cm: float


HandPaths = Mapping[str, HandPath]
"""Paths by `<technique>-<side>`."""


def paths_by_side(
    techniques: Iterable[Technique], zones: Sequence[Zone], restrictions: Restrictions
) -> HandPaths:
    """The paths of techniques on each side on which they are allowed."""
    found = {}
    for technique in techniques:
        for side in HALVES["both"]:
            if allowed := allowed_strokes(technique, side, restrictions, zones):
                found[f"{technique.id}-{side}"] = _path(allowed.strokes, side)
    return {name: path for name, path in found.items() if path.lines}


def _path(strokes: Iterable[Stroke], side: str) -> HandPath:
    """The path of strokes on a side; strokes across the middle count for the right."""
    sides = {"both", "each", side} | ({"middle"} if side == "right" else set())
    lines = tuple(stroke.points for stroke in strokes if stroke.side in sides)
    if side == "left":
        lines = tuple(anatomy.mirrored(points) for points in lines)
    return HandPath(lines, sum(map(anatomy.length_cm, lines)))


def seconds_per_cm(steps: Iterable[Step], paths: HandPaths) -> dict[str, float]:
    """The seconds that the steps spend on each centimetre of each path, by its key."""
    seconds = dict.fromkeys(paths, 0.0)
    for step in steps:
        names = {f"{step.technique}-{side}" for side in HALVES[step.side]} & seconds.keys()
        for name in names:
            seconds[name] += step.at_work / len(names)
    return {name: each / paths[name].cm for name, each in seconds.items()}
