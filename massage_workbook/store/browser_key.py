"""A random name for one learner's place in a browser, which others may use as well."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from massage_workbook.kept import make_folder

FILE = "browser-key"
KEY = re.compile("[0-9a-f]{32}")


def browser_key(home: Path) -> str:
    """Return the name kept in a learner's home, made when there is none.

    It is the same in each of the learner's kernels, and says nothing about anybody. It is empty if
    none can be kept: then the browser must keep nothing either.
    """
    place = home / FILE
    with suppress(OSError):
        make_folder(home)
        if not _read(place):
            _write_if_missing(place)
        return _read(place)
    return ""


def _read(place: Path) -> str:
    """The name in a file, or nothing; a file that holds something else is removed."""
    try:
        found = place.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""
    if KEY.fullmatch(found):
        return found
    place.unlink(missing_ok=True)
    return ""


def _write_if_missing(place: Path) -> None:
    """Write a new name, whole, unless another kernel was quicker."""
    draft = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    try:
        draft.write_text(secrets.token_hex(16), encoding="ascii")
        draft.chmod(0o600)
        try:
            os.link(draft, place)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
