"""The course and the learner's own answers as pandas tables, for notebooks with visible code."""

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

import pandas as pd

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.curve import knowledge_curve
from massage_workbook.answers.memory import concept
from massage_workbook.classroom import report
from massage_workbook.classroom.submission import Row, Submission
from massage_workbook.course.model import UnknownNameError, unknown_message
from massage_workbook.figures.sessions import timeline
from massage_workbook.questions import Question
from massage_workbook.session import Plan, make_steps, mmss, passes
from massage_workbook.store import minutes
from massage_workbook.widgets import quiz, widget


def techniques() -> pd.DataFrame:
    """A row for each technique: family, tempo a minute, force 0-10, seconds of a pass, passes."""
    return pd.DataFrame(
        {
            "id": each.id,
            "name": each.names.english,
            "family": each.family,
            "standing": each.standing,
            "per_minute_low": each.tempo.per_minute[0],
            "per_minute_high": each.tempo.per_minute[1],
            "force_low": each.pressure.range[0],
            "force_high": each.pressure.range[1],
            "pass_seconds": passes.seconds(each),
            "passes": each.passes.usual,
        }
        for each in widget.course().techniques
    )


def sessions() -> pd.DataFrame:
    """A row for each step of each ready-made session, as in `ReadyMade.steps`."""
    course = widget.course()
    return pd.concat(
        [
            _steps(Plan.of(session, course)).assign(session=session.id)
            for session in course.sessions
        ],
        ignore_index=True,
    )


def questions() -> pd.DataFrame:
    """A row for each question: topic, kind, concept, and whether it is critical."""
    return pd.DataFrame(
        {
            "id": each.id,
            "topic": topic.id,
            "kind": each.kind,
            "concept": concept(each),
            "critical": each.critical,
            "prompt": each.prompt,
        }
        for topic in widget.course().topics
        for each in topic.questions
    )


def answers() -> pd.DataFrame:
    """A row for each of your answers in order: time (UTC), response, score 0-1, seconds."""
    columns = [field.name for field in fields(Answer)]
    return pd.DataFrame(map(asdict, widget.progress().answers()), columns=columns)


def forgetting() -> pd.DataFrame:
    """A row for each day: the number of concepts that you can be expected to know.

    From today on, `known` is the forecast without more answers and `kept` with daily reviews.
    Before your first answer there are no rows.
    """
    now, progress = widget.now(), widget.progress()
    known = quiz.knowledge(widget.course(), progress, now)
    if not known.memories:
        return pd.DataFrame(columns=["known", "kept"], dtype=float)
    zone = now.astimezone().tzinfo
    around = knowledge_curve(widget.course(), known, minutes.chosen(progress), zone)
    days = pd.to_datetime(list(around.days))
    kept = pd.Series(around.with_review, index=days[around.today :])
    return pd.DataFrame({"known": pd.Series(around.known, index=days), "kept": kept})


def class_rows(folder: str | None = None) -> pd.DataFrame:
    """A row for each learner and question, from the exported files of a class in a folder.

    Without a folder, the class is invented.

    Raises:
        SubmissionError: a file is not a submission.
        OSError: the folder or a file cannot be read.
    """
    given = report.read_folder(Path(folder).expanduser()) if folder else _invented_class()
    return pd.DataFrame(
        {"pseudonym": each.pseudonym, "misled": row.misled, **row.model_dump()}
        for each in given
        for row in each.rows
    )


def _invented_class() -> Iterator[Submission]:
    """Thirty learners of different skill; questions with long prompts are hard."""
    chance = random.Random("class")  # noqa: S311
    day = widget.now().date()
    for number in range(30):
        skill = chance.uniform(30, 120)
        rows = []
        for topic in widget.course().topics:
            for each in topic.questions:
                known = chance.random() * len(each.prompt) < skill
                again = known or chance.random() < 0.7  # noqa: PLR2004
                error = "" if known else _invented_error(each, chance)
                scores = {"first": known, "latest": again, "error": error}
                rows.append(Row(question=each.id, topic=topic.id, day=day, **scores))
        yield Submission(pseudonym=f"{number:032x}", rows=tuple(rows))


def _invented_error(question: Question, chance: random.Random) -> str:
    """Sure or unsure, and with a chance of two thirds the first wrong option."""
    wrong = [each.id for each in getattr(question, "choices", ()) if not each.right]
    return ":".join([chance.choice(["sure", "unsure"]), *wrong[: chance.choice([1, 1, 0])]])


@dataclass(frozen=True)
class ReadyMade:
    """A session, which a notebook shows as its timeline."""

    plan: Plan

    def with_minutes(self, **blocks: float) -> Self:
        """The session with other minutes for some blocks: `with_minutes(kneading=8)`.

        Raises:
            PlanError: a block is unknown, or it or the session would be too short or too long.
        """
        plan = self.plan
        for block, minutes_of_it in blocks.items():
            plan = plan.with_block(block, round(60 * minutes_of_it))
        return type(self)(plan)

    @property
    def minutes(self) -> "pd.Series[float]":
        """Minutes by block."""
        return pd.Series(
            {part.block: part.seconds / 60 for part in self.plan.parts if part.seconds}
        )

    @property
    def steps(self) -> pd.DataFrame:
        """A row for each step: block, technique, side, passes, start and seconds."""
        return _steps(self.plan)

    def __str__(self) -> str:
        return f"a session of {mmss(self.plan.total)} minutes"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, str]:  # noqa: ANN401
        course = widget.course()
        blocks = {each.id: each for each in course.blocks}
        by_id = {each.id: each for each in course.techniques}
        steps = make_steps(self.plan, course)
        return timeline(self.plan, steps, blocks, by_id)._repr_mimebundle_(**options)


def ready_made(name: str) -> ReadyMade:
    """A ready-made session by its id, such as `"evening-20"`; `"20"` is `"standard-20"`.

    Raises:
        LookupError: there is no such session; the message suggests the nearest name.
    """
    course = widget.course()
    by_name = {each.id.removeprefix("standard-"): each for each in course.sessions}
    if found := by_name.get(name.removeprefix("standard-")):
        return ReadyMade(Plan.of(found, course))
    raise UnknownNameError(unknown_message("session", name, [*by_name]))


def _steps(plan: Plan) -> pd.DataFrame:
    columns = "block", "technique", "side", "passes", "start", "seconds"
    return pd.DataFrame(
        {name: getattr(step, name) for name in columns}
        for step in make_steps(plan, widget.course())
    )
