"""The file of answers: its tables, its rows, and how a row proves that it is whole."""

import errno
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from massage_workbook import troubles
from massage_workbook.troubles import ToldError

VERSION = 2
TABLES = (
    """CREATE TABLE answers (
    id INTEGER PRIMARY KEY,    -- 1, 2, 3 ... without a gap
    at TEXT NOT NULL,          -- UTC, ISO 8601
    topic TEXT NOT NULL,
    question TEXT NOT NULL,
    response TEXT NOT NULL,    -- JSON: ids, numbers or places, as the kind of question has it
    score REAL NOT NULL,
    sure INTEGER NOT NULL,
    seconds REAL NOT NULL,
    seal INTEGER NOT NULL      -- CRC of all that stands before it
)""",
    "CREATE INDEX answers_by_question ON answers (question, id)",
    """CREATE TRIGGER answers_stay BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END""",
    """CREATE TRIGGER answers_remain BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never removed'); END""",
    # What follows from the answers, so that not all are read each time. It may be emptied.
    """CREATE TABLE standings (
    question TEXT PRIMARY KEY,
    upto INTEGER NOT NULL,     -- id of the last answer that it knows of
    standing TEXT NOT NULL,    -- JSON
    seal INTEGER NOT NULL
)""",
)
UNSEALED = "id, at, topic, question, response, score, sure, seconds"
COLUMNS = f"{UNSEALED}, seal"
INSERT = f"INSERT INTO answers ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
WAIT = 5
"""Seconds to wait while another lesson is writing."""

Row = tuple[int, str, str, str, str, float, int, float, int]


class StoreError(ToldError):
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


def first_fault(error: ValidationError, whole: str) -> str:
    """The first thing that is wrong with values, and where; `whole` names all of them."""
    first = error.errors()[0]
    place = " > ".join(str(step) for step in first["loc"]) or whole
    return f"at {place}: {first['msg']}"


def seal(*values: object) -> int:
    """A number that changes with any of the values."""
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass"))


def row_of(answer: Answer, number: int) -> Row:
    """The row in which an answer stands as the `number`th."""
    values = (
        number,
        answer.at.astimezone(UTC).isoformat(),
        answer.topic,
        answer.question,
        json.dumps(answer.response),
        float(answer.score),
        int(answer.sure),
        float(answer.seconds),
    )
    return (*values, seal(*values))


def answer_of(row: Row) -> Answer:
    """The answer that stands in a row."""
    _, at, topic, question, response, score, sure, seconds, _ = row
    when = datetime.fromisoformat(at)
    return Answer(when, topic, question, json.loads(response), score, bool(sure), seconds)


def is_whole(row: Row) -> bool:
    """Whether a row still is what was written."""
    return seal(*row[:-1]) == row[-1]


def connect(path: Path, wait: float | None = None, *, shared: bool = True) -> sqlite3.Connection:
    """A connection that waits for other lessons, and for the disk before a change counts.

    One that is not `shared` keeps others out, and needs no memory in common with them.

    Raises:
        sqlite3.Error: the file cannot be opened.
    """
    connection = sqlite3.connect(path, timeout=WAIT if wait is None else wait)
    try:
        if not shared:  # before anything is read
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that commits at the end, or puts back what was there if anything fails.

    Raises:
        StoreError: a newer workbook wrote the file.
        OSError: there is none.
    """
    _must_be_there(path)
    with closing(connect(path)) as connection:
        _refuse_newer(connection, path)
        with connection:
            yield connection


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to read from, also where nothing can be written.

    SQLite wants to write beside a file before it reads it: a full disk or a folder that is shut
    would keep the learner from what is there.

    Raises:
        StoreError: a newer workbook wrote the file.
        OSError: there is none.
    """
    _must_be_there(path)
    with closing(_reader(path)) as connection:
        _refuse_newer(connection, path)
        yield connection


def _must_be_there(path: Path) -> None:
    if not path.exists():
        raise OSError(f"{path} is missing; open the lesson again, and a backup takes its place")


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer workbook (format {version}, this one knows"
            f" {VERSION}). It was left as it is: install the newer workbook again."
        )


def _reader(path: Path) -> sqlite3.Connection:
    """The first way to read a file that works; the error is that of the usual way."""
    failed = None
    for way in (connect, without_sharing, _as_it_lies):
        try:
            return _tried(way(path))
        except (OSError, sqlite3.Error) as error:
            failed = failed or error
            if not troubles.name_of(failed).startswith(NO_WRITING):
                break
    raise failed


def _tried(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A connection from which something was read."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


NO_WRITING = (
    "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM",
    "SQLITE_PROTOCOL",
)  # fmt: skip
"""What keeps a file from being read because something cannot be written beside it."""


def without_sharing(path: Path) -> sqlite3.Connection:
    """A connection that keeps others out for a moment, and gives up soon if they are there."""
    return connect(path, WAIT / 10, shared=False)


def _as_it_lies(path: Path) -> sqlite3.Connection:
    """A connection that locks nothing and writes nothing, for a file that is all in one piece."""
    for ending in ("-wal", "-journal"):
        part = path.with_name(path.name + ending)
        if part.exists() and part.stat().st_size:
            raise FileExistsError(errno.EEXIST, "a change was not finished", str(part))
    uri = f"{path.absolute().as_uri()}?immutable=1"
    return sqlite3.connect(uri, uri=True)


# --- tables --------------------------------------------------------------------------------------


def set_up(connection: sqlite3.Connection) -> None:
    """Make the tables, or bring those of an older workbook up to date, all or nothing."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == VERSION:  # another lesson was faster
        return
    older = []
    if version == 1:  # rows had no seal
        older = connection.execute(f"SELECT {UNSEALED} FROM answers ORDER BY id").fetchall()
    write_anew(connection, ((*row, seal(*row)) for row in older))


def write_anew(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Make the tables with these rows in the place of all that there is, within a transaction."""
    for table in ("answers", "standings"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in TABLES:
        connection.execute(statement)
    connection.executemany(INSERT, rows)
    connection.execute(f"PRAGMA user_version = {VERSION}")
