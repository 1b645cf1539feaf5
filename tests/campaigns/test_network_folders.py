"""Answers in folders that cannot do all that a disk of this computer can."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from massage_workbook.store import Progress
from massage_workbook.store.database import SLOWER
from massage_workbook.troubles import NETWORK

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


@pytest.fixture
def recorded(faults, folder):
    """What is said where two answers are recorded in such a folder, one after the other."""

    def recorded(lacking):
        helpers = Path(__file__).parents[1] / "store"
        done = subprocess.run(
            [sys.executable, "-c", RECORD, kept(folder), helpers],
            env=os.environ | {"LD_PRELOAD": str(faults), lacking: "1"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.splitlines()

    return recorded


def test_answers_are_kept_where_no_memory_is_shared_and_it_is_said_once(recorded, folder):
    assert recorded("NO_SHARING") == [SLOWER, "None", "2 2"]
    assert recorded("NO_SHARING") == ["None", "None", "4 2"]
    assert kept(folder).read_bytes()[18:20] == b"\1\1", "SQLite's sign of a rollback journal"
    assert len(Progress(kept(folder), NOW).answers()) == 4


@pytest.mark.parametrize("moved", [True, False])
def test_answers_that_come_into_such_a_folder_are_all_there(recorded, folder, moved):
    begun = folder / "before" if moved else folder
    opened_today(begun)
    assert kept(begun).read_bytes()[18:20] == b"\2\2", "SQLite's sign of a log"
    if moved:
        kept(begun).parent.rename(folder / "home")
    assert recorded("NO_SHARING") == [SLOWER, "None", "32 32"]
    assert Progress(kept(folder), NOW).answers() == EVERY + answers(30, 32)


def test_a_folder_without_locks_is_told_at_once_and_nothing_is_changed(recorded, folder):
    opened_today(folder)
    before = kept(folder).read_bytes()
    [said] = recorded("NO_LOCKS")
    assert said.startswith(f"Your answers cannot be kept in {kept(folder)}: No locks available.")
    assert said.endswith(NETWORK)
    assert kept(folder).read_bytes() == before
