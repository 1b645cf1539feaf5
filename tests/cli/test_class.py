"""The commands for a class: seen and confirmed before it is written, and reported."""

import os
import stat
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from massage_workbook import paths
from massage_workbook.cli import main
from massage_workbook.store import Progress
from massage_workbook.store.practices import Practices

from ..classroom.classes import SINGLES, answer
from .test_progress import PRACTICE

NOW = datetime.now(UTC)


def run(*arguments, code=0, says="y\n"):
    done = CliRunner().invoke(main, ["class", *map(str, arguments)], input=says)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def _answered():
    progress = Progress(paths.progress(), NOW)
    progress.record(answer(SINGLES[0], right=False, at=NOW))
    Practices(progress).record(PRACTICE)


@pytest.mark.usefixtures("_answered")
def test_rows_without_practices_are_shown_and_written_once_confirmed(tmp_path):
    files = [tmp_path / name for name in ("no.csv", "a.csv", "b.csv")]
    run("export", files[0], says="n\n", code=1)
    told = run("export", files[1])
    run("export", files[2])
    assert not files[0].exists()
    assert files[1].read_text() in told
    assert files[1].read_text() == files[2].read_text(), "with the same pseudonym"
    assert SINGLES[0].id in told
    assert not any(private in told for private in (PRACTICE.id, "kidneys", "Private"))
    if os.name == "posix":
        assert stat.S_IMODE(files[1].stat().st_mode) == 0o600


@pytest.mark.usefixtures("_answered")
def test_a_folder_of_submissions_is_reported(tmp_path):
    run("export", tmp_path / "class.csv")
    assert "1 of at least 5 submissions" in run("report", tmp_path)
    (tmp_path / "other.csv").write_text("shopping list")
    assert "other.csv:1: the first line" in run("report", tmp_path, code=1)


def test_without_answers_nothing_is_exported(tmp_path):
    assert "no answers to export" in run("export", tmp_path / "class.csv", code=1)
