"""Answers in folders without shared memory or without file locks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from massage_workbook.errors import _NETWORK
from massage_workbook.store import Progress
from massage_workbook.store.database import _SLOWER_JOURNAL

from ..store.scenarios import EVERY, NOW, answers, kept, opened_today

RECORD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import scenarios
from massage_workbook.store import Progress, StoreError
try:
    for i in range(2):
        progress = Progress(Path(sys.argv[1]), scenarios.NOW)
        progress.record_all(scenarios.answers(30 + i, 31 + i))
        print(progress.notice)
    print(len(progress.answers()), len(progress.standings()))
except StoreError as error:
    print(error)
"""


SAVE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import scenarios
from massage_workbook.reader import read
from massage_workbook.session import Plan
from massage_workbook.store import StoreError, database
from massage_workbook.store.plans import Plans
database._LOCK_TIMEOUT = 0.1
course = read()
try:
    plans = Plans(Path(sys.argv[1]).with_name("plans.sqlite"), course)
    print(plans.save("mine", Plan.of(course.sessions[0], course), scenarios.NOW).names())
except StoreError as error:
    print(error)
"""


@pytest.fixture
def told(faults, folder):
    """Run a program in such a folder; return its output lines."""

    def told(program, lacking):
        helpers = Path(__file__).parents[1] / "store"
        done = subprocess.run(
            [sys.executable, "-c", program, kept(folder), helpers],
            env=os.environ | {"LD_PRELOAD": str(faults), lacking: "1"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.splitlines()

    return told


def test_answers_are_stored_without_shared_memory_with_one_notice(told, folder):
    assert told(RECORD, "NO_SHARING") == [_SLOWER_JOURNAL, "None", "2 2"]
    assert told(RECORD, "NO_SHARING") == ["None", "None", "4 2"]
    assert kept(folder).read_bytes()[18:20] == b"\1\1", "SQLite's sign of a rollback journal"
    assert len(Progress(kept(folder), NOW).answers()) == 4


@pytest.mark.parametrize("moved", [True, False])
def test_answers_moved_to_a_folder_without_shared_memory_are_complete(told, folder, moved):
    begun = folder / "before" if moved else folder
    opened_today(begun)
    assert kept(begun).read_bytes()[18:20] == b"\2\2", "SQLite's sign of a log"
    if moved:
        kept(begun).parent.rename(folder / "home")
    assert told(RECORD, "NO_SHARING") == [_SLOWER_JOURNAL, "None", "32 32"]
    assert Progress(kept(folder), NOW).answers() == EVERY + answers(30, 32)


def test_a_folder_without_locks_is_reported_at_once_and_unchanged(told, folder):
    opened_today(folder)
    before = kept(folder).read_bytes()
    [said] = told(RECORD, "NO_LOCKS")
    assert said.startswith(f"Your answers cannot be saved in {kept(folder)}: No locks available.")
    assert said.endswith(_NETWORK)
    assert kept(folder).read_bytes() == before


def test_plans_are_stored_without_shared_memory_but_not_without_locks(told, folder):
    assert told(SAVE, "NO_SHARING") == ["['mine']"]
    kept(folder).with_name("plans.sqlite").unlink()
    [said] = told(SAVE, "NO_LOCKS")
    assert said.startswith(f"Your plans in {kept(folder).with_name('plans.sqlite')} cannot be")
    assert "No locks available" in said
    assert said.endswith(_NETWORK)
