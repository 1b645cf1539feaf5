"""The commands that import and export questions and answers."""

import json
from datetime import UTC, datetime

import pytest

from massage_workbook import pages, paths
from massage_workbook.answers.answer import Answer
from massage_workbook.errors import FULL, IN_THE_WAY
from massage_workbook.store import Progress

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)


def answered(*names):
    progress = Progress(paths.progress(), NOW)
    for name in names:
        progress.record(Answer(NOW, "stroking", name, ["a"], 1.0, sure=True, seconds=2.0))
    return progress


@pytest.mark.parametrize("name", ["aiken", "anki", "csv", "gift", "jupytercards", "jupyterquiz"])
def test_an_export_reports_its_questions_and_those_left_out(run, tmp_path, name):
    said = run("export", name, tmp_path / "out")
    assert f"questions are in {tmp_path / 'out'}." in said
    assert f"are not, since {name} does not support them:" in said
    assert "planing-tempo" in said or "sawing" in said
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_into_a_missing_folder_is_reported_in_one_line(run, tmp_path):
    said = run("export", "csv", tmp_path / "nowhere" / "out", code=1)
    assert said.startswith("Error: Cannot write")


def quiz_file(path, *prompts, feedback="No."):
    answers = [
        {"answer": "yes", "correct": True},
        {"answer": "no", "correct": False, "feedback": feedback},
    ]
    questions = [{"question": p, "type": "multiple_choice", "answers": answers} for p in prompts]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(questions), encoding="utf-8")
    return path


def own_prompts(name):
    own = json.loads((paths.own_questions() / f"{name}.json").read_text())
    return [each["prompt"] for each in own["questions"]]


def test_imported_questions_can_be_asked(run, tmp_path):
    said = run("import", quiz_file(tmp_path / "My class.json", "Left?"), "--title", "My class")
    assert 'Ask them with quiz("own-my-class").' in said
    own = json.loads((paths.own_questions() / "own-my-class.json").read_text())
    assert own["title"] == "My class"


def test_two_files_of_the_same_name_are_two_topics(run, tmp_path):
    run("import", quiz_file(tmp_path / "a" / "quiz.json", "One?"))
    said = run("import", quiz_file(tmp_path / "b" / "quiz.json", "Two?"))
    assert 'Ask them with quiz("own-quiz-2").' in said
    assert f'Another file is the topic "own-quiz", from {tmp_path / "a" / "quiz.json"}' in said
    assert "--replace own-quiz" in said
    assert (own_prompts("own-quiz"), own_prompts("own-quiz-2")) == (["One?"], ["Two?"])
    run("import", tmp_path / "b" / "quiz.json")  # again: it is known
    assert {path.stem for path in paths.own_questions().iterdir()} == {"own-quiz", "own-quiz-2"}


def test_a_file_replaces_a_topic_on_request(run, tmp_path):
    run("import", quiz_file(tmp_path / "a" / "quiz.json", "One?", "Both?"))
    said = run("import", quiz_file(tmp_path / "b.json", "Both?"), "--replace", "own-quiz")
    assert "The topic was there: 1 as before, 0 new, 1 no longer in it." in said
    assert own_prompts("own-quiz") == ["Both?"]
    said = run("import", tmp_path / "b.json", "--replace", "own-quizz", code=1)
    assert 'You have no topic "own-quizz". There is: own-quiz.' in said


def test_a_corrected_file_keeps_recorded_answers(run, tmp_path):
    run("import", quiz_file(tmp_path / "quiz.json", "One?", feedback="No"))
    before = json.loads((paths.own_questions() / "own-quiz.json").read_text())["questions"]
    said = run("import", quiz_file(tmp_path / "quiz.json", "One?", "Two?", feedback="No."))
    assert "The topic was there: 1 as before, 1 new, 0 no longer in it." in said
    after = json.loads((paths.own_questions() / "own-quiz.json").read_text())["questions"]
    assert after[0]["id"] == before[0]["id"]
    assert after[0] != before[0]


def test_questions_left_out_and_changes_are_reported(run, tmp_path):
    file = quiz_file(tmp_path / "quiz.json", "Is $x^2$ right?", "", "One?")
    said = run("import", file)
    assert "2 questions are in." in said
    assert "Left out: quiz.json, question 2: asks nothing: its text is empty." in said
    assert "Note: quiz.json, question 1: formulas are shown as TeX writes them." in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_begin_with_a_byte_order_mark(run, tmp_path, encoding):
    file = quiz_file(tmp_path / "quiz.json", "Är den varm?")
    file.write_text(file.read_text(encoding="utf-8"), encoding=encoding)
    run("import", file)
    assert own_prompts("own-quiz") == ["Är den varm?"]


def test_a_file_is_imported_in_the_requested_format(run, tmp_path):
    (tmp_path / "words.txt").write_text("back;spine\n")
    assert "is not a file of questions" in run("import", tmp_path / "words.txt", code=1)
    assert "1 question is in." in run("import", tmp_path / "words.txt", "--format", "anki")


def test_imported_questions_can_be_exported(run, tmp_path):
    run("import", quiz_file(tmp_path / "quiz.json", "One?"))
    said = run("export", "gift", tmp_path / "out.gift", "--topic", "own-quiz")
    assert "1 questions are in" in said
    said = run("import", tmp_path / "out.gift", "--replace", "own-quiz")
    assert "The topic was there: 1 as before, 0 new, 0 no longer in it." in said
    assert "own-quizz" in run("export", "gift", tmp_path / "x", "--topic", "own-quizz", code=1)


def test_a_file_without_questions_is_refused(run, tmp_path):
    (tmp_path / "x.json").write_text("[]")
    assert "holds no question" in run("import", tmp_path / "x.json", code=1)
    assert not paths.own_questions().exists()
    assert "Cannot read" in run("import", tmp_path / "none.json", code=1)


def test_a_restored_backup_has_the_earlier_answers(run, tmp_path):
    answered("a")
    assert "1 answers are in" in run("progress", "backup", tmp_path / "b.sqlite")
    answered("b")
    said = run("progress", "restore", tmp_path / "b.sqlite")
    assert "1 answers are restored" in said
    assert [each.question for each in Progress(paths.progress(), NOW).answers()] == ["a"]


def test_an_invalid_progress_file_is_refused_and_changes_nothing(run, tmp_path):
    answered("a")
    (tmp_path / "x").write_text("{}")
    assert "This is not exported progress" in run("progress", "import", tmp_path / "x", code=1)
    assert "is damaged or holds no answers" in run("progress", "restore", tmp_path / "x", code=1)
    assert len(Progress(paths.progress(), NOW).answers()) == 1


# --- what goes wrong -----------------------------------------------------------------------------

EXPORTS = ["aiken", "anki", "csv", "gift", "html", "jupytercards", "jupyterquiz", "pictures"]


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_of_a_broken_course_is_reported_in_one_line(run, tmp_path, own_data, kind):
    (own_data / "zones.yaml").write_text("- id: [", encoding="utf-8")
    said = run("export", kind, tmp_path / "out", code=1)
    assert said.startswith(f"Error: The course in {own_data} cannot be used: zones.yaml:1:")
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_on_a_full_disk_leaves_no_partial_file(
    run, tmp_path, full_disk, monkeypatch, kind
):
    monkeypatch.setattr(pages, "render", lambda *_: {"index.html": "What is drawn first"})
    out = tmp_path / "out"
    with full_disk():
        said = run("export", kind, out, code=1)
    assert str(out) in said
    assert FULL in said
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_export_on_a_full_disk_keeps_the_older_file(run, tmp_path, full_disk):
    answered("a")
    file = tmp_path / "p.json"
    run("progress", "export", file)
    before = file.read_bytes()
    with full_disk():
        assert FULL in run("progress", "export", file, code=1)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.glob("p.json*")] == ["p.json"]


def test_an_import_on_a_full_disk_leaves_no_partial_topic(run, tmp_path, full_disk):
    file = quiz_file(tmp_path / "x.json", "Which?")
    with full_disk():
        assert FULL in run("import", file, code=1)
    assert list(paths.own_questions().iterdir()) == []


@pytest.mark.parametrize("command", ["export", "backup"])
def test_a_home_blocked_by_a_file_is_reported_in_one_line(run, tmp_path, monkeypatch, command):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "file"))
    said = run("progress", command, tmp_path / "out", code=1)
    assert said.startswith(f"Error: Your answers cannot be saved in {paths.progress()}: ")
    assert IN_THE_WAY in said
    assert not (tmp_path / "out").exists()
