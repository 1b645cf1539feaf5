"""An error is one line in a lesson: the thing, the place, the advice."""

import errno
import os
import sqlite3

import pytest
from IPython.core.interactiveshell import InteractiveShell

import massage_workbook
from massage_workbook import errors
from massage_workbook.reader import CourseError, read

WORDS = {
    "technique": "technique('sawing')",
    "quiz": "quiz('stroking')",
    "tempo": "tempo('sawing')",
} | {
    name: f"{name}()"
    for name in massage_workbook.__all__
    if name not in {"technique", "quiz", "tempo"}
}


@pytest.fixture(scope="module")
def shell():
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


@pytest.fixture
def cell(shell, capsys):
    """The output of a lesson's cell that raises an error, and the error."""

    def cell(call):
        done = shell.run_cell(f"from massage_workbook import *\n{call}", silent=True)
        return capsys.readouterr().out.strip(), done.error_in_exec

    return cell


@pytest.mark.parametrize("name", WORDS)
def test_a_broken_course_shows_one_line_at_each_call(cell, own_data, name):
    (own_data / "zones.yaml").write_text("- id: spine\n  kind: [", encoding="utf-8")
    shown, error = cell(WORDS[name])
    assert isinstance(error, CourseError)
    assert len(shown.splitlines()) == 1
    assert f"The course in {own_data} cannot be used: zones.yaml:2: file: is not YAML" in shown
    assert "install the workbook again" in shown


def cut_short(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 1])


SPOILT = {
    "missing": lambda path: path.unlink(),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "cut short": cut_short,
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_broken_table_of_colours_is_named(cell, own_data, how):
    SPOILT[how](own_data / "palette.csv")
    shown, error = cell("technique('sawing')")
    assert isinstance(error, CourseError), error
    assert len(shown.splitlines()) == 1
    assert "palette.csv" in {problem.file for problem in error.problems}


def test_only_the_first_of_many_problems_is_shown_with_a_count(own_data):
    for name in ("rules.yaml", "zones.yaml", "blocks.yaml"):
        (own_data / name).unlink()
    with pytest.raises(CourseError) as caught:
        read(own_data)
    assert "blocks.yaml:1: file: cannot be read" in caught.value.message
    assert f", and {len(caught.value.problems) - 1} more." in caught.value.message


def test_a_missing_colour_is_named(cell, own_data):
    table = own_data / "palette.csv"
    lines = table.read_text().splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("skin,")))
    shown, error = cell("technique('sawing')")
    assert isinstance(error, CourseError)
    assert "palette.csv:1: skin: is missing" in shown


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("technique('sawng')", 'Did you mean "sawing"'),
        ("tempo('sawng')", 'Did you mean "sawing"'),
        ("quiz('strokin')", 'Did you mean "stroking"'),
        ("planner('standard-2')", 'Did you mean "standard-20"'),
        ("picture('hand-saving')", 'Did you mean "hand-sawing"'),
        ("disagreements('spin')", 'Did you mean "spine"'),
    ],
)
def test_an_unknown_name_is_reported_in_one_line_with_the_nearest(cell, call, says):
    shown, error = cell(call)
    assert isinstance(error, LookupError)
    assert len(shown.splitlines()) == 1
    assert says in shown


@pytest.mark.parametrize("name", ["quiz", "review", "progress", "final_check", "player", "lessons"])
def test_answers_that_cannot_be_saved_are_reported_in_one_line(cell, tmp_path, monkeypatch, name):
    (tmp_path / "home").write_text("a file")
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))
    shown, _ = cell(WORDS[name])
    assert len(shown.splitlines()) == 1
    assert f"Your answers cannot be saved in {tmp_path / 'home' / 'progress.sqlite'}" in shown
    assert errors.IN_THE_WAY in shown


def test_an_unexpected_error_keeps_its_traceback(cell):
    shown, error = cell("1 / 0")
    assert isinstance(error, ZeroDivisionError)
    assert "Traceback" in shown


def of_sqlite(name):
    error = sqlite3.OperationalError("it failed")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), errors.FULL),
        (of_sqlite("SQLITE_FULL"), errors.FULL),
        (of_sqlite("SQLITE_IOERR_WRITE"), errors.FULL),
        (of_sqlite("SQLITE_BUSY_SNAPSHOT"), errors.BUSY),
        (of_sqlite("SQLITE_LOCKED"), errors.BUSY),
        (PermissionError(errno.EACCES, "Permission denied"), errors.READ_ONLY),
        (OSError(errno.EROFS, "Read-only file system"), errors.READ_ONLY),
        (of_sqlite("SQLITE_READONLY_DBMOVED"), errors.READ_ONLY),
        (FileExistsError(errno.EEXIST, "File exists"), errors.IN_THE_WAY),
        (ValueError("something else"), ""),
    ],
)
def test_each_kind_of_error_has_its_advice(error, advice):
    assert errors.advice_for(error) == advice


def test_a_description_has_the_failure_the_reason_and_the_advice():
    error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/home/somebody/plans")
    assert errors.describe_error("Not saved", error, "The others are.") == (
        "Not saved: No space left on device. The others are. Make room on the disk, and try again."
    )
