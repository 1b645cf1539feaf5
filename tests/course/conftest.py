"""A copy of the course's data for tests to change."""

import shutil
from pathlib import Path

import pytest

from massage_workbook import paths
from massage_workbook.reader import CourseError, read


class Spoilt:
    """A folder of course data; `problems` are what the reader says about it."""

    def __init__(self, root: Path):
        self.root = root

    def edit(self, file, old, new):
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def line_of(self, file, text):
        lines = (self.root / file).read_text(encoding="utf-8").splitlines()
        return next(i for i, line in enumerate(lines, start=1) if text in line)

    @property
    def problems(self):
        try:
            read(self.root)
        except CourseError as error:
            return [str(problem) for problem in error.problems]
        return []


@pytest.fixture
def data(tmp_path):
    return Spoilt(Path(shutil.copytree(paths.data(), tmp_path / "data")))
