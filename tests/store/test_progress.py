import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from massage_workbook import errors
from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.database import transaction
from massage_workbook.store.ledger import VERSION
from massage_workbook.store.recovery import BACKUPS_KEPT

from ..standings import standing
from . import scenarios

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)


def answer(question="q1", at=NOW, topic="stroking", score=1.0):
    return Answer(at, topic, question, ["stays"], score, sure=True, seconds=4.5)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "progress.sqlite"


@pytest.fixture
def progress(path):
    return Progress(path, NOW)


def test_answers_are_read_back_by_topic_in_order_of_recording(progress, path):
    odd = ["\ud800", "<img onerror=alert(1)>", "\u202e", "x" * 100_000, {"a": [0.5, None]}]
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    given_ = [
        Answer(there, "stroking", "b", odd, 0.0, sure=True, seconds=1.0),
        answer("a"),
        answer("c", topic="rubbing"),
    ]
    for each in given_:
        progress.record(each)
    reopened = Progress(path, NOW)
    assert reopened.answers() == given_
    assert reopened.answers("stroking") == given_[:2]
    assert {each.at.tzinfo for each in reopened.answers()} == {UTC}
    new = answer("d", NOW - timedelta(days=3))
    assert [progress.merge([*given_, new, new]), progress.merge([new])] == [1, 0]
    assert progress.answers() == [*given_, new]


@pytest.mark.parametrize("change", ["UPDATE answers SET score = 1", "DELETE FROM answers"])
def test_answers_are_synced_and_cannot_be_updated_or_deleted(progress, path, change):
    progress.record(answer(score=0.0))
    with transaction(path, VERSION) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)
    assert progress.answers() == [answer(score=0.0)]


def test_a_locked_store_can_be_read_and_reports_unsaved_answers(progress, path, monkeypatch):
    monkeypatch.setattr("massage_workbook.store.database.LOCK_TIMEOUT", 0.05)
    progress.record(answer())
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="This answer was not saved"):
            progress.record(answer("q2"))
        assert progress.standings().keys() == {"q1"}
        other.execute("ROLLBACK")
    assert progress.answers() == [answer()]


DAMAGED = b"not a database at all, " * 100


@pytest.mark.parametrize(
    ("backups", "lost", "said"),
    [(0, True, "start again"), (1, False, "backup"), (2, False, "backup")],
    ids=["no backup", "a backup", "a damaged backup after a sound one"],
)
def test_a_damaged_store_is_set_aside_and_recovered_from_the_last_sound_backup(
    progress, path, backups, lost, said
):
    progress.record(answer())
    shutil.rmtree(path.parent / "backups", ignore_errors=True)
    for day in range(1, backups + 1):
        Progress(path, NOW + timedelta(days=day))
    if backups > 1:
        max((path.parent / "backups").iterdir()).write_bytes(DAMAGED)
    path.write_bytes(DAMAGED)
    recovered = Progress(path, NOW + timedelta(days=max(backups, 1)))
    assert recovered.answers() == ([] if lost else [answer()])
    assert said in recovered.notice
    assert [each.read_bytes() for each in path.parent.glob("*damaged*")] == [DAMAGED]


def test_one_backup_a_day_is_made_and_old_ones_are_pruned(path):
    for day in range(BACKUPS_KEPT + 3):
        Progress(path, NOW + timedelta(days=day)).record(answer(f"q{day}"))
    backups = sorted(each.name for each in (path.parent / "backups").iterdir())
    assert len(backups) == BACKUPS_KEPT
    assert backups[-1] == f"progress-2026-11-{22 + BACKUPS_KEPT + 2}.sqlite"


@pytest.mark.parametrize("file", ["progress.sqlite", "progress-lock.sqlite"])
def test_a_store_locked_by_another_program_is_reported_and_not_damaged(
    progress, path, monkeypatch, file
):
    """A process that hangs while it writes, or while it recovers the file."""
    monkeypatch.setattr("massage_workbook.store.database.LOCK_TIMEOUT", 0.05)
    progress.record(answer())
    with sqlite3.connect(path.with_name(file), isolation_level=None) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError) as caught:
            Progress(path, NOW).record(answer("q2"))
        other.execute("ROLLBACK")
    other.close()
    assert str(path) in str(caught.value) or "This answer was not saved" in str(caught.value)
    assert errors.BUSY in str(caught.value)
    assert Progress(path, NOW).answers() == [answer()]


def test_a_clock_set_back_is_reported_and_loses_nothing(progress, path):
    progress.record(answer(at=NOW + timedelta(days=400)))
    late = Progress(path, NOW)
    assert f"clock of this computer says {NOW.astimezone():%d %B %Y}" in late.notice
    late.record(answer("q2"))
    assert [each.question for each in late.answers()] == ["q1", "q2"]


def names(folder):
    """The files of a folder, without the empty ones that SQLite creates before it reads."""
    empty = {path for path in folder.glob("*.sqlite-*") if not path.stat().st_size}
    return sorted(each.name for each in folder.iterdir() if each not in empty)


def test_drafts_left_by_a_power_cut_are_removed(progress, path):
    tomorrow = NOW + timedelta(days=1)
    progress.record(answer())
    (path.parent / "backups" / "progress-2026-11-23.sqlite.draft").write_bytes(b"half" * 999)
    assert Progress(path, tomorrow).answers() == [answer()]
    assert "progress-2026-11-23.sqlite" in names(path.parent / "backups")
    assert not [name for name in names(path.parent / "backups") if "draft" in name]


def test_schema_version_2_loses_its_stored_standings(tmp_path):
    scenarios.of_the_second_format(tmp_path)
    path = scenarios.kept(tmp_path)
    older = Path(shutil.copy(path, tmp_path / "older.sqlite"))
    progress = Progress(path, NOW)
    assert progress.standings() == {each.question: standing([each]) for each in scenarios.EVERY}
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'index')"
        )
        assert names.fetchall() == [("answers",)]
    progress.record(answer()).restore(older, NOW)
    assert progress.answers() == scenarios.EVERY


def test_changes_of_the_version_or_the_schema_do_not_skip_the_checksums(tmp_path):
    """Version 1 had no checksums."""
    path = scenarios.with_answers(tmp_path / "schema")
    content = path.read_bytes()
    assert content.count(b"seal INTEGER") == 1
    content = content.replace(b"seal INTEGER", b"real INTEGER").replace(b"q25[25]", b"q25[x5]")
    path.write_bytes(content)
    progress = Progress(path, NOW)
    assert "damaged" in progress.notice
    assert progress.answers() == scenarios.EVERY[:20]
    scenarios.damaged(tmp_path / "version")
    path = scenarios.kept(tmp_path / "version")
    shutil.rmtree(path.parent / "backups")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1")
    progress = Progress(path, NOW)
    assert "damaged" in progress.notice
    assert progress.answers() == [each for each in scenarios.EVERY if each.question != "q3"]
