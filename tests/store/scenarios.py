"""Changes of the answers' file, with a failure at each of their steps in turn.

A change either takes place or does not, whatever fails, and says which. `tried` is run with
failures of the system's calls (by `faults.c`) and of the functions that make them.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, StoreError

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
MANY = 10_000
"""An upper bound of the steps of a change."""


def answers(begin: int, end: int) -> list[Answer]:
    return [
        Answer(NOW - timedelta(days=3, minutes=-i), "t", f"q{i}", [i], 1.0, sure=True, seconds=1.0)
        for i in range(begin, end)
    ]


class Scenario(NamedTuple):
    """A folder, a change in it, and the answers after a failure and after success."""

    prepare: Callable[[Path], None]
    change: Callable[[Path], None]
    old: list[Answer]
    new: list[Answer]


def kept(folder: Path) -> Path:
    return folder / "home" / "progress.sqlite"


def with_answers(folder: Path) -> Path:
    """Thirty answers, of which the backup of the day before has twenty, and a copy ten."""
    path = kept(folder)
    progress = Progress(path, NOW - timedelta(days=2))
    progress.record_all(answers(0, 10))
    progress.back_up(folder / "copy.sqlite")
    progress.record_all(answers(10, 20))
    Progress(path, NOW - timedelta(days=1)).record_all(answers(20, 30))
    return path


def opened_today(folder: Path) -> None:
    Progress(with_answers(folder), NOW)


def in_rollback_journal(folder: Path) -> None:
    """As in a folder without shared memory."""
    opened_today(folder)
    with closing(sqlite3.connect(kept(folder))) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def with_unsaved_log(folder: Path) -> None:
    """A process was killed, so that the last answers are only in the log."""
    path = with_answers(folder)
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("SELECT count(*) FROM answers").fetchone()
        Progress(path, NOW).record_all(answers(30, 35))
        for each in path.parent.glob("progress.sqlite*"):
            shutil.copy(each, folder / each.name)
    for each in folder.glob("progress.sqlite*"):
        each.replace(path.parent / each.name)


def damaged(folder: Path) -> None:
    """A bit was flipped in an answer that the backup contains."""
    path = with_answers(folder)
    Progress(path, NOW)
    content = bytearray(path.read_bytes())
    content[content.index(b'"q3"' if b'"q3"' in content else b"q3[3]")] ^= 1
    path.write_bytes(content)


def damaged_with_log(folder: Path) -> None:
    with_unsaved_log(folder)
    path = kept(folder)
    content = bytearray(path.read_bytes())
    content[content.index(b"q3[3]")] ^= 1
    path.write_bytes(content)


def missing(folder: Path) -> None:
    with_answers(folder)
    path = kept(folder)
    Progress(path, NOW)
    path.unlink()


FIRST_FORMAT = """
CREATE TABLE answers (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, topic TEXT NOT NULL, question TEXT NOT NULL,
    response TEXT NOT NULL, score REAL NOT NULL, sure INTEGER NOT NULL, seconds REAL NOT NULL
);
CREATE INDEX answers_by_topic ON answers (topic, id);
CREATE TRIGGER answers_stay BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
CREATE TRIGGER answers_remain BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'answers are never removed'); END;
PRAGMA user_version = 1;
"""


def of_the_first_format(folder: Path) -> None:
    path = kept(folder)
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(FIRST_FORMAT)
        for i, each in enumerate(answers(0, 10), start=1):
            row = (i, each.at.isoformat(), "t", each.question, f"[{i - 1}]", 1.0, 1, 1.0)
            connection.execute("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def of_the_second_format(folder: Path) -> None:
    """Version 2, which also stored standings."""
    with closing(sqlite3.connect(with_answers(folder))) as connection, connection:
        connection.execute("CREATE INDEX answers_by_question ON answers (question, id)")
        connection.execute("CREATE TABLE standings (question TEXT PRIMARY KEY, standing TEXT)")
        connection.execute("INSERT INTO standings VALUES ('q1', 'outdated')")
        connection.execute("PRAGMA user_version = 2")


def nothing(folder: Path) -> None:
    folder.mkdir()


def open_it(folder: Path) -> None:
    Progress(kept(folder), NOW).answers()


def restore(folder: Path) -> None:
    Progress(kept(folder), NOW).restore(folder / "copy.sqlite", NOW)


def merge(folder: Path) -> None:
    Progress(kept(folder), NOW).merge(answers(25, 40))


def record(folder: Path) -> None:
    Progress(kept(folder), NOW).record_all(answers(30, 31))


def back_up(folder: Path) -> None:
    Progress(kept(folder), NOW).back_up(folder / "copy.sqlite")


EVERY = answers(0, 30)
SCENARIOS = {
    "restore": Scenario(opened_today, restore, EVERY, answers(0, 10)),
    "restore in a rollback journal": Scenario(in_rollback_journal, restore, EVERY, answers(0, 10)),
    "restore over a log": Scenario(with_unsaved_log, restore, answers(0, 35), answers(0, 10)),
    "recover": Scenario(damaged, open_it, EVERY, EVERY),
    "recover with a log": Scenario(damaged_with_log, open_it, answers(0, 35), answers(0, 35)),
    "find a missing file": Scenario(missing, open_it, EVERY, EVERY),
    "bring up to date": Scenario(of_the_first_format, open_it, answers(0, 10), answers(0, 10)),
    "bring the second format up to date": Scenario(of_the_second_format, open_it, EVERY, EVERY),
    "import": Scenario(opened_today, merge, EVERY, answers(0, 40)),
    "import in a rollback journal": Scenario(in_rollback_journal, merge, EVERY, answers(0, 40)),
    "record": Scenario(opened_today, record, EVERY, answers(0, 31)),
    "back up": Scenario(opened_today, back_up, EVERY, EVERY),
    "begin": Scenario(nothing, open_it, [], []),
    "open on another day": Scenario(with_answers, open_it, EVERY, EVERY),
}
UNCHANGED = "as they were", "This answer was not saved", "None of these answers", "cannot be kept"
CHANGED = "are those of the backup", "They replace", "This was saved"


def tried(name: str, folder: Path, failing: Callable) -> int:
    """Try a change with a failure at each step; return its number of steps.

    `failing(n, change)` makes the `n`th step fail and returns whether there was such a step.
    """
    scenario = SCENARIOS[name]
    scenario.prepare(folder / "prepared")
    for n in range(1, MANY):
        here = folder / "tried"
        shutil.copytree(folder / "prepared", here)
        reached, error = failing(n, lambda here=here: scenario.change(here))
        try:
            check(scenario, here, error)
        except BaseException as caught:
            caught.add_note(f"{name}, step {n}, which reported: {error!r}")
            raise
        shutil.rmtree(here)
        if not reached:
            assert error is None, "nothing failed, and yet it was said"
            return n - 1
    raise AssertionError("it never ends")


def check(scenario: Scenario, here: Path, error: Exception | None) -> None:
    """Check that the answers are the old or the new ones, as reported, and still usable."""
    assert error is None or isinstance(error, StoreError), "not a line for a learner"
    found = Progress(kept(here), NOW).answers()
    expected = [scenario.old, scenario.new]
    if error is None or any(words in str(error) for words in CHANGED):
        expected = [scenario.new]
    elif any(words in str(error) for words in UNCHANGED):
        expected = [scenario.old]
    assert found in expected
    if scenario.change is back_up:
        copied = Progress(here / "copy.sqlite", NOW).answers()
        assert copied == (scenario.new if error is None else answers(0, 10))
    scenario.change(here)
    progress = Progress(kept(here), NOW)
    assert progress.answers() == scenario.new or scenario.change is record
    assert progress.notice is None
    left = [each.name for each in here.rglob("*") if re.search("draft|rescued", each.name)]
    assert left == [], "half written"
