"""Today's screening, kept only where the learner asks for it: one small file, and nothing else.

Answers about somebody's health are private. They stand in no backup, no export and no log, count
for the day on which they were given, and the file goes on the next.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from massage_workbook import files
from massage_workbook.safety.screening import REPLIES, Answers, Area, Permission, Reply, Side
from massage_workbook.safety.today import same_day
from massage_workbook.store.database import StoreError
from massage_workbook.store.ledger import seal
from massage_workbook.troubles import in_words

FORMAT = 2
LARGEST = 100_000
"""Bytes; a screening has about a thousand."""

DAMAGED = (
    "The screening that was kept cannot be read any more, so it does not count."
    " Please answer the questions again."
)
FROM_EARLIER_EDITION = (
    "The screening that was kept answered the questions of an earlier edition, so it does not count"
    " and has been removed. Please answer the questions again."
)
FROM_LATER = (
    "The screening that was kept is of a later time than this computer's clock shows, so it does"
    " not count. Set the clock right, and answer the questions again."
)
UNREADABLE = ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError
"""What is raised of a file that is not as it was written."""
OUT_OF_REACH = (
    "The screening that was kept cannot be opened ({}), so it does not count."
    " Please answer the questions again."
)


class Screenings:
    """The screening of today in the file at `path`; `notice` says why what is there does not count.

    Whatever is wrong with the file, it is as if nobody had been asked.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None

    def keep(
        self,
        replies: Mapping[str, Reply],
        areas: Collection[Area],
        at: datetime,
        *,
        elsewhere: bool = False,
        agreed: Mapping[str, Permission] | None = None,
    ) -> None:
        """Keep what was said at that moment, for its day; only this user may read it.

        Raises:
            StoreError: it could not be kept; what was kept before is as it was.
        """
        said = {
            "format": FORMAT,
            "at": at.astimezone(UTC).isoformat(),
            "replies": dict(replies),
            "areas": sorted([area.zone, area.side] for area in areas),
            "elsewhere": elsewhere,
            "agreed": dict(agreed or {}),
        }
        text = json.dumps(said | {"seal": _seal(said)}, indent=1)
        with _explained(f"The screening was not kept in {self.path}", "It counts in this lesson."):
            files.make_folder(self.path.parent)
            files.write_atomically(self.path, text, mode=files.ONLY_FOR_ITS_OWNER)
        self.notice = None

    def of_today(self, now: datetime) -> Answers | None:
        """What was said on the local calendar day of `now`, or None; then `notice` may say why.

        What is left of an earlier day is removed.
        """
        self.notice = None
        try:
            with self.path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            self.notice = OUT_OF_REACH.format(error.strerror)
            return None
        try:
            at, answers = _read(content)
        except UNREADABLE as error:
            self.notice = self._set_aside(error)
            return None
        if at > now.astimezone(UTC):
            self.notice = FROM_LATER
            return None
        if not same_day(at, now):
            with suppress(StoreError):
                self.forget()
            return None
        return answers

    def _set_aside(self, error: Exception) -> str:
        """What to say of a file that cannot be used; one of an earlier edition is removed."""
        if not isinstance(error, _EarlierEditionError):
            return DAMAGED
        with suppress(StoreError):
            self.forget()
        return FROM_EARLIER_EDITION

    def forget(self) -> None:
        """Remove what is kept, if anything is.

        Raises:
            StoreError: it could not be removed.
        """
        with _explained(f"{self.path} could not be removed", "Please remove it by hand."):
            files.remove(self.path)
            files.remove_drafts(self.path)
        self.notice = None

    @property
    def is_there(self) -> bool:
        """Whether there is a file, in whatever state."""
        return os.path.lexists(self.path)


class _EarlierEditionError(ValueError):
    """It is whole, and of a format that had other questions."""


def _read(content: bytes) -> tuple[datetime, Answers]:
    """When it was said, and what; raises an error of some kind for anything that is not whole.

    Raises:
        _EarlierEditionError: it is whole, and answers the questions of an earlier format.
    """
    if len(content) > LARGEST:
        raise ValueError("too large")
    said = json.loads(content.decode("utf-8"))
    mark = said.pop("seal")
    if mark != _seal(said):
        raise ValueError("not as it was written")
    if said["format"] in range(1, FORMAT):
        raise _EarlierEditionError
    at = datetime.fromisoformat(said["at"])
    replies, areas, agreed = said["replies"], said["areas"], said["agreed"]
    if (
        said["format"] != FORMAT
        or at.tzinfo is None
        or not {*replies.values()} <= {*REPLIES}
        or not {side for _, side in areas} <= {*get_args(Side)}
        or not {*agreed.values()} <= {*get_args(Permission)}
        or not all(isinstance(zone, str) for zone, _ in areas)
    ):
        raise ValueError("not as it was written")
    marked = frozenset(Area(zone, side) for zone, side in areas)
    return at, Answers(replies, marked, said["elsewhere"] is True, agreed)


def _seal(said: Mapping[str, Any]) -> int:
    return seal(json.dumps(said, sort_keys=True))


@contextmanager
def _explained(what: str, then: str) -> Iterator[None]:
    """Say in words for a learner what failed."""
    try:
        yield
    except OSError as error:
        raise StoreError(in_words(what, error, then)) from error
