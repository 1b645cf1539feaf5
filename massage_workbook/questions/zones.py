"""Zones to mark on the back."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from massage_workbook.body.zones import top_down
from massage_workbook.course import Course
from massage_workbook.course.model import ZoneId
from massage_workbook.course.schema import Zone
from massage_workbook.questions.choices import (
    BaseChoice,
    ChoiceKind,
    choices_for_print,
    require_right_choice,
)
from massage_workbook.questions.kind import Grade


class ZoneChoice(BaseChoice):
    """A zone that may be marked on the back."""

    id: ZoneId


class ZonesQuestion(ChoiceKind):
    """Zones to mark on the back; only the choices can be marked."""

    kind: Literal["zones"]
    choices: Annotated[tuple[ZoneChoice, ...], Field(min_length=2)]
    is_textual: ClassVar[bool] = False
    plate: ClassVar[Literal["zones"]] = "zones"

    def controls(self, seed: int, course: Course) -> dict[str, Any]:
        """The zones that can be marked, from the top down."""
        zones = top_down(self.to_mark(course))
        return {"zones": [{"id": zone.id, "text": zone.name} for zone in zones]}

    def to_mark(self, course: Course) -> tuple[Zone, ...]:
        """The zones of the course that can be marked."""
        wanted = {choice.id for choice in self.choices}
        return tuple(zone for zone in course.zones if zone.id in wanted)

    def printed(self, controls: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
        """The zones with letters."""
        hint = "Mark them, or name them."
        return {"hint": hint, **choices_for_print(controls["zones"], grade)}

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        require_right_choice(self.choices)
        return self
