"""The scene at a moment of a movement: outlines of hands and tissue, in centimetres.

x goes to the right and y up. All scenes of a technique hold the same outlines in the same order,
each with the same number of points, so that a page can interpolate between two scenes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, sin
from typing import Literal

from massage_workbook.body.hand_shapes import Shape, mirrored
from massage_workbook.course.model import Point

Frame = tuple[float, float, float, float]
"""Left, right, bottom, top."""
Place = tuple[float, float, float]
"""Centimetres to the right and up, and a rotation in radians."""


def placed(shape: Shape, place: Place) -> Shape:
    """A shape turned about the origin and moved to its place."""
    right, up, turn = place
    c, s = cos(turn), sin(turn)
    return tuple((x * c - y * s + right, x * s + y * c + up) for x, y in shape)


def interpolated(one: Shape, other: Shape, share: float) -> Shape:
    """Each point interpolated between two shapes."""
    return tuple(
        (a + (c - a) * share, b + (d - b) * share)
        for (a, b), (c, d) in zip(one, other, strict=True)
    )


@dataclass(frozen=True)
class Band:
    """Tissue between two edges; a tick mark joins each point to that of the other edge."""

    kind: Literal["skin", "muscle", "bone"]
    edges: tuple[Shape, Shape]
    ticked: bool = True

    @property
    def ticks(self) -> Iterator[Shape]:
        """The marks, each from edge to edge."""
        return zip(*self.edges, strict=True)


@dataclass(frozen=True)
class Part:
    """A shape at its place: `shape` morphed into `into` by the share `mix`, mirrored if `flip`.

    `hand`, `behind` (a hand farther away), `bone`, `fold` (of muscle) and `glow` (the area that
    presses, seen through the hand) are closed outlines; `crease` is a line on a hand, `touch` the
    line of skin that a hand touches. `strength` is that of the pressure, 0-1.
    """

    kind: Literal["hand", "behind", "crease", "touch", "glow", "bone", "fold"]
    shape: Shape
    place: Place = (0, 0, 0)
    strength: float = 1
    into: Shape | None = None
    mix: float = 0
    flip: bool = False

    @property
    def outline(self) -> Shape:
        """The outline at its place."""
        shape = interpolated(self.shape, self.into or self.shape, self.mix)
        return placed(mirrored(shape) if self.flip else shape, self.place)


@dataclass(frozen=True)
class Scene:
    """Bands and parts, from back to front.

    `dot` is the position of the hand on its path over the skin (`illustration.trace`), `tips` are
    positions of the hands, for arrows from one scene to another.
    """

    frame: Frame
    from_above: bool
    bands: tuple[Band, ...]
    parts: tuple[Part, ...]
    tips: tuple[Point, ...]
    dot: Point = (0, 0)
