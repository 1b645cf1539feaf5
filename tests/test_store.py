import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest

from massage_workbook.store import KEPT, VERSION, Answer, Progress, StoreError

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)


def answer(question="q1", at=NOW, topic="stroking", score=1.0):
    return Answer(at, topic, question, ["stays"], score, sure=True, seconds=4.5)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "progress.sqlite"


@pytest.fixture
def progress(path):
    return Progress(path, NOW)


def test_what_was_recorded_comes_back_whole(progress):
    assert progress.record(answer()).answers() == [answer()]


def test_answers_are_there_when_the_store_is_opened_again(progress, path):
    progress.record(answer())
    assert Progress(path, NOW).answers("stroking") == [answer()]


def test_answers_come_by_topic_the_oldest_first(progress):
    for name in ("b", "a"):
        progress.record(answer(name))
    progress.record(answer("c", topic="rubbing"))
    assert [each.question for each in progress.answers("stroking")] == ["b", "a"]
    assert len(progress.answers()) == 3


def test_times_are_kept_in_utc(progress):
    there = timezone(timedelta(hours=9))
    kept = progress.record(answer(at=NOW.astimezone(there))).answers()[0].at
    assert kept == NOW
    assert kept.tzinfo == UTC


@pytest.mark.parametrize("change", ["UPDATE answers SET score = 1", "DELETE FROM answers"])
def test_answers_are_neither_changed_nor_removed(progress, path, change):
    progress.record(answer(score=0.0))
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)
    assert progress.answers() == [answer(score=0.0)]


def test_every_answer_is_on_the_disk_when_record_returns(path):
    """A process that is killed right after the first answer has kept it."""
    code = f"""
import os, signal
from pathlib import Path
from datetime import datetime, UTC
from massage_workbook.store import Answer, Progress
now = datetime.now(UTC)
Progress(Path({str(path)!r}), now).record(Answer(now, "t", "q", ["a"], 1.0, True, 1.0))
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    assert len(Progress(path, NOW).answers()) == 1


def test_the_disk_is_waited_for(progress):
    with progress._connection() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_two_lessons_may_write_at_once(path):
    lessons = [Progress(path, NOW), Progress(path, NOW)]
    with ThreadPoolExecutor(4) as hands:
        done = [hands.submit(lessons[i % 2].record, answer(f"q{i}")) for i in range(40)]
    assert all(each.exception() is None for each in done)
    assert {each.question for each in lessons[0].answers()} == {f"q{i}" for i in range(40)}


def test_a_locked_store_is_a_clear_error_and_keeps_what_was_there(progress, path, monkeypatch):
    monkeypatch.setattr("massage_workbook.store.WAIT", 0.05)
    progress.record(answer())
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="This answer was not saved"):
            progress.record(answer("q2"))
        other.execute("ROLLBACK")
    assert progress.answers() == [answer()]


def test_a_newer_store_is_refused_and_left_as_it_is(progress, path):
    progress.record(answer())
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="written by a newer workbook"):
        Progress(path, NOW)
    assert path.read_bytes() == before


def test_a_damaged_store_is_set_aside_and_the_backup_taken(progress, path):
    progress.record(answer())
    tomorrow = NOW + timedelta(days=1)
    Progress(path, tomorrow)  # makes the backup that holds the answer
    damaged = b"not a database at all, " * 100
    path.write_bytes(damaged)
    recovered = Progress(path, tomorrow)
    assert recovered.answers() == [answer()]
    assert "backup" in recovered.notice
    assert [p.read_bytes() for p in path.parent.glob("*damaged*")] == [damaged]


def test_a_damaged_store_without_a_backup_starts_anew_and_says_so(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database at all, " * 100)
    begun = Progress(path, NOW)
    assert begun.answers() == []
    assert "start anew" in begun.notice


def test_a_damaged_backup_is_passed_over(progress, path):
    progress.record(answer())
    Progress(path, NOW + timedelta(days=1))
    newest = Progress(path, NOW + timedelta(days=2)).back_up(NOW + timedelta(days=2))
    newest.write_bytes(b"rotten" * 1000)
    path.write_bytes(b"rotten" * 1000)
    assert Progress(path, NOW + timedelta(days=2)).answers() == [answer()]


def test_a_backup_is_made_a_day_and_a_few_are_kept(path):
    for day in range(KEPT + 3):
        Progress(path, NOW + timedelta(days=day)).record(answer(f"q{day}"))
    backups = sorted(each.name for each in (path.parent / "backups").iterdir())
    assert len(backups) == KEPT
    assert backups[-1] == f"progress-2026-11-{22 + KEPT + 2}.sqlite"


def test_a_home_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StoreError, match="cannot be kept in"):
        Progress(tmp_path / "home" / "progress.sqlite", NOW)
