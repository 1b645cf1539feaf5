"""The course and the learner's own answers as pandas tables, for notebooks with visible code."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

import pandas as pd

from massage_workbook.answers.answer import Answer
from massage_workbook.course import Course
from massage_workbook.course.model import UnknownNameError, unknown_message
from massage_workbook.session import Plan, make_steps, passes
from massage_workbook.store import Progress
from massage_workbook.widgets import widget


def table(name: str) -> pd.DataFrame:
    """The table `"techniques"`, `"sessions"`, `"questions"` or, of this learner, `"answers"`.

    Raises:
        LookupError: there is none of that name; the message suggests the nearest.
    """
    of_course = {"techniques": techniques, "sessions": sessions, "questions": questions}
    if name == "answers":
        return answers(widget.progress())
    if name not in of_course:
        raise UnknownNameError(unknown_message("table", name, [*of_course, "answers"]))
    return of_course[name](widget.course())


def techniques(course: Course) -> pd.DataFrame:
    """A row a technique: family, movements a minute, force 0-10, seconds of a pass, passes."""
    return _table(
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
        for each in course.techniques
    )


def sessions(course: Course) -> pd.DataFrame:
    """A row a step of a ready-made session: block, technique, side, passes, start and seconds."""
    return _table(
        {
            "session": session.id,
            "block": step.block,
            "technique": step.technique,
            "side": step.side,
            "passes": step.passes,
            "start": step.start,
            "seconds": step.seconds,
        }
        for session in course.sessions
        for step in make_steps(Plan.of(session, course), course)
    )


def questions(course: Course) -> pd.DataFrame:
    """A row a question: topic, kind, the first concept that it is about, whether it is critical."""
    return _table(
        {
            "id": each.id,
            "topic": topic.id,
            "kind": each.kind,
            "concept": each.about[0],
            "critical": each.critical,
            "prompt": each.prompt,
        }
        for topic in course.topics
        for each in topic.questions
    )


def answers(progress: Progress) -> pd.DataFrame:
    """A row an answer, the first one first: moment (UTC), response, score 0-1, seconds."""
    columns = [field.name for field in fields(Answer)]
    return pd.DataFrame(map(asdict, progress.answers()), columns=columns)


def _table(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))
