"""The commands that import and export questions and answers."""

import json

import pytest

from massage_workbook import pages, paths
from massage_workbook.answers.answer import Answer
from massage_workbook.errors import FULL, IN_THE_WAY
from massage_workbook.store import Progress
from massage_workbook.widgets import widget

from ..shipped import NOW


def answered(*names):
    progress = Progress(paths.progress(), NOW)
    for name in names:
        progress.record(Answer(NOW, "stroking", name, ["a"], 1.0, sure=True, seconds=2.0))
    return progress


EXPORTS = ["aiken", "anki", "csv", "gift", "html", "jupytercards", "jupyterquiz", "pictures"]


@pytest.mark.parametrize("name", sorted({*EXPORTS} - {"html", "pictures"}))
def test_an_export_reports_its_questions_and_those_left_out(run, tmp_path, name):
    said = run("export", name, tmp_path / "out")
    assert f"questions are in {tmp_path / 'out'}." in said
    assert f"are not, since {name} does not support them:" in said
    assert "planing-tempo" in said or "sawing" in said
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def quiz_file(path, *prompts, feedback="No."):
    answers = [
        {"answer": "yes", "correct": True},
        {"answer": "no", "correct": False, "feedback": feedback},
    ]
    questions = [{"question": p, "type": "multiple_choice", "answers": answers} for p in prompts]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(questions), encoding="utf-8")
    return path


def own_topic(name):
    return json.loads((paths.own_questions() / f"{name}.json").read_text())


def own_prompts(name):
    return [each["prompt"] for each in own_topic(name)["questions"]]


def test_two_files_of_the_same_name_are_two_topics(run, tmp_path):
    one, other = (quiz_file(tmp_path / name / "My quiz.json", f"{name}?") for name in "ab")
    assert 'Ask them with quiz("own-my-quiz").' in run("import", one, "--title", "My class")
    said = run("import", other)
    assert 'Ask them with quiz("own-my-quiz-2").' in said
    assert f'Another file is the topic "own-my-quiz", from {one}' in said
    assert "--replace own-my-quiz" in said
    assert own_topic("own-my-quiz")["title"] == "My class"
    prompts = [own_prompts(name) for name in ("own-my-quiz", "own-my-quiz-2")]
    assert prompts == [["a?"], ["b?"]]
    run("import", other)  # which is known
    assert len([*paths.own_questions().iterdir()]) == 2


def test_a_corrected_or_replacing_file_keeps_the_ids_of_its_questions(run, tmp_path):
    run("import", quiz_file(tmp_path / "quiz.json", "One?", feedback="No"))
    before = own_topic("own-quiz")["questions"][0]
    said = run("import", quiz_file(tmp_path / "quiz.json", "One?", "Two?", feedback="No."))
    assert "The topic was there: 1 as before, 1 new, 0 no longer in it." in said
    after = own_topic("own-quiz")["questions"][0]
    assert after["id"] == before["id"]
    assert after != before
    said = run("import", quiz_file(tmp_path / "b.json", "Two?"), "--replace", "own-quiz")
    assert "The topic was there: 1 as before, 0 new, 1 no longer in it." in said
    assert own_prompts("own-quiz") == ["Two?"]
    said = run("import", tmp_path / "b.json", "--replace", "own-quizz", code=1)
    assert 'You have no topic "own-quizz". There is: own-quiz.' in said


def test_questions_left_out_and_changes_are_reported(run, tmp_path):
    file = quiz_file(tmp_path / "quiz.json", "Is $x^2$ right?", "", "One?")
    said = run("import", file)
    assert "2 questions are imported." in said
    assert "Left out: quiz.json, question 2: asks nothing: its text is empty." in said
    assert "Note: quiz.json, question 1: formulas are shown as TeX writes them." in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_begin_with_a_byte_order_mark(run, tmp_path, encoding):
    file = quiz_file(tmp_path / "quiz.json", "Är den varm?")
    file.write_text(file.read_text(encoding="utf-8"), encoding=encoding)
    run("import", file)
    assert own_prompts("own-quiz") == ["Är den varm?"]


def test_imported_questions_can_be_exported(run, tmp_path):
    run("import", quiz_file(tmp_path / "quiz.json", "One?"))
    said = run("export", "gift", tmp_path / "out.gift", "--topic", "own-quiz")
    assert "1 question is in" in said
    said = run("import", tmp_path / "out.gift", "--replace", "own-quiz")
    assert "The topic was there: 1 as before, 0 new, 0 no longer in it." in said
    assert "own-quizz" in run("export", "gift", tmp_path / "x", "--topic", "own-quizz", code=1)


def test_a_file_without_questions_is_refused_and_nothing_is_written(run, tmp_path, full_disk):
    (tmp_path / "x.json").write_text("[]")
    (tmp_path / "words.txt").write_text("back;spine\n")
    assert "contains no question" in run("import", tmp_path / "x.json", code=1)
    assert "Cannot read" in run("import", tmp_path / "none.json", code=1)
    assert "is not a file of questions" in run("import", tmp_path / "words.txt", code=1)
    assert not paths.own_questions().exists()
    file = quiz_file(tmp_path / "y.json", "?")
    with full_disk():
        assert FULL in run("import", file, code=1)
    assert list(paths.own_questions().iterdir()) == []
    assert "1 question is imported." in run("import", tmp_path / "words.txt", "--format", "anki")


@pytest.fixture
def small_pages(tmp_path, monkeypatch):
    """A folder for an export that draws nothing first."""
    monkeypatch.setattr(pages, "render", lambda *_: {"index.html": "<h1>Lessons</h1>"})
    (tmp_path / "exported").mkdir()
    return tmp_path / "exported"


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_that_fails_is_reported_and_leaves_no_file(
    run, small_pages, own_data, full_disk, kind
):
    out = small_pages / "out"
    with full_disk():
        said = run("export", kind, out, code=1)
    assert str(out) in said
    assert FULL in said
    if kind not in {"html", "pictures"}:
        assert run("export", kind, out / "nowhere", code=1).startswith("Error: Cannot write")
    (own_data / "zones.yaml").write_text("- id: [", encoding="utf-8")
    widget.course.cache_clear()
    [line] = run("export", kind, out, code=1).splitlines()
    assert line.startswith(f"Error: The course in {own_data} cannot be used: zones.yaml:1:")
    assert [path for path in out.parent.rglob("*") if path.is_file()] == []


def test_answers_are_restored_and_an_invalid_file_or_full_disk_changes_nothing(
    run, tmp_path, full_disk
):
    answered("a")
    assert "1 answers are in" in run("progress", "backup", tmp_path / "b.sqlite")
    run("progress", "export", tmp_path / "p.json")
    before = (tmp_path / "p.json").read_bytes()
    answered("b")
    (tmp_path / "x").write_text("{}")
    assert "This is not exported progress" in run("progress", "import", tmp_path / "x", code=1)
    assert "is damaged or has no answers" in run("progress", "restore", tmp_path / "x", code=1)
    with full_disk():
        assert FULL in run("progress", "export", tmp_path / "p.json", code=1)
    assert (tmp_path / "p.json").read_bytes() == before
    assert [path.name for path in tmp_path.glob("p.json*")] == ["p.json"]
    assert len(Progress(paths.progress(), NOW).answers()) == 2
    assert "1 answers are restored" in run("progress", "restore", tmp_path / "b.sqlite")
    assert [each.question for each in Progress(paths.progress(), NOW).answers()] == ["a"]


@pytest.mark.parametrize("command", ["export", "backup"])
def test_a_home_blocked_by_a_file_is_reported_in_one_line(run, tmp_path, monkeypatch, command):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "file"))
    said = run("progress", command, tmp_path / "out", code=1)
    assert said.startswith(f"Error: Your answers cannot be saved in {paths.progress()}: ")
    assert IN_THE_WAY in said
    assert not (tmp_path / "out").exists()
