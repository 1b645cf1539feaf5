"""Smooth curves as paths of matplotlib, and lines drawn along paths."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from massage_workbook.body import anatomy
from massage_workbook.course.model import Point
from massage_workbook.figures.palette import colour


def symmetric(half: Sequence[Point]) -> Path:
    """A closed outline from its right half, which runs from the midline to the midline."""
    right = _with_corners(half)
    left = [anatomy.mirrored(reversed(curve)) for curve in reversed(right)]
    return bezier([*right, *left], closed=True)


def closed(points: Sequence[Point]) -> Path:
    """A smooth closed path through points; a point given twice in a row is a corner."""
    corner = next((i for i, (a, b) in enumerate(pairwise(points), 1) if a == b), None)
    if corner is None:
        return ring(points)
    return bezier(_with_corners([*points[corner:], *points[:corner]]), closed=True)


def ring(points: Sequence[Point]) -> Path:
    """A smooth closed path; the first point may be repeated at the end."""
    once = points[:-1] if anatomy.is_closed(points) else points
    return bezier(anatomy.smooth(once, closed=True), closed=True)


def _with_corners(points: Sequence[Point]) -> list[anatomy.Curve]:
    """Curves through points, smooth except at points given twice in a row."""
    ends = [i for i, (a, b) in enumerate(pairwise(points), 1) if a == b]
    runs = [points[start:end] for start, end in pairwise([0, *ends, len(points)])]
    return [curve for run in runs for curve in anatomy.smooth(run)]


def bezier(curves: Sequence[anatomy.Curve], *, closed: bool = False) -> Path:
    """Consecutive curves as a path of matplotlib."""
    vertices = [curves[0][0], *(point for curve in curves for point in curve[1:])]
    codes = [Path.MOVETO, *[Path.CURVE4] * (3 * len(curves))]
    if closed:
        vertices, codes = [*vertices, curves[0][0]], [*codes, Path.CLOSEPOLY]
    return Path(vertices, codes)


def stroked(paths: Iterable[Path], name: str, width: float, **style: Any) -> PathPatch:  # noqa: ANN401
    """Lines with round ends in a colour of the palette, as one path; `width` is in points."""
    patch = PathPatch(Path.make_compound_path(*paths), fill=False, edgecolor=colour(name))
    patch.set(linewidth=width, capstyle="round", joinstyle="round", **style)
    return patch


def spread(points: Sequence[Point], count: int) -> list[Point]:
    """`count` points at equal distances on the polyline through `points`, including both ends."""
    corners = np.array(points)
    reach = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    wanted = np.linspace(0, reach[-1], count)
    return list(
        zip(*(np.interp(wanted, reach, corners[:, i]).tolist() for i in (0, 1)), strict=True)
    )
