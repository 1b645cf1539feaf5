"""Whatever of Python's functions fails in a change of the answers, it takes place or it does not.

`tests/campaigns/test_failing_calls.py` tries the same with the system's calls, where it can.
"""

import errno
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import pytest

from massage_workbook import troubles
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.rescue import rescued

from . import scenarios
from .scenarios import NOW, SCENARIOS

CALLS = "replace", "rename", "link", "unlink", "mkdir", "open", "fsync"


class Failing:
    """Lets one call fail, that with the number `wanted`; `count` says how many there were."""

    def __init__(self, wanted, lasting):
        self.count, self._wanted, self._lasting = 0, wanted, lasting

    def reached(self):
        self.count += 1
        return self.count == self._wanted or (self._lasting and self.count > self._wanted)


@contextmanager
def failing(monkeypatch, folder, wanted, error, lasting=False):
    """Functions of `os` and statements of SQLite fail within the folder."""
    calls = Failing(wanted, lasting)

    def of_the_system(real):
        def call(path, *rest, **named):
            ours = isinstance(path, int) or str(path).startswith(str(folder))
            if ours and calls.reached():
                raise OSError(error, os.strerror(error), str(path))
            return real(path, *rest, **named)

        return call

    class Connection(sqlite3.Connection):
        def execute(self, *given):
            if calls.reached():
                failed = sqlite3.OperationalError("disk I/O error")
                failed.sqlite_errorname = "SQLITE_IOERR_WRITE"
                raise failed
            return super().execute(*given)

    real = sqlite3.connect
    with monkeypatch.context() as patched:
        for name in CALLS:
            patched.setattr(os, name, of_the_system(getattr(os, name)))
        patched.setattr(
            sqlite3, "connect", lambda *given, **named: real(*given, factory=Connection, **named)
        )
        yield calls


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_change_takes_place_or_not_whichever_function_fails(
    folder, monkeypatch, rounds, name, error
):
    if error != errno.EACCES and not rounds(short=False, long=True):
        pytest.skip("tried by CAMPAIGN=long")
    lasting = error == errno.EIO

    def try_it(n, change):
        with failing(monkeypatch, folder / "tried", n, error, lasting) as calls:
            try:
                change()
            except StoreError as caught:
                return calls.count >= n, caught
        return calls.count >= n, None

    assert scenarios.tried(name, folder, try_it) > 10


def test_a_database_that_is_open_elsewhere_is_replaced_at_the_next_start(tmp_path, monkeypatch):
    """On Windows no file can be replaced that a program has open."""
    scenarios.damaged(tmp_path)
    path = scenarios.kept(tmp_path)
    real = os.replace

    def replace(draft, target):
        if Path(target) == path:
            raise PermissionError(errno.EACCES, "being used by another process", str(target))
        real(draft, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        for _ in range(2):
            with pytest.raises(StoreError) as caught:
                Progress(path, NOW)
            assert troubles.BUSY in str(caught.value)
            assert "close other lessons" in str(caught.value)
            assert f"are whole, in {rescued(path)}" in str(caught.value)
    assert Progress(path, NOW).answers() == scenarios.EVERY


def test_no_answer_goes_into_a_file_that_is_to_be_replaced(tmp_path):
    scenarios.opened_today(tmp_path)
    progress = Progress(scenarios.kept(tmp_path), NOW)
    progress.back_up(rescued(progress.path))
    with pytest.raises(StoreError, match="open the lesson again"):
        progress.record(scenarios.answers(30, 31)[0])
    assert Progress(progress.path, NOW).record_all(scenarios.answers(30, 31)) == 1
    assert not rescued(progress.path).exists()


def test_a_restored_backup_stays_though_it_has_fewer_answers_than_later_ones(tmp_path):
    """Fewer answers than the backup of the day would be taken for a loss."""
    scenarios.opened_today(tmp_path)
    scenarios.restore(tmp_path)
    for _ in range(2):
        progress = Progress(scenarios.kept(tmp_path), NOW)
        assert progress.answers() == scenarios.answers(0, 10)
        assert progress.notice is None
    scenarios.kept(tmp_path).write_bytes(b"rotten" * 999)
    assert Progress(scenarios.kept(tmp_path), NOW).answers() == scenarios.answers(0, 10)


def test_what_is_recorded_while_a_backup_is_restored_waits_for_it(tmp_path):
    """Nothing can come between the copy of what was there and what takes its place."""
    scenarios.opened_today(tmp_path)
    path = scenarios.kept(tmp_path)
    progress = Progress(path, NOW)
    open_elsewhere = sqlite3.connect(path)
    assert open_elsewhere.execute("SELECT count(*) FROM answers").fetchone() == (30,)
    aside = progress.restore(tmp_path / "copy.sqlite", NOW)
    assert open_elsewhere.execute("SELECT count(*) FROM answers").fetchone() == (10,)
    open_elsewhere.close()
    assert Progress(aside, NOW).answers() == scenarios.EVERY


def test_a_missing_file_comes_back_from_the_newest_backup_and_it_is_said(tmp_path):
    scenarios.missing(tmp_path)
    found = Progress(scenarios.kept(tmp_path), NOW)
    assert found.answers() == scenarios.EVERY
    assert found.notice.startswith("The file of your answers was missing. 30 are back, from")
    assert Progress(scenarios.kept(tmp_path), NOW).notice is None


def test_a_missing_file_whose_backups_cannot_be_read_is_told(tmp_path):
    scenarios.missing(tmp_path)
    for backup in (scenarios.kept(tmp_path).parent / "backups").iterdir():
        backup.write_bytes(b"rotten" * 999)
    begun = Progress(scenarios.kept(tmp_path), NOW)
    assert "was missing, and no backup could be read" in begun.notice


def test_a_file_that_goes_missing_while_a_lesson_is_open_is_not_begun_anew(tmp_path):
    scenarios.opened_today(tmp_path)
    progress = Progress(scenarios.kept(tmp_path), NOW)
    progress.path.unlink()
    for act in (progress.answers, lambda: progress.record_all(scenarios.answers(30, 31))):
        with pytest.raises(StoreError, match="is missing; open the lesson again"):
            act()
    assert Progress(progress.path, NOW).answers() == scenarios.EVERY


def test_a_backup_of_the_first_format_is_restored_with_all_its_answers(tmp_path):
    scenarios.of_the_first_format(tmp_path / "first")
    scenarios.opened_today(tmp_path)
    progress = Progress(scenarios.kept(tmp_path), NOW)
    progress.restore(scenarios.kept(tmp_path / "first"), NOW)
    assert progress.answers() == scenarios.answers(0, 10)
