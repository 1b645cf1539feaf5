"""The file of answers: its tables, its rows, and how a row proves that it is whole."""

import json
import secrets
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pydantic import ValidationError

from massage_workbook.answers.answer import Answer
from massage_workbook.store.database import Connection, DatabaseError, version_of

VERSION = 3
SEALED = 2
"""The first version whose rows have seals. It also stored standings, which are computed now."""
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
    """CREATE TRIGGER answers_stay BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END""",
    """CREATE TRIGGER answers_remain BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never removed'); END""",
)
UNSEALED = "id, at, topic, question, response, score, sure, seconds"
COLUMNS = f"{UNSEALED}, seal"
INSERT = f"INSERT INTO answers ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

Row = tuple[int, str, str, str, str, float, int, float, int]


def first_fault(error: ValidationError, whole: str) -> str:
    """The first thing that is wrong with values, and where; `whole` names all of them."""
    first = error.errors()[0]
    place = " > ".join(str(step) for step in first["loc"]) or whole
    return f"at {place}: {first['msg']}"


# --- rows ------------------------------------------------------------------------------------


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


def checked_rows(
    connection: Connection, rest: str = "ORDER BY id", *values: object
) -> Iterator[Row]:
    """Rows of answers, each compared with its seal; `rest` is the end of the SQL statement.

    Raises:
        DatabaseError: one is damaged.
    """
    for row in connection.execute(f"SELECT {COLUMNS} FROM answers {rest}", values):
        if not is_whole(row):
            raise DatabaseError(f"answer {row[0]} is damaged")
        yield row


def has_seals(connection: Connection) -> bool:
    """Whether the rows of a file have seals: those of the first version had none."""
    columns = connection.execute("PRAGMA table_info(answers)")
    return any(name == "seal" for _, name, *_ in columns)


# --- tables ----------------------------------------------------------------------------------


def set_up(connection: Connection) -> None:
    """Make the tables, or bring those of an older workbook up to date, all or nothing."""
    if version_of(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    version = version_of(connection)
    if version == SEALED:
        connection.execute("DROP TABLE IF EXISTS standings")
        connection.execute("DROP INDEX IF EXISTS answers_by_question")
        _finish(connection)
    elif version < SEALED:  # else another lesson was faster
        write_anew(connection, _first_rows(connection) if version else [])


def _first_rows(connection: Connection) -> list[Row]:
    """The rows of the first version, with the seals that they lacked."""
    found = connection.execute(f"SELECT {UNSEALED} FROM answers ORDER BY id")
    return [(*row, seal(*row)) for row in found]


def write_anew(connection: Connection, rows: Iterable[Row]) -> None:
    """Make the tables with these rows in the place of all that there is, within a transaction."""
    connection.execute("DROP TABLE IF EXISTS answers")
    for statement in TABLES:
        connection.execute(statement)
    connection.executemany(INSERT, rows)
    _finish(connection)


def _finish(connection: Connection) -> None:
    """Mark the tables with their version and with a number that no other history has."""
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {secrets.randbits(31)}")


def history_id(connection: Connection) -> int:
    """The number of a history: another one in the same file has another number."""
    return connection.execute("PRAGMA application_id").fetchone()[0]
