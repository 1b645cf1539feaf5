"""Backups of the file of answers, and the way back from a damaged or a missing one.

A file counts as sound if SQLite finds its structure whole, its rows are numbered without a gap,
and each of them still matches its seal: a single changed bit shows.

A damaged file is replaced in two steps, so that whatever fails between them there are complete
answers. The new file is written whole beside the old one and takes the name of `rescued`: from that
moment its answers count. Then it takes the place of the old file, now or at the next start.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from massage_workbook import troubles
from massage_workbook.files import duplicate, make_file, make_folder, remove, replace
from massage_workbook.store.database import (
    Connection,
    DatabaseError,
    Error,
    StoreError,
    connect,
    is_unshared,
    opened,
    parts_of,
    reading,
    version_of,
    without_sharing,
)
from massage_workbook.store.ledger import (
    COLUMNS,
    SEALED,
    UNSEALED,
    VERSION,
    Row,
    answer_of,
    checked_rows,
    has_seals,
    is_whole,
    row_of,
    seal,
    write_anew,
)
from massage_workbook.troubles import in_words

KEPT = 5
"""Backups that are kept."""


def is_sound(path: Path) -> bool:
    """Whether a file is whole. One that is busy, newer or out of reach is not called damaged.

    Raises:
        Error: programs cannot share memory there, which can be mended.
    """
    try:
        with closing(connect(path)) as connection:
            return _is_whole(connection)
    except Error as error:
        if is_unshared(error):
            raise
        # Text that is none has no such name, and is damage.
        return troubles.name_of(error).startswith(OUT_OF_REACH)
    except UnicodeDecodeError:
        return False


OUT_OF_REACH = (
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM",
    "SQLITE_FULL", "SQLITE_IOERR",
)  # fmt: skip
"""What keeps a file from being read although nothing is wrong with it."""


def can_be_read(path: Path) -> bool:
    """Whether all answers can be read from a file, though nothing may be written beside it."""
    try:
        with reading(path, VERSION) as connection:
            if version_of(connection) < SEALED or not _is_whole(connection):
                return False
        return not has_shrunk(path)
    except (OSError, Error, StoreError, UnicodeDecodeError):
        return False


def _is_whole(connection: Connection) -> bool:
    if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
        return False
    version = version_of(connection)
    if version in range(SEALED, VERSION + 1):
        return all(number == row[0] for number, row in enumerate(checked_rows(connection), start=1))
    return version > VERSION or _is_older(version, connection)


def _is_older(version: int, connection: Connection) -> bool:
    """Whether the tables are those of that version: none, or answers without seals."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return tables == ([("answers",)] if version else []) and not has_seals(connection)


def count(path: Path) -> int:
    """Answers in a file; 0 where that cannot be told."""
    with suppress(OSError, Error, StoreError), reading(path, VERSION) as connection:
        return connection.execute("SELECT max(id) FROM answers").fetchone()[0] or 0
    return 0


# --- backups ---------------------------------------------------------------------------------


def todays_backup(path: Path, now: datetime) -> Path:
    """Where the backup of that day stands."""
    return path.parent / "backups" / f"{path.stem}-{now.astimezone(UTC):%Y-%m-%d}.sqlite"


def back_up(path: Path, backup: Path) -> None:
    """Copy the file, verify the copy, and let it take its place.

    Raises:
        OSError, Error: it could not be copied; what was there before stays.
    """
    make_folder(backup.parent)
    with _draft_of(backup) as draft:
        with reading(path, VERSION) as source, closing(connect(draft)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        _put_whole(draft, backup)


def _write(rows: list[Row], path: Path) -> None:
    """Write a file with these rows and nothing else, all of it or nothing."""
    make_folder(path.parent)
    with _draft_of(path) as draft:
        with opened(draft, VERSION) as connection:
            connection.execute("BEGIN IMMEDIATE")
            write_anew(connection, rows)
        _put_whole(draft, path)


def _put_whole(draft: Path, path: Path) -> None:
    if not is_sound(draft):
        raise DatabaseError("the copy is not whole")
    replace(draft, path)


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    """An empty file to be written before it takes its place; one that failed is removed."""
    draft = path.with_name(f"{path.name}.draft")
    parts = parts_of(draft)
    try:
        for part in parts:  # a power cut may have left one behind
            remove(part)
        make_file(draft)
        yield draft
    finally:
        _remove_all(parts)


def _remove_all(paths: list[Path]) -> None:
    """Remove files that nobody needs; one that cannot be is in nobody's way."""
    for path in paths:
        with suppress(OSError):
            remove(path)


def has_shrunk(path: Path) -> bool:
    """Whether a file that is sound has lost answers, or all of it, since the newest backup."""
    newest = next(iter(backups(path)), None)
    return newest is not None and (path.stat().st_size == 0 or count(path) < count(newest))


def backups(path: Path) -> list[Path]:
    """The daily backups, the newest first."""
    return sorted((path.parent / "backups").glob(f"{path.stem}-*.sqlite"), reverse=True)


def keep_the_newest(path: Path) -> None:
    """Remove the daily backups of a file but for the newest few.

    Raises:
        OSError: one of them could not be removed.
    """
    for old in backups(path)[KEPT:]:
        remove(old)


# --- recovery --------------------------------------------------------------------------------


def rescued(path: Path) -> Path:
    """Where the answers lie that were put together again and are to take the place of a file."""
    return path.with_name(f"{path.stem}-rescued{path.suffix}")


def recover(path: Path, now: datetime) -> str | None:
    """Set a damaged file aside and put together what can be read: the backup and sound rows.

    Returns what happened, in words for the learner; nothing if there is nothing to tell.

    Raises:
        OSError, Error: it could not be done; nothing was changed.
        StoreError: it was done, and what was put together takes its place at the next start.
    """
    missing = not path.exists()
    copies = backups(path)
    backup = next((each for each in copies if is_sound(each)), None)
    known = _readable(backup) if backup else {}
    rows = _without_gap(known if missing else known | _readable(path))
    if missing and not rows:
        return LOST if any(map(_is_large, copies)) and not backup else None
    aside = _aside(path, now, "damaged")
    try:
        for part, other in zip(parts_of(path), parts_of(aside), strict=True):
            if part.exists():
                duplicate(part, other)
        _write(rows, rescued(path))
    except BaseException:
        if not rescued(path).exists():
            _remove_all(parts_of(aside))
        raise
    finish(path)
    source = f"the backup {backup.name}" if known else "what could still be read of it"
    if missing:
        return f"The file of your answers was missing. {len(rows)} are back, from {source}."
    found = f"The damaged file is kept as {aside.name}, in {path.parent}."
    if not rows:
        return f"Your answers could not be read and start anew. {found}"
    return f"Your answers were damaged. {len(rows)} are back, from {source}. {found}"


def finish(path: Path) -> None:
    """Let answers that were put together again take the place of a file, if there are any.

    Raises:
        StoreError: they could not; they are as they were, whole, and this is tried again.
    """
    new = rescued(path)
    if not new.exists():
        return
    try:
        for part in parts_of(path)[1:]:  # the log of the old file is none of the new one's
            remove(part)
        replace(new, path)
    except OSError as error:
        what = f"Your answers were put together again and are whole, in {new}"
        then = f"They take the place of {path.name} when you open a lesson again."
        raise StoreError(in_words(what, error, then, path)) from error


LOST = "The file of your answers was missing, and no backup could be read: they start anew."


def _is_large(backup: Path) -> bool:
    return backup.stat().st_size > 0


def restore(path: Path, backup: Path, now: datetime) -> Path | None:
    """Go back to a backup in one step; return where a copy of what was there is, if anything was.

    Raises:
        ValueError: the backup is not whole; nothing is changed.
        OSError, Error: it could not be done; nothing is changed.
        StoreError: it could not be told whether it was done; the copy is kept then.
    """
    rows = _rows_of(backup)
    today = todays_backup(path, now)
    if not path.exists():
        _write(rows, today)
        _write(rows, rescued(path))
        finish(path)
        return None
    aside, written = _aside(path, now, "replaced"), False
    try:
        with opened(path, VERSION) as connection:
            connection.execute("BEGIN IMMEDIATE")  # from here on nobody else records an answer
            back_up(path, aside)
            _write(rows, today)  # else the next start would take fewer answers for a loss
            write_anew(connection, rows)
            written = True
    except Exception as error:
        if written and may_count(error):
            _must_not_count(path, rows, aside, error)
        _remove_all([aside, today])
        raise
    return aside


def _rows_of(backup: Path) -> list[Row]:
    """All rows of a backup, which is read alone.

    Raises:
        ValueError: it is not whole, or has none.
    """
    if backup.is_file() and is_sound(backup):
        with suppress(OSError, Error), reading(backup, VERSION):  # one of a newer workbook is told
            if rows := _without_gap(_readable(backup)):
                return rows
    raise ValueError(f"{backup} is no whole backup with answers in it")


def _must_not_count(path: Path, rows: list[Row], aside: Path, error: Exception) -> None:
    """After a failure at the very end, see that the rows of a backup are not in place all the same.

    Raises:
        StoreError: they are, or that cannot be told.
    """
    there = on_the_disk(path)
    if there is not None and there != rows:
        return
    state = "cannot be read just now" if there is None else "are those of the backup"
    what = f"Restoring ended with an error. Your answers {state}"
    then = f"What was there before is kept as {aside}."
    raise StoreError(in_words(what, error, then)) from error


def may_count(error: Exception) -> bool:
    """Whether a change may be on the disk although it failed: the disk did, at its very end."""
    return troubles.name_of(error).startswith(("SQLITE_IOERR", "SQLITE_FULL"))


def on_the_disk(path: Path) -> list[Row] | None:
    """The rows as they will be found by the next start; None where that cannot be told."""
    try:
        with closing(without_sharing(path)) as connection:
            return connection.execute(f"SELECT {COLUMNS} FROM answers ORDER BY id").fetchall()
    except Error:
        return None


def _aside(path: Path, now: datetime, why: str) -> Path:
    """A name that is free, for the file that is set aside."""
    stem = f"{path.stem}-{why}-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    names = (path.with_name(f"{stem}{f'-{i}' if i else ''}{path.suffix}") for i in range(1000))
    return next(name for name in names if not any(map(os.path.lexists, parts_of(name))))


def _readable(path: Path) -> dict[int, Row]:
    """The rows of a file that can still be read and match their seals, by number."""
    found: dict[int, Row] = {}
    for order in ("", " ORDER BY id DESC"):
        with suppress(Error, UnicodeDecodeError), closing(connect(path)) as connection:
            first = version_of(connection) < SEALED and not has_seals(connection)
            columns = UNSEALED if first else COLUMNS
            for row in connection.execute(f"SELECT {columns} FROM answers NOT INDEXED{order}"):
                if first or is_whole(row):
                    found[row[0]] = (*row, seal(*row)) if first else row
    return found


def _without_gap(rows: dict[int, Row]) -> list[Row]:
    """The rows in order, numbered anew where some between them are gone."""
    return [row_of(answer_of(rows[number]), i) for i, number in enumerate(sorted(rows), start=1)]
