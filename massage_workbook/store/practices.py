"""Practices: what was done with the hands, kept among the answers and as safe as they are."""

from dataclasses import asdict, dataclass, field, replace
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
from massage_workbook.store.ledger import first_fault
from massage_workbook.store.progress import Progress

TOPIC = "practice"
"""The topic under which practices stand; no question has it."""
LONGEST = 4 * 60 * 60
"""Seconds that a practice can take, with all that was gone back to."""
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
"""There was no workbook before."""


class PracticeError(ValueError):
    """What a page reported is no practice; the message says what is wrong with it."""


@dataclass(frozen=True)
class Practice:
    """A plan carried out, or a part of it.

    `id` was made by the page, `at` is when it began (UTC), `planned` the seconds of the plan,
    `seconds` those practised, in all and by the id of a technique. `comfort` is how it felt to the
    person lying down, 0-10; `spots` are ids of zones, or plain words.
    """

    id: str
    at: datetime
    plan: str
    planned: int
    seconds: float
    techniques: dict[str, float] = field(hash=False)
    finished: bool
    comfort: int | None = None
    spots: tuple[str, ...] = ()
    note: str = ""

    @property
    def share(self) -> float:
        """How much of the plan was done, 0-1."""
        return 1.0 if self.finished else min(1.0, self.seconds / self.planned)


Seconds = Annotated[float, Field(ge=0, le=LONGEST, allow_inf_nan=False)]
Words = StringConstraints(strip_whitespace=True, min_length=1, max_length=120)


class _Told(BaseModel):
    """A practice as plain values, each within its bounds."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^practice-[0-9a-f-]{16,64}$")]
    at: AwareDatetime
    plan: Annotated[str, Words]
    planned: Annotated[int, Strict(), Field(ge=1, le=LONGEST)]
    seconds: Seconds
    techniques: Annotated[dict[str, Seconds], Field(max_length=100)]
    finished: Annotated[bool, Strict()]
    comfort: Annotated[int, Strict(), Field(ge=0, le=10)] | None = None
    spots: Annotated[tuple[Annotated[str, Words], ...], Field(max_length=40)] = ()
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""

    @field_validator("at")
    @classmethod
    def _is_of_our_time(cls, at: datetime) -> datetime:
        if at < FIRST:
            raise ValueError(f"there was no workbook in {at.year}")
        return at

    @field_validator("techniques")
    @classmethod
    def _add_up(cls, techniques: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        for name in techniques:
            if info.context is not None and name not in info.context:
                raise ValueError(unknown_message("technique", name, info.context))
        if abs(sum(techniques.values()) - info.data.get("seconds", 0)) > 1:
            raise ValueError("the seconds of the techniques do not add up to those practised")
        return techniques


def heard(told: object, course: Course, now: datetime) -> Practice:
    """The practice that a page reported; one that claims to begin later than `now` began now.

    Raises:
        PracticeError: it is none.
    """
    try:
        practice = _practice(told, {technique.id for technique in course.techniques})
    except ValidationError as error:
        fault = first_fault(error, "what was sent")
        raise PracticeError(f"This practice cannot be kept: {fault}.") from None
    return replace(practice, at=min(practice.at, now))


def _practice(told: object, techniques: set[str] | None) -> Practice:
    checked = _Told.model_validate(told, context=techniques)
    return Practice(**checked.model_dump() | {"at": checked.at.astimezone(UTC)})


class Practices:
    """The practices among a learner's answers."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def record(self, practice: Practice) -> None:
        """Keep a practice; when this returns it is on the disk.

        One that is there already is not written twice. One with the same id that says more, such
        as how it felt, stands in its place from then on.

        Raises:
            StoreError: it could not be kept.
        """
        before = [each for each in self._rows() if each.id == practice.id]
        if before:  # it began once, whatever the clock says by now
            practice = replace(practice, at=before[0].at)
        if practice not in before:
            self._progress.record(_answer(practice))

    def all(self) -> list[Practice]:
        """Every practice as it was last told, the first one first.

        Raises:
            StoreError: they cannot be read.
        """
        return list({each.id: each for each in self._rows()}.values())

    def _rows(self) -> list[Practice]:
        """All that was ever told; what an imported history has under this topic may be anything."""
        found = []
        for answer in self._progress.answers(TOPIC):
            told: Any = answer.response
            if isinstance(told, dict):
                try:
                    found.append(_practice(told | {"at": answer.at}, None))
                except ValidationError:
                    continue
        return found


def _answer(practice: Practice) -> Answer:
    told = asdict(practice) | {"spots": list(practice.spots)}
    del told["at"]
    return Answer(
        at=practice.at,
        topic=TOPIC,
        question=practice.id,
        response=told,
        score=practice.share,
        sure=True,
        seconds=practice.seconds,
    )
