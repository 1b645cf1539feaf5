"""Notebooks with visible code, which their readers run cell by cell, and nbval in the tests."""

import json
import re

import pytest

from massage_workbook import paths
from massage_workbook.lab.kernels import KERNEL
from massage_workbook.lab.trust import may_autorun

from .test_form import cells, source

each_notebook = pytest.mark.parametrize(
    "path", sorted(paths.notebooks().glob("*/*.ipynb")), ids=lambda path: path.stem
)


@each_notebook
def test_it_has_visible_code_to_run_by_hand_in_the_workbook_s_kernel(path):
    metadata = json.loads(path.read_text())["metadata"]
    assert metadata["massage_workbook"]["run"] == "by hand"
    assert metadata["kernelspec"]["name"] == KERNEL
    assert not may_autorun([{"source": source(cell)} for cell in cells(path, "code")])
    assert "Shift+Enter" in source(cells(path)[0])
    for cell in cells(path, "code"):
        assert "jupyter" not in cell["metadata"]
        assert cell["outputs"] == []


@each_notebook
def test_its_links_lead_to_lessons_that_are_there(path):
    text = "\n".join(source(cell) for cell in cells(path, "markdown"))
    names = {each.name for each in paths.notebooks().rglob("*.ipynb")}
    assert {each.replace("%20", " ") for each in re.findall(r"\]\(([^)]+)\)", text)} <= names
