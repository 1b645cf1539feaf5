"""What tests of widgets share: a learner's answers, and a database that is locked."""

import pytest

from massage_workbook.store import Progress, StoreError

from ..shipped import NOW

LOCKED = "Your answers cannot be read: database is locked."


@pytest.fixture
def progress(folder):
    return Progress(folder / "progress.sqlite", NOW)


def failing(words):
    """A function of the store that fails with these words."""

    def fail(*_):
        raise StoreError(words)

    return fail
