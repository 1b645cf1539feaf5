"""A history of answers as text, to take to another computer, and back."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)

from massage_workbook.answers.answer import Answer
from massage_workbook.store.database import StoreError
from massage_workbook.store.ledger import first_fault

FORMAT = "massage-workbook progress"
LARGEST = 32_000_000
"""Bytes that a history may have: those of more than 100,000 answers."""
DEEPEST = 20
"""Levels of lists and objects within each other that a history may have."""
YEARS = range(2000, 2200)
"""The years in which an answer can have been given."""
SKEW = timedelta(days=1)
"""How far the clocks of two computers may lie apart."""


def _of_our_time(at: datetime) -> datetime:
    if at.year not in YEARS:
        raise ValueError(f"year {at.year}: a year from {YEARS[0]} to {YEARS[-1]} belongs there")
    return at


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    at: Annotated[AwareDatetime, AfterValidator(_of_our_time)]
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


def to_text(answers: Iterable[Answer]) -> str:
    """All of the answers as JSON."""
    rows = [
        {
            "at": answer.at.astimezone(UTC).isoformat(),
            "topic": answer.topic,
            "question": answer.question,
            "response": answer.response,
            "score": answer.score,
            "sure": answer.sure,
            "seconds": answer.seconds,
        }
        for answer in answers
    ]
    return json.dumps({"format": FORMAT, "version": 1, "answers": rows}, indent=1) + "\n"


def from_text(text: str) -> list[Answer]:
    """The answers in a text that `to_text` made.

    Raises:
        StoreError: the text is none; it says where and why, and nothing is taken from it.
    """
    try:
        history = _History.model_validate(_read(text))
    except ValidationError as error:
        fault = first_fault(error, "the file")
        raise StoreError(f"This is no exported progress: {fault}.") from None
    except RecursionError:
        raise StoreError(f"This is no exported progress: {TOO_DEEP}.") from None
    except ValueError as error:
        raise StoreError(f"This is no exported progress: {error}.") from None
    return [
        Answer(**each.model_dump() | {"at": datetime.fromisoformat(each.at.isoformat())})
        for each in history.answers
    ]


TOO_DEEP = f"its lists and objects lie more than {DEEPEST} deep in each other"


def _read(text: str) -> object:
    """The values of a JSON text, within bounds.

    Raises:
        ValueError, RecursionError: it is no JSON, too large or too deep.
    """
    if len(text) > LARGEST:
        raise ValueError(f"it has {len(text):,} characters; {LARGEST:,} are the most")
    found = json.loads(text, parse_constant=_refuse_constant)
    level = [found]
    for _ in range(DEEPEST + 1):
        level = [each for one in level for each in _within(one)]
    if level:
        raise ValueError(TOO_DEEP)
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number that can be kept")


def _within(one: object) -> Iterable[object]:
    return one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


def by_the_clock(answers: Iterable[Answer], now: datetime) -> tuple[list[Answer], list[Answer]]:
    """Those answers that can have been given by `now`, and those of a later time."""
    given: tuple[list[Answer], list[Answer]] = [], []
    for answer in answers:
        given[answer.at > now + SKEW].append(answer)
    return given
