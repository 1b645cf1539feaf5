"""Export answers as JSON, and import them on another computer."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from massage_workbook.answers.answer import Answer
from massage_workbook.store.database import StoreError
from massage_workbook.store.ledger import first_error
from massage_workbook.store.practices import Practice, as_answer

FORMAT = "massage-workbook progress"
LARGEST = 32_000_000
"""Maximum bytes of a file, enough for more than 100,000 answers."""
_DEEPEST = 20
"""Maximum nesting of lists and objects."""
_YEARS = range(2000, 2200)
"""The plausible years of an answer."""
_CLOCK_SKEW = timedelta(days=1)
"""Tolerated difference between the clocks of two computers."""


def _plausible_year(at: datetime) -> datetime:
    if at.year not in _YEARS:
        raise ValueError(f"the year {at.year} is not from {_YEARS[0]} to {_YEARS[-1]}")
    return at


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    at: Annotated[AwareDatetime, AfterValidator(_plausible_year)]
    topic: Annotated[str, Field(min_length=1, max_length=200)]
    question: Annotated[str, Field(min_length=1, max_length=200)]
    response: Any
    score: Annotated[float, Field(ge=0, le=1)]
    sure: bool
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _History(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["massage-workbook progress"]
    version: Literal[1]
    answers: list[_Answer]
    practices: list[Practice] = []


def to_text(answers: Iterable[Answer]) -> str:
    """Answers as JSON."""
    rows = [asdict(each) | {"at": each.at.astimezone(UTC).isoformat()} for each in answers]
    return json.dumps({"format": FORMAT, "version": 1, "answers": rows}, indent=1) + "\n"


def from_text(text: str) -> list[Answer]:
    """The answers in a text written by `to_text`, or the practices that a page saved in a file.

    Raises:
        StoreError: the text is invalid; the message says where and why.
    """
    try:
        history = _History.model_validate(_parse(text))
    except ValidationError as error:
        fault = first_error(error, "the file")
        raise StoreError(f"This is not exported progress: {fault}.") from None
    except (RecursionError, ValueError) as error:
        fault = _TOO_DEEP if isinstance(error, RecursionError) else error
        raise StoreError(f"This is not exported progress: {fault}.") from None
    given = (
        Answer(**each.model_dump() | {"at": datetime.fromisoformat(each.at.isoformat())})
        for each in history.answers
    )
    return [*given, *(as_answer(each) for each in history.practices)]


_TOO_DEEP = f"its lists and objects are nested more than {_DEEPEST} deep"


def _parse(text: str) -> object:
    """Parse JSON of limited size and depth.

    Raises:
        ValueError, RecursionError: it is not JSON, too large or too deep.
    """
    if len(text) > LARGEST:
        raise ValueError(f"it has {len(text):,} characters; at most {LARGEST:,} are allowed")
    found = json.loads(text, parse_constant=_refuse_constant)
    level = [found]
    for _ in range(_DEEPEST + 1):
        level = [each for one in level for each in _children(one)]
    if level:
        raise ValueError(_TOO_DEEP)
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a finite number")


def _children(one: object) -> Iterable[object]:
    return one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


def split_by_clock(answers: Iterable[Answer], now: datetime) -> tuple[list[Answer], list[Answer]]:
    """Split answers into those given by `now`, and those dated later."""
    given: tuple[list[Answer], list[Answer]] = [], []
    for answer in answers:
        given[answer.at > now + _CLOCK_SKEW].append(answer)
    return given
