"""Backups of the file of answers, and the way back from a damaged one.

A file counts as sound if SQLite finds its structure whole, its rows are numbered without a gap,
and each of them still matches its seal: a single changed bit shows.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from massage_workbook.store.ledger import (
    COLUMNS,
    INSERT,
    VERSION,
    WAIT,
    Row,
    answer_of,
    is_whole,
    opened,
    row_of,
    set_up,
)

KEPT = 5
"""Backups that are kept."""
AT_ONCE = 50_000
"""Rows that are checked at every start; of a larger file they are with each day's backup."""
SIDES = "", "-wal", "-shm"
"""Endings of the files that make up one database."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other lessons from setting up or recovering the same file at the same time."""
    lock = path.with_name(f"{path.stem}-lock.sqlite")
    with closing(sqlite3.connect(lock, timeout=10 * WAIT, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def is_sound(path: Path, *, thoroughly: bool) -> bool:
    """Whether a file is whole. One that is busy, newer or out of reach is not called damaged.

    `thoroughly` checks the seals of a large file as well.
    """
    try:
        with closing(sqlite3.connect(path, timeout=WAIT)) as connection:
            if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
                return False
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == VERSION:
                return _rows_are_whole(connection, thoroughly=thoroughly)
            return version > VERSION or _is_older(version, connection)
    except sqlite3.Error as error:
        # Text that is none has no such name, and is damage.
        return getattr(error, "sqlite_errorname", "").startswith(OUT_OF_REACH)
    except UnicodeDecodeError:
        return False


OUT_OF_REACH = (
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM",
    "SQLITE_FULL", "SQLITE_IOERR",
)  # fmt: skip
"""What keeps a file from being read although nothing is wrong with it."""


def _is_older(version: int, connection: sqlite3.Connection) -> bool:
    """Whether the tables are those of that version: none, or those of the first."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return [name for (name,) in tables] == (["answers"] if version else [])


def _rows_are_whole(connection: sqlite3.Connection, *, thoroughly: bool) -> bool:
    count, last = connection.execute("SELECT count(*), max(id) FROM answers").fetchone()
    if count != (last or 0):
        return False
    if count > AT_ONCE and not thoroughly:
        return True
    return all(map(is_whole, connection.execute(f"SELECT {COLUMNS} FROM answers")))


def count(path: Path) -> int:
    """Answers in a file; 0 where that cannot be told."""
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        return connection.execute("SELECT max(id) FROM answers").fetchone()[0] or 0
    return 0


# --- backups ---------------------------------------------------------------------------------


def todays_backup(path: Path, now: datetime) -> Path:
    """Where the backup of that day stands."""
    return path.parent / "backups" / f"{path.stem}-{now.astimezone(UTC):%Y-%m-%d}.sqlite"


def back_up(path: Path, backup: Path) -> None:
    """Copy the file, verify the copy, and keep the newest few copies of its folder.

    Raises:
        OSError, sqlite3.Error: it could not be copied; what was there before stays.
    """
    backup.parent.mkdir(parents=True, exist_ok=True)
    with _draft_of(backup) as draft:
        with opened(path) as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        if not is_sound(draft, thoroughly=True):
            raise sqlite3.DatabaseError("the copy is not whole")
        draft.replace(backup)


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    """Where a file is written before it takes its place; nothing is left of a draft that failed."""
    draft = path.with_name(f"{path.name}.draft")
    parts = [draft.with_name(f"{draft.name}{ending}") for ending in (*SIDES, "-journal")]
    try:
        for part in parts:  # a power cut may have left one behind
            part.unlink(missing_ok=True)
        yield draft
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def has_shrunk(path: Path) -> bool:
    """Whether a file that is sound has lost answers, or all of it, since the newest backup."""
    newest = next(iter(backups(path)), None)
    return newest is not None and (path.stat().st_size == 0 or count(path) < count(newest))


def backups(path: Path) -> list[Path]:
    """The daily backups, the newest first."""
    return sorted((path.parent / "backups").glob(f"{path.stem}-*.sqlite"), reverse=True)


# --- recovery --------------------------------------------------------------------------------


def recover(path: Path, now: datetime) -> str:
    """Set a damaged file aside and put together what can be read: the backup and sound rows.

    Returns what happened, in words for the learner.
    """
    aside = _aside(path, now, "damaged")
    backup = max(
        (each for each in backups(path) if is_sound(each, thoroughly=True)),
        key=count,
        default=None,
    )
    saved = _readable(path)
    known = _readable(backup) if backup else {}
    rows = _without_gap(known | saved)
    _put_in_place(rows, path, aside)
    found = f"The damaged file is kept as {aside.name}, in {path.parent}."
    if not rows:
        return f"Your answers could not be read and start anew. {found}"
    source = f"the backup {backup.name}" if backup else "what could still be read of it"
    return f"Your answers were damaged. {len(rows)} are back, from {source}. {found}"


def restore(path: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the file, which is set aside; return where it is then.

    Raises:
        ValueError: the backup is not whole; nothing is changed.
    """
    if not backup.is_file() or not is_sound(backup, thoroughly=True) or not count(backup):
        raise ValueError(f"{backup} is no whole backup with answers in it")
    rows = [*_readable(backup).values()]
    aside = _aside(path, now, "replaced") if path.exists() else None
    _put_in_place(_without_gap({row[0]: row for row in rows}), path, aside)
    return aside


def _move(path: Path, aside: Path) -> None:
    for ending in SIDES:
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))


def _aside(path: Path, now: datetime, why: str) -> Path:
    """A name that is free, for the file that is set aside."""
    stem = f"{path.stem}-{why}-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    names = (path.with_name(f"{stem}{f'-{i}' if i else ''}{path.suffix}") for i in range(1000))
    return next(name for name in names if not name.exists())


def _readable(path: Path) -> dict[int, Row]:
    """The rows of a file that can still be read and match their seals, by number."""
    found: dict[int, Row] = {}
    for order in ("", " ORDER BY id DESC"):
        with (
            suppress(sqlite3.Error, UnicodeDecodeError),
            closing(sqlite3.connect(path)) as connection,
        ):
            for row in connection.execute(f"SELECT {COLUMNS} FROM answers NOT INDEXED{order}"):
                if is_whole(row):
                    found[row[0]] = row
    return found


def _without_gap(rows: dict[int, Row]) -> list[Row]:
    """The rows in order, numbered anew where some between them are gone."""
    return [row_of(answer_of(rows[number]), i) for i, number in enumerate(sorted(rows), start=1)]


def _put_in_place(rows: list[Row], path: Path, aside: Path | None) -> None:
    """Write a new file with these rows; only once it is whole does the old one go aside for it."""
    with _draft_of(path) as draft:
        with opened(draft) as connection:
            set_up(connection)
            connection.executemany(INSERT, rows)
        with closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        if aside:
            _move(path, aside)
        draft.replace(path)
