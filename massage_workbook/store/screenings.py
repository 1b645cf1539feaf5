"""Today's screening, saved in one small file only if the learner asks for it.

Answers about health are private: they are in no backup, export or log, and the file is deleted on
the next day.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from massage_workbook import files
from massage_workbook.errors import reporting
from massage_workbook.safety.screening import REPLIES, Answers, Area, Permission, Side
from massage_workbook.safety.today import same_day
from massage_workbook.store.database import StoreError
from massage_workbook.store.ledger import checksum

FORMAT = 2
LARGEST = 100_000
"""Maximum bytes; a screening has about a thousand."""

DAMAGED = (
    "The saved screening cannot be read any more, so it does not count."
    " Please answer the questions again."
)
FROM_EARLIER_EDITION = (
    "The saved screening answered the questions of an earlier edition, so it does not count"
    " and has been removed. Please answer the questions again."
)
FROM_LATER = (
    "The saved screening is of a later time than this computer's clock shows, so it does"
    " not count. Set the clock right, and answer the questions again."
)
_INVALID = ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError
"""Errors raised by a damaged file."""
_UNREACHABLE = (
    "The saved screening cannot be opened ({}), so it does not count."
    " Please answer the questions again."
)


class Screenings:
    """Today's screening in the file at `path`; `notice` says why an existing file is not used.

    A damaged file counts as no screening.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None

    def save(self, answers: Answers, at: datetime) -> None:
        """Save the answers given `at` that moment, readable by this user alone.

        Raises:
            StoreError: they could not be saved; the file is unchanged.
        """
        saved = {
            "format": FORMAT,
            "at": at.astimezone(UTC).isoformat(),
            "replies": dict(answers.replies),
            "areas": sorted([area.zone, area.side] for area in answers.areas),
            "elsewhere": answers.elsewhere,
            "agreed": dict(answers.permissions),
        }
        text = json.dumps(saved | {"seal": _checksum(saved)}, indent=1)
        what = f"The screening was not saved in {self.path}"
        with reporting(StoreError, what, "It counts in this lesson."):
            files.make_folder(self.path.parent)
            files.write_atomically(self.path, text, mode=files.OWNER_ONLY)
        self.notice = None

    def load(self, now: datetime) -> Answers | None:
        """The answers given on the local calendar day of `now`, else None; `notice` may say why.

        A file of an earlier day is removed.
        """
        self.notice = None
        try:
            with self.path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            self.notice = _UNREACHABLE.format(error.strerror)
            return None
        try:
            at, answers = _parse(content)
        except _INVALID as error:
            self.notice = self._set_aside(error)
            return None
        if at > now.astimezone(UTC):
            self.notice = FROM_LATER
            return None
        if not same_day(at, now):
            with suppress(StoreError):
                self.remove()
            return None
        return answers

    def _set_aside(self, error: Exception) -> str:
        """The notice for an invalid file; one of an earlier edition is removed."""
        if not isinstance(error, _EarlierEditionError):
            return DAMAGED
        with suppress(StoreError):
            self.remove()
        return FROM_EARLIER_EDITION

    def remove(self) -> None:
        """Remove the file and its drafts, if there are any.

        Raises:
            StoreError: it could not be removed.
        """
        what = f"{self.path} could not be removed"
        with reporting(StoreError, what, "Please remove it by hand."):
            files.remove(self.path)
            files.remove_drafts(self.path)
        self.notice = None

    @property
    def exists(self) -> bool:
        """Whether there is a file, valid or not."""
        return os.path.lexists(self.path)


class _EarlierEditionError(ValueError):
    """The file is intact, and of an earlier format with other questions."""


def _parse(content: bytes) -> tuple[datetime, Answers]:
    """The time of the answers, and the answers.

    Raises:
        _EarlierEditionError: the file is intact, and of an earlier format.
        Exception: one of `_INVALID`, the file is damaged.
    """
    if len(content) > LARGEST:
        raise ValueError("too large")
    saved = json.loads(content.decode("utf-8"))
    seal = saved.pop("seal")
    if seal != _checksum(saved):
        raise ValueError("not as it was written")
    if saved["format"] in range(1, FORMAT):
        raise _EarlierEditionError
    at = datetime.fromisoformat(saved["at"])
    replies, areas, permissions = saved["replies"], saved["areas"], saved["agreed"]
    if (
        saved["format"] != FORMAT
        or at.tzinfo is None
        or not {*replies.values()} <= {*REPLIES}
        or not {side for _, side in areas} <= {*get_args(Side)}
        or not {*permissions.values()} <= {*get_args(Permission)}
        or not all(isinstance(zone, str) for zone, _ in areas)
    ):
        raise ValueError("not as it was written")
    marked = frozenset(Area(zone, side) for zone, side in areas)
    return at, Answers(replies, marked, saved["elsewhere"] is True, permissions)


def _checksum(saved: Mapping[str, Any]) -> int:
    return checksum(json.dumps(saved, sort_keys=True))
