"""What goes wrong on a learner's computer, in words that say what to do."""

import errno
from pathlib import Path

BUSY = "Another program is using it: close other lessons that are open, and try again."
FULL = "Make room on the disk, and try again."
SHUT = "Make that folder writable, or choose another."
IN_THE_WAY = "A file stands where a folder belongs: move it away, or choose another place."
NETWORK = (
    "The folder may be on a network drive: choose one on this computer, which"
    " MASSAGE_WORKBOOK_HOME names."
)
FAULTY = "Look after the disk or the network drive, and try again."
REMEDIES = {
    ("SQLITE_BUSY", "SQLITE_LOCKED", "EBUSY", "ETXTBSY"): BUSY,
    ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMOPEN"): FULL,
    ("ENOSPC", "EDQUOT", "EFBIG"): FULL,
    (
        "SQLITE_IOERR_SHM",
        "SQLITE_IOERR_LOCK",
        "SQLITE_IOERR_RDLOCK",
        "SQLITE_IOERR_UNLOCK",
    ): NETWORK,
    ("SQLITE_PROTOCOL", "SQLITE_NOLFS", "ENOLCK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"): NETWORK,
    ("ESTALE", "EREMOTE", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN"): NETWORK,
    ("SQLITE_IOERR", "EIO", "ENXIO"): FAULTY,
    ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "EACCES", "EPERM", "EROFS"): SHUT,
    ("SQLITE_NOTADB", "SQLITE_CORRUPT"): "Move it away, and a new one is begun.",
    ("EEXIST", "ENOTDIR"): IN_THE_WAY,
    ("ENOENT",): "Make the folder first, or choose another.",
    ("EISDIR",): "A folder has that name: choose another.",
}
"""What to do, by how the names of SQLite's and of the system's errors begin."""


class ToldError(Exception):
    """An error that a notebook shows as one line for a learner, `told`, without a traceback."""

    @property
    def told(self) -> str:
        """What a learner is told."""
        return str(self)

    def _render_traceback_(self) -> list[str]:
        return [self.told]


class UnknownError(ToldError, LookupError):
    """A name that does not exist; the message says which is near."""


def name_of(error: Exception) -> str:
    """What SQLite or the system calls an error, such as SQLITE_FULL or ENOSPC; else empty."""
    name = getattr(error, "sqlite_errorname", None)
    return name or errno.errorcode.get(getattr(error, "errno", None) or 0, "")


def remedy(error: Exception) -> str:
    """What to do about an error of the system or of SQLite; empty where nothing is known."""
    name = name_of(error)
    return next((words for names, words in REMEDIES.items() if name.startswith(names)), "")


def in_words(what: str, error: Exception, then: str = "", shut: Path | None = None) -> str:
    """What failed, why, what is safe all the same, and what to do: one line.

    Where a folder may not be written, the line names that folder: the nearest one that there is
    above what the error itself names, or above `shut`.
    """
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    todo = remedy(error)
    named = (isinstance(error, OSError) and error.filename) or shut
    if todo == SHUT and named:
        why = f"{why}, in {_nearest_folder(Path(named))}"
    return " ".join(filter(None, (f"{what}: {why}.", then, todo)))


def _nearest_folder(path: Path) -> Path:
    """The innermost folder above a path that can be seen to be there."""
    for folder in path.absolute().parents:
        try:
            if folder.is_dir():
                return folder
        except OSError:
            continue
    return path.parent
