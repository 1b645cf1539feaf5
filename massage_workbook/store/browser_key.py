"""Random keys of a learner: one for records in the browser's storage, one as a pseudonym."""

import re
import secrets
from contextlib import suppress
from pathlib import Path

from massage_workbook.files import OWNER_ONLY, make_folder, remove, write_atomically

FILE_NAME = "browser-key"
PSEUDONYM = "pseudonym"
"""The file of the key under which scores are given to a class."""
KEY_PATTERN = re.compile("[0-9a-f]{32}")


def read_or_create(home: Path, name: str = FILE_NAME) -> str:
    """Return the key stored in a learner's home, 32 hexadecimal digits; create it if missing.

    All of the learner's kernels share it, and it identifies nobody. It is empty if it cannot be
    stored; the browser must not store anything then.
    """
    place = home / name
    with suppress(OSError):
        make_folder(home)
        if not _read(place):
            write_atomically(place, secrets.token_hex(16), mode=OWNER_ONLY, overwrite=False)
        return _read(place)
    return ""


def _read(place: Path) -> str:
    """The key in a file, or an empty string; a file with any other content is removed."""
    try:
        found = place.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""
    if KEY_PATTERN.fullmatch(found):
        return found
    remove(place)
    return ""
