"""Errors that learners see, with advice."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Loc = tuple[str | int, ...]
"""A place in data: the names of fields and the indices of items that lead to it."""

BUSY = "Another program is using it: close other lessons that are open, and try again."
FULL = "Make room on the disk, and try again."
READ_ONLY = "Make that folder writable, or choose another."
IN_THE_WAY = "There is a file where a folder is needed: move it away, or choose another place."
NETWORK = (
    "The folder may be on a network drive: choose one on this computer, by setting"
    " MASSAGE_WORKBOOK_HOME."
)
_FAULTY = "Check the disk or the network drive, and try again."
_ADVICE = {
    ("SQLITE_BUSY", "SQLITE_LOCKED", "EBUSY", "ETXTBSY"): BUSY,
    ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMOPEN"): FULL,
    ("ENOSPC", "EDQUOT", "EFBIG"): FULL,
    tuple(f"SQLITE_IOERR_{each}" for each in ("SHM", "LOCK", "RDLOCK", "UNLOCK")): NETWORK,
    ("SQLITE_PROTOCOL", "SQLITE_NOLFS", "ENOLCK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"): NETWORK,
    ("ESTALE", "EREMOTE", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN"): NETWORK,
    ("SQLITE_IOERR", "EIO", "ENXIO"): _FAULTY,
    ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "EACCES", "EPERM", "EROFS"): READ_ONLY,
    ("SQLITE_NOTADB", "SQLITE_CORRUPT"): "Move it away, and a new one is made.",
    ("EEXIST", "ENOTDIR"): IN_THE_WAY,
    ("ENOENT",): "Make the folder first, or choose another.",
    ("EISDIR",): "A folder has that name: choose another.",
}
"""Prefixes of SQLite's and the system's error names -> advice; the first match counts."""


class UserError(Exception):
    """An error that a notebook shows as one line, without a traceback."""

    @property
    def message(self) -> str:
        """The message for the learner."""
        return str(self)

    def _render_traceback_(self) -> list[str]:
        return [self.message]


class UnknownNameError(UserError, LookupError):
    """An unknown name; the message suggests the nearest one."""


def error_name(error: Exception) -> str:
    """The name of an error of SQLite or the system, such as SQLITE_FULL or ENOSPC; else empty."""
    name = getattr(error, "sqlite_errorname", None)
    return name or errno.errorcode.get(getattr(error, "errno", None) or 0, "")


def advice_for(error: Exception) -> str:
    """Advice for an error of SQLite or the system; empty if none is known."""
    name = error_name(error)
    return next((words for names, words in _ADVICE.items() if name.startswith(names)), "")


def describe_error(what: str, error: Exception, then: str = "", path: Path | None = None) -> str:
    """One line: what failed, why, `then` (what is still safe), and advice.

    For a read-only folder the line names the nearest existing folder above the error's own file
    name, or above `path`.
    """
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    advice = advice_for(error)
    named = (isinstance(error, OSError) and error.filename) or path
    if advice == READ_ONLY and named:
        why = f"{why}, in {_nearest_folder(Path(named))}"
    return " ".join(filter(None, (f"{what}: {why}.", then, advice)))


@contextmanager
def reporting(
    kind: type[UserError],
    what: str,
    then: str = "",
    *,
    catch: tuple[type[Exception], ...] = (OSError,),
) -> Iterator[None]:
    """Turn errors of the system into an error of a `kind`, described by `describe_error`."""
    try:
        yield
    except catch as error:
        raise kind(describe_error(what, error, then)) from error


def _nearest_folder(path: Path) -> Path:
    """The nearest folder above a path that exists and is accessible."""
    for folder in path.absolute().parents:
        try:
            if folder.is_dir():
                return folder
        except OSError:
            continue
    return path.parent


def abbreviated(value: Any) -> str:  # noqa: ANN401
    """A value for a message, shortened to 60 characters."""
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."  # noqa: PLR2004
