"""Writing pages into a folder: whole, or not at all."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from massage_workbook.files import write_folder
from massage_workbook.troubles import ToldError

MARK = ".massage-workbook"
"""The file that lists what we wrote, so that nothing else is ever taken away."""


class NotOursError(ToldError):
    """The folder is none, or holds what we did not write."""


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write files by their names into a folder, which may be missing, empty, or written by us.

    All of them are written beside it first; then the new folder takes the place of the old one.

    Raises:
        NotOursError: something else is there; it is left as it was.
        OSError: it cannot be written; what was there is as it was.
    """
    write_folder({**files, MARK: "\n".join([*files, MARK, ""])}, free(folder))


def free(folder: Path) -> Path:
    """The folder itself, if pages may be written there.

    Raises:
        NotOursError: something else is there.
    """
    folder = folder.resolve()
    if folder == Path.cwd():
        raise NotOursError("You are in that folder. Name another one, such as ./pages.")
    if folder.exists() and not folder.is_dir():
        raise NotOursError(f"{folder} is a file. Name a folder.")
    ours = _written(folder)
    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    if other := next((name for name in there if name not in ours), None):
        raise NotOursError(f"{folder} holds other things, such as {other}. Name a new folder.")
    return folder


def _written(folder: Path) -> set[str]:
    """What we wrote into a folder: files, and the folders that hold them."""
    mark = folder / MARK
    files = mark.read_text(encoding="utf-8", errors="replace").split() if mark.is_file() else []
    return {*files, *(each.as_posix() for name in files for each in PurePosixPath(name).parents)}
