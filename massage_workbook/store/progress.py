"""The learner's answers: recorded one by one, read back whole, and how each question stands."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from fsrs import Card

from massage_workbook import troubles
from massage_workbook.answers.scheduling import SCHEDULER, Standing, after, standing
from massage_workbook.kept import make_file, make_folder
from massage_workbook.store import journal, rescue
from massage_workbook.store.ledger import (
    COLUMNS,
    INSERT,
    Answer,
    Row,
    StoreError,
    answer_of,
    opened,
    reading,
    row_of,
    seal,
    set_up,
)
from massage_workbook.troubles import in_words

AHEAD = timedelta(hours=1)
"""How far the last answer may lie in the future before the clock is called wrong."""
RULES = repr(SCHEDULER.to_dict())
"""What standings were made by; with other rules they are made anew."""


class Progress:
    """The learner's answers in the file at `path`, which is made when there is none.

    An answer counts as saved once `record` has returned: it is on the disk then. Nothing is ever
    changed or removed. A damaged file is set aside and what is whole of it and of the newest
    backup takes its place; `notice` then says so. Several lessons may read and write at once.

    Raises:
        StoreError: the answers cannot be kept there, or a newer workbook wrote them.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self.path = path
        self.notice: str | None = None
        with self._explained(f"Your answers cannot be kept in {path}", AND_NOW):
            try:
                self._prepare(now)
            except (OSError, sqlite3.Error) as error:
                held = troubles.remedy(error) == troubles.BUSY or journal.is_unlockable(error)
                if held or not rescue.can_be_read(path):
                    raise
                what = f"New answers cannot be saved in {path}"
                self._say(in_words(what, error, "Those that were saved can be read.", path))
            self._look_at_the_clock(now)

    def _prepare(self, now: datetime) -> None:
        """Have a sound file with today's backup, in the journal that its folder allows."""
        make_folder(self.path.parent)
        with rescue.alone(self.path):
            rescue.finish(self.path)
            try:
                self._set_up(now)
            except sqlite3.Error as error:
                if not journal.is_unshared(error):
                    raise
                self._say(journal.without_log(self.path))
                self._set_up(now)
            self._back_up_today(now)

    def _set_up(self, now: datetime) -> None:
        if self.path.exists():
            self._say(journal.avoid_log(self.path))
        self._check(now)
        make_file(self.path)
        self._say(journal.choose(self.path))
        with opened(self.path) as connection:
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
        """Append all of some answers that are not there yet, or none; return how many they were.

        Raises:
            StoreError: they could not be kept.
        """
        with self._explained("This answer was not saved", "Those before it are."):
            return self._append(answers)

    def _append(self, answers: Iterable[Answer]) -> int:
        if rescue.rescued(self.path).exists():
            raise OSError("your answers are being put together again; open the lesson again")
        rows, written = [], False
        try:
            with opened(self.path) as connection:
                connection.execute("BEGIN IMMEDIATE")
                last = connection.execute("SELECT max(id) FROM answers").fetchone()[0] or 0
                rows = [row_of(answer, last + i) for i, answer in enumerate(answers, start=1)]
                connection.executemany(INSERT, rows)
                written = bool(rows)
        except sqlite3.Error as error:
            if written and rescue.may_count(error):
                self._say_what_is_there(rows, error)
            raise
        return len(rows)

    def _say_what_is_there(self, rows: list[Row], error: sqlite3.Error) -> None:
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
        there = {row_of(answer, 0) for answer in self.answers()}
        new = {row_of(answer, 0): answer for answer in answers}
        fresh = [answer for row, answer in new.items() if row not in there]
        with self._explained("None of these answers was added", "Those before them are safe."):
            return self._append(sorted(fresh, key=lambda answer: answer.at))

    # --- reading -----------------------------------------------------------------------------

    def answers(self, topic: str | None = None) -> list[Answer]:
        """Every answer, or those of a topic, the first one recorded first."""
        with self._explained(CANNOT_READ, AND_NOW), reading(self.path) as connection:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM answers WHERE ?1 IS NULL OR topic = ?1 ORDER BY id",
                (topic,),
            )
            return [answer_of(row) for row in rows]

    def standings(self) -> dict[str, Standing]:
        """How the learner stands with each question that was ever answered.

        They follow from the answers alone; what is kept of them spares reading all of those.
        """
        with self._explained(CANNOT_READ, AND_NOW):
            try:
                with opened(self.path) as connection:
                    # Nobody else may write between what is read here and what is kept of it.
                    connection.execute("BEGIN IMMEDIATE")
                    found, changed = _standings(connection)
                    _keep(found, changed, connection)
            except sqlite3.OperationalError:  # a full disk is no reason not to read
                with reading(self.path) as connection:
                    found, _ = _standings(connection)
        return {name: each for name, (_, each) in found.items()}

    # --- keeping it whole --------------------------------------------------------------------

    def _check(self, now: datetime) -> None:
        if not self.path.exists():
            self._say(rescue.recover(self.path, now))
            return
        daily = not rescue.todays_backup(self.path, now).exists()
        sound = rescue.is_sound(self.path, thoroughly=daily)
        if not sound or rescue.has_shrunk(self.path):
            self._say(rescue.recover(self.path, now))

    def _back_up_today(self, now: datetime) -> None:
        backup = rescue.todays_backup(self.path, now)
        if backup.exists():
            return
        try:
            rescue.back_up(self.path, backup)
            rescue.keep_the_newest(self.path)
        except (OSError, sqlite3.Error) as error:  # the answers themselves are whole
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
                with rescue.alone(self.path):
                    return rescue.restore(self.path, backup, now)
            except ValueError as error:
                raise StoreError(f"{error}. Your answers are as they were.") from error

    def _look_at_the_clock(self, now: datetime) -> None:
        with reading(self.path) as connection:
            last = connection.execute("SELECT at FROM answers ORDER BY id DESC LIMIT 1").fetchone()
        if last and datetime.fromisoformat(last[0]) > now + AHEAD:
            self._say(
                f"The clock of this computer says {now.astimezone():%d %B %Y}, and your last"
                " answer was given later than that. Nothing is lost; set the clock right, so that"
                " questions come back at their time."
            )

    @contextmanager
    def _explained(self, what: str, then: str) -> Iterator[None]:
        """Say in words for a learner what failed."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise StoreError(in_words(what, error, then, self.path)) from error


CANNOT_READ = "Your answers cannot be read"
AND_NOW = "Nothing that was saved is lost."

# --- standings that are kept -----------------------------------------------------------------

Kept = dict[str, tuple[int, Standing]]
"""By question: the last answer that is known of, and the standing after it."""


def _standings(connection: sqlite3.Connection) -> tuple[Kept, set[str]]:
    """All standings, and the questions of which more is known than what was kept."""
    known = _kept(connection)
    begun = max((upto for upto, _ in known.values()), default=0)
    late, changed = set(), set()
    for row in connection.execute(
        f"SELECT {COLUMNS} FROM answers WHERE id > ? ORDER BY id", (begun,)
    ):
        answer = answer_of(row)
        _, before = known.get(answer.question, (0, None))
        if before is not None and answer.at < before.at:
            late.add(answer.question)
        known[answer.question] = row[0], after(answer, before)
        changed.add(answer.question)
    for question in late:  # the clock had been set back: times decide, not places
        rows = connection.execute(f"SELECT {COLUMNS} FROM answers WHERE question = ?", (question,))
        known[question] = known[question][0], standing(map(answer_of, rows))
    return known, changed


def _kept(connection: sqlite3.Connection) -> Kept:
    """What was kept of the standings; nothing if any of it is damaged or made by other rules."""
    rows = connection.execute("SELECT question, upto, standing, seal FROM standings").fetchall()
    if any(seal(question, upto, told, RULES) != mark for question, upto, told, mark in rows):
        return {}
    return {question: (upto, _heard(told)) for question, upto, told, _ in rows}


def _keep(found: Kept, changed: set[str], connection: sqlite3.Connection) -> None:
    if changed == found.keys():
        connection.execute("DELETE FROM standings")
    connection.executemany(
        "INSERT OR REPLACE INTO standings VALUES (?, ?, ?, ?)",
        (_told(name, *found[name]) for name in changed),
    )


def _told(question: str, upto: int, standing: Standing) -> tuple[str, int, str, int]:
    told = json.dumps(
        [
            standing.times,
            standing.at.astimezone(UTC).isoformat(),
            standing.score,
            standing.sure,
            standing.card.to_dict(),
        ]
    )
    return question, upto, told, seal(question, upto, told, RULES)


def _heard(told: str) -> Standing:
    times, at, score, sure, card = json.loads(told)
    return Standing(times, datetime.fromisoformat(at), score, sure, Card.from_dict(card))
