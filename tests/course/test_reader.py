"""What an editor is told about a mistake: file, line, field, what is wrong, what would be right."""

import re

import pytest
from click.testing import CliRunner

from massage_workbook import paths
from massage_workbook.cli import main
from massage_workbook.reader import CourseError, read

CUPPING = "techniques/vibration/cupping.yaml"
MISTAKES = {
    "an unknown zone is named with the nearest": (
        CUPPING,
        "zones: [long-muscles,",
        "zones: [long-muscle,",
        'zones.0: No zone "long-muscle". Did you mean "long-muscles"?',
    ),
    "an unknown source": (
        CUPPING,
        "sources: [B113,",
        "sources: [R999,",
        'sources.0: No reference "R999"',
    ),
    "a line that no article has": (
        CUPPING,
        "sources: [B113,",
        "sources: [B9999,",
        "sources.0: article B has no line 9999",
    ),
    "lines that run backwards": (
        CUPPING,
        "sources: [B113,",
        "sources: [B20-15,",
        "sources.0: B20-15 runs backwards",
    ),
    "an unknown field is named with the nearest": (
        CUPPING,
        "summary: Hollow",
        "sumary: Hollow",
        'sumary: No field "sumary". Did you mean "summary"?',
    ),
    "a field that is missing": (
        "rules.yaml",
        "  title: Above all, do no harm\n",
        "",
        "0.title: is missing; give it",
    ),
    "a field that is empty": (
        "rules.yaml",
        "title: Above all, do no harm",
        "title:",
        "0.title: is empty;",
    ),
    "a number where text belongs": (
        "rules.yaml",
        "title: Above all, do no harm",
        "title: 12",
        "0.title: is 12; it should be a valid string (put text in quotes)",
    ),
    "a word where a number belongs": (
        CUPPING,
        "    force: 2\n",
        "    force: soft\n",
        "strokes.0.force: is 'soft';",
    ),
    "a force beyond the scale": (CUPPING, "    force: 2\n", "    force: 12\n", "strokes.0.force:"),
    "a point outside the back": (
        CUPPING,
        "[[0.17, 0.42]",
        "[[0.17, 7.42]",
        "strokes.0.points.0.1:",
    ),
    "an id with spaces": ("rules.yaml", "- id: no-harm-first", "- id: No harm", "0.id:"),
    "an id that another item has": (
        "rules.yaml",
        "- id: no-harm-first",
        "- id: spine",
        'id: "spine" is already an id, at zones.yaml:4; ids are unique',
    ),
    "a field that stands twice": (
        CUPPING,
        "motion: strike\n",
        "motion: strike\nmotion: slide\n",
        'has "motion" twice; keep one',
    ),
    "a tab": (CUPPING, "motion: strike\n", "\tmotion: strike\n", "is not YAML"),
    "an alias": (
        "rules.yaml",
        "title: Above all, do no harm",
        "title: *other",
        "has an alias (*); write the value out",
    ),
    "a second document": (
        CUPPING,
        "motion: strike\n",
        "motion: strike\n---\nmotion: slide\n",
        "has a second document (---); a file is one",
    ),
    "a character that is no text": (CUPPING, "motion: strike", "motion: str\x00ike", "'\\x00'"),
    "a time that YAML takes for a number": (
        "rules.yaml",
        "title: Above all, do no harm",
        "title: 1:30",
        "'1:30' cannot be read as int; put text in quotes",
    ),
    "a technique under another name": (
        CUPPING,
        "id: cupping",
        "id: cuppping",
        "id: is 'cuppping'; the file's name says \"cupping\"",
    ),
    "a technique in another family's folder": (
        CUPPING,
        "family: vibration",
        "family: kneading",
        "family: is 'kneading'; the folder says \"vibration\"",
    ),
    "passes out of order": (CUPPING, "  minimum: 3\n", "  minimum: 9\n", "passes:"),
    "a range backwards": (CUPPING, "per_minute: [90, 110]", "per_minute: [110, 90]", "tempo"),
    "negative minutes": (
        "sessions.yaml",
        "{opening: 2.5, rubbing",
        "{opening: -2.5, rubbing",
        "0.minutes.opening: is -2.5;",
    ),
    "minutes without techniques": (
        "sessions.yaml",
        "vibration: 0.75, closing: 2.25}",
        "squeezing: 0.75, vibration: 0.75, closing: 2.25}",
        '"squeezing" has minutes or techniques alone: give both, or neither',
    ),
    "a row with a cell too few": (
        "landmarks.csv",
        "c4,Middle of the neck,C4,0,-0.13,",
        "c4,Middle of the neck,C4,0,",
        "cells; the first line names 10 columns",
    ),
    "stops where the hand glides": (
        "techniques/stroking/planar-stroking.yaml",
        "  between: on the skin\n",
        "  between: on the skin\n  stops: {movements: 1, step_cm: 3}\n",
        "a slide glides: leave out its stops",
    ),
    "no stops where it works on the spot": (
        CUPPING,
        "  stops: {movements: 3, step_cm: 6}\n",
        "",
        "a strike works on the spot: give one_pass its stops",
    ),
    "a stance that does not exist": (
        CUPPING,
        "stance: facing-near-hip",
        "stance: facing-near-hips",
        'stance: No stance "facing-near-hips". Did you mean "facing-near-hip"?',
    ),
    "a question without a right choice": (
        "questions/stroking.yaml",
        "        right: true\n",
        "        feedback: No.\n",
        "questions.0: a single question has one right choice, not 0",
    ),
    "a wrong choice that teaches nothing": (
        "questions/stroking.yaml",
        "feedback: That is rubbing. There the hand never glides, it takes the skin with it.",
        "feedback:",
        "choices.1: a wrong choice needs feedback that names the misunderstanding",
    ),
    "figures that are reconstructed without saying how": (
        CUPPING,
        "  note: The article gives no number; the pace of hacking, about 100, is taken over.\n",
        "",
        "tempo:",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_place_and_what_would_be_right(data, mistake):
    file, old, new, said = MISTAKES[mistake]
    told = data.edit(file, old, new).problems
    assert any(said in problem for problem in told), told
    for problem in told:
        assert re.match(r"[^:]+:\d+: .+: .+", problem), problem


def test_the_line_is_the_line_of_the_mistake(data):
    data.edit(CUPPING, "force: 3\n", "force: 99\n")
    line = data.line_of(CUPPING, "force: 99")
    assert [p for p in data.problems if p.startswith(f"{CUPPING}:{line}: strokes.1.force: ")]


def test_all_mistakes_are_told_together(data):
    data.edit("rules.yaml", "- id: no-harm-first", "- id: No harm")
    data.edit(CUPPING, "force: 2\n", "force: soft\n")
    files = {problem.split(":")[0] for problem in data.problems}
    assert {"rules.yaml", CUPPING} <= files


@pytest.mark.parametrize("file", ["zones.yaml", "sources.yaml", "sessions.yaml", "landmarks.csv"])
def test_a_file_that_is_missing_is_the_only_problem(data, file):
    (data.root / file).unlink()
    (told,) = data.problems
    assert told.startswith(f"{file}:1: file: cannot be read")


def test_a_file_where_none_is_read_is_named(data):
    (data.root / "techniques" / "stray.yaml").write_text("id: stray")
    assert data.problems == [
        "techniques/stray.yaml:1: file: is not read here; it belongs to techniques/*/*.yaml"
    ]


def test_a_folder_without_any_techniques_is_no_course(data):
    for path in data.root.glob("techniques/*/*.yaml"):
        path.unlink()
    assert "techniques/*/*.yaml:1: file: there is none; at least one is needed" in data.problems


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"nowhere:1: folder: there is no such folder"):
        read(tmp_path / "nowhere")


def test_a_byte_order_mark_of_an_editor_does_no_harm(data):
    path = data.root / "rules.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert data.problems == []


def test_windows_line_ends_do_no_harm(data):
    for path in data.root.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert data.problems == []


def test_the_command_counts_what_is_there():
    said = CliRunner().invoke(main, ["check", "--data", str(paths.data())])
    assert said.exit_code == 0
    assert re.search(r"^techniques +36$", said.output, re.MULTILINE)
    assert re.search(r"^B +\d+ of \d+", said.output, re.MULTILINE)


def test_the_command_lists_every_problem_and_fails(data):
    data.edit("rules.yaml", "- id: no-harm-first", "- id: No harm")
    said = CliRunner().invoke(main, ["check", "--data", str(data.root)])
    assert said.exit_code == 1
    assert said.output.splitlines() == data.problems
    assert "Traceback" not in said.output
