"""What tests need not make each anew: the course as it ships, and its pictures."""

from pathlib import Path

from massage_workbook import paths
from massage_workbook.course import read

COURSE = read()
"""Read once for all tests that only look at it."""

PICTURES = (paths.home() / "pictures").resolve()
"""Those that this run has drawn."""


def furnish(home: Path) -> None:
    """Make a new learner's home in which the pictures lie that were drawn already."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "pictures").symlink_to(PICTURES, target_is_directory=True)
