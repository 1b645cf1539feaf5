"""The submission of a learner to a teacher: a row for each question, as CSV, without health data.

A row has the ids of question and topic, first and latest score, the type of error of the first
answer, and the day of the latest one. Responses, practices, plans and the screening are not read
for it, nor questions that a learner imported, whose ids may be anything.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, tzinfo
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.statistics import First, wrong_options
from massage_workbook.course import Course
from massage_workbook.errors import UserError
from massage_workbook.questions import Question

LARGEST = 1_000_000
"""Maximum bytes of a file, enough for ten times as many questions as the course has."""
PSEUDONYM = re.compile("[0-9a-f]{32}")
_Id = Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
_Score = Annotated[float, Field(ge=0, le=1)]


class SubmissionError(UserError):
    """An invalid submission; the message names the line and what would be right."""


class Row(BaseModel):
    """The scores of a learner on a question.

    `error` is empty if the first answer was right, else `sure` or `unsure`, as the learner was,
    with the ids of the wrong options: `sure:up:down`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: _Id
    topic: _Id
    first: _Score
    latest: _Score
    error: Annotated[str, Field(pattern="^((sure|unsure)(:[a-z0-9-]+)*)?$", max_length=2000)]
    day: date

    @property
    def misled(self) -> bool:
        """Whether the learner was sure of a wrong answer."""
        return self.error.split(":")[0] == "sure"

    def first_answer(self) -> First:
        """The first answer, for statistics."""
        return First(self.first, tuple(self.error.split(":")[1:]))


COLUMNS = ("pseudonym", *Row.model_fields)


class Submission(BaseModel):
    """The rows of a learner under a pseudonym, 32 hexadecimal digits."""

    model_config = ConfigDict(frozen=True)

    pseudonym: str
    rows: tuple[Row, ...]

    @classmethod
    def of(
        cls, pseudonym: str, answers: Iterable[Answer], course: Course, zone: tzinfo | None
    ) -> Self:
        """Reduce a learner's answers; `zone` is where the learner's days begin and end."""
        asked = {
            question.id: (topic.id, question)
            for topic in course.topics
            if not topic.origin
            for question in topic.questions
        }
        given: dict[str, list[Answer]] = {}
        for answer in sorted(answers, key=lambda each: each.at):
            if answer.question in asked:
                given.setdefault(answer.question, []).append(answer)
        rows = (
            Row(
                question=name,
                topic=asked[name][0],
                first=first.score,
                latest=each[-1].score,
                error=_error(asked[name][1], first, course),
                day=each[-1].at.astimezone(zone).date(),
            )
            for name, each in given.items()
            for first in each[:1]
        )
        return cls(pseudonym=pseudonym, rows=tuple(rows))

    def to_text(self) -> str:
        """The submission as CSV."""
        text = io.StringIO()
        lines = ([self.pseudonym, *map(_cell, row.model_dump().values())] for row in self.rows)
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *lines])
        return text.getvalue()


def _cell(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


def _error(question: Question, first: Answer, course: Course) -> str:
    if first.score == 1:
        return ""
    return ":".join(["sure" if first.sure else "unsure", *wrong_options(question, first, course)])


def from_text(text: str, name: str) -> Submission:
    """Read a submission; `name` is that of its file.

    Raises:
        SubmissionError: it is not a submission.
    """
    try:
        header, *lines = [*csv.reader(text.splitlines())] or [[]]
    except csv.Error as error:
        raise SubmissionError(f"{name}: is not CSV: {error}") from None
    if tuple(header) != COLUMNS:
        raise SubmissionError(f"{name}:1: the first line of a submission is {','.join(COLUMNS)}")
    rows = tuple(_row(line, f"{name}:{number}") for number, line in enumerate(lines, start=2))
    pseudonyms = {line[0] for line in lines}
    if len(pseudonyms) != 1 or not PSEUDONYM.fullmatch(*pseudonyms):
        raise SubmissionError(f"{name}: all rows have one pseudonym, of 32 hexadecimal digits")
    if len({row.question for row in rows}) < len(rows):
        raise SubmissionError(f"{name}: has two rows for a question; a question has one row")
    return Submission(pseudonym=pseudonyms.pop(), rows=rows)


def _row(line: list[str], place: str) -> Row:
    if len(line) != len(COLUMNS):
        raise SubmissionError(f"{place}: has {len(line)} fields; a row has {len(COLUMNS)}")
    try:
        return Row.model_validate(dict(zip(COLUMNS[1:], line[1:], strict=True)))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise SubmissionError(f"{place}: {first['loc'][0]}: {first['msg']}") from None
