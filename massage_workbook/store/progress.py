"""The learner's answers: recorded one by one, read back whole, and how each question stands."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Self

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.standing import Standing
from massage_workbook.files import make_file, make_folder
from massage_workbook.store import database, rescue
from massage_workbook.store.database import Connection, Error, StoreError, opened, reading
from massage_workbook.store.ledger import (
    INSERT,
    VERSION,
    Row,
    answer_of,
    checked_rows,
    row_of,
    set_up,
)
from massage_workbook.store.standings import Known, continued
from massage_workbook.troubles import in_words

AHEAD = timedelta(hours=1)
"""How far the last answer may lie in the future before the clock is called wrong."""


@dataclass
class Cache:
    """What a kernel remembers of a file of answers, so that it verifies and reads it once.

    `verified` is the file that was found whole, and on which day.
    """

    verified: tuple[tuple[int, int], date] | None = None
    known: Known = field(default_factory=Known)


class Progress:
    """The learner's answers in the file at `path`, which is made when there is none.

    An answer counts as saved once `record` has returned: it is on the disk then. Nothing is ever
    changed or removed. A damaged file is set aside and what is whole of it and of the newest
    backup takes its place; `notice` then says so. Several lessons may read and write at once.

    With the `cache` of an earlier one the file is verified only if another took its place, on a
    new day, or after anything failed.

    Raises:
        StoreError: the answers cannot be kept there, or a newer workbook wrote them.
    """

    def __init__(self, path: Path, now: datetime, cache: Cache | None = None) -> None:
        self.path = path
        self.notice: str | None = None
        self._cache = cache or Cache()
        with self._explained(f"Your answers cannot be kept in {path}", AND_NOW):
            try:
                if not self._is_verified(now):
                    self._prepare(now)
            except (OSError, Error) as error:
                held = database.is_busy(error) or database.is_unlockable(error)
                if held or not rescue.can_be_read(path):
                    raise
                what = f"New answers cannot be saved in {path}"
                self._say(in_words(what, error, "Those that were saved can be read.", path))
            self._look_at_the_clock(now)

    def _is_verified(self, now: datetime) -> bool:
        """Whether this file was verified today, and none waits to take its place."""
        if self._cache.verified is None or rescue.rescued(self.path).exists():
            return False
        return self.path.exists() and self._cache.verified == self._as_of(now)

    def _as_of(self, now: datetime) -> tuple[tuple[int, int], date]:
        return database.file_id(self.path), now.astimezone(UTC).date()

    def _prepare(self, now: datetime) -> None:
        """Have a sound file with today's backup, in the journal that its folder allows."""
        make_folder(self.path.parent)
        with database.alone(self.path):
            rescue.finish(self.path)
            try:
                self._set_up(now)
            except Error as error:
                if not database.is_unshared(error):
                    raise
                self._say(database.use_rollback_journal(self.path))
                self._set_up(now)
            self._back_up_today(now)
            self._cache.verified = self._as_of(now)

    def _set_up(self, now: datetime) -> None:
        self._check(now)
        make_file(self.path)
        self._say(database.choose_journal(self.path))
        with opened(self.path, VERSION) as connection:
            set_up(connection)

    def _say(self, notice: str | None) -> None:
        self.notice = " ".join(filter(None, (self.notice, notice))) or None

    # --- writing -----------------------------------------------------------------------------

    def record(self, answer: Answer) -> Self:
        """Append an answer; when this returns it is on the disk.

        Raises:
            StoreError: it could not be kept.
        """
        self.record_all([answer])
        return self

    def record_all(self, answers: Iterable[Answer]) -> int:
        """Append all of some answers, or none of them; return how many they were.

        Raises:
            StoreError: they could not be kept.
        """
        with self._explained("This answer was not saved", "Those before it are."):
            return self._append(lambda _: answers)

    def _append(self, choose: Callable[[Connection], Iterable[Answer]]) -> int:
        """Append what is chosen while nobody else may write; return how many answers they were."""
        if rescue.rescued(self.path).exists():
            raise OSError("your answers are being put together again; open the lesson again")
        rows, written = [], False
        try:
            with opened(self.path, VERSION) as connection:
                connection.execute("BEGIN IMMEDIATE")
                answers = choose(connection)
                last = connection.execute("SELECT max(id) FROM answers").fetchone()[0] or 0
                rows = [row_of(answer, last + i) for i, answer in enumerate(answers, start=1)]
                connection.executemany(INSERT, rows)
                written = bool(rows)
        except Error as error:
            if written and rescue.may_count(error):
                self._say_what_is_there(rows, error)
            raise
        return len(rows)

    def _say_what_is_there(self, rows: list[Row], error: Error) -> None:
        """After a failure at the very end, look whether the rows are on the disk all the same.

        Raises:
            StoreError: they are, or that cannot be told.
        """
        there = rescue.on_the_disk(self.path)
        if there is None:
            what = "It cannot be told whether this was saved"
            raise StoreError(in_words(what, error, "Open the lesson again to see.")) from error
        if rows[-1] in there:
            what = "This was saved, but the disk reported an error"
            raise StoreError(in_words(what, error)) from error

    def merge(self, answers: Iterable[Answer]) -> int:
        """Append those answers that are not there yet; return how many they were.

        Raises:
            StoreError: they could not be kept; then none of them is.
        """
        with self._explained("None of these answers was added", "Those before them are safe."):
            return self._append(partial(_missing, answers))

    # --- reading -----------------------------------------------------------------------------

    def answers(self, topic: str | None = None) -> list[Answer]:
        """Every answer, or those of a topic, the first one recorded first."""
        which = ("WHERE topic = ? ORDER BY id", topic) if topic else ()
        with self._explained(CANNOT_READ, AND_NOW), reading(self.path, VERSION) as connection:
            return [answer_of(row) for row in checked_rows(connection, *which)]

    def standings(self) -> dict[str, Standing]:
        """How the learner stands with each question that was ever answered.

        They follow from the answers alone; the cache spares reading again those it knows.
        """
        with self._explained(CANNOT_READ, AND_NOW):
            file = database.file_id(self.path)
            with reading(self.path, VERSION) as connection:
                self._cache.known = continued(self._cache.known, file, connection)
        return dict(self._cache.known.standings)

    # --- keeping it whole --------------------------------------------------------------------

    def _check(self, now: datetime) -> None:
        if not self.path.exists():
            self._say(rescue.recover(self.path, now))
            return
        if not rescue.is_sound(self.path) or rescue.has_shrunk(self.path):
            self._say(rescue.recover(self.path, now))

    def _back_up_today(self, now: datetime) -> None:
        backup = rescue.todays_backup(self.path, now)
        if backup.exists():
            return
        try:
            rescue.back_up(self.path, backup)
            rescue.keep_the_newest(self.path)
        except (OSError, Error) as error:  # the answers themselves are whole
            what = f"Today's backup could not be written to {backup}"
            self._say(in_words(what, error, "Your answers are safe.", backup))

    def back_up(self, backup: Path) -> int:
        """Write a verified copy of all answers; return how many they are.

        Raises:
            StoreError: it cannot be written there.
        """
        with self._explained(f"No backup could be written to {backup}", "Your answers are safe."):
            rescue.back_up(self.path, backup)
            return rescue.count(backup)

    def restore(self, backup: Path, now: datetime) -> Path | None:
        """Go back to a backup. What was there is set aside, whole; return where it is.

        Raises:
            StoreError: the backup is not whole, or cannot be put there; the message says whether
                the answers are as they were.
        """
        with self._explained("The backup could not be restored", "Your answers are as they were."):
            try:
                with database.alone(self.path):
                    return rescue.restore(self.path, backup, now)
            except ValueError as error:
                raise StoreError(f"{error}. Your answers are as they were.") from error

    def _look_at_the_clock(self, now: datetime) -> None:
        with reading(self.path, VERSION) as connection:
            last = connection.execute("SELECT at FROM answers ORDER BY id DESC LIMIT 1").fetchone()
        if last and datetime.fromisoformat(last[0]) > now + AHEAD:
            self._say(
                f"The clock of this computer says {now.astimezone():%d %B %Y}, and your last"
                " answer was given later than that. Nothing is lost; set the clock right, so that"
                " questions come back at their time."
            )

    @contextmanager
    def _explained(self, what: str, then: str) -> Iterator[None]:
        """Say in words for a learner what failed; the next one verifies the file again."""
        try:
            yield
        except (OSError, Error) as error:
            self._cache.verified = None
            raise StoreError(in_words(what, error, then, self.path)) from error


def answers_in(file: Path) -> list[Answer]:
    """The answers in any learner's file or backup, which is only read.

    Raises:
        StoreError: it cannot be read, or is damaged.
    """
    try:
        with reading(file, VERSION) as connection:
            return [answer_of(row) for row in checked_rows(connection)]
    except (OSError, Error) as error:
        raise StoreError(in_words(f"{file} cannot be read", error)) from error


CANNOT_READ = "Your answers cannot be read"
AND_NOW = "Nothing that was saved is lost."


def _missing(answers: Iterable[Answer], connection: Connection) -> list[Answer]:
    """Those answers that are not there yet, each once, in the order of their times."""
    there = {row[1:-1] for row in checked_rows(connection)}
    given = {row_of(answer, 0)[1:-1]: answer for answer in answers}
    new = [answer for row, answer in given.items() if row not in there]
    return sorted(new, key=lambda answer: answer.at)
