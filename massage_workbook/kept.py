"""Atomic file writes, private folders, and values that are made once and kept.

Every call that changes a folder of the learner's stands here, so that the tests can make any one
of them fail.
"""

import errno
import gc
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from massage_workbook import paths

READ = {".py", ".js", ".css", ".yaml", ".csv", ".json"}
"""What the files that the workbook reads end in."""
ONLY_FOR_ITS_OWNER = 0o600
FOR_EVERYBODY = 0o666
"""Modes of new files; the user's umask takes away from the second what it forbids."""


def edition() -> dict[Path, int]:
    """Every file that makes the workbook what it is just now, and when it was last changed.

    These are its code, the course's data and a teacher's own questions; in nanoseconds.
    """
    folders = (paths.PACKAGE, paths.data(), paths.own_questions())
    files = (path for folder in folders for path in folder.rglob("*"))
    return {
        path: path.stat().st_mtime_ns for path in files if path.suffix in READ and path.is_file()
    }


@contextmanager
def to_stay() -> Iterator[None]:
    """Look for no garbage while something large is made that stays for as long as the process.

    Python would go through all of it again and again: a fifth of a kernel's start.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for this user alone.

    Raises:
        OSError: it cannot be made; `filename` is the first one that could not.
    """
    if path.is_dir():
        return
    if path.parent != path:
        make_folder(path.parent)
    try:
        path.mkdir(0o700)
    except FileExistsError:
        if not path.is_dir():
            raise


def make_file(path: Path) -> None:
    """Make an empty file that only this user may read, unless there is a file already.

    Raises:
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_FOR_ITS_OWNER))


def remove(path: Path) -> None:
    """Remove a file, if it is there.

    Raises:
        OSError: it is there and cannot be removed.
    """
    path.unlink(missing_ok=True)


def duplicate(path: Path, other: Path) -> None:
    """Give a file a second name, or make a copy of it where a file can have only one.

    Raises:
        OSError: there is no second one then, or one that is not whole.
    """
    try:
        other.hardlink_to(path)
    except OSError:
        make_file(other)
        shutil.copyfile(path, other)
        sync(other)


def put(draft: Path, path: Path) -> None:
    """Let a file that is whole take a place, at once and for good.

    Raises:
        OSError: it could not; what was in that place is there still, and so is the draft.
    """
    sync(draft)
    try:
        draft.replace(path)
    except PermissionError as error:  # on Windows: no file can be replaced that is open
        if os.access(path.parent, os.W_OK):
            raise OSError(errno.EBUSY, "it is open in another program", str(path)) from error
        raise
    with suppress(OSError):  # not every system can do this, and the file is in its place
        sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk.

    Raises:
        OSError: the disk reported that it is not.
    """
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, text: str, *, mode: int = FOR_EVERYBODY, lasting: bool = True) -> None:
    """Write a small file whole; another process may be reading it.

    `mode` is that of the file, less what the user's umask forbids. Without `lasting` it is not
    waited until the file is on the disk: a power cut may leave it empty.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if lasting:
            put(draft, path)
        else:
            draft.replace(path)
    finally:
        with suppress(OSError):
            remove(draft)
