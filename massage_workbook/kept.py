"""What is made once and kept: in files that are there whole or not at all, and in memory."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from massage_workbook import paths

READ = {".py", ".js", ".css", ".yaml", ".csv", ".json"}
"""What the files that the workbook reads end in."""


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


def write_whole(path: Path, text: str) -> None:
    """Write a small file whole; another process may be reading it.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
