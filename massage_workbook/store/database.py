"""SQLite databases: connections, locks, schema versions and journals. No other module opens one.

The write-ahead log is SQLite's fastest journal, and needs shared memory, which network drives often
lack. There the older rollback journal is used, which is as safe.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection, DatabaseError, Error, OperationalError

from massage_workbook import errors, files
from massage_workbook.errors import UserError

__all__ = ["Connection", "DatabaseError", "Error", "OperationalError"]

LOCK_TIMEOUT = 5
"""Seconds to wait while another process is writing."""
_SUFFIXES = "", "-wal", "-shm", "-journal"
"""Suffixes of the files that make up one database."""


class StoreError(UserError):
    """The store cannot be read or written; the message says what is safe and what to do."""


# --- connections -----------------------------------------------------------------------------


def connect(path: Path, wait: float | None = None, *, shared: bool = True) -> Connection:
    """Open a connection that waits for locks, and syncs to disk on each commit.

    Without `shared` it locks the file exclusively, and needs no shared memory.

    Raises:
        Error: the file cannot be opened.
    """
    connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT if wait is None else wait)
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
def transaction(path: Path, newest: int) -> Iterator[Connection]:
    """Open a connection that commits at the end, or rolls back on any error.

    `newest` is the latest schema version that this workbook can read.

    Raises:
        StoreError: a newer workbook wrote the file.
        OSError: the file is missing, or files cannot be locked in its folder.
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
            _require_file_locks(path.parent)
        raise


@contextmanager
def snapshot(path: Path, newest: int) -> Iterator[Connection]:
    """Open a read transaction, even on a full disk or in a read-only folder.

    SQLite writes files beside a database before it reads it, which fails there.

    Raises:
        StoreError: a newer workbook wrote the file.
        OSError: the file is missing.
        Error: it cannot be opened or read.
    """
    file_id(path)
    with closing(_connect_for_reading(path)) as connection:
        _refuse_newer(connection, path, newest)
        connection.execute("BEGIN")
        yield connection


def file_id(path: Path) -> tuple[int, int]:
    """Device and inode of a file, which change when the file is replaced.

    Raises:
        OSError: the file is missing or out of reach.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise OSError(f"{path} is missing; open the lesson again, to restore a backup") from None
    return found.st_dev, found.st_ino


def is_database(path: Path) -> bool:
    """Whether a file has the header of an SQLite database.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def schema_version(connection: Connection) -> int:
    """The schema version of a database; 0 for an empty one."""
    return connection.execute("PRAGMA user_version").fetchone()[0]


def connect_exclusively(path: Path) -> Connection:
    """Open a connection with an exclusive lock, and give up soon if others hold one."""
    return connect(path, LOCK_TIMEOUT / 10, shared=False)


def database_files(path: Path) -> list[Path]:
    """The files that make up one database, whether or not they exist."""
    return [path.with_name(f"{path.name}{ending}") for ending in _SUFFIXES]


def _refuse_newer(connection: Connection, path: Path, newest: int) -> None:
    version = schema_version(connection)
    if version > newest:
        raise StoreError(
            f"{path} was written by a newer workbook (format {version}, this one knows"
            f" {newest}). It is unchanged: install the newer workbook again."
        )


def _connect_for_reading(path: Path) -> Connection:
    """Try shared, exclusive and immutable connections in turn; raise the first one's error."""
    failed = None
    for way in (connect, connect_exclusively, _connect_immutable):
        try:
            return _verified(way(path))
        except (OSError, Error) as error:
            failed = failed or error
            if not errors.error_name(failed).startswith(_CANNOT_WRITE):
                break
    raise failed


def _verified(connection: Connection) -> Connection:
    """The connection, once a first read has succeeded; closed on an error."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except Error:
        connection.close()
        raise
    return connection


_CANNOT_WRITE = (
    "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM",
    "SQLITE_PROTOCOL",
)  # fmt: skip
"""Errors of a database that cannot be read because no file can be written beside it."""


def _connect_immutable(path: Path) -> Connection:
    """Open a file without locks or writes, which is safe only if no journal is pending."""
    for part in database_files(path):
        if part.name.endswith(("-wal", "-journal")) and part.exists() and part.stat().st_size:
            raise FileExistsError(errno.EEXIST, "a change is unfinished", str(part))
    uri = f"{path.absolute().as_uri()}?immutable=1"
    return sqlite3.connect(uri, uri=True)


# --- locks -----------------------------------------------------------------------------------


@contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Keep other processes from migrating or recovering the same file at the same time.

    Raises:
        OSError: files cannot be locked there.
        Error: another process does not finish, or the disk is full.
    """
    lock = path.with_name(f"{path.stem}-lock.sqlite")
    files.create_file(lock)
    connection = sqlite3.connect(lock, timeout=LOCK_TIMEOUT / 5, isolation_level=None)
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except OperationalError:
            _require_file_locks(path.parent)  # otherwise waiting is pointless
            connection.execute(f"PRAGMA busy_timeout = {int(4000 * LOCK_TIMEOUT)}")
            connection.execute("BEGIN EXCLUSIVE")
        yield


def is_busy(error: Exception) -> bool:
    """Whether a file is locked; SQLite also reports this where locks are not supported."""
    return errors.advice_for(error) == errors.BUSY


def lacks_file_locks(error: Exception) -> bool:
    """Whether an error says that a folder does not support file locks."""
    return errors.error_name(error) in ("ENOLCK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")


def _require_file_locks(folder: Path) -> None:
    """Try a lock on a temporary file; on Windows every file can be locked.

    Raises:
        OSError: the folder does not support file locks, as on some network drives.
    """
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - only where there is one

    with files.probe(folder) as handle:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


# --- journals --------------------------------------------------------------------------------

_NETWORK_FILE_SYSTEMS = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "davfs",
}  # fmt: skip
"""Linux's names of network file systems."""
_NO_SHARED_MEMORY = "SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_SHMLOCK", "SQLITE_PROTOCOL"
"""SQLite's errors in folders without shared memory."""
SLOWER_JOURNAL = (
    "Your answers are on a network drive, or in another folder where programs cannot share memory."
    " They are as safe there, but saving takes a little longer."
)


def choose_journal(path: Path) -> str | None:
    """Set the journal mode that the folder supports; return a notice for the learner, if any.

    On a network drive a database with a write-ahead log is converted. One with a rollback journal
    keeps it: the folder may be a network drive for another computer.

    Raises:
        OSError, Error: the database cannot be changed; its journal mode is unchanged.
    """
    with path.open("rb") as file:
        header = file.read(20)
    in_log = header[18:20] == b"\2\2"
    if header and not in_log:
        return None
    if is_network_folder(path.parent):
        return use_rollback_journal(path)
    if not in_log:
        with closing(connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    return None


def use_rollback_journal(path: Path) -> str:
    """Switch a database to the rollback journal; return a notice for the learner.

    Raises:
        Error: the database cannot be changed.
    """
    with closing(connect_exclusively(path)) as connection:
        # A first read opens the log without shared memory.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.execute("PRAGMA journal_mode = DELETE")
    return SLOWER_JOURNAL


def lacks_shared_memory(error: Exception) -> bool:
    """Whether an error says that a folder does not support shared memory."""
    return errors.error_name(error) in _NO_SHARED_MEMORY


def is_network_folder(folder: Path) -> bool:
    """Whether a folder is on a network file system; known on Linux only."""
    with suppress(OSError):
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        return _file_system_type(str(folder.resolve()), mounts) in _NETWORK_FILE_SYSTEMS
    return False


def _file_system_type(folder: str, mounts: str) -> str:
    """The type of the file system that holds a folder, from the text of /proc/self/mounts."""
    found, kind = "", ""
    for line in mounts.splitlines():
        _, mounted, this, *_ = line.split(" ")
        mounted = mounted.replace("\\040", " ")
        if len(mounted) >= len(found) and f"{folder}/".startswith(f"{mounted.rstrip('/')}/"):
            found, kind = mounted, this
    return kind
