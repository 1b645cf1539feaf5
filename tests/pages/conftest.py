"""The pages of the whole course, rendered once."""

import pytest
from bs4 import BeautifulSoup

from massage_workbook import paths
from massage_workbook.pages import render
from massage_workbook.widgets import widget


@pytest.fixture(scope="session")
def files():
    return render(widget.course(), paths.notebooks())


@pytest.fixture(scope="session")
def read(files):
    """Every page by name, parsed."""
    return {
        name: BeautifulSoup(text, "html.parser")
        for name, text in files.items()
        if name.endswith(".html")
    }


@pytest.fixture(scope="session")
def by_id(read):
    """The elements with an id of each page."""
    return {name: {each["id"]: each for each in page.select("[id]")} for name, page in read.items()}
