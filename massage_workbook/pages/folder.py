"""Writes pages into a folder atomically."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from massage_workbook.errors import UserError
from massage_workbook.files import write_folder

_MANIFEST = ".massage-workbook"
"""The file that lists our files, so that a later export replaces nothing else."""


class FolderInUseError(UserError):
    """The path is not a folder, or the folder has files that we did not write."""


def write(files: Mapping[str, str | bytes], folder: Path) -> None:
    """Write files by name into a folder that is missing, empty, or was written by us.

    They are written into a new folder first, which then replaces the old one.

    Raises:
        FolderInUseError: the folder has other files; it is unchanged.
        OSError: it cannot be written; it is unchanged.
    """
    write_folder({**files, _MANIFEST: "\n".join([*files, _MANIFEST, ""])}, check_folder(folder))


def check_folder(folder: Path) -> Path:
    """Return the resolved folder if pages may be written there.

    Raises:
        FolderInUseError: it is a file, the current folder, or has other files.
    """
    folder = folder.resolve()
    if folder == Path.cwd():
        raise FolderInUseError("You are in that folder. Name another one, such as ./pages.")
    if folder.exists() and not folder.is_dir():
        raise FolderInUseError(f"{folder} is a file. Name a folder.")
    ours = _listed_files(folder)
    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    if other := next((name for name in there if name not in ours), None):
        raise FolderInUseError(f"{folder} has other files, such as {other}. Name a new folder.")
    return folder


def _listed_files(folder: Path) -> set[str]:
    """The files and folders listed in our manifest."""
    mark = folder / _MANIFEST
    files = mark.read_text(encoding="utf-8", errors="replace").split() if mark.is_file() else []
    return {*files, *(each.as_posix() for name in files for each in PurePosixPath(name).parents)}
