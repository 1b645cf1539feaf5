"""Practice sessions, stored in the answers' table as rows of their own topic."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from massage_workbook.answers.answer import Answer
from massage_workbook.course.model import unknown_message
from massage_workbook.course.schema import Course
from massage_workbook.store.ledger import first_error
from massage_workbook.store.progress import Progress

TOPIC = "practice"
"""The topic of practices; no question has it."""
LONGEST = 4 * 60 * 60
"""Maximum seconds of a practice, repeated steps included."""
_EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""The earliest plausible start."""


class PracticeError(ValueError):
    """A page reported an invalid practice; the message says what is wrong with it."""


_Seconds = Annotated[float, Field(ge=0, le=LONGEST, allow_inf_nan=False)]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Practice(BaseModel):
    """A plan that was carried out, wholly or in part, as a page reports it.

    `id` comes from the page, `at` is the start (UTC), `planned` the seconds of the plan, `seconds`
    those practised in total, `techniques` by technique id. `comfort` is the receiver's rating,
    0-10; `spots` are zone ids or free text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^practice-[0-9a-f-]{16,64}$")]
    at: AwareDatetime
    plan: _Words
    planned: Annotated[int, Strict(), Field(ge=1, le=LONGEST)]
    seconds: _Seconds
    techniques: Annotated[dict[str, _Seconds], Field(max_length=100)]
    finished: Annotated[bool, Strict()]
    comfort: Annotated[int, Strict(), Field(ge=0, le=10)] | None = None
    spots: Annotated[tuple[_Words, ...], Field(max_length=40)] = ()
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""

    @field_validator("at")
    @classmethod
    def _plausible_date(cls, at: datetime) -> datetime:
        if at < _EARLIEST:
            raise ValueError(f"the year {at.year} is before the workbook existed")
        return at.astimezone(UTC)

    @field_validator("techniques")
    @classmethod
    def _add_up(cls, techniques: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        for name in techniques:
            if info.context is not None and name not in info.context:
                raise ValueError(unknown_message("technique", name, info.context))
        if abs(sum(techniques.values()) - info.data.get("seconds", 0)) > 1:
            raise ValueError("the seconds of the techniques do not add up to the total")
        return techniques

    @property
    def share(self) -> float:
        """The fraction of the plan that was carried out, 0-1."""
        return 1.0 if self.finished else min(1.0, self.seconds / self.planned)


def parse_practice(reported: object, course: Course, now: datetime) -> Practice:
    """Validate the practice that a page reported; a start after `now` becomes `now`.

    Raises:
        PracticeError: it is invalid.
    """
    try:
        practice = Practice.model_validate(reported, context={t.id for t in course.techniques})
    except ValidationError as error:
        fault = first_error(error, "the record")
        raise PracticeError(f"This practice cannot be saved: {fault}.") from None
    return practice.model_copy(update={"at": min(practice.at, now)})


class Practices:
    """The learner's practices, stored through `progress`."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def record(self, practice: Practice) -> None:
        """Save a practice; when this returns it is on the disk.

        An identical one is not written again. A later version with the same id, such as one with
        a comfort rating, supersedes the earlier.

        Raises:
            StoreError: it could not be saved.
        """
        before = [each for each in self._rows() if each.id == practice.id]
        if before:  # a corrected clock does not move the start
            practice = practice.model_copy(update={"at": before[0].at})
        if practice not in before:
            self.progress.record(as_answer(practice))

    def all(self) -> list[Practice]:
        """The latest version of every practice, in order of first record.

        Raises:
            StoreError: they cannot be read.
        """
        return list({each.id: each for each in self._rows()}.values())

    def _rows(self) -> list[Practice]:
        """All versions recorded; invalid rows of an imported history are skipped."""
        found = []
        for answer in self.progress.answers(TOPIC):
            reported: Any = answer.response
            if isinstance(reported, dict):
                try:
                    found.append(Practice.model_validate(reported | {"at": answer.at}))
                except ValidationError:
                    continue
        return found


def as_answer(practice: Practice) -> Answer:
    """The row of a practice among the answers."""
    reported = practice.model_dump(exclude={"at"}) | {"spots": list(practice.spots)}
    return Answer(
        at=practice.at,
        topic=TOPIC,
        question=practice.id,
        response=reported,
        score=practice.share,
        sure=True,
        seconds=practice.seconds,
    )
