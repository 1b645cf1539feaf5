"""The commands for moving answers: limits and privacy."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from massage_workbook import paths
from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, portable, to_text
from massage_workbook.store.practices import Practice, Practices

NOW = datetime.now(UTC)
PRACTICE = Practice(
    id="practice-0f8fad5b-d9cb-469f-a165-70867728950e",
    at=NOW - timedelta(days=2),
    plan="20 minutes",
    planned=1200,
    seconds=60.0,
    techniques={"sawing": 60.0},
    finished=False,
    comfort=3,
    spots=("kidneys",),
    note="Private words.",
)


@pytest.fixture
def run(run):
    """Run a command of progress; return its lines."""
    return lambda *arguments, code=0: run("progress", *arguments, code=code).splitlines()


@pytest.fixture
def progress():
    """Two answers to questions and a practice."""
    progress = Progress(paths.progress(), NOW)
    progress.record_all(answer(at=NOW - timedelta(days=i)) for i in (3, 1))
    Practices(progress).record(PRACTICE)
    return progress


def answer(question="q", at=NOW):
    return Answer(at, "stroking", question, ["a"], 1.0, sure=True, seconds=1.0)


def test_practices_are_not_exported_by_default(run, tmp_path, request):
    file = tmp_path / "p.json"
    assert len(run("export", file)) == 1
    request.getfixturevalue("progress")
    said = run("export", file)
    assert said[0] == f"2 answers are in {file}."
    assert "practices were left out (1), with comfort, tender spots and notes" in said[1]
    assert "--with-practices" in said[1]
    text = file.read_text()
    assert not [each for each in ("comfort", "kidneys", "Private", "practice") if each in text]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_practices_are_exported_on_request(run, progress, tmp_path, monkeypatch):
    said = run("export", "--with-practices", tmp_path / "p.json")
    assert said == [f"3 answers are in {tmp_path / 'p.json'}."]
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "other"))
    assert run("import", tmp_path / "p.json") == ["3 of 3 answers were new and are added."]
    assert run("import", tmp_path / "p.json") == ["0 of 3 answers were new and are added."]
    assert sorted(Progress(paths.progress(), NOW).answers(), key=repr) == sorted(
        progress.answers(), key=repr
    )
    assert Practices(Progress(paths.progress(), NOW)).all() == [PRACTICE]


def test_practices_that_a_page_saved_in_a_file_are_imported_once(run, tmp_path):
    record = PRACTICE.model_dump() | {"at": PRACTICE.at.isoformat()}
    file = tmp_path / "record.json"
    history = {"format": "massage-workbook progress", "version": 1, "answers": []}
    file.write_text(json.dumps(history | {"practices": [record]}))
    assert run("import", file) == ["1 of 1 answers were new and are added."]
    assert run("import", file) == ["0 of 1 answers were new and are added."]
    assert Practices(Progress(paths.progress(), NOW)).all() == [PRACTICE]
    file.write_text(json.dumps(history | {"practices": [record | {"comfort": 11}]}))
    [error] = run("import", file, code=1)
    assert "comfort" in error


def test_answers_from_the_future_are_left_out_by_name(run, tmp_path):
    soon, later = NOW + timedelta(hours=20), NOW + timedelta(days=400)
    history = [answer(), answer("skewed", soon), answer("a\nb\u202e", later)]
    (tmp_path / "p.json").write_text(to_text(history))
    said = run("import", tmp_path / "p.json")
    assert said[0] == "2 of 3 answers were new and are added."
    assert said[1].startswith(f"Left out: the answer to 'a\\nb\\u202e' of {later:%d %B %Y}")
    assert len(said) == 2
    assert {each.question for each in Progress(paths.progress(), NOW).answers()} == {"q", "skewed"}
    many = [answer(f"q{i}", NOW + timedelta(days=9)) for i in range(50)]
    (tmp_path / "p.json").write_text(to_text(many))
    _, first, *named, last = run("import", tmp_path / "p.json")
    assert first == "0 of 50 answers were new and are added."
    assert len(named) == 3
    assert last == "Left out as well: 47 more answers of later times."


DEEP = '{"format": ' + "[" * 50_000 + "]" * 50_000 + "}"
YEAR = to_text([answer()]).replace(f"{NOW:%Y-%m-%d}", "0001-01-01").replace("+00:00", "+14:00")


@pytest.mark.parametrize(
    ("text", "words"),
    [(DEEP, "more than 20 deep"), (YEAR, "the year 1 is not from 2000 to 2199")],
)
def test_an_invalid_history_is_refused_in_one_line(run, progress, tmp_path, text, words):
    (tmp_path / "p.json").write_text(text)
    [said] = run("import", tmp_path / "p.json", code=1)
    assert said.startswith("Error: This is not exported progress: ")
    assert words in said
    assert len(progress.answers()) == 3


def test_an_oversized_file_is_refused_in_one_line_and_not_read(run, tmp_path):
    with (tmp_path / "p.json").open("wb") as file:
        file.truncate(100_000_000)
    [said] = run("import", tmp_path / "p.json", code=1)
    assert (
        said == f"Error: {tmp_path / 'p.json'} is too large: at most 32,000,000 bytes are allowed."
    )


@pytest.mark.usefixtures("progress")
def test_a_history_too_large_to_import_is_not_exported(run, tmp_path, monkeypatch):
    monkeypatch.setattr(portable, "LARGEST", 400)
    [said] = run("export", tmp_path / "p.json", code=1)
    assert "progress backup" in said
    assert not (tmp_path / "p.json").exists()


def test_notices_of_the_store_are_printed(run, progress, tmp_path):
    progress.back_up(paths.home() / "backups" / f"progress-{NOW:%Y-%m-%d}.sqlite")
    paths.progress().unlink()
    said = run("backup", tmp_path / "p.sqlite")
    assert said[0].startswith("The file of your answers was missing. 3 are restored")
    assert said[1].startswith("3 answers are in")
