"""SQLite databases: connections, locks, schema versions and journals. No other module opens one.

SQLite's write-ahead log is the fastest journal, and needs memory that programs share. A network
drive often has none, or one that two computers do not share. There the older rollback journal is
used, which is as safe.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection, DatabaseError, Error, OperationalError

from massage_workbook import files, troubles
from massage_workbook.troubles import ToldError

__all__ = ["Connection", "DatabaseError", "Error", "OperationalError"]

WAIT = 5
"""Seconds to wait while another lesson is writing."""
PARTS = "", "-wal", "-shm", "-journal"
"""Endings of the files that make up one database."""


class StoreError(ToldError):
    """The answers cannot be read or kept; the message says what is safe and what to do."""


# --- connections -----------------------------------------------------------------------------


def connect(path: Path, wait: float | None = None, *, shared: bool = True) -> Connection:
    """A connection that waits for other lessons, and for the disk before a change counts.

    One that is not `shared` keeps others out, and needs no memory in common with them.

    Raises:
        Error: the file cannot be opened.
    """
    connection = sqlite3.connect(path, timeout=WAIT if wait is None else wait)
    try:
        if not shared:  # before anything is read
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")  # a full disk can still be read
    except Error:
        connection.close()
        raise
    return connection


@contextmanager
def opened(path: Path, newest: int) -> Iterator[Connection]:
    """A connection that commits at the end, or rolls back if anything fails.

    `newest` is the last schema version that is known here.

    Raises:
        StoreError: a newer workbook wrote the file.
        OSError: there is none, or files cannot be locked in its folder.
        Error: it cannot be opened or changed.
    """
    file_id(path)
    try:
        with closing(connect(path)) as connection:
            _refuse_newer(connection, path, newest)
            with connection:
                yield connection
    except OperationalError as error:
        if is_busy(error):
            _must_lock(path.parent)
        raise


@contextmanager
def reading(path: Path, newest: int) -> Iterator[Connection]:
    """A connection to read from, also where nothing can be written; all it reads is of one moment.

    SQLite wants to write beside a file before it reads it: a full disk or a read-only folder would
    keep the learner from what is there.

    Raises:
        StoreError: a newer workbook wrote the file.
        OSError: there is none.
        Error: it cannot be opened or read.
    """
    file_id(path)
    with closing(_reader(path)) as connection:
        _refuse_newer(connection, path, newest)
        connection.execute("BEGIN")
        yield connection


def file_id(path: Path) -> tuple[int, int]:
    """Which file lies at a path: another one that takes its place has another id.

    Raises:
        OSError: there is none, or it cannot be looked at.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise OSError(
            f"{path} is missing; open the lesson again, and a backup takes its place"
        ) from None
    return found.st_dev, found.st_ino


def is_database(path: Path) -> bool:
    """Whether a file begins as SQLite's files do.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def version_of(connection: Connection) -> int:
    """The schema version of a database; 0 if nothing was ever set up."""
    return connection.execute("PRAGMA user_version").fetchone()[0]


def without_sharing(path: Path) -> Connection:
    """A connection that keeps others out for a moment, and gives up soon if they are there."""
    return connect(path, WAIT / 10, shared=False)


def parts_of(path: Path) -> list[Path]:
    """The files that make up one database, whether or not they are there."""
    return [path.with_name(f"{path.name}{ending}") for ending in PARTS]


def _refuse_newer(connection: Connection, path: Path, newest: int) -> None:
    version = version_of(connection)
    if version > newest:
        raise StoreError(
            f"{path} was written by a newer workbook (format {version}, this one knows"
            f" {newest}). It was left as it is: install the newer workbook again."
        )


def _reader(path: Path) -> Connection:
    """The first way to read a file that works; the error is that of the usual way."""
    failed = None
    for way in (connect, without_sharing, _as_it_lies):
        try:
            return _tried(way(path))
        except (OSError, Error) as error:
            failed = failed or error
            if not troubles.name_of(failed).startswith(NO_WRITING):
                break
    raise failed


def _tried(connection: Connection) -> Connection:
    """A connection from which something was read."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except Error:
        connection.close()
        raise
    return connection


NO_WRITING = (
    "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM",
    "SQLITE_PROTOCOL",
)  # fmt: skip
"""What keeps a file from being read because something cannot be written beside it."""


def _as_it_lies(path: Path) -> Connection:
    """A connection that locks nothing and writes nothing, for a file that is all in one piece."""
    for part in parts_of(path):
        if part.name.endswith(("-wal", "-journal")) and part.exists() and part.stat().st_size:
            raise FileExistsError(errno.EEXIST, "a change was not finished", str(part))
    uri = f"{path.absolute().as_uri()}?immutable=1"
    return sqlite3.connect(uri, uri=True)


# --- locks -----------------------------------------------------------------------------------


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other lessons from setting up or recovering the same file at the same time.

    Raises:
        OSError: files cannot be locked there.
        Error: another lesson does not finish, or there is no room for the lock.
    """
    lock = path.with_name(f"{path.stem}-lock.sqlite")
    files.make_file(lock)
    with closing(sqlite3.connect(lock, timeout=WAIT / 5, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except OperationalError:
            _must_lock(path.parent)  # else the other one is waited for in vain
            connection.execute(f"PRAGMA busy_timeout = {int(4000 * WAIT)}")
            connection.execute("BEGIN EXCLUSIVE")
        yield


def is_busy(error: Exception) -> bool:
    """Whether another program holds a file; SQLite says so of folders without locks as well."""
    return troubles.remedy(error) == troubles.BUSY


def is_unlockable(error: Exception) -> bool:
    """Whether an error says that no file can be locked in a folder."""
    return troubles.name_of(error) in ("ENOLCK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")


def _must_lock(folder: Path) -> None:
    """Lock a file of its own as SQLite does; on Windows every file can be locked.

    Raises:
        OSError: no file can be locked there, as on some network drives.
    """
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - only where there is one

    with files.probe(folder) as handle:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


# --- journals --------------------------------------------------------------------------------

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "davfs"}
"""Kinds of file systems that lie on another computer, as Linux calls them."""
UNSHARED = "SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_SHMLOCK", "SQLITE_PROTOCOL"
"""What SQLite says where programs cannot share memory."""
SLOWER = (
    "Your answers are on a network drive or in another folder where programs cannot share memory:"
    " they are as safe there, and saving each takes a little longer."
)


def choose_journal(path: Path) -> str | None:
    """Give a new database the journal that its folder allows; return what to say of it.

    One that came to a network drive with its log loses it. A rollback journal stays for good: the
    folder may be shared with a computer for which it is a network drive.

    Raises:
        OSError, Error: the database cannot be changed; it has the journal that it had.
    """
    with path.open("rb") as file:
        header = file.read(20)
    in_log = header[18:20] == b"\2\2"
    if header and not in_log:
        return None
    if is_remote(path.parent):
        return use_rollback_journal(path)
    if not in_log:
        with closing(connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    return None


def use_rollback_journal(path: Path) -> str:
    """Give a database the rollback journal; return what to say of it.

    Raises:
        Error: the database cannot be changed.
    """
    with closing(without_sharing(path)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the log, in memory
        connection.execute("PRAGMA journal_mode = DELETE")
    return SLOWER


def is_unshared(error: Exception) -> bool:
    """Whether an error says that programs cannot share memory in a folder."""
    return troubles.name_of(error) in UNSHARED


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on another computer, as far as Linux tells."""
    with suppress(OSError):
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        return _kind(str(folder.resolve()), mounts) in NETWORK
    return False


def _kind(folder: str, mounts: str) -> str:
    """The kind of file system that a folder is on, by the lines of /proc/self/mounts."""
    found, kind = "", ""
    for line in mounts.splitlines():
        _, mounted, this, *_ = line.split(" ")
        mounted = mounted.replace("\\040", " ")
        if len(mounted) >= len(found) and f"{folder}/".startswith(f"{mounted.rstrip('/')}/"):
            found, kind = mounted, this
    return kind
