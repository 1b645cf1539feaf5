"""The command that exports the lessons as pages."""

import pytest

from massage_workbook import pages


@pytest.fixture
def export(run, monkeypatch):
    """The command with small pages; tests/pages renders the real ones."""
    monkeypatch.setattr(pages, "render", lambda *_: {"index.html": "<h1>Lessons</h1>"})
    return lambda folder, code=0: run("export", "html", folder, code=code)


def test_it_reports_the_number_of_lessons_and_the_page_to_open(export, tmp_path):
    said = export(tmp_path / "out")
    assert (
        said == f"14 lessons are in {tmp_path / 'out'}. Open {tmp_path / 'out' / 'index.html'}.\n"
    )
    assert (tmp_path / "out" / "index.html").read_text() == "<h1>Lessons</h1>"


def test_a_second_export_replaces_its_own_pages(export, tmp_path):
    assert export(tmp_path / "out") == export(tmp_path / "out")


def test_a_folder_with_other_files_is_refused_in_one_line(export, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    said = export(tmp_path, code=1)
    assert said.startswith("Error: ")
    assert "mine.txt" in said
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unwritable_place_is_reported_in_one_line(export, tmp_path):
    (tmp_path / "file").write_text("")
    for place in ("nowhere", "file"):
        said = export(tmp_path / place / "out", code=1)
        assert said.startswith(f"Error: Cannot write {tmp_path / place / 'out'}: ")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
