"""Backups of the answers, and recovery from a damaged or missing file.

A file is intact if SQLite finds no structural damage, its ids have no gap, and each row matches its
checksum: a single changed bit is detected.

A damaged file is replaced in two steps, so that an error between them leaves complete answers. The
new file is written beside the old one and renamed to `replacement_of(path)`: from that moment its
answers count. Then it replaces the old file, now or at the next start.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from massage_workbook import errors
from massage_workbook.errors import describe_error
from massage_workbook.files import create_file, link_or_copy, make_folder, remove, replace
from massage_workbook.store.database import (
    Connection,
    DatabaseError,
    Error,
    StoreError,
    connect,
    connect_exclusively,
    database_files,
    lacks_shared_memory,
    schema_version,
    snapshot,
    transaction,
)
from massage_workbook.store.ledger import (
    COLUMNS,
    COLUMNS_WITHOUT_CHECKSUM,
    FIRST_WITH_CHECKSUMS,
    VERSION,
    Row,
    checksum,
    has_checksums,
    is_intact_row,
    recreate_tables,
    to_answer,
    to_row,
    verified_rows,
)

BACKUPS_KEPT = 5
"""Daily backups that are kept."""


def is_intact(path: Path) -> bool:
    """Whether a file is undamaged. One that is locked, newer or unreachable counts as intact.

    Raises:
        Error: its folder lacks shared memory; another journal mode solves that.
    """
    try:
        with closing(connect(path)) as connection:
            return _is_intact(connection)
    except Error as error:
        if lacks_shared_memory(error):
            raise
        # Invalid UTF-8 has no error name, and is damage.
        return errors.error_name(error).startswith(_UNREACHABLE)
    except UnicodeDecodeError:
        return False


_UNREACHABLE = (
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM",
    "SQLITE_FULL", "SQLITE_IOERR",
)  # fmt: skip
"""Errors that prevent reading although the file may be undamaged."""


def is_readable(path: Path) -> bool:
    """Whether all answers can be read, even where nothing can be written."""
    try:
        with snapshot(path, VERSION) as connection:
            if schema_version(connection) < FIRST_WITH_CHECKSUMS or not _is_intact(connection):
                return False
        return not has_shrunk(path)
    except (OSError, Error, StoreError, UnicodeDecodeError):
        return False


def _is_intact(connection: Connection) -> bool:
    if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
        return False
    version = schema_version(connection)
    if version in range(FIRST_WITH_CHECKSUMS, VERSION + 1):
        return all(
            number == row[0] for number, row in enumerate(verified_rows(connection), start=1)
        )
    return version > VERSION or _is_older(version, connection)


def _is_older(version: int, connection: Connection) -> bool:
    """Whether the tables match version 0 (none) or 1 (answers without checksums)."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return tables == ([("answers",)] if version else []) and not has_checksums(connection)


def count(path: Path) -> int:
    """Number of answers in a file; 0 if it cannot be read."""
    with suppress(StoreError):
        return _count_unless_newer(path)
    return 0


def _count_unless_newer(path: Path) -> int:
    """Like `count`, but raises StoreError if a newer workbook wrote the file."""
    with suppress(OSError, Error), snapshot(path, VERSION) as connection:
        return connection.execute("SELECT max(id) FROM answers").fetchone()[0] or 0
    return 0


# --- backups ---------------------------------------------------------------------------------


def daily_backup(path: Path, now: datetime) -> Path:
    """Path of the backup of that day (UTC)."""
    return path.parent / "backups" / f"{path.stem}-{now.astimezone(UTC):%Y-%m-%d}.sqlite"


def back_up(path: Path, backup: Path) -> None:
    """Write a verified copy of the file.

    Raises:
        OSError, Error: it could not be copied; an older backup there is unchanged.
    """
    make_folder(backup.parent)
    with _draft(backup) as draft:
        with snapshot(path, VERSION) as source, closing(connect(draft)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        _verify_and_replace(draft, backup)


def _write_rows(rows: list[Row], path: Path) -> None:
    """Write a database with these rows atomically."""
    make_folder(path.parent)
    with _draft(path) as draft:
        with transaction(draft, VERSION) as connection:
            connection.execute("BEGIN IMMEDIATE")
            recreate_tables(connection, rows)
        _verify_and_replace(draft, path)


def _verify_and_replace(draft: Path, path: Path) -> None:
    if not is_intact(draft):
        raise DatabaseError("the copy is damaged")
    replace(draft, path)


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """An empty draft database beside `path`, removed in the end."""
    draft = path.with_name(f"{path.name}.draft")
    parts = database_files(draft)
    try:
        for part in parts:  # left behind by a power cut
            remove(part)
        create_file(draft)
        yield draft
    finally:
        _remove_all(parts)


def _remove_all(paths: list[Path]) -> None:
    """Remove files, ignoring those that cannot be removed."""
    for path in paths:
        with suppress(OSError):
            remove(path)


def has_shrunk(path: Path) -> bool:
    """Whether an intact file has fewer answers than the newest backup, or is empty.

    Raises:
        StoreError: a newer workbook wrote the file.
    """
    newest = next(iter(backups(path)), None)
    if newest is None:
        return False
    return path.stat().st_size == 0 or _count_unless_newer(path) < count(newest)


def backups(path: Path) -> list[Path]:
    """The daily backups, the newest first."""
    return sorted((path.parent / "backups").glob(f"{path.stem}-*.sqlite"), reverse=True)


def prune_backups(path: Path) -> None:
    """Remove all but the newest daily backups of a file.

    Raises:
        OSError: one of them could not be removed.
    """
    for old in backups(path)[BACKUPS_KEPT:]:
        remove(old)


# --- recovery --------------------------------------------------------------------------------


def replacement_of(path: Path) -> Path:
    """Path of the recovered file that is to replace `path`."""
    return path.with_name(f"{path.stem}-rescued{path.suffix}")


def recover(path: Path, now: datetime) -> str | None:
    """Set a damaged file aside; rebuild it from its intact rows and the newest intact backup.

    Returns a notice for the learner; None if there is nothing to report.

    Raises:
        OSError, Error: recovery failed; nothing was changed.
        StoreError: recovery succeeded, and the new file replaces the old one at the next start.
    """
    missing = not path.exists()
    copies = backups(path)
    backup = next((each for each in copies if is_intact(each)), None)
    known = _readable_rows(backup) if backup else {}
    rows = _renumbered(known if missing else known | _readable_rows(path))
    if missing and not rows:
        return _LOST if any(map(_has_content, copies)) and not backup else None
    aside = _aside_path(path, now, "damaged")
    try:
        for part, other in zip(database_files(path), database_files(aside), strict=True):
            if part.exists():
                link_or_copy(part, other)
        _write_rows(rows, replacement_of(path))
    except BaseException:
        if not replacement_of(path).exists():
            _remove_all(database_files(aside))
        raise
    install_replacement(path)
    source = f"the backup {backup.name}" if known else "what could still be read of it"
    if missing:
        return f"The file of your answers was missing. {len(rows)} are restored, from {source}."
    kept = f"The damaged file is kept as {aside.name}, in {path.parent}."
    if not rows:
        return f"Your answers could not be read, so you start again without any. {kept}"
    return f"Your answers were damaged. {len(rows)} are restored, from {source}. {kept}"


def install_replacement(path: Path) -> None:
    """Replace a file by its recovered one, if there is one.

    Raises:
        StoreError: this failed; the recovered file stays, and the next start retries.
    """
    new = replacement_of(path)
    if not new.exists():
        return
    try:
        for part in database_files(path)[1:]:  # the old log must not apply to the new file
            remove(part)
        replace(new, path)
    except OSError as error:
        what = f"Your answers were recovered and are complete, in {new}"
        then = f"They replace {path.name} when you open a lesson again."
        raise StoreError(describe_error(what, error, then, path)) from error


_LOST = (
    "The file of your answers was missing, and no backup could be read,"
    " so you start again without any."
)


def _has_content(backup: Path) -> bool:
    return backup.stat().st_size > 0


def restore(path: Path, backup: Path, now: datetime) -> Path | None:
    """Restore a backup in one transaction; return the path of a copy of the answers before.

    Raises:
        ValueError: the backup is damaged; nothing is changed.
        OSError, Error: it failed; nothing is changed.
        StoreError: the outcome is unknown; the copy is kept.
    """
    rows = _rows_of_backup(backup)
    today = daily_backup(path, now)
    if not path.exists():
        _write_rows(rows, today)
        _write_rows(rows, replacement_of(path))
        install_replacement(path)
        return None
    aside, written = _aside_path(path, now, "replaced"), False
    try:
        with transaction(path, VERSION) as connection:
            connection.execute("BEGIN IMMEDIATE")  # nobody else records an answer from here on
            back_up(path, aside)
            _write_rows(rows, today)  # or the next start would see a loss of answers
            recreate_tables(connection, rows)
            written = True
    except Exception as error:
        if written and may_be_committed(error):
            _raise_if_committed(path, rows, aside, error)
        _remove_all([aside, today])
        raise
    return aside


def _rows_of_backup(backup: Path) -> list[Row]:
    """All rows of a backup.

    Raises:
        ValueError: it is damaged, or has no rows.
    """
    if backup.is_file() and is_intact(backup):
        # That of a newer workbook raises StoreError.
        with suppress(OSError, Error), snapshot(backup, VERSION):
            if rows := _renumbered(_readable_rows(backup)):
                return rows
    raise ValueError(f"{backup} is damaged or has no answers")


def _raise_if_committed(path: Path, rows: list[Row], aside: Path, error: Exception) -> None:
    """After a failed commit, check whether the restored rows are on the disk after all.

    Raises:
        StoreError: they are, or this cannot be determined.
    """
    there = committed_rows(path)
    if there is not None and there != rows:
        return
    state = "cannot be read at the moment" if there is None else "are those of the backup"
    what = f"Restoring ended with an error. Your answers {state}"
    then = f"A copy of those before is {aside}."
    raise StoreError(describe_error(what, error, then)) from error


def may_be_committed(error: Exception) -> bool:
    """Whether a commit that failed with this error may be on the disk after all."""
    return errors.error_name(error).startswith(("SQLITE_IOERR", "SQLITE_FULL"))


def committed_rows(path: Path) -> list[Row] | None:
    """The rows that are on the disk; None if they cannot be read."""
    try:
        with closing(connect_exclusively(path)) as connection:
            return connection.execute(f"SELECT {COLUMNS} FROM answers ORDER BY id").fetchall()
    except Error:
        return None


def _aside_path(path: Path, now: datetime, why: str) -> Path:
    """An unused path for a copy that is set aside."""
    stem = f"{path.stem}-{why}-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    names = (path.with_name(f"{stem}{f'-{i}' if i else ''}{path.suffix}") for i in range(1000))
    return next(name for name in names if not any(map(os.path.lexists, database_files(name))))


def _readable_rows(path: Path) -> dict[int, Row]:
    """The rows that can be read and match their checksums, by id."""
    found: dict[int, Row] = {}
    for order in ("", " ORDER BY id DESC"):
        with suppress(Error, UnicodeDecodeError), closing(connect(path)) as connection:
            old = schema_version(connection) < FIRST_WITH_CHECKSUMS
            sealed = not old or has_checksums(connection)
            columns = COLUMNS if sealed else COLUMNS_WITHOUT_CHECKSUM
            for row in connection.execute(f"SELECT {columns} FROM answers NOT INDEXED{order}"):
                if not sealed or is_intact_row(row):
                    found[row[0]] = row if sealed else (*row, checksum(*row))
    return found


def _renumbered(rows: dict[int, Row]) -> list[Row]:
    """The rows in order, with new ids where some are missing."""
    return [to_row(to_answer(rows[number]), i) for i, number in enumerate(sorted(rows), start=1)]
