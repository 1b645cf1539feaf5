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


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))


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
def test_the_rows_are_shown_before_they_are_written_and_hold_nothing_of_practices(tmp_path):
    file = tmp_path / "class.csv"
    told = run("export", file)
    assert file.read_text() in told
    assert SINGLES[0].id in told
    for private in (PRACTICE.id, "kidneys", "Private"):
        assert private not in told
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.usefixtures("_answered")
def test_nothing_is_written_unless_it_is_confirmed(tmp_path):
    run("export", tmp_path / "class.csv", says="n\n", code=1)
    assert not (tmp_path / "class.csv").exists()


@pytest.mark.usefixtures("_answered")
def test_a_later_export_has_the_same_pseudonym(tmp_path):
    texts = []
    for name in ("a.csv", "b.csv"):
        run("export", tmp_path / name)
        texts.append((tmp_path / name).read_text())
    assert texts[0] == texts[1]


def test_without_answers_there_is_nothing_to_give(tmp_path):
    assert "no answers to give" in run("export", tmp_path / "class.csv", code=1)


@pytest.mark.usefixtures("_answered")
def test_a_folder_is_reported_on(tmp_path):
    run("export", tmp_path / "class.csv")
    assert "1 submissions: a report needs 5" in run("report", tmp_path)
    (tmp_path / "other.csv").write_text("shopping list")
    assert "other.csv:1: the first line" in run("report", tmp_path, code=1)
