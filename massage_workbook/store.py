"""What the learner did, kept for good: an append-only SQLite file.

An answer counts as saved once `record` has returned: it is on the disk then. Nothing is ever
changed or removed. What follows from the answers (mastery, due dates) is computed, not stored.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,          -- UTC, ISO 8601
    topic TEXT NOT NULL,
    question TEXT NOT NULL,
    response TEXT NOT NULL,    -- JSON: ids, numbers or places, as the kind of question has it
    score REAL NOT NULL,
    sure INTEGER NOT NULL,
    seconds REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_by_topic ON answers (topic, id);
CREATE TRIGGER IF NOT EXISTS answers_stay BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
CREATE TRIGGER IF NOT EXISTS answers_remain BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never removed'); END;
"""
WAIT = 5
"""Seconds to wait while another lesson is writing."""
KEPT = 5
"""Backups that are kept."""


class StoreError(Exception):
    """The answers cannot be read or kept; the message says what is safe and what to do."""


@dataclass(frozen=True)
class Answer:
    """One answer: when (UTC), to what, the response, the score 0-1, how sure, how long.

    The response is any value that JSON can hold.
    """

    at: datetime
    topic: str
    question: str
    response: Any
    score: float
    sure: bool
    seconds: float


class Progress:
    """The learner's answers in the file at `path`, which is made when there is none.

    A damaged file is set aside and the newest sound backup takes its place; `notice` then says
    so. Several lessons may read and write at once.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self.path = path
        self.notice: str | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and not _sound(path):
                self._recover(now)
            with self._connection() as connection:
                if connection.execute("PRAGMA user_version").fetchone()[0] < VERSION:
                    connection.executescript(SCHEMA)
                    connection.execute(f"PRAGMA user_version = {VERSION}")
        except (OSError, sqlite3.OperationalError) as error:
            raise StoreError(
                f"Your answers cannot be kept in {path}: {error}."
                " Nothing that was saved is lost; free some space or make the folder writable."
            ) from error
        self.back_up(now)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=WAIT)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise StoreError(
                    f"{self.path} was written by a newer workbook (format {version}, this one"
                    f" knows {VERSION}). It was left as it is: install the newer workbook again."
                )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            with connection:
                yield connection

    def record(self, answer: Answer) -> Self:
        """Append an answer; when this returns it is on the disk.

        Raises:
            StoreError: it could not be kept.
        """
        row = (
            answer.at.astimezone(UTC).isoformat(),
            answer.topic,
            answer.question,
            json.dumps(answer.response),
            answer.score,
            answer.sure,
            answer.seconds,
        )
        try:
            with self._connection() as connection:
                connection.execute(
                    "INSERT INTO answers (at, topic, question, response, score, sure, seconds)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
        except sqlite3.Error as error:
            raise StoreError(
                f"This answer was not saved ({error}). Those before it are."
            ) from error
        return self

    def answers(self, topic: str | None = None) -> list[Answer]:
        """Every answer, or those of a topic, the oldest first."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT at, topic, question, response, score, sure, seconds FROM answers"
                " WHERE ?1 IS NULL OR topic = ?1 ORDER BY id",
                (topic,),
            ).fetchall()
        return [
            Answer(
                datetime.fromisoformat(at),
                topic,
                question,
                json.loads(response),
                score,
                bool(sure),
                seconds,
            )
            for at, topic, question, response, score, sure, seconds in rows
        ]

    # --- backups -----------------------------------------------------------------------------

    def back_up(self, now: datetime) -> Path:
        """Today's backup beside the file, made and verified unless there is one already."""
        folder = self.path.parent / "backups"
        backup = folder / f"{self.path.stem}-{now.astimezone(UTC):%Y-%m-%d}.sqlite"
        if backup.exists():
            return backup
        folder.mkdir(exist_ok=True)
        draft = backup.with_suffix(".draft")
        with self._connection() as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        if _sound(draft):
            draft.replace(backup)
        for old in self._backups()[KEPT:]:
            old.unlink(missing_ok=True)
        return backup

    def _backups(self) -> list[Path]:
        """The backups, the newest first."""
        return sorted(
            (self.path.parent / "backups").glob(f"{self.path.stem}-*.sqlite"), reverse=True
        )

    def _recover(self, now: datetime) -> None:
        """Set the damaged file aside, whole, and put the newest sound backup in its place."""
        aside = self.path.with_name(f"{self.path.stem}-damaged-{now.astimezone(UTC):%Y%m%dT%H%M%S}")
        for ending in ("", "-wal", "-shm"):
            part = self.path.with_name(self.path.name + ending)
            if part.exists():
                part.replace(aside.with_name(aside.name + self.path.suffix + ending))
        backup = next((each for each in self._backups() if _sound(each)), None)
        if backup is None:
            self.notice = f"Your answers could not be read and start anew; the old file is {aside}."
            return
        with (
            closing(sqlite3.connect(backup)) as source,
            closing(sqlite3.connect(self.path)) as target,
        ):
            source.backup(target)
        self.notice = (
            f"Your answers could not be read; those of the backup {backup.name} were taken."
            f" The damaged file is kept as {aside}."
        )


def _sound(path: Path) -> bool:
    """Whether a file is a whole database. One that is busy or newer counts as whole."""
    try:
        with closing(sqlite3.connect(path, timeout=WAIT)) as connection:
            return connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False
