"""The learner's answers: recording, reading, backups, and the standing of each question."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Self

from massage_workbook.answers.answer import Answer
from massage_workbook.answers.standing import Standing
from massage_workbook.errors import describe_error, reporting
from massage_workbook.files import create_file, make_folder
from massage_workbook.store import database, recovery
from massage_workbook.store.database import Connection, Error, StoreError, snapshot, transaction
from massage_workbook.store.ledger import (
    INSERT,
    VERSION,
    Row,
    migrate,
    to_answer,
    to_row,
    verified_rows,
)
from massage_workbook.store.standings import CachedStandings, updated

_CLOCK_TOLERANCE = timedelta(hours=1)
"""Maximum time by which the last answer may be ahead of the clock without a notice."""


@dataclass
class Cache:
    """A kernel's cache of the answers, so that it verifies and reads the file once.

    `verified` is the id of the intact file and the day of its verification.
    """

    verified: tuple[tuple[int, int], date] | None = None
    standings: CachedStandings = field(default_factory=CachedStandings)


class Progress:
    """The learner's answers in the file at `path`, which is created if missing.

    An answer is on the disk once `record` has returned. Answers are never changed or removed. A
    damaged file is set aside and replaced by its intact rows and those of the newest backup;
    `notice` then says so. Several processes may read and write at once.

    With the `cache` of an earlier instance the file is verified again only if it was replaced, on
    a new day, or after an error.

    Raises:
        StoreError: the file cannot be used, or a newer workbook wrote it.
    """

    def __init__(self, path: Path, now: datetime, cache: Cache | None = None) -> None:
        self.path = path
        self.notice: str | None = None
        self._cache = cache or Cache()
        with self._reporting(f"Your answers cannot be saved in {path}", _NOTHING_LOST):
            try:
                if not self._is_verified(now):
                    self._prepare(now)
            except (OSError, Error) as error:
                held = database.is_busy(error) or database.lacks_file_locks(error)
                if held or not recovery.is_readable(path):
                    raise
                what = f"New answers cannot be saved in {path}"
                self._add_notice(
                    describe_error(what, error, "Those that were saved can be read.", path)
                )
            self._check_clock(now)

    def _is_verified(self, now: datetime) -> bool:
        """Whether this file was verified today, and no replacement is pending."""
        if self._cache.verified is None or recovery.replacement_of(self.path).exists():
            return False
        return self.path.exists() and self._cache.verified == self._verification_key(now)

    def _verification_key(self, now: datetime) -> tuple[tuple[int, int], date]:
        return database.file_id(self.path), now.astimezone(UTC).date()

    def _prepare(self, now: datetime) -> None:
        """Recover, migrate and back up the file as needed, with the journal its folder supports."""
        make_folder(self.path.parent)
        with database.exclusive_lock(self.path):
            recovery.install_replacement(self.path)
            try:
                self._set_up(now)
            except Error as error:
                if not database.lacks_shared_memory(error):
                    raise
                self._add_notice(database.use_rollback_journal(self.path))
                self._set_up(now)
            self._back_up_today(now)
            self._cache.verified = self._verification_key(now)

    def _set_up(self, now: datetime) -> None:
        self._recover_if_damaged(now)
        create_file(self.path)
        self._add_notice(database.choose_journal(self.path))
        with transaction(self.path, VERSION) as connection:
            migrate(connection)

    def _add_notice(self, notice: str | None) -> None:
        self.notice = " ".join(filter(None, (self.notice, notice))) or None

    # --- writing -----------------------------------------------------------------------------

    def record(self, answer: Answer) -> Self:
        """Append an answer; when this returns it is on the disk.

        Raises:
            StoreError: it could not be saved.
        """
        self.record_all([answer])
        return self

    def record_all(self, answers: Iterable[Answer]) -> int:
        """Append all of the answers or none; return their number.

        Raises:
            StoreError: they could not be saved.
        """
        with self._reporting("This answer was not saved", "Those before it are."):
            return self._append(lambda _: answers)

    def _append(self, choose: Callable[[Connection], Iterable[Answer]]) -> int:
        """Append the answers that `choose` selects under the write lock; return their number."""
        if recovery.replacement_of(self.path).exists():
            raise OSError("your answers are being recovered; open the lesson again")
        rows, written = [], False
        try:
            with transaction(self.path, VERSION) as connection:
                connection.execute("BEGIN IMMEDIATE")
                answers = choose(connection)
                last = connection.execute("SELECT max(id) FROM answers").fetchone()[0] or 0
                rows = [to_row(answer, last + i) for i, answer in enumerate(answers, start=1)]
                connection.executemany(INSERT, rows)
                written = bool(rows)
        except Error as error:
            if written and recovery.may_be_committed(error):
                self._raise_if_saved(rows, error)
            raise
        return len(rows)

    def _raise_if_saved(self, rows: list[Row], error: Error) -> None:
        """After a failed commit, check whether the rows are on the disk after all.

        Raises:
            StoreError: they are, or this cannot be determined.
        """
        there = recovery.committed_rows(self.path)
        if there is None:
            what = "It is unknown whether this was saved"
            then = "Open the lesson again to see."
            raise StoreError(describe_error(what, error, then)) from error
        if rows[-1] in there:
            what = "This was saved, but the disk reported an error"
            raise StoreError(describe_error(what, error)) from error

    def merge(self, answers: Iterable[Answer]) -> int:
        """Append the answers that are missing; return their number.

        Raises:
            StoreError: they could not be saved; then none of them is.
        """
        with self._reporting("None of these answers was added", "Those before them are safe."):
            return self._append(partial(_not_recorded, answers))

    # --- reading -----------------------------------------------------------------------------

    def answers(self, topic: str | None = None) -> list[Answer]:
        """All answers, or those of a topic, in the order in which they were recorded."""
        selection = ("WHERE topic = ? ORDER BY id", topic) if topic else ()
        with (
            self._reporting(_CANNOT_READ, _NOTHING_LOST),
            snapshot(self.path, VERSION) as connection,
        ):
            return [to_answer(row) for row in verified_rows(connection, *selection)]

    def standings(self) -> dict[str, Standing]:
        """The standing of each question that was ever answered, by question id.

        Computed from the answers alone; with a cache only new ones are read.
        """
        with self._reporting(_CANNOT_READ, _NOTHING_LOST):
            file = database.file_id(self.path)
            with snapshot(self.path, VERSION) as connection:
                self._cache.standings = updated(self._cache.standings, file, connection)
        return dict(self._cache.standings.standings)

    # --- backups and recovery ----------------------------------------------------------------

    def _recover_if_damaged(self, now: datetime) -> None:
        missing = not self.path.exists()
        if missing or not recovery.is_intact(self.path) or recovery.has_shrunk(self.path):
            self._add_notice(recovery.recover(self.path, now))

    def _back_up_today(self, now: datetime) -> None:
        backup = recovery.daily_backup(self.path, now)
        if backup.exists():
            return
        try:
            recovery.back_up(self.path, backup)
            recovery.prune_backups(self.path)
        except (OSError, Error) as error:  # the answers themselves are intact
            what = f"Today's backup could not be written to {backup}"
            self._add_notice(describe_error(what, error, "Your answers are safe.", backup))

    def back_up(self, backup: Path) -> int:
        """Write a verified copy of all answers; return their number.

        Raises:
            StoreError: it cannot be written there.
        """
        with self._reporting(f"No backup could be written to {backup}", "Your answers are safe."):
            recovery.back_up(self.path, backup)
            return recovery.count(backup)

    def restore(self, backup: Path, now: datetime) -> Path | None:
        """Restore a backup; return the path of a copy of the answers before, if there were any.

        Raises:
            StoreError: the backup is damaged, or cannot be restored; the message says whether the
                answers are unchanged.
        """
        with self._reporting("The backup could not be restored", "Your answers are as they were."):
            try:
                with database.exclusive_lock(self.path):
                    return recovery.restore(self.path, backup, now)
            except ValueError as error:
                raise StoreError(f"{error}. Your answers are as they were.") from error

    def _check_clock(self, now: datetime) -> None:
        with snapshot(self.path, VERSION) as connection:
            last = connection.execute("SELECT at FROM answers ORDER BY id DESC LIMIT 1").fetchone()
        if last and datetime.fromisoformat(last[0]) > now + _CLOCK_TOLERANCE:
            self._add_notice(
                f"The clock of this computer says {now.astimezone():%d %B %Y}, and your last"
                " answer was given later than that. Nothing is lost; set the clock right, so that"
                " questions return in time."
            )

    @contextmanager
    def _reporting(self, what: str, then: str) -> Iterator[None]:
        """Turn errors into a `StoreError` for the learner, and verify the file again next time."""
        try:
            yield
        except (OSError, Error) as error:
            self._cache.verified = None
            raise StoreError(describe_error(what, error, then, self.path)) from error


def answers_in(file: Path) -> list[Answer]:
    """All answers in a learner's database or backup, which is not changed.

    Raises:
        StoreError: it cannot be read, or is damaged.
    """
    with (
        reporting(StoreError, f"{file} cannot be read", catch=(OSError, Error)),
        snapshot(file, VERSION) as connection,
    ):
        return [to_answer(row) for row in verified_rows(connection)]


_CANNOT_READ = "Your answers cannot be read"
_NOTHING_LOST = "Nothing that was saved is lost."


def _not_recorded(answers: Iterable[Answer], connection: Connection) -> list[Answer]:
    """The answers that are missing, without duplicates, in order of time."""
    there = {row[1:-1] for row in verified_rows(connection)}
    given = {to_row(answer, 0)[1:-1]: answer for answer in answers}
    new = [answer for row, answer in given.items() if row not in there]
    return sorted(new, key=lambda answer: answer.at)
