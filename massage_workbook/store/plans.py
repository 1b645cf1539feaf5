"""Plans that the learner saved, by name, in one SQLite file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from massage_workbook.course.model import unknown_message
from massage_workbook.course.schema import BodyPosition, Course
from massage_workbook.files import make_file, make_folder
from massage_workbook.session import MAX_SECONDS, Part, Plan, PlanError, TechniqueChoice
from massage_workbook.store.database import Connection, Error, StoreError, opened, version_of
from massage_workbook.store.ledger import first_fault
from massage_workbook.troubles import UnknownError, in_words

VERSION = 1
TABLE = """CREATE TABLE IF NOT EXISTS plans (
    name TEXT PRIMARY KEY,
    at TEXT NOT NULL,      -- UTC, ISO 8601
    plan TEXT NOT NULL     -- JSON
)"""
NAME = 60
"""Characters of a name at most."""
OWN = "\x1f"
"""Begins the names of the workbook's own places: no learner can type it."""
TO_PRACTISE = f"{OWN}to practise"
"""Where the plan lies that is to be practised, whatever it is called."""
UNFINISHED = f"{OWN}unfinished"
"""Where the plan lies that is being shaped."""


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
    title: Annotated[str, StringConstraints(max_length=NAME)]
    position: BodyPosition = "prone"
    """Plans that were saved before there was a choice are for somebody who lies on the front."""
    parts: Annotated[list[_Part], Field(max_length=20)]


def to_text(plan: Plan, title: str) -> str:
    """A plan as JSON."""
    parts = [
        {
            "block": part.block,
            "seconds": part.seconds,
            "locked": part.locked,
            "choices": [
                {"technique": c.technique, "weight": c.weight, "side": c.side} for c in part.choices
            ],
        }
        for part in plan.parts
    ]
    made = {"format": "massage-workbook plan", "version": 1, "title": title}
    return json.dumps(made | {"position": plan.position, "parts": parts}, indent=1)


def from_text(text: str, course: Course) -> tuple[str, Plan]:
    """The title and the plan in a text that `to_text` made.

    Raises:
        StoreError: it is none, or names what the course does not have; it says where and why.
    """
    try:
        found = _Plan.model_validate(json.loads(text))
    except ValidationError as error:
        fault = first_fault(error, "the text")
        raise StoreError(f"This is no saved plan: {fault}.") from None
    except (ValueError, RecursionError) as error:
        raise StoreError(f"This is no saved plan: {error}.") from None
    try:
        return found.title, _plan(found, course)
    except PlanError as error:
        raise StoreError(f"This saved plan cannot be used: {error}.") from None


def _plan(found: _Plan, course: Course) -> Plan:
    """The plan, built as a learner would: what no learner can set is refused."""
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
    """The learner's plans in the file at `path`, which is made when the first one is saved."""

    def __init__(self, path: Path, course: Course) -> None:
        self.path, self._course = path, course

    def save(self, name: str, plan: Plan, at: datetime) -> Self:
        """Keep a plan under a name, in the place of an older one of that name.

        Raises:
            StoreError: the name is empty or too long, or the plan could not be kept.
        """
        name = " ".join(name.split())
        if not 1 <= len(name) <= NAME or not name.isprintable():
            raise StoreError(f"A name has 1 to {NAME} ordinary characters.")
        return self.lay(name, name, plan, at)

    def lay(self, place: str, title: str, plan: Plan, at: datetime) -> Self:
        """Keep a plan with its title in a place of the workbook's own, such as `TO_PRACTISE`.

        Raises:
            StoreError: the plan could not be kept.
        """
        with self._opened() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO plans VALUES (?, ?, ?)",
                (place, at.astimezone(UTC).isoformat(), to_text(plan, title)),
            )
        return self

    def names(self) -> list[str]:
        """The names that the learner gave, the newest first."""
        if not self.path.exists():
            return []
        with self._opened() as connection:
            rows = connection.execute("SELECT name FROM plans ORDER BY at DESC, name").fetchall()
        return [name for (name,) in rows if not name.startswith(OWN)]

    def open(self, name: str) -> tuple[str, Plan]:
        """The title and the plan of a name, or of a place of the workbook's own.

        Raises:
            LookupError: there is none of that name.
            StoreError: it is damaged, or the course no longer has what it names.
        """
        row = None
        if self.path.exists():
            with self._opened() as connection:
                row = connection.execute(
                    "SELECT plan FROM plans WHERE name = ?", (name,)
                ).fetchone()
        if row is None:
            raise UnknownError(unknown_message("saved plan", name, self.names()))
        return from_text(str(row[0]), self._course)

    def remove(self, name: str) -> Self:
        """Forget a plan; nothing happens if there is none of that name."""
        with self._opened() as connection:
            connection.execute("DELETE FROM plans WHERE name = ?", (name,))
        return self

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        try:
            make_folder(self.path.parent)
            make_file(self.path)
            with opened(self.path, VERSION) as connection:
                if version_of(connection) == 0:
                    connection.execute(TABLE)
                    connection.execute(f"PRAGMA user_version = {VERSION}")
                yield connection
        except (OSError, Error) as error:
            what = f"Your plans in {self.path} cannot be read or kept"
            raise StoreError(in_words(what, error, "The file was left as it is.")) from error
