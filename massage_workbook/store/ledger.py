"""Schema and rows of the answers: migration, conversion and checksums."""

import json
import secrets
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pydantic import ValidationError

from massage_workbook.answers.answer import Answer
from massage_workbook.store.database import Connection, DatabaseError, schema_version

VERSION = 3
FIRST_WITH_CHECKSUMS = 2
"""The first version with checksums. It also stored standings, which are now computed."""
TABLES = (
    """CREATE TABLE answers (
    id INTEGER PRIMARY KEY,    -- 1, 2, 3 ... without a gap
    at TEXT NOT NULL,          -- UTC, ISO 8601
    topic TEXT NOT NULL,
    question TEXT NOT NULL,
    response TEXT NOT NULL,    -- JSON, its form depends on the kind of question
    score REAL NOT NULL,
    sure INTEGER NOT NULL,
    seconds REAL NOT NULL,
    seal INTEGER NOT NULL      -- checksum of the columns before it
)""",
    """CREATE TRIGGER answers_stay BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END""",
    """CREATE TRIGGER answers_remain BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never removed'); END""",
)
COLUMNS_WITHOUT_CHECKSUM = "id, at, topic, question, response, score, sure, seconds"
# The checksum column is called `seal` in every learner's file.
COLUMNS = f"{COLUMNS_WITHOUT_CHECKSUM}, seal"
INSERT = f"INSERT INTO answers ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

Row = tuple[int, str, str, str, str, float, int, float, int]


def first_error(error: ValidationError, whole: str) -> str:
    """The first validation error with its place; `whole` is the place of an error at the root."""
    first = error.errors()[0]
    place = " > ".join(str(step) for step in first["loc"]) or whole
    return f"at {place}: {first['msg']}"


# --- rows ------------------------------------------------------------------------------------


def checksum(*values: object) -> int:
    """The CRC-32 of the values' representations."""
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass"))


def to_row(answer: Answer, number: int) -> Row:
    """An answer as the row with this id."""
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
    return (*values, checksum(*values))


def to_answer(row: Row) -> Answer:
    """The answer stored in a row."""
    _, at, topic, question, response, score, sure, seconds, _ = row
    when = datetime.fromisoformat(at)
    return Answer(when, topic, question, json.loads(response), score, bool(sure), seconds)


def is_intact_row(row: Row) -> bool:
    """Whether a row still matches its checksum."""
    return checksum(*row[:-1]) == row[-1]


def verified_rows(
    connection: Connection, rest: str = "ORDER BY id", *values: object
) -> Iterator[Row]:
    """Rows of answers, their checksums verified; `rest` ends the SQL statement, with `values`.

    Raises:
        DatabaseError: one is damaged.
    """
    for row in connection.execute(f"SELECT {COLUMNS} FROM answers {rest}", values):
        if not is_intact_row(row):
            raise DatabaseError(f"answer {row[0]} is damaged")
        yield row


def has_checksums(connection: Connection) -> bool:
    """Whether the table has checksums, which version 1 lacked."""
    columns = connection.execute("PRAGMA table_info(answers)")
    return any(name == "seal" for _, name, *_ in columns)


# --- tables ----------------------------------------------------------------------------------


def migrate(connection: Connection) -> None:
    """Create the tables, or migrate older ones, in one transaction."""
    if schema_version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    version = schema_version(connection)
    if version == FIRST_WITH_CHECKSUMS:
        connection.execute("DROP TABLE IF EXISTS standings")
        connection.execute("DROP INDEX IF EXISTS answers_by_question")
        _mark_version(connection)
    elif version < FIRST_WITH_CHECKSUMS:  # otherwise another process has migrated it
        recreate_tables(connection, _rows_of_version_1(connection) if version else [])


def _rows_of_version_1(connection: Connection) -> list[Row]:
    """The rows of version 1 with checksums added."""
    found = connection.execute(f"SELECT {COLUMNS_WITHOUT_CHECKSUM} FROM answers ORDER BY id")
    return [(*row, checksum(*row)) for row in found]


def recreate_tables(connection: Connection, rows: Iterable[Row]) -> None:
    """Replace the tables by new ones with these rows, within a transaction."""
    connection.execute("DROP TABLE IF EXISTS answers")
    for statement in TABLES:
        connection.execute(statement)
    connection.executemany(INSERT, rows)
    _mark_version(connection)


def _mark_version(connection: Connection) -> None:
    """Store the schema version and a new random history id."""
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {secrets.randbits(31)}")


def history_id(connection: Connection) -> int:
    """The random id of a history, which changes when another one replaces it."""
    return connection.execute("PRAGMA application_id").fetchone()[0]
