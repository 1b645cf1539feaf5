"""A change of the answers is complete or absent, whichever Python function fails.

`tests/campaigns/test_failing_calls.py` tries the same with the system's calls, where it can.
"""

import errno
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import pytest

from massage_workbook import errors
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.recovery import replacement_of

from ..conftest import LONG
from . import scenarios
from .scenarios import NOW, SCENARIOS

CALLS = "replace", "rename", "link", "unlink", "mkdir", "open", "fsync"


class Failing:
    """Makes call number `wanted` fail, and later ones if `lasting`; `count` counts calls."""

    def __init__(self, wanted, lasting):
        self.count, self._wanted, self._lasting = 0, wanted, lasting

    def reached(self):
        self.count += 1
        return self.count == self._wanted or (self._lasting and self.count > self._wanted)


@contextmanager
def failing(monkeypatch, folder, wanted, error, lasting=False):
    """Make functions of `os` and statements of SQLite fail within the folder."""
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


@pytest.mark.parametrize(
    "error", [errno.EACCES, errno.ENOSPC, errno.EIO] if LONG else [errno.EACCES]
)
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_change_is_complete_or_absent_whichever_function_fails(folder, monkeypatch, name, error):
    lasting = error == errno.EIO

    def try_it(n, change):
        with failing(monkeypatch, folder / "tried", n, error, lasting) as calls:
            try:
                change()
            except StoreError as caught:
                return calls.count >= n, caught
        return calls.count >= n, None

    assert scenarios.tried(name, folder, try_it) > 10


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_change_on_a_full_disk_is_complete_or_absent(tmp_path, full_disk, name):
    scenario, error = SCENARIOS[name], None
    scenario.prepare(tmp_path / "here")
    with full_disk():
        try:
            scenario.change(tmp_path / "here")
        except StoreError as caught:
            error = caught
    scenarios.check(scenario, tmp_path / "here", error)
    assert error is None or errors.FULL in str(error)


def test_a_database_that_is_open_elsewhere_is_replaced_at_the_next_start(tmp_path, monkeypatch):
    """On Windows an open file cannot be replaced."""
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
            assert errors.BUSY in str(caught.value)
            assert "close other lessons" in str(caught.value)
            assert f"are complete, in {replacement_of(path)}" in str(caught.value)
    assert Progress(path, NOW).answers() == scenarios.EVERY


def test_a_restored_backup_with_fewer_answers_is_not_taken_for_a_loss(tmp_path):
    """A file with fewer answers than the daily backup counts as damaged."""
    scenarios.opened_today(tmp_path)
    scenarios.restore(tmp_path)
    for _ in range(2):
        progress = Progress(scenarios.kept(tmp_path), NOW)
        assert progress.answers() == scenarios.answers(0, 10)
        assert progress.notice is None
    scenarios.kept(tmp_path).write_bytes(b"rotten" * 999)
    assert Progress(scenarios.kept(tmp_path), NOW).answers() == scenarios.answers(0, 10)


def test_recording_waits_while_a_backup_is_restored(tmp_path):
    """No answer can be recorded between the copy and the restore."""
    scenarios.opened_today(tmp_path)
    path = scenarios.kept(tmp_path)
    progress = Progress(path, NOW)
    open_elsewhere = sqlite3.connect(path)
    assert open_elsewhere.execute("SELECT count(*) FROM answers").fetchone() == (30,)
    aside = progress.restore(tmp_path / "copy.sqlite", NOW)
    assert open_elsewhere.execute("SELECT count(*) FROM answers").fetchone() == (10,)
    open_elsewhere.close()
    assert Progress(aside, NOW).answers() == scenarios.EVERY


def test_a_missing_or_shorter_file_is_recovered_from_the_newest_backup(tmp_path):
    path = scenarios.kept(tmp_path)
    scenarios.opened_today(tmp_path)
    (tmp_path / "copy.sqlite").replace(path)
    assert "30 are restored" in Progress(path, NOW).notice
    path.unlink()
    found = Progress(path, NOW)
    assert found.answers() == scenarios.EVERY
    assert found.notice.startswith("The file of your answers was missing. 30 are restored, from")
    assert Progress(path, NOW).notice is None
    for backup in (path.parent / "backups").iterdir():
        backup.write_bytes(b"rotten" * 999)
    path.unlink()
    assert "was missing, and no backup could be read" in Progress(path, NOW).notice


def test_an_open_lesson_does_not_write_into_a_deleted_or_replaced_file(tmp_path):
    scenarios.opened_today(tmp_path)
    progress, new = Progress(scenarios.kept(tmp_path), NOW), scenarios.answers(30, 31)
    progress.back_up(replacement_of(progress.path))
    with pytest.raises(StoreError, match="open the lesson again"):
        progress.record_all(new)
    assert Progress(progress.path, NOW).record_all(new) == 1
    assert not replacement_of(progress.path).exists()
    progress.path.unlink()
    for act in (progress.answers, lambda: progress.record_all(new)):
        with pytest.raises(StoreError, match="is missing; open the lesson again"):
            act()
    assert Progress(progress.path, NOW).answers()[:30] == scenarios.EVERY


def test_a_backup_of_schema_version_1_is_restored_completely(tmp_path):
    scenarios.of_the_first_format(tmp_path / "first")
    scenarios.opened_today(tmp_path)
    progress = Progress(scenarios.kept(tmp_path), NOW)
    progress.restore(scenarios.kept(tmp_path / "first"), NOW)
    assert progress.answers() == scenarios.answers(0, 10)
