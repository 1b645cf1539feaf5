"""What tests need not make each anew: the course as it ships, and its pictures."""

from pathlib import Path

from massage_workbook import files, paths
from massage_workbook.reader import read

COURSE = read()
"""Read once for all tests that only look at it."""

PICTURES = (paths.home() / "pictures").resolve()
"""Those that this run has drawn."""


def furnish(home: Path) -> None:
    """Make a learner's home as after a first start: pictures are drawn, and the course is whole."""
    (home / "lab").mkdir(parents=True, exist_ok=True)
    (home / "lab" / "course-checked").write_text(files.folder_fingerprint(paths.data()))
    (home / "pictures").symlink_to(PICTURES, target_is_directory=True)
