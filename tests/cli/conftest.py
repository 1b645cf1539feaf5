"""The command in a home of its own."""

import pytest
from click.testing import CliRunner

from massage_workbook.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run():
    """Run the command; return its output."""

    def run(*arguments, code=0):
        done = CliRunner().invoke(main, [str(each) for each in arguments])
        assert done.exit_code == code, done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.output

    return run
