"""Adds generated files to a wheel: the lesson extension, and pictures."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Generated(BuildHookInterface):
    """Generates files into a temporary folder during a build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the extension, and to a standard wheel the pictures that lessons show."""
        sys.path.insert(0, self.root)
        self._folder = tempfile.TemporaryDirectory()
        made = Path(self._folder.name)
        build_data["shared_data"][_extension(made)] = "share/jupyter/labextensions"
        if version == "standard":
            build_data["force_include"][_pictures(made)] = "massage_workbook/pictures"

    def finalize(self, _version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Remove the generated files, which are in the wheel now."""
        self._folder.cleanup()


def _extension(made: Path) -> str:
    from massage_workbook.lab import frontend  # noqa: PLC0415 - it is beside this file

    frontend.install_extension(made / "labextensions")
    return os.fspath(made / "labextensions")


def _pictures(made: Path) -> str:
    """Draw the pictures as a kernel would for a learner's home."""
    os.environ["MASSAGE_WORKBOOK_HOME"] = os.fspath(made / "home")
    from massage_workbook.reader import read  # noqa: PLC0415
    from massage_workbook.widgets import pictures  # noqa: PLC0415

    pictures.draw_all(read())
    (drawn,) = (made / "home" / "pictures").iterdir()
    return os.fspath(drawn)
