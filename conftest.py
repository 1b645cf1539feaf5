"""No test touches what a learner has kept on this computer."""

import os
import tempfile

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Give all tests a home of their own."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # it was begun by a process that has done so
    home = tempfile.TemporaryDirectory(prefix="massage-workbook-")
    os.environ["MASSAGE_WORKBOOK_HOME"] = home.name
    config.add_cleanup(home.cleanup)
