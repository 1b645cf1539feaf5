"""The pages of the whole course, made once."""

import pytest
from bs4 import BeautifulSoup

from massage_workbook import paths
from massage_workbook.pages import pages
from massage_workbook.widgets import widget


@pytest.fixture(scope="session")
def files():
    return pages(widget.course(), paths.notebooks())


@pytest.fixture(scope="session")
def read(files):
    """Every page, by its name, as a reader of HTML takes it."""
    return {
        name: BeautifulSoup(text, "html.parser")
        for name, text in files.items()
        if name.endswith(".html")
    }


@pytest.fixture(scope="session")
def by_id(read):
    """What has an id on each page, by it."""
    return {name: {each["id"]: each for each in page.select("[id]")} for name, page in read.items()}
