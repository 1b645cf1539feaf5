"""The command that exports the lessons as pages."""

import pytest

from massage_workbook import pages


@pytest.fixture
def export(run, monkeypatch):
    """The command with small pages; tests/pages renders the real ones."""
    monkeypatch.setattr(pages, "render", lambda *_: {"index.html": "<h1>Lessons</h1>"})
    return lambda folder, code=0: run("export", "html", folder, code=code)


def test_it_reports_the_number_of_lessons_and_the_page_to_open(export, tmp_path):
    index = tmp_path / "out" / "index.html"
    for _ in range(2):
        said = export(tmp_path / "out")
        assert said == f"14 lessons are in {tmp_path / 'out'}. Open {index}.\n"
        assert index.read_text() == "<h1>Lessons</h1>"


def test_a_folder_that_cannot_be_used_is_reported_in_one_line(export, tmp_path):
    (tmp_path / "file").write_text("")
    for place in ("nowhere", "file"):
        said = export(tmp_path / place / "out", code=1)
        assert said.startswith(f"Error: Cannot write {tmp_path / place / 'out'}: ")
    said = export(tmp_path, code=1)
    assert said.startswith("Error: ")
    assert "file" in said
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
