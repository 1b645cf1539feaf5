"""Muscles and bones as groups of the SVG, so that a page can show and hide them.

The groups `bones-left`, `bones-right` and `bones-middle` hold the skeleton, and `muscles` holds the
muscles as an atlas has them: superficial ones on the left, deep ones on the right. In them each
structure is a group `structure-<id>-<side>`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from massage_workbook import reader
from massage_workbook.body import anatomy
from massage_workbook.body.frame import INCHES_PER_UNIT, POINTS_PER_INCH
from massage_workbook.body.under_skin import (
    BONES,
    COMPUTED,
    DEEP,
    HEAD,
    SUPERFICIAL,
    THROUGH,
    Line,
)
from massage_workbook.course.model import Point
from massage_workbook.course.schema import StructureShape
from massage_workbook.figures.curves import bezier, closed, spread, stroked, symmetric
from massage_workbook.figures.groups import Group, add_group
from massage_workbook.figures.palette import colour

POINTS_PER_UNIT = INCHES_PER_UNIT * POINTS_PER_INCH
"""Points on paper of one unit of (u, v)."""
_NECK = ((-0.1, -0.262), (0.1, -0.262), (0.1, -0.2), (-0.1, -0.2))
"""The part of the neck that the lower edge of the head and the upper edge of the body cross."""
_TONES = {"fascia-lumbar": "fascia"} | dict.fromkeys(
    (name for name in DEEP if name not in SUPERFICIAL or name in THROUGH), "deep"
)
"""Colours of muscles that differ from the usual one."""


@cache
def structure_shapes() -> Mapping[str, tuple[StructureShape, ...]]:
    """The shapes of all muscles and bones, by the id of their structure."""
    return {**reader.structure_shapes(), **COMPUTED}


def draw_bones(axes: Axes, sides: Iterable[str] = ("left", "right")) -> None:
    """Draw the bones of these sides, and over them those of the midline on a head without hair."""
    middle = {name for name in BONES if structure_shapes()[name][-1].whole}
    for side in sides:
        add_group(
            axes, f"bones-{side}", [_bone(name, side) for name in BONES if name not in middle]
        )
    structures = [_bone(name, "middle") for name in BONES if name in middle]
    add_group(axes, "bones-middle", [*_head(), *structures])


def draw_muscles(axes: Axes) -> None:
    """Draw superficial muscles on the left, deep ones on the right."""
    left = [_muscle(name, "left") for name in SUPERFICIAL]
    through = [_outlined(name, "left") for name in THROUGH]
    add_group(axes, "muscles", [*left, *through, *(_muscle(name, "right") for name in DEEP)])


def _head() -> list[Patch]:
    """A head without hair, and the neck over the edges between them."""
    head = PathPatch(symmetric(HEAD), facecolor=colour("skin"), edgecolor=colour("contour"))
    head.set_linewidth(1.2)
    return [head, PathPatch(Path(_NECK), facecolor=colour("skin"))]


def _bone(name: str, side: str) -> Group:
    return _structure(name, side, "bone")


def _muscle(name: str, side: str) -> Group:
    return _structure(name, side, _TONES.get(name, "muscle"))


def _structure(name: str, side: str, tone: str) -> Group:
    patches = [each for shape in structure_shapes()[name] for each in _patches(shape, side, tone)]
    return Group(f"structure-{name}-{side}", patches)


def _outlined(name: str, side: str) -> Group:
    """A structure seen through others: only its outline, dashed."""
    outlines = (points for shape in structure_shapes()[name] for points in shape.outlines)
    paths = [closed(_on(side, points)) for points in outlines]
    patch = stroked(paths, "fibre", 1.1, alpha=0.75, linestyle=(0, (3, 2)))
    return Group(f"through-{name}-{side}", [patch])


def _patches(shape: StructureShape, side: str, tone: str) -> list[Patch]:
    """The patches of a shape on a side, lowest first."""
    found = []
    if shape.bars:
        bars, width = _curves(shape.bars, side), POINTS_PER_UNIT * shape.width
        found += [stroked(bars, "fibre", width), stroked(bars, tone, width - 1.4)]
    if shape.outlines:
        paths = [
            symmetric(points) if shape.whole else closed(_on(side, points))
            for points in shape.outlines
        ]
        whole = Path.make_compound_path(*paths)
        edge = {"edgecolor": colour("fibre"), "linewidth": 0.8, "joinstyle": "round"}
        found.append(PathPatch(whole, facecolor=colour(tone), **edge))
    if shape.fibres:
        found.append(stroked(_fibres(shape, side), "fibre", 0.5, alpha=0.5))
    if shape.ridges:
        found.append(stroked(_curves(shape.ridges, side), "fibre", 0.7, alpha=0.7))
    return found


def _curves(lines: Iterable[Line], side: str) -> list[Path]:
    sides = ("left", "right") if side == "middle" else (side,)
    return [bezier(anatomy.smooth(_on(each, line))) for line in lines for each in sides]


def _fibres(shape: StructureShape, side: str) -> list[Path]:
    """The fibres of a shape, clipped to its outlines."""
    outlines = [closed(points) for points in shape.outlines]
    found = []
    for group in shape.fibres:
        for fibre in zip(*(spread(line, group.count) for line in group.across), strict=True):
            inside = _longest_inside(anatomy.along(fibre, step_cm=0.2), outlines)
            if len(inside) > 1:
                found.append(_fibre_path(_on(side, inside), len(fibre)))
    return found


def _fibre_path(places: Sequence[Point], lines: int) -> Path:
    """A path from the first place to the last: straight, or curved if there are middle lines."""
    if lines == 2:  # noqa: PLR2004
        return Path([places[0], places[-1]])
    return bezier(anatomy.smooth(spread(places, 4)))


def _longest_inside(places: Sequence[Point], outlines: Iterable[Path]) -> list[Point]:
    """The longest run of places inside an outline."""
    inside = np.any([outline.contains_points(places) for outline in outlines], axis=0)
    runs = groupby(zip(inside, places, strict=True), key=itemgetter(0))
    return max(
        ([place for _, place in run] for is_inside, run in runs if is_inside), key=len, default=[]
    )


def _on(side: str, points: Sequence[Point]) -> Sequence[Point]:
    return anatomy.mirrored(points) if side == "left" else points
