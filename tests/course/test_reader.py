"""Reader errors name file, line, field, the problem and what would be right."""

import re

import pytest
from click.testing import CliRunner

from massage_workbook import paths
from massage_workbook.cli import main
from massage_workbook.reader import CourseError, read

CUPPING = "techniques/vibration/cupping.yaml"


def test_a_problem_has_the_line_of_its_cause(data):
    data.edit(CUPPING, "force: 3\n", "force: 99\n")
    line = data.line_of(CUPPING, "force: 99")
    assert [p for p in data.problems if p.startswith(f"{CUPPING}:{line}: strokes.1.force: ")]


def test_all_problems_are_reported_together(data):
    data.edit("rules.yaml", "- id: no-harm-first", "- id: No harm")
    data.edit(CUPPING, "force: 2\n", "force: soft\n")
    files = {problem.split(":")[0] for problem in data.problems}
    assert {"rules.yaml", CUPPING} <= files


@pytest.mark.parametrize("file", ["zones.yaml", "sources.yaml", "sessions.yaml", "landmarks.csv"])
def test_a_file_that_is_missing_is_the_only_problem(data, file):
    (data.root / file).unlink()
    (told,) = data.problems
    assert told.startswith(f"{file}:1: file: cannot be read")


def test_a_file_in_a_place_that_is_not_read_is_reported(data):
    (data.root / "techniques" / "stray.yaml").write_text("id: stray")
    assert data.problems == [
        "techniques/stray.yaml:1: file: is not read here; it belongs to techniques/*/*.yaml"
    ]


def test_a_folder_without_techniques_is_refused(data):
    for path in data.root.glob("techniques/*/*.yaml"):
        path.unlink()
    assert "techniques/*/*.yaml:1: file: there is none; at least one is needed" in data.problems


def test_a_missing_folder_is_reported(tmp_path):
    with pytest.raises(CourseError, match=r"nowhere:1: folder: there is no such folder"):
        read(tmp_path / "nowhere")


def test_a_byte_order_mark_is_accepted(data):
    path = data.root / "rules.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert data.problems == []


def test_windows_line_ends_are_accepted(data):
    for path in data.root.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert data.problems == []


def test_the_command_counts_the_items():
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
