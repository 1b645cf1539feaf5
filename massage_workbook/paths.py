"""Where things lie: the course, the lessons, and what the workbook keeps for its learner."""

import os
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A folder that stands inside an installed package and beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def data() -> Path:
    """The folder of the course's own data."""
    return _shipped("data")


def notebooks() -> Path:
    """The folder of the lessons as they are shipped."""
    return _shipped("notebooks")


def home() -> Path:
    """The folder of what the workbook keeps: progress, settings of its JupyterLab.

    `MASSAGE_WORKBOOK_HOME` names another; it is not made here.
    """
    chosen = os.environ.get("MASSAGE_WORKBOOK_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("massage-workbook", False)


def progress() -> Path:
    """The file of the learner's answers."""
    return home() / "progress.sqlite"


def plans() -> Path:
    """The file of the learner's plans."""
    return home() / "plans.sqlite"


def own_questions() -> Path:
    """The folder of topics that a teacher brought in, one JSON file each."""
    return home() / "questions"
