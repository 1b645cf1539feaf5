"""A stroke to draw on the back."""

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
from massage_workbook.questions.kind import Evaluation, Grade, Kind

_MAX_OFFSET_CM = 6
"""Tolerance of the ends of a stroke."""
_MAX_SLANT = 25
"""Tolerance of the direction, in degrees."""
_REVERSED = 135
"""Degrees from which on a stroke counts as reversed."""


class StrokeQuestion(Kind):
    """The path of a hand to draw: consecutive strokes of a technique."""

    kind: Literal["stroke"]
    technique: TechniqueId
    strokes: Annotated[tuple[Id, ...], Field(min_length=1)]
    response_type = TypeAdapter(
        Annotated[
            list[tuple[Annotated[float, Field(ge=-1, le=1)], Annotated[float, Field(ge=-1, le=2)]]],
            Field(min_length=2, max_length=2000),
        ]
    )
    is_textual: ClassVar[bool] = False
    plate: ClassVar[Literal["back"]] = "back"

    def evaluate(self, response: list[Point] | None, course: Course) -> Evaluation:
        """Start, direction and end count a third each; entering a keep-off zone counts 0."""
        technique = find_item("technique", self.technique, course.techniques)
        expected = self.path(course)
        if response is None:
            return Evaluation(0, answer=expected)
        if expected[0][0] > 0 and sum(u for u, _ in response) < 0:
            expected = list(anatomy.mirrored(expected))
        if response[0] == response[-1]:
            no_direction = "It ends where it began, so that it has no direction."
            return Evaluation(0, feedback=(no_direction,), answer=expected)
        parts = (
            _check_end("starts", response[0], expected[0], expected[-1], course.zones),
            _check_direction(response, expected),
            _check_end("ends", response[-1], expected[-1], expected[0], course.zones),
        )
        feedback = tuple(text for _, text in parts)
        if zone := _entered(response, technique, course.zones):
            warning = f"It goes into a place to keep off. {zone.name}: {zone.rule}"
            return Evaluation(0, feedback=(warning, *feedback), answer=expected)
        score = sum(fits for fits, _ in parts) / len(parts)
        return Evaluation(score, feedback=feedback, answer=expected)

    def path(self, course: Course) -> list[Point]:
        """The right path of the hand; of a path along one side, that on the right half."""
        technique = find_item("technique", self.technique, course.techniques)
        strokes = {stroke.id: stroke for stroke in technique.strokes}
        return [point for name in self.strokes for point in anatomy.along(strokes[name].points)]

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The transform from the back to its picture."""
        return {"frame": svg_transform()}

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """Where to draw, and the technique whose picture shows the answer."""
        return {
            "hint": "Draw it on the picture, or with a finger.",
            "right": "See the picture of its card",
            "technique": self.technique,
        }

    @model_validator(mode="after")
    def _strokes_exist(self, info: ValidationInfo) -> Self:
        for stroke in self.strokes:
            existing_id("stroke")(f"{self.technique}/{stroke}", info)
        return self


def _check_end(
    verb: str, drawn: Point, expected: Point, opposite: Point, zones: Sequence[Zone]
) -> tuple[bool, str]:
    """Whether an end is near its place, or in its zone, and nearer to it than to `opposite`."""
    off_cm = CM_PER_UNIT * dist(drawn, expected)
    here, there = _zone_at(drawn, zones), _zone_at(expected, zones)
    near = off_cm <= _MAX_OFFSET_CM or (here is not None and here == there)
    if near and dist(drawn, expected) <= dist(drawn, opposite):
        return True, f"It {verb} where it should."
    where = f"on “{there.name}”" if there else "at the mark"
    return False, f"It {verb} {off_cm:.0f} cm from its place, which is {where}."


def _zone_at(point: Point, zones: Sequence[Zone]) -> Zone | None:
    """The smallest zone around a point."""
    return min(anatomy.zones_at(point, zones), key=anatomy.area, default=None)


def _check_direction(drawn: Sequence[Point], expected: Sequence[Point]) -> tuple[bool, str]:
    """Whether the drawn heading, from the first to the last place, is right."""
    (x, y), (a, b) = _heading(drawn), _heading(expected)
    off = abs(degrees(atan2(a * y - b * x, a * x + b * y)))
    if off <= _MAX_SLANT:
        return True, "The direction is right."
    if off >= _REVERSED:
        return False, "It goes the other way round."
    return False, f"The direction is {off:.0f}° too far {_toward((x, y), (a, b), drawn)}."


def _heading(path: Sequence[Point]) -> Point:
    (u0, v0), (u1, v1) = path[0], path[-1]
    size = dist(path[0], path[-1])
    return (u1 - u0) / size, (v1 - v0) / size


def _toward(drawn: Point, expected: Point, path: Sequence[Point]) -> str:
    """The side to which a heading is off: up or down for one across the back, else in or out."""
    if abs(expected[0]) > abs(expected[1]):
        return "up" if drawn[1] < expected[1] else "down"
    outward = drawn[0] - expected[0] if sum(u for u, _ in path) >= 0 else expected[0] - drawn[0]
    return "away from the spine" if outward > 0 else "toward the spine"


def _entered(path: Sequence[Point], technique: Technique, zones: Sequence[Zone]) -> Zone | None:
    """The first zone on a path that is off limits for the technique."""
    closed = [
        zone
        for zone in zones
        if zone.id in technique.keep_off or not zone.ceiling.get(technique.motion)
    ]
    found = (anatomy.zones_at(place, closed) for place in anatomy.dense_points([path]))
    return next((zones[0] for zones in found if zones), None)
