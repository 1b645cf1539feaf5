"""What tests share of the course as it ships, its pictures, and an evening on which they happen."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from massage_workbook import files, paths
from massage_workbook.reader import read

COURSE = read()
"""Read once for all tests that only look at it."""
TECHNIQUES, SESSIONS, BLOCKS, ZONES = (
    {each.id: each for each in items}
    for items in (COURSE.techniques, COURSE.sessions, COURSE.blocks, COURSE.zones)
)
each_technique = pytest.mark.parametrize("technique", COURSE.techniques, ids=lambda each: each.id)
LONGEST = {each.position: each for each in sorted(COURSE.sessions, key=lambda each: each.total)}
"""The longest session of each position."""

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)

PICTURES = (paths.home() / "pictures").resolve()
"""Those that this run has drawn."""


def furnish(home: Path) -> None:
    """Make a learner's home as after a first start: pictures are drawn, and the course is whole."""
    (home / "lab").mkdir(parents=True, exist_ok=True)
    (home / "lab" / "course-checked").write_text(files.folder_fingerprint(paths.data()))
    (home / "pictures").symlink_to(PICTURES, target_is_directory=True)
