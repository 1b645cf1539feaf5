"""What goes wrong on a learner's computer, in words that say what to do."""

import errno

BUSY = "Another program is using it: close other lessons that are open, and try again."
FULL = "Make room on the disk, and try again."
SHUT = "Make that folder writable, or choose another."
IN_THE_WAY = "A file stands where a folder belongs: move it away, or choose another place."
REMEDIES = {
    ("SQLITE_BUSY", "SQLITE_LOCKED"): BUSY,
    ("SQLITE_FULL", "SQLITE_IOERR", "ENOSPC", "EDQUOT", "EFBIG", "EIO"): FULL,
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


def remedy(error: Exception) -> str:
    """What to do about an error of the system or of SQLite; empty where nothing is known."""
    name = getattr(error, "sqlite_errorname", None) or errno.errorcode.get(
        getattr(error, "errno", None) or 0, ""
    )
    return next((words for names, words in REMEDIES.items() if name.startswith(names)), "")


def in_words(what: str, error: Exception, then: str = "") -> str:
    """What failed, why, what is safe all the same, and what to do: one line."""
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return " ".join(filter(None, (f"{what}: {why}.", then, remedy(error))))
