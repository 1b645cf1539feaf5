"""The way of a hand to draw."""

from collections.abc import Mapping, Sequence
from math import atan2, degrees, dist
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, TypeAdapter, ValidationInfo, model_validator

from massage_workbook.body import anatomy
from massage_workbook.body.frame import svg_transform
from massage_workbook.course import Course
from massage_workbook.course.model import (
    CM_PER_UNIT,
    Id,
    Point,
    TechniqueId,
    existing_id,
    find_item,
)
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.questions.kind import Grade, Graded, Kind

REACH_CM = 6
"""How far from its true place a stroke may start and end."""
LEAN = 25
"""Degrees that a stroke's direction may be off."""
REVERSED = 135
"""Degrees from which on a stroke goes the other way."""


class StrokeQuestion(Kind):
    """The way of a hand to draw: strokes of a technique that go on from one another."""

    kind: Literal["stroke"]
    technique: TechniqueId
    strokes: Annotated[tuple[Id, ...], Field(min_length=1)]
    response = TypeAdapter(
        Annotated[
            list[tuple[Annotated[float, Field(ge=-1, le=1)], Annotated[float, Field(ge=-1, le=2)]]],
            Field(min_length=2, max_length=2000),
        ]
    )
    in_words: ClassVar[bool] = False
    plate: ClassVar[Literal["back"]] = "back"

    def graded(self, given: list[Point] | None, course: Course) -> Graded:
        """Start, direction and end count a third each; nothing does if it enters a keep-off."""
        technique = find_item("technique", self.technique, course.techniques)
        wanted = self.way(course)
        if given is None:
            return 0.0, (), (), wanted
        if wanted[0][0] > 0 and sum(u for u, _ in given) < 0:
            wanted = list(anatomy.mirrored(wanted))
        if given[0] == given[-1]:
            return 0.0, (), ("It ends where it began, so that it has no direction.",), wanted
        parts = (
            _on_place("starts", given[0], wanted[0], wanted[-1], course.zones),
            _on_direction(given, wanted),
            _on_place("ends", given[-1], wanted[-1], wanted[0], course.zones),
        )
        says = tuple(text for _, text in parts)
        if zone := _entered(given, technique, course.zones):
            off = f"It goes into a place to keep off. {zone.name}: {zone.rule}"
            return 0.0, (), (off, *says), wanted
        return sum(fits for fits, _ in parts) / len(parts), (), says, wanted

    def way(self, course: Course) -> list[Point]:
        """The true way of the hand, on the right half where it goes along one side."""
        technique = find_item("technique", self.technique, course.techniques)
        strokes = {stroke.id: stroke for stroke in technique.strokes}
        return [point for name in self.strokes for point in anatomy.along(strokes[name].points)]

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """How a place of the back lies in its picture."""
        return {"frame": svg_transform()}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """Where to draw it, and whose picture shows it."""
        return {
            "hint": "Draw it on the picture, or with a finger.",
            "right": "See the picture of its card",
            "technique": self.technique,
        }

    @model_validator(mode="after")
    def _exist(self, info: ValidationInfo) -> Self:
        for stroke in self.strokes:
            existing_id("stroke")(f"{self.technique}/{stroke}", info)
        return self


def _on_place(
    verb: str, drawn: Point, wanted: Point, opposite: Point, zones: Sequence[Zone]
) -> tuple[bool, str]:
    """Whether an end of the way is near enough to its place, or in its zone, and not the other."""
    far = CM_PER_UNIT * dist(drawn, wanted)
    here, there = _zone_at(drawn, zones), _zone_at(wanted, zones)
    near = far <= REACH_CM or (here is not None and here == there)
    if near and dist(drawn, wanted) <= dist(drawn, opposite):
        return True, f"It {verb} where it should."
    where = f"on “{there.name}”" if there else "at the mark"
    return False, f"It {verb} {far:.0f} cm from its place, which is {where}."


def _zone_at(point: Point, zones: Sequence[Zone]) -> Zone | None:
    """The smallest zone that holds a point."""
    return min(anatomy.zones_at(point, zones), key=anatomy.area, default=None)


def _on_direction(drawn: Sequence[Point], wanted: Sequence[Point]) -> tuple[bool, str]:
    """How the drawn heading, from first to last place, lies to the wanted one."""
    (x, y), (a, b) = _heading(drawn), _heading(wanted)
    off = abs(degrees(atan2(a * y - b * x, a * x + b * y)))
    if off <= LEAN:
        return True, "The direction is right."
    if off >= REVERSED:
        return False, "It goes the other way round."
    return False, f"The direction is {off:.0f}° too far {_toward((x, y), (a, b), drawn)}."


def _heading(way: Sequence[Point]) -> Point:
    (u0, v0), (u1, v1) = way[0], way[-1]
    size = dist(way[0], way[-1])
    return (u1 - u0) / size, (v1 - v0) / size


def _toward(drawn: Point, wanted: Point, way: Sequence[Point]) -> str:
    """In words, to which side a heading strays: along the back up or down, else in or out."""
    if abs(wanted[0]) > abs(wanted[1]):
        return "up" if drawn[1] < wanted[1] else "down"
    outward = drawn[0] - wanted[0] if sum(u for u, _ in way) >= 0 else wanted[0] - drawn[0]
    return "away from the spine" if outward > 0 else "toward the spine"


def _entered(way: Sequence[Point], technique: Technique, zones: Sequence[Zone]) -> Zone | None:
    """The first zone on a way in which the technique has nothing to do."""
    kept = [
        zone
        for zone in zones
        if zone.id in technique.keep_off or not zone.ceiling.get(technique.motion)
    ]
    found = (anatomy.zones_at(place, kept) for place in anatomy.dense_points([way]))
    return next((zones[0] for zones in found if zones), None)
