"""Which journal a database of answers has: the one that its folder allows.

SQLite's write-ahead log is the fastest, and needs memory that programs share. Folders on a network
drive often have none, or one that is not shared by two computers. There the older rollback journal
is used, which is as safe. The choice is kept in the database, with the folder it was made for.
"""

import mmap
import os
import secrets
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from massage_workbook import kept, troubles
from massage_workbook.store.ledger import opened, without_sharing

UNSHARED = "SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_SHMLOCK", "SQLITE_PROTOCOL"
"""What SQLite says where programs cannot share memory."""
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "davfs"}
"""Kinds of file systems that lie on another computer, as Linux calls them."""
SLOWER = (
    "Your answers are on a network drive or in another folder where programs cannot share memory:"
    " they are as safe there, and saving each takes a little longer."
)


def avoid_log(path: Path) -> str | None:
    """Take the log away from a database that came into a folder where none can be used.

    Nothing else is changed: the file may be damaged, or not be a database at all.

    Raises:
        OSError, sqlite3.Error: the database cannot be changed.
    """
    header = _header(path)
    in_log = header[18:20] == b"\2\2"
    if not in_log or _chosen(header) == _mark(path.parent) or can_share(path.parent):
        return None
    return without_log(path)


def choose(path: Path) -> str | None:
    """Give a database the journal that its folder allows; return what to say of a new choice.

    Raises:
        OSError, sqlite3.Error: the database cannot be changed; it has the journal that it had.
    """
    mark = _mark(path.parent)
    if _chosen(_header(path)) == mark:
        return None
    if not can_share(path.parent):
        return without_log(path)
    with opened(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {mark}")
    return None


def without_log(path: Path) -> str:
    """Give a database the rollback journal, for as long as it is in this folder.

    Raises:
        sqlite3.Error: the database cannot be changed.
    """
    with closing(without_sharing(path)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the log, in memory
        connection.execute("PRAGMA journal_mode = DELETE")
        with connection:
            connection.execute(f"PRAGMA application_id = {_mark(path.parent)}")
    return SLOWER


def _header(path: Path) -> bytes:
    """The first bytes of a database; fewer of what is none."""
    with path.open("rb") as file:
        header = file.read(100)
    return header if header.startswith(b"SQLite format 3\0") else b""


def _chosen(header: bytes) -> int:
    """The folder for which a journal was chosen; 0 for none."""
    return int.from_bytes(header[68:72])


def is_unshared(error: Exception) -> bool:
    """Whether an error says that programs cannot share memory in a folder."""
    return troubles.name_of(error) in UNSHARED


def is_unlockable(error: Exception) -> bool:
    """Whether an error says that no file can be locked in a folder."""
    return troubles.name_of(error) in ("ENOLCK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")


def can_share(folder: Path) -> bool:
    """Whether programs that use a folder can share memory: it is tried with a file of its own."""
    if _kind(folder) in NETWORK:
        return False
    try:
        with _probe(folder, "-shm") as handle:
            os.ftruncate(handle, mmap.PAGESIZE)
            mmap.mmap(handle, mmap.PAGESIZE).close()
            _lock(handle)
    except OSError as error:
        return troubles.remedy(error) == troubles.FULL  # another time it may be possible
    return True


def must_lock(folder: Path) -> None:
    """See whether files can be locked in a folder.

    Raises:
        OSError: they cannot, as on some network drives.
    """
    with _probe(folder, "") as handle:
        _lock(handle)


@contextmanager
def _probe(folder: Path, ending: str) -> Iterator[int]:
    """A file in which something is tried; it is removed."""
    path = folder / f".probe-{os.getpid()}-{secrets.token_hex(4)}.sqlite{ending}"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, kept.ONLY_FOR_ITS_OWNER)
    try:
        yield handle
    finally:
        os.close(handle)
        with suppress(OSError):
            kept.remove(path)


def _lock(handle: int) -> None:
    """Lock a file as SQLite does; on Windows every file can be locked."""
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - only where there is one

        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _kind(folder: Path) -> str:
    """The kind of file system a folder is on, as Linux calls it; empty where that is not known."""
    found, kind = "", ""
    with suppress(OSError):
        place = str(folder.resolve())
        for line in (
            Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
        ):
            _, mounted, this, *_ = line.split(" ")
            mounted = mounted.replace("\\040", " ")
            if len(mounted) >= len(found) and f"{place}/".startswith(f"{mounted.rstrip('/')}/"):
                found, kind = mounted, this
    return kind


def _mark(folder: Path) -> int:
    """A number for a folder, never 0."""
    return zlib.crc32(os.fsencode(folder.resolve())) & 0x7FFFFFFF | 1
