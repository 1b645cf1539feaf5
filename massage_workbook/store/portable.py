"""A history of answers as text, to take to another computer, and back."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from massage_workbook.store.ledger import Answer, StoreError, first_fault

FORMAT = "massage-workbook progress"


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    at: AwareDatetime
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
        history = _History.model_validate(json.loads(text))
    except ValidationError as error:
        fault = first_fault(error, "the file")
        raise StoreError(f"This is no exported progress: {fault}.") from None
    except (ValueError, RecursionError) as error:
        raise StoreError(f"This is no exported progress: {error}.") from None
    return [
        Answer(**each.model_dump() | {"at": datetime.fromisoformat(each.at.isoformat())})
        for each in history.answers
    ]
