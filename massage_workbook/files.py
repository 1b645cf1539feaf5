"""Atomic file writes, private folders, and fingerprints.

All changes of the learner's files are made here, so that tests can make each of them fail.
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

_SOURCE_SUFFIXES = {".py", ".js", ".css", ".yaml", ".csv", ".json"}
"""Suffixes of the workbook's source files."""
OWNER_ONLY = 0o600
DEFAULT_MODE = 0o666
"""Modes of new files; the umask applies to both."""
_DRAFT_SUFFIX = ".draft"
_BINARY = getattr(os, "O_BINARY", 0)

# --- fingerprints ----------------------------------------------------------------------------


def fingerprint(text: str) -> str:
    """Return the first 16 hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def folder_fingerprint(folder: Path) -> str:
    """Return a fingerprint of the names and contents of all files below a folder.

    Raises:
        OSError: a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def source_timestamps() -> dict[Path, int]:
    """Return the modification time of each source file, in nanoseconds since the epoch.

    Source files are the code, the course's data and imported questions.
    """
    folders = (paths.PACKAGE, paths.data(), paths.own_questions())
    files = (path for folder in folders for path in folder.rglob("*"))
    return {
        path: path.stat().st_mtime_ns
        for path in files
        if path.suffix in _SOURCE_SUFFIXES and path.is_file()
    }


# --- single files ----------------------------------------------------------------------------


def write_atomically(
    path: Path,
    content: str | bytes,
    *,
    mode: int = DEFAULT_MODE,
    durable: bool = True,
    overwrite: bool = True,
) -> None:
    """Write a file atomically: readers see either the old or the new content.

    The umask applies to `mode`. Unless `durable`, the file is not synced: a power cut may empty it.
    Without `overwrite` an existing file stays.

    Raises:
        OSError: it cannot be written; an existing file is unchanged.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_DRAFT_SUFFIX}")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        if not overwrite:
            _link_if_free(draft, path)
        elif durable:
            replace(draft, path)
        else:
            draft.replace(path)
    finally:
        with suppress(OSError):
            remove(draft)


def remove_drafts(path: Path) -> None:
    """Remove drafts of a file that a power cut left behind.

    Raises:
        OSError: one cannot be removed.
    """
    for draft in path.parent.glob(f"{path.name}.*{_DRAFT_SUFFIX}"):
        remove(draft)


def _link_if_free(draft: Path, path: Path) -> None:
    sync(draft)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except (OSError, NotImplementedError):  # a file system without hard links
        draft.replace(path)


def replace(draft: Path, path: Path) -> None:
    """Replace a file by a complete draft, atomically and durably.

    Raises:
        OSError: it failed; the file and the draft are unchanged.
    """
    sync(draft)
    try:
        draft.replace(path)
    except PermissionError as error:  # on Windows an open file cannot be replaced
        if os.access(path.parent, os.W_OK):
            raise OSError(errno.EBUSY, "it is open in another program", str(path)) from error
        raise
    with suppress(OSError):  # not supported by every system, and the file is already replaced
        sync(path.parent)


def sync(path: Path) -> None:
    """Sync a file or a folder to disk.

    Raises:
        OSError: the disk reported an error.
    """
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def create_file(path: Path) -> None:
    """Create an empty file, readable by this user alone, unless it exists.

    Raises:
        OSError: it cannot be created.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))


@contextmanager
def probe(folder: Path) -> Iterator[int]:
    """Open a temporary file, to test a folder; yields its descriptor.

    Raises:
        OSError: no file can be created there.
    """
    path = folder / f".probe-{secrets.token_hex(4)}"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY)
    try:
        yield handle
    finally:
        os.close(handle)
        with suppress(OSError):
            remove(path)


def remove(path: Path) -> None:
    """Remove a file, if it exists.

    Raises:
        OSError: it cannot be removed.
    """
    path.unlink(missing_ok=True)


def link_or_copy(path: Path, other: Path) -> None:
    """Hard-link a file, or copy it where links are not supported.

    Raises:
        OSError: it failed; there may be an incomplete copy.
    """
    try:
        other.hardlink_to(path)
    except (OSError, NotImplementedError):
        create_file(other)
        shutil.copyfile(path, other)
        sync(other)


# --- folders ---------------------------------------------------------------------------------


def make_folder(path: Path) -> None:
    """Create a folder and its missing parents, accessible by this user alone.

    Raises:
        OSError: it cannot be created; `filename` is the first one that failed.
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


def write_folder(contents: Mapping[str, str | bytes], folder: Path) -> None:
    """Replace a folder by one with these files, by name.

    It is not synced to disk: use it for files that can be generated again.

    Raises:
        OSError: it cannot be written; an existing folder is unchanged.
    """
    with _draft_folder(folder) as draft:
        for name, content in contents.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(draft / name, content, durable=False)


def copy_folder(source: Path, folder: Path) -> None:
    """Replace a folder by a copy of another, atomically.

    Raises:
        OSError: it cannot be copied; an existing folder is unchanged.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _draft_folder(folder) as draft:
        shutil.copytree(source, draft, dirs_exist_ok=True)


@contextmanager
def _draft_folder(folder: Path) -> Iterator[Path]:
    """Yield a draft folder that replaces `folder` at the end."""
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
