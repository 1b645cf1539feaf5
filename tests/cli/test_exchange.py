"""The commands that carry questions and answers in and out."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from massage_workbook import pages, paths
from massage_workbook.cli import main
from massage_workbook.store import Answer, Progress
from massage_workbook.troubles import FULL, IN_THE_WAY

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run():
    def run(*arguments, code=0):
        done = CliRunner().invoke(main, [str(each) for each in arguments])
        assert done.exit_code == code, done.output
        return done.output

    return run


def answered(*names):
    progress = Progress(paths.progress(), NOW)
    for name in names:
        progress.record(Answer(NOW, "stroking", name, ["a"], 1.0, sure=True, seconds=2.0))
    return progress


@pytest.mark.parametrize("name", ["anki", "csv", "jupyterquiz"])
def test_an_export_says_what_it_holds_and_lists_what_it_cannot(run, tmp_path, name):
    said = run("export", name, tmp_path / "out")
    assert f"questions are in {tmp_path / 'out'}." in said
    assert f"are not, for {name} cannot hold them:" in said
    assert "planing-tempo" in said or "sawing" in said
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_into_a_folder_that_is_not_there_is_a_clear_line(run, tmp_path):
    said = run("export", "csv", tmp_path / "nowhere" / "out", code=1)
    assert said.startswith("Error: Cannot write")


def test_a_teacher_s_questions_are_asked_after_they_were_brought_in(run, tmp_path):
    theirs = [
        {
            "question": "Left or right?",
            "type": "multiple_choice",
            "answers": [{"answer": "Left", "correct": True}, {"answer": "Right", "correct": False}],
        }
    ]
    (tmp_path / "My class.json").write_text(json.dumps(theirs))
    said = run("import", tmp_path / "My class.json", "--title", "My class")
    assert 'Ask them with quiz("own-my-class").' in said
    own = json.loads((paths.own_questions() / "own-my-class.json").read_text())
    assert own["title"] == "My class"


def test_a_file_that_holds_no_questions_is_refused(run, tmp_path):
    (tmp_path / "x.json").write_text("[]")
    assert "holds no question" in run("import", tmp_path / "x.json", code=1)
    assert not paths.own_questions().exists()
    assert "Cannot read" in run("import", tmp_path / "none.json", code=1)


def test_progress_goes_to_another_computer_and_is_not_doubled(run, tmp_path, monkeypatch):
    answers = answered("a", "b").answers()
    assert "2 answers are in" in run("progress", "export", tmp_path / "p.json")
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "other"))
    assert "2 of 2 answers were new" in run("progress", "import", tmp_path / "p.json")
    assert "0 of 2 answers were new" in run("progress", "import", tmp_path / "p.json")
    assert Progress(paths.progress(), NOW).answers() == answers


def test_a_backup_brings_back_what_was_there(run, tmp_path):
    answered("a")
    assert "1 answers are in" in run("progress", "backup", tmp_path / "b.sqlite")
    answered("b")
    said = run("progress", "restore", tmp_path / "b.sqlite")
    assert "1 answers are back" in said
    assert [each.question for each in Progress(paths.progress(), NOW).answers()] == ["a"]


def test_what_is_no_progress_is_refused_and_changes_nothing(run, tmp_path):
    answered("a")
    (tmp_path / "x").write_text("{}")
    assert "This is no exported progress" in run("progress", "import", tmp_path / "x", code=1)
    assert "no whole backup" in run("progress", "restore", tmp_path / "x", code=1)
    assert len(Progress(paths.progress(), NOW).answers()) == 1


# --- what goes wrong -----------------------------------------------------------------------------

EXPORTS = ["anki", "csv", "html", "jupyterquiz", "pictures"]


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_of_a_broken_course_is_one_clear_line(run, tmp_path, own_data, kind):
    (own_data / "zones.yaml").write_text("- id: [", encoding="utf-8")
    said = run("export", kind, tmp_path / "out", code=1)
    assert said.startswith(f"Error: The course in {own_data} cannot be used: zones.yaml:1:")
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_onto_a_full_disk_is_one_clear_line_and_leaves_no_half_file(
    run, tmp_path, full_disk, monkeypatch, kind
):
    monkeypatch.setattr(pages, "pages", lambda *_: {"index.html": "What is drawn first"})
    out = tmp_path / "out"
    with full_disk():
        said = run("export", kind, out, code=1)
    assert str(out) in said
    assert FULL in said
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_export_that_finds_no_room_leaves_the_file_that_was_there(run, tmp_path, full_disk):
    answered("a")
    file = tmp_path / "p.json"
    run("progress", "export", file)
    before = file.read_bytes()
    with full_disk():
        assert FULL in run("progress", "export", file, code=1)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.glob("p.json*")] == ["p.json"]


def test_a_teacher_s_questions_that_find_no_room_are_not_there_by_half(run, tmp_path, full_disk):
    choices = [{"answer": "Left", "correct": True}, {"answer": "Right", "correct": False}]
    theirs = [{"question": "Which?", "type": "multiple_choice", "answers": choices}]
    (tmp_path / "x.json").write_text(json.dumps(theirs))
    with full_disk():
        assert FULL in run("import", tmp_path / "x.json", code=1)
    assert list(paths.own_questions().iterdir()) == []


@pytest.mark.parametrize("command", ["export", "backup"])
def test_answers_whose_home_cannot_be_written_are_one_clear_line(
    run, tmp_path, monkeypatch, command
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "file"))
    said = run("progress", command, tmp_path / "out", code=1)
    assert said.startswith(f"Error: Your answers cannot be kept in {paths.progress()}: ")
    assert IN_THE_WAY in said
    assert not (tmp_path / "out").exists()
