"""Atomic file writes, private folders, and fingerprints.

Every call that changes a file or folder of the learner's is made here, so that the tests can make
any one of them fail.
"""

import errno
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from massage_workbook import paths

SOURCES = {".py", ".js", ".css", ".yaml", ".csv", ".json"}
"""Suffixes of the files that the workbook is made of."""
ONLY_FOR_ITS_OWNER = 0o600
FOR_EVERYBODY = 0o666
"""Modes of new files; the user's umask takes away from the second what it forbids."""

# --- fingerprints ----------------------------------------------------------------------------


def fingerprint(text: str) -> str:
    """Return a short digest of a text: 16 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def folder_fingerprint(folder: Path) -> str:
    """Return a short digest of the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def source_timestamps() -> dict[Path, int]:
    """Return every source file of the workbook and when it was last changed, in nanoseconds.

    These are its code, the course's data and a teacher's own questions.
    """
    folders = (paths.PACKAGE, paths.data(), paths.own_questions())
    files = (path for folder in folders for path in folder.rglob("*"))
    return {
        path: path.stat().st_mtime_ns for path in files if path.suffix in SOURCES and path.is_file()
    }


# --- single files ----------------------------------------------------------------------------


def write_atomically(
    path: Path,
    content: str | bytes,
    *,
    mode: int = FOR_EVERYBODY,
    durable: bool = True,
    overwrite: bool = True,
) -> None:
    """Write a file so that it is there complete or not at all, also while others read it.

    `mode` is that of the file, less what the user's umask forbids. If not `durable`, nobody waits
    for the disk: a power cut may leave the file empty. Without `overwrite` a file that is there
    already stays.

    Raises:
        OSError: it cannot be written; what was there before is unchanged.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{DRAFT}")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | BINARY, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        if not overwrite:
            _put_if_free(draft, path)
        elif durable:
            replace(draft, path)
        else:
            draft.replace(path)
    finally:
        with suppress(OSError):
            remove(draft)


DRAFT = ".draft"
BINARY = getattr(os, "O_BINARY", 0)


def remove_drafts(path: Path) -> None:
    """Remove the drafts of a file that a power cut left behind.

    Raises:
        OSError: one of them cannot be removed.
    """
    for draft in path.parent.glob(f"{path.name}.*{DRAFT}"):
        remove(draft)


def _put_if_free(draft: Path, path: Path) -> None:
    sync(draft)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        draft.replace(path)


def replace(draft: Path, path: Path) -> None:
    """Let a complete file take a place, at once and for good.

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


def make_file(path: Path) -> None:
    """Make an empty file that only this user may read, unless there is a file already.

    Raises:
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_FOR_ITS_OWNER))


@contextmanager
def probe(folder: Path) -> Iterator[int]:
    """The handle of an empty file in which something is tried; it is removed.

    Raises:
        OSError: none can be made there.
    """
    path = folder / f".probe-{secrets.token_hex(4)}"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, ONLY_FOR_ITS_OWNER)
    try:
        yield handle
    finally:
        os.close(handle)
        with suppress(OSError):
            remove(path)


def remove(path: Path) -> None:
    """Remove a file, if it is there.

    Raises:
        OSError: it is there and cannot be removed.
    """
    path.unlink(missing_ok=True)


def duplicate(path: Path, other: Path) -> None:
    """Give a file a second name, or make a copy of it where a file can have only one.

    Raises:
        OSError: there is no second one then, or one that is not complete.
    """
    try:
        other.hardlink_to(path)
    except OSError:
        make_file(other)
        shutil.copyfile(path, other)
        sync(other)


# --- folders ---------------------------------------------------------------------------------


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


def write_folder(contents: Mapping[str, str], folder: Path) -> None:
    """Write files by their names into a folder that takes the place of the one that is there.

    Nobody waits for the disk: it is for what can be made again.

    Raises:
        OSError: it cannot be written; what was there before is unchanged.
    """
    with _draft_folder(folder) as draft:
        for name, content in contents.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(draft / name, content, durable=False)


def copy_folder(source: Path, folder: Path) -> None:
    """Copy a folder so that it is there complete or not at all, in the place of what was there.

    Raises:
        OSError: it cannot be copied; what was there before is unchanged.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _draft_folder(folder) as draft:
        shutil.copytree(source, draft, dirs_exist_ok=True)


@contextmanager
def _draft_folder(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of `folder` at the end."""
    with tempfile.TemporaryDirectory(
        prefix=f".{folder.name}-", dir=folder.parent, ignore_cleanup_errors=True
    ) as aside:
        draft, old = Path(aside) / "new", Path(aside) / "old"
        draft.mkdir()
        yield draft
        if folder.exists():
            folder.rename(old)
        try:
            draft.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
