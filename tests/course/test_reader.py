"""Reader errors name file, line, field, the problem and what would be right."""

import pytest
from click.testing import CliRunner

from massage_workbook.cli import main
from massage_workbook.reader import CourseError, read

CUPPING = "techniques/vibration/cupping.yaml"


def test_all_problems_are_reported_together_with_their_lines(data):
    data.edit("rules.yaml", "- id: no-harm-first", "- id: No harm")
    data.edit(CUPPING, "force: 3\n", "force: 99\n")
    (data.root / "techniques" / "stray.yaml").write_text("id: stray")
    told = data.problems
    line = data.line_of(CUPPING, "force: 99")
    assert any(each.startswith(f"{CUPPING}:{line}: strokes.1.force: ") for each in told)
    assert {"rules.yaml", CUPPING} <= {each.split(":")[0] for each in told}
    stray = "techniques/stray.yaml:1: file: is not read here; it belongs to techniques/*/*.yaml"
    assert stray in told
    said = CliRunner().invoke(main, ["check", "--data", str(data.root)])
    assert said.exit_code == 1
    assert said.output.splitlines() == told
    assert "Traceback" not in said.output


@pytest.mark.parametrize("file", ["zones.yaml", "landmarks.csv", "techniques/*/*.yaml", ""])
def test_a_missing_file_or_folder_is_the_only_problem(data, file):
    if not file:
        with pytest.raises(CourseError, match=r"nowhere:1: folder: there is no such folder"):
            read(data.root / "nowhere")
        return
    for path in data.root.glob(file):
        path.unlink()
    told = next(each for each in data.problems if each.startswith(f"{file}:1: file: "))
    assert told.endswith("is missing; at least one is needed") or data.problems == [told]


def test_windows_line_ends_and_byte_order_marks_are_accepted(data):
    for path in data.root.rglob("*.*"):
        mark = b"\xef\xbb\xbf" if path.name == "rules.yaml" else b""
        path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    assert data.problems == []
