"""Every cell of every lesson runs; the walk through the lessons then sees what they show."""

import pytest

from .test_form import NOTEBOOKS, cells, source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_of_a_lesson_runs(path, tmp_path, monkeypatch):
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    names = {}
    for cell in cells(path, "code"):
        exec(source(cell), names)
