"""Answers are private, and can be read where nothing can be written."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from massage_workbook import errors
from massage_workbook.safety.screening import Answers
from massage_workbook.session import Plan
from massage_workbook.store import Progress, StoreError, database
from massage_workbook.store.browser_key import read_or_create
from massage_workbook.store.plans import Plans
from massage_workbook.store.screenings import Screenings

from ..shipped import COURSE
from . import scenarios
from .scenarios import EVERY, NOW, answers, kept

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")


@pytest.fixture
def umask():
    before = os.umask(0)
    yield os.umask
    os.umask(before)


def modes(folder):
    """The modes of files and folders that others may read."""
    return {
        str(path.relative_to(folder)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_files_are_readable_by_their_owner_only(tmp_path, umask, mask):
    umask(mask)
    home = tmp_path / "deep" / "home"
    progress = Progress(home / "progress.sqlite", NOW)
    progress.record_all(answers(0, 9))
    scenarios.damaged(tmp_path / "recovered")
    Progress(kept(tmp_path / "recovered"), NOW)
    with closing(sqlite3.connect(progress.path)) as reader:  # so that its log stays
        reader.execute("SELECT count(*) FROM answers").fetchone()
        progress.record_all(answers(9, 12))
        progress.back_up(tmp_path / "copies" / "mine.sqlite")
        progress.restore(tmp_path / "copies" / "mine.sqlite", NOW)
        Plans(home / "plans.sqlite", COURSE).save("Mine", Plan.of(COURSE.sessions[0], COURSE), NOW)
        Screenings(home / "screening.json").save(Answers(), NOW)
        read_or_create(home)
        found = modes(tmp_path)
    assert len(found) > 20
    assert found.pop("recovered", None)
    folders = {name for name in found if (tmp_path / name).is_dir()}
    assert {found[name] for name in folders} == {"0o700"}
    assert {found[name] for name in found.keys() - folders} <= {"0o600", "0o400"}


@pytest.mark.parametrize("prepare", ["opened_today", "with_unsaved_log", "in_rollback_journal"])
@pytest.mark.parametrize("lock", [True, False])
def test_answers_can_be_read_on_a_full_disk(tmp_path, full_disk, prepare, lock):
    getattr(scenarios, prepare)(tmp_path)
    path, there = kept(tmp_path), len(Progress(kept(tmp_path), NOW).answers())
    if prepare == "with_unsaved_log":
        shutil.rmtree(tmp_path)
        scenarios.with_unsaved_log(tmp_path)
        path.with_name("progress.sqlite-shm").unlink(missing_ok=True)
    if not lock:
        path.with_name("progress-lock.sqlite").unlink()
    with full_disk():
        progress = Progress(path, NOW)
        assert len(progress.answers()) == there
        assert len(progress.standings()) == there
        with pytest.raises(StoreError) as caught:
            progress.record_all(answers(50, 51))
        assert errors.FULL in str(caught.value)
    assert progress.record_all(answers(50, 51)) == 1
    assert len(Progress(path, NOW).answers()) == there + 1


def test_a_failed_daily_backup_is_reported_and_retried(tmp_path, full_disk):
    path = scenarios.with_answers(tmp_path)
    with full_disk():
        progress = Progress(path, NOW)
        assert progress.answers() == EVERY
    assert errors.FULL in progress.notice
    assert Progress(path, NOW).notice is None
    backups = path.parent / "backups"
    assert max(backups.iterdir()).name == "progress-2026-11-24.sqlite"
    shutil.rmtree(backups)
    backups.write_text("a file in the way")
    assert "Today's backup could not be written" in Progress(path, NOW).notice
    backups.unlink()
    assert Progress(path, NOW + timedelta(days=1)).notice is None


MOUNTS = """\
sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/homes /home nfs4 rw 0 0
//server/my\\040things /home/anna/my\\040things cifs rw 0 0
/dev/sdb1 /home/anna/disk xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/root", "ext4"),
        ("/homely", "ext4"),
        ("/home", "nfs4"),
        ("/home/anna/.local", "nfs4"),
        ("/home/anna/my things/answers", "cifs"),
        ("/home/anna/disk/answers", "xfs"),
    ],
)
def test_the_file_system_type_is_that_of_the_innermost_mount(folder, kind):
    assert database._file_system_type(folder, MOUNTS) == kind


def in_log(path):
    return path.read_bytes()[18:20] == b"\2\2"


@pytest.mark.parametrize("begun", [True, False])
def test_a_network_drive_keeps_a_rollback_journal_with_one_notice(tmp_path, monkeypatch, begun):
    path = kept(tmp_path)
    if begun:
        Progress(path, NOW).record_all(answers(0, 10))
        assert in_log(path)
    monkeypatch.setattr(database, "is_network_folder", lambda _: True)
    assert [Progress(path, NOW).notice for _ in range(2)] == [database.SLOWER_JOURNAL, None]
    monkeypatch.undo()
    here = Progress(path, NOW)  # the computer whose drive it is
    assert (here.notice, len(here.answers()), in_log(path)) == (None, 10 * begun, False)


AS_NOBODY = """
import os, sys
sys.path[:] = {where!r}
from datetime import UTC, datetime
from pathlib import Path
from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, StoreError
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
now = datetime(2026, 11, 25, tzinfo=UTC)
try:
    progress = Progress(Path(sys.argv[1]), now)
    print(len(progress.answers()), progress.notice)
    progress.record(Answer(now, "t", "q", [], 1.0, True, 1.0))
except StoreError as error:
    print(error)
"""


def as_nobody(path):
    """The lines shown to a user without write permission."""
    for each in path.parents:
        if each.exists() and os.access(each, os.W_OK) and each != Path(tempfile.gettempdir()):
            each.chmod(0o555)
        if each == Path(tempfile.gettempdir()):
            break
    program = AS_NOBODY.format(where=sys.path)
    command = [sys.executable, "-c", program, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.fixture
def shut(tmp_path):
    """Make a folder read-only until the test ends."""
    yield tmp_path
    for each in (tmp_path, *tmp_path.rglob("*"), *tmp_path.parents[:2]):
        if each.is_dir():
            each.chmod(0o755)


@pytest.mark.parametrize("prepare", ["opened_today", "of_the_second_format"])
def test_answers_in_a_read_only_folder_can_be_read_and_it_is_named(shut, prepare):
    getattr(scenarios, prepare)(shut)
    path = kept(shut)
    for each in path.parent.rglob("*"):
        each.chmod(0o555 if each.is_dir() else 0o444)
    opened, recorded = as_nobody(path)
    assert opened.startswith(f"30 New answers cannot be saved in {path}: ")
    assert "Those that were saved can be read." in opened
    assert recorded.startswith("This answer was not saved: ")
    for said in (opened, recorded):
        assert f", in {path.parent}." in said
        assert errors.READ_ONLY in said


def test_a_read_only_folder_above_the_home_is_named(shut):
    path = shut / "not" / "there" / "progress.sqlite"
    [said] = as_nobody(path)
    assert said == (
        f"Your answers cannot be saved in {path}: Permission denied, in {shut}. Nothing that was"
        f" saved is lost. {errors.READ_ONLY}"
    )
