import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from massage_workbook import errors
from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, StoreError, from_text, to_text
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


def test_recorded_answers_are_read_back_unchanged(progress):
    assert progress.record(answer()).answers() == [answer()]


def test_answers_survive_reopening(progress, path):
    progress.record(answer())
    assert Progress(path, NOW).answers("stroking") == [answer()]


def test_answers_are_selected_by_topic_in_order_of_recording(progress):
    for name in ("b", "a"):
        progress.record(answer(name))
    progress.record(answer("c", topic="rubbing"))
    assert [each.question for each in progress.answers("stroking")] == ["b", "a"]
    assert len(progress.answers()) == 3


def test_times_are_stored_in_utc(progress):
    there = timezone(timedelta(hours=9))
    kept = progress.record(answer(at=NOW.astimezone(there))).answers()[0].at
    assert kept == NOW
    assert kept.tzinfo == UTC


@pytest.mark.parametrize("change", ["UPDATE answers SET score = 1", "DELETE FROM answers"])
def test_answers_cannot_be_updated_or_deleted(progress, path, change):
    progress.record(answer(score=0.0))
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)
    assert progress.answers() == [answer(score=0.0)]


def test_every_answer_is_on_the_disk_when_record_returns(path):
    """A process killed right after its first answer has saved it."""
    code = f"""
import os, signal
from pathlib import Path
from datetime import datetime, UTC
from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress
now = datetime.now(UTC)
Progress(Path({str(path)!r}), now).record(Answer(now, "t", "q", ["a"], 1.0, True, 1.0))
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    assert len(Progress(path, NOW).answers()) == 1


def test_commits_are_synced_to_disk(progress):
    with transaction(progress.path, VERSION) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_two_processes_can_write_at_once(path):
    lessons = [Progress(path, NOW), Progress(path, NOW)]
    with ThreadPoolExecutor(4) as hands:
        done = [hands.submit(lessons[i % 2].record, answer(f"q{i}")) for i in range(40)]
    assert all(each.exception() is None for each in done)
    assert {each.question for each in lessons[0].answers()} == {f"q{i}" for i in range(40)}


def test_a_locked_store_raises_a_clear_error_and_is_unchanged(progress, path, monkeypatch):
    monkeypatch.setattr("massage_workbook.store.database.LOCK_TIMEOUT", 0.05)
    progress.record(answer())
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="This answer was not saved"):
            progress.record(answer("q2"))
        other.execute("ROLLBACK")
    assert progress.answers() == [answer()]


def test_a_newer_schema_version_is_refused_and_unchanged(progress, path):
    progress.record(answer())
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="written by a newer workbook"):
        Progress(path, NOW)
    assert path.read_bytes() == before


def test_a_damaged_store_is_set_aside_and_recovered_from_the_backup(progress, path):
    progress.record(answer())
    tomorrow = NOW + timedelta(days=1)
    Progress(path, tomorrow)  # makes the backup that holds the answer
    damaged = b"not a database at all, " * 100
    path.write_bytes(damaged)
    recovered = Progress(path, tomorrow)
    assert recovered.answers() == [answer()]
    assert "backup" in recovered.notice
    assert [p.read_bytes() for p in path.parent.glob("*damaged*")] == [damaged]


def test_a_damaged_store_without_a_backup_starts_empty_with_a_notice(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database at all, " * 100)
    begun = Progress(path, NOW)
    assert begun.answers() == []
    assert "start anew" in begun.notice


def test_a_damaged_backup_is_skipped(progress, path):
    progress.record(answer())
    Progress(path, NOW + timedelta(days=1))
    Progress(path, NOW + timedelta(days=2))
    newest = max((path.parent / "backups").iterdir())
    newest.write_bytes(b"rotten" * 1000)
    path.write_bytes(b"rotten" * 1000)
    assert Progress(path, NOW + timedelta(days=2)).answers() == [answer()]


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


def test_a_home_that_cannot_be_created_raises_a_clear_error(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StoreError, match="cannot be saved in"):
        Progress(tmp_path / "home" / "progress.sqlite", NOW)


# --- standings ---------------------------------------------------------------------------------


def test_standings_can_be_read_from_a_full_disk(progress, path, monkeypatch):
    monkeypatch.setattr("massage_workbook.store.database.LOCK_TIMEOUT", 0.05)
    progress.record(answer())
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert progress.standings().keys() == {"q1"}
        other.execute("ROLLBACK")


# --- merging -----------------------------------------------------------------------------------


def test_merging_adds_only_new_answers(progress):
    old, new = answer("a"), answer("b", NOW - timedelta(days=3))
    progress.record(old)
    assert progress.merge([old, new, new]) == 1
    assert progress.merge([old, new]) == 0
    assert progress.answers() == [old, new]


# --- what goes wrong ---------------------------------------------------------------------------


def test_a_clock_set_back_is_reported_and_loses_nothing(progress, path):
    progress.record(answer(at=NOW + timedelta(days=400)))
    late = Progress(path, NOW)
    assert f"clock of this computer says {NOW.astimezone():%d %B %Y}" in late.notice
    late.record(answer("q2"))
    assert [each.question for each in late.answers()] == ["q1", "q2"]


FULL = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, StoreError
path, now = Path(sys.argv[1]), datetime(2026, 11, 22, tzinfo=UTC)
progress = Progress(path, now)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, size + 40_000))
for i in range(10_000):
    try:
        progress.record(Answer(now, "t", f"q{i}", ["a"] * 20, 1.0, True, 1.0))
    except StoreError as error:
        print(i, error)
        break
"""


def test_a_full_disk_raises_a_clear_error_and_keeps_saved_answers(path):
    said = subprocess.run(
        [sys.executable, "-c", FULL, path], capture_output=True, text=True, check=True
    ).stdout
    number, _, message = said.partition(" ")
    assert message.startswith("This answer was not saved:")
    assert "Those before it are." in message
    kept = Progress(path, NOW).answers()
    assert [each.question for each in kept] == [f"q{i}" for i in range(int(number))]
    assert len(kept) > 10


def names(folder):
    """The files of a folder, without the empty ones that SQLite creates before it reads."""
    empty = {path for path in folder.glob("*.sqlite-*") if not path.stat().st_size}
    return sorted(each.name for each in folder.iterdir() if each not in empty)


def test_a_new_home_on_a_full_disk_raises_a_clear_error(path, full_disk):
    with full_disk(), pytest.raises(StoreError, match="cannot be saved in") as caught:
        Progress(path, NOW)
    assert errors.FULL in str(caught.value)
    assert Progress(path, NOW).record(answer()).answers() == [answer()]


def test_a_recovery_on_a_full_disk_changes_nothing_and_is_retried(progress, path, full_disk):
    progress.record(answer())
    Progress(path, NOW + timedelta(days=1)).record(answer("q2"))
    content = bytearray(path.read_bytes())
    content[content.rindex(b'["stays"]')] ^= 1  # the first answer, which the backup has
    path.write_bytes(content)
    before = names(path.parent)
    with full_disk(), pytest.raises(StoreError) as caught:
        Progress(path, NOW + timedelta(days=1))
    assert errors.FULL in str(caught.value)
    assert path.read_bytes() == content
    assert names(path.parent) == before
    mended = Progress(path, NOW + timedelta(days=1))
    assert "damaged" in mended.notice
    assert [each.question for each in mended.answers()] == ["q1", "q2"]


def test_a_backup_on_a_full_disk_leaves_no_file_behind(progress, full_disk, tmp_path):
    progress.record(answer())
    copy = tmp_path / "there" / "copy.sqlite"
    with full_disk(), pytest.raises(StoreError, match="Your answers are safe"):
        progress.back_up(copy)
    assert names(copy.parent) == []
    assert progress.back_up(copy) == 1
    assert names(copy.parent) == ["copy.sqlite"]


def test_a_backup_on_a_full_disk_keeps_the_older_one(progress, tmp_path, full_disk):
    copy = tmp_path / "copy.sqlite"
    progress.record(answer()).back_up(copy)
    before = copy.read_bytes()
    progress.record(answer("q2"))
    with full_disk(), pytest.raises(StoreError):
        progress.back_up(copy)
    assert copy.read_bytes() == before


def test_a_restore_on_a_full_disk_leaves_the_answers_unchanged(progress, path, full_disk, tmp_path):
    progress.record(answer()).back_up(tmp_path / "copy.sqlite")
    progress.record(answer("q2"))
    with full_disk(), pytest.raises(StoreError, match="Your answers are as they were"):
        progress.restore(tmp_path / "copy.sqlite", NOW)
    assert [each.question for each in Progress(path, NOW).answers()] == ["q1", "q2"]
    assert list(path.parent.glob("*replaced*")) == []


def test_drafts_left_by_a_power_cut_are_removed(progress, path):
    tomorrow = NOW + timedelta(days=1)
    progress.record(answer())
    (path.parent / "backups" / "progress-2026-11-23.sqlite.draft").write_bytes(b"half" * 999)
    assert Progress(path, tomorrow).answers() == [answer()]
    assert "progress-2026-11-23.sqlite" in names(path.parent / "backups")
    assert not [name for name in names(path.parent / "backups") if "draft" in name]


def test_a_read_only_folder_raises_a_clear_error(progress, path):
    """A kernel of a user without write permission."""
    progress.record(answer())
    for each in (path.parent, *path.parent.parents):
        each.chmod(0o755)
        if each == Path(tempfile.gettempdir()):
            break
    if os.getuid():
        path.parent.chmod(0o555)
        path.chmod(0o444)
    code = f"""
import sys
sys.path[:] = {sys.path!r}
from datetime import UTC, datetime, timedelta
from pathlib import Path
from massage_workbook.store import Progress, StoreError
import os
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    Progress(Path({str(path)!r}), datetime(2026, 11, 25, tzinfo=UTC))
except StoreError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    path.parent.chmod(0o755)
    assert done.stdout.startswith("Your answers cannot be saved in"), done
    assert "Make that folder writable" in done.stdout
    assert progress.answers() == [answer()]


def test_schema_version_1_is_migrated_with_all_answers(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.executescript(FIRST)
    connection.close()
    assert Progress(path, NOW).answers() == [answer()]
    assert Progress(path, NOW).notice is None


def test_schema_version_2_is_migrated_with_all_answers(tmp_path):
    scenarios.of_the_second_format(tmp_path)
    path = scenarios.kept(tmp_path)
    older = Path(shutil.copy(path, tmp_path / "older.sqlite"))
    progress = Progress(path, NOW)
    assert progress.notice is None
    assert progress.answers() == scenarios.EVERY
    assert progress.standings() == {each.question: standing([each]) for each in scenarios.EVERY}
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'index')"
        )
        assert names.fetchall() == [("answers",)]
    other = Progress(tmp_path / "other" / "progress.sqlite", NOW)
    history = from_text(to_text(progress.answers()))
    assert [other.merge(history), other.merge(history)] == [30, 0]
    assert other.answers() == scenarios.EVERY
    other.record(answer()).restore(older, NOW)
    assert other.answers() == scenarios.EVERY


def test_a_changed_version_number_does_not_skip_the_checksums(tmp_path):
    """Version 1 had no checksums."""
    scenarios.damaged(tmp_path)
    shutil.rmtree(scenarios.kept(tmp_path).parent / "backups")
    with closing(sqlite3.connect(scenarios.kept(tmp_path))) as connection:
        connection.execute("PRAGMA user_version = 1")
    progress = Progress(scenarios.kept(tmp_path), NOW)
    assert "damaged" in progress.notice
    assert progress.answers() == [each for each in scenarios.EVERY if each.question != "q3"]


def test_damaged_tables_do_not_skip_the_checksums(tmp_path):
    """A table without a checksum column is not accepted as version 1."""
    path = scenarios.with_answers(tmp_path)
    content = path.read_bytes()
    assert content.count(b"seal INTEGER") == 1
    content = content.replace(b"seal INTEGER", b"real INTEGER").replace(b"q25[25]", b"q25[x5]")
    path.write_bytes(content)
    progress = Progress(path, NOW)
    assert "damaged" in progress.notice
    assert progress.answers() == scenarios.EVERY[:20]


FIRST = """
CREATE TABLE answers (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, topic TEXT NOT NULL, question TEXT NOT NULL,
    response TEXT NOT NULL, score REAL NOT NULL, sure INTEGER NOT NULL, seconds REAL NOT NULL
);
CREATE INDEX answers_by_topic ON answers (topic, id);
CREATE TRIGGER answers_stay BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
CREATE TRIGGER answers_remain BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never removed'); END;
INSERT INTO answers VALUES
    (1, '2026-11-22T20:15:00+00:00', 'stroking', 'q1', '["stays"]', 1.0, 1, 4.5);
PRAGMA user_version = 1;
"""


def test_a_notebook_shows_only_the_message_of_a_store_error():
    assert StoreError("Disk full.")._render_traceback_() == ["Disk full."]


def test_unusual_characters_in_a_response_are_read_back_unchanged(progress):
    odd = ["\ud800", "<img onerror=alert(1)>", "\u202e", "x" * 100_000, {"a": [0.5, None]}]
    given_ = Answer(NOW, "stroking", "q1", odd, 0.0, sure=True, seconds=1.0)
    assert progress.record(given_).answers() == [given_]
