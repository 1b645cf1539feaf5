"""What holds for all tests, and for the lessons that are run as tests."""

import os
import tempfile

import hypothesis
import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Give all tests a home of their own; none of them is about how long it takes."""
    hypothesis.settings.register_profile("workbook", deadline=None)
    hypothesis.settings.load_profile("workbook")
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # it was begun by a process that has done so
    home = tempfile.TemporaryDirectory(prefix="massage-workbook-")
    os.environ["MASSAGE_WORKBOOK_HOME"] = home.name
    config.add_cleanup(home.cleanup)
