"""The learner's plans, by name, in one SQLite file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from massage_workbook.course.model import unknown_message
from massage_workbook.course.schema import BodyPosition, Course
from massage_workbook.errors import UnknownNameError, reporting
from massage_workbook.files import create_file, make_folder
from massage_workbook.session import MAX_SECONDS, Part, Plan, PlanError, TechniqueChoice
from massage_workbook.store.database import (
    Connection,
    Error,
    StoreError,
    schema_version,
    transaction,
)
from massage_workbook.store.ledger import first_error

VERSION = 1
TABLE = """CREATE TABLE IF NOT EXISTS plans (
    name TEXT PRIMARY KEY,
    at TEXT NOT NULL,      -- UTC, ISO 8601
    plan TEXT NOT NULL     -- JSON
)"""
_LONGEST_NAME = 60
"""Maximum characters of a name."""
_RESERVED = "\x1f"
"""Prefix of the workbook's own slots, which no learner can type."""
TO_PRACTISE = f"{_RESERVED}to practise"
"""The slot of the plan to practise."""
UNFINISHED = f"{_RESERVED}unfinished"
"""The slot of the plan being edited."""


class _Choice(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    technique: Annotated[str, StringConstraints(max_length=100)]
    weight: Annotated[int, Field(ge=1, le=5)]
    side: Literal["both", "left", "right"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    block: Annotated[str, StringConstraints(max_length=100)]
    seconds: Annotated[int, Field(ge=0, le=MAX_SECONDS)]
    locked: bool
    choices: Annotated[list[_Choice], Field(max_length=50)]


class _Plan(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal["massage-workbook plan"]
    version: Literal[1]
    title: Annotated[str, StringConstraints(max_length=_LONGEST_NAME)]
    position: BodyPosition = "prone"
    """Absent in plans saved before there was a choice."""
    parts: Annotated[list[_Part], Field(max_length=20)]


def to_text(plan: Plan, title: str) -> str:
    """A plan as JSON."""
    parts = [asdict(part) for part in plan.parts]
    made = {
        "format": "massage-workbook plan",
        "version": 1,
        "title": title,
        "position": plan.position,
        "parts": [{name: part[name] for name in _Part.model_fields} for part in parts],
    }
    return json.dumps(made, indent=1)


def from_text(text: str, course: Course) -> tuple[str, Plan]:
    """The title and the plan in a text written by `to_text`.

    Raises:
        StoreError: the text is invalid, or names something that the course does not have.
    """
    try:
        found = _Plan.model_validate(json.loads(text))
    except ValidationError as error:
        fault = first_error(error, "the text")
        raise StoreError(f"This is not a saved plan: {fault}.") from None
    except (ValueError, RecursionError) as error:
        raise StoreError(f"This is not a saved plan: {error}.") from None
    try:
        return found.title, _plan(found, course)
    except PlanError as error:
        raise StoreError(f"This saved plan cannot be used: {error}.") from None


def _plan(found: _Plan, course: Course) -> Plan:
    """Build the plan through the planner's own operations, which refuse invalid settings."""
    techniques = {each.id: each for each in course.techniques}
    alike = next(each for each in course.sessions if each.position == found.position)
    whole = Plan.of(alike, course)
    plan = whole.in_order([part.block for part in found.parts])
    for part in found.parts:
        if part.seconds and not part.choices:
            raise PlanError(f"{part.block} has no techniques")
        for choice in part.choices:
            if choice.technique not in techniques:
                raise PlanError(unknown_message("technique", choice.technique, techniques))
            plan.with_technique(
                part.block, techniques[choice.technique], choice.weight, choice.side
            )
    plan = replace(plan, parts=tuple(map(_part, found.parts, plan.parts)))
    for part in plan.parts:
        plan.unlocked(part.block).with_block(part.block, part.seconds)
    return plan


def _part(part: _Part, bounds: Part) -> Part:
    choices = tuple(TechniqueChoice(c.technique, c.weight, c.side) for c in part.choices)
    return replace(
        bounds,
        seconds=part.seconds,
        baseline=part.seconds,
        weight=Fraction(part.seconds),
        locked=part.locked,
        choices=choices,
        most=bounds.most if choices else 0,
    )


class Plans:
    """The learner's plans in the file at `path`, which the first `save` creates."""

    def __init__(self, path: Path, course: Course) -> None:
        self.path, self._course = path, course

    def save(self, name: str, plan: Plan, at: datetime) -> Self:
        """Save a plan under a name, replacing any older one.

        Raises:
            StoreError: the name is empty or too long, or the plan could not be saved.
        """
        name = " ".join(name.split())
        if not 1 <= len(name) <= _LONGEST_NAME or not name.isprintable():
            raise StoreError(f"A name has 1 to {_LONGEST_NAME} printable characters.")
        return self.save_in_slot(name, name, plan, at)

    def save_in_slot(self, slot: str, title: str, plan: Plan, at: datetime) -> Self:
        """Save a plan with its title in a slot of the workbook, such as `TO_PRACTISE`.

        Raises:
            StoreError: the plan could not be saved.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO plans VALUES (?, ?, ?)",
                (slot, at.astimezone(UTC).isoformat(), to_text(plan, title)),
            )
        return self

    def names(self) -> list[str]:
        """The names given by the learner, the newest first."""
        if not self.path.exists():
            return []
        with self._transaction() as connection:
            rows = connection.execute("SELECT name FROM plans ORDER BY at DESC, name").fetchall()
        return [name for (name,) in rows if not name.startswith(_RESERVED)]

    def open(self, name: str) -> tuple[str, Plan]:
        """The title and the plan saved under a name or in a slot.

        Raises:
            LookupError: there is no plan of that name.
            StoreError: it is damaged, or the course no longer has something that it names.
        """
        row = None
        if self.path.exists():
            with self._transaction() as connection:
                row = connection.execute(
                    "SELECT plan FROM plans WHERE name = ?", (name,)
                ).fetchone()
        if row is None:
            raise UnknownNameError(unknown_message("saved plan", name, self.names()))
        return from_text(str(row[0]), self._course)

    def remove(self, name: str) -> Self:
        """Remove a plan, if there is one of that name."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM plans WHERE name = ?", (name,))
        return self

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        what = f"Your plans in {self.path} cannot be read or saved"
        with reporting(StoreError, what, "The file is unchanged.", catch=(OSError, Error)):
            make_folder(self.path.parent)
            create_file(self.path)
            with transaction(self.path, VERSION) as connection:
                if schema_version(connection) == 0:
                    connection.execute(TABLE)
                    connection.execute(f"PRAGMA user_version = {VERSION}")
                yield connection
