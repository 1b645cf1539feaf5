"""A random name for one learner's place in a browser, which others may use as well."""

import re
import secrets
from contextlib import suppress
from pathlib import Path

from massage_workbook.files import ONLY_FOR_ITS_OWNER, make_folder, remove, write_atomically

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
            write_atomically(place, secrets.token_hex(16), mode=ONLY_FOR_ITS_OWNER, overwrite=False)
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
    remove(place)
    return ""
