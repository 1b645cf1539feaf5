"""Paths of the course, the lessons, and the learner's files."""

import os
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A folder that is inside an installed package, and beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def data() -> Path:
    """The folder of the course's data."""
    return _shipped("data")


def notebooks() -> Path:
    """The folder of the shipped lessons."""
    return _shipped("notebooks")


def home() -> Path:
    """The folder of the learner's data and of JupyterLab's settings; it may not exist yet.

    `MASSAGE_WORKBOOK_HOME` overrides the default.
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
    """The folder of imported topics, one JSON file each."""
    return home() / "questions"
