"""Every lesson has the same skeleton, so that the learner stops noticing it."""

import ast
import json
import re
from itertools import pairwise

import pytest

from massage_workbook import __all__ as words
from massage_workbook import paths
from massage_workbook.lab.kernels import KERNEL

NOTEBOOKS = sorted(paths.notebooks().glob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if path.name[:2] not in {"00", "12"}]
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def cells(path, kind=None):
    return [c for c in json.loads(path.read_text())["cells"] if kind in {None, c["cell_type"]}]


def source(cell):
    return "".join(cell["source"])


def headings(path):
    return re.findall(
        r"^(#+) ", "\n".join(source(c) for c in cells(path, "markdown")), re.MULTILINE
    )


@each_notebook
def test_a_lesson_begins_with_help_its_title_a_promise_and_a_picture(path):
    metadata = json.loads(path.read_text())["metadata"]
    assert metadata["massage_workbook"]["lesson"] == path.name[:2]
    assert metadata["kernelspec"]["name"] == KERNEL
    asleep, opening, imports, shown, after, *_ = cells(path)
    assert asleep["cell_type"] == "markdown"
    assert "asleep" in asleep["metadata"]["tags"]
    assert "Run All Cells" in source(asleep)
    title, *promise = source(opening).strip().split("\n\n")
    assert title.startswith("# ")
    assert "you can" in " ".join(promise)
    if "tonight" not in path.name:  # whoever waits for a massage is asked at once
        assert source(imports).startswith("from massage_workbook import")
        call = ast.parse(source(shown)).body[0].value
        assert call.func.id in {"lessons", "picture", "player"}
        assert after["cell_type"] == "markdown"


@each_notebook
def test_its_code_is_folded_and_has_no_outputs(path):
    for cell in cells(path, "code"):
        assert cell["metadata"]["jupyter"]["source_hidden"]
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@each_notebook
def test_its_code_is_one_import_and_then_one_call_a_cell(path):
    first, *rest = [ast.parse(source(cell)).body for cell in cells(path, "code")]
    assert [type(each) for each in first] == [ast.ImportFrom]
    assert first[0].module == "massage_workbook"
    for body in rest:
        (call,) = body
        assert isinstance(call.value, ast.Call)
        assert call.value.func.id in words


@each_notebook
def test_its_links_lead_to_lessons_that_exist(path):
    names = {each.name for each in paths.notebooks().rglob("*.ipynb")}
    links = re.findall(r"\]\(([^)]+)\)", "\n".join(source(c) for c in cells(path, "markdown")))
    assert links
    assert {link.replace("%20", " ") for link in links} <= names


@each_notebook
def test_its_text_has_levelled_headings_short_paragraphs_and_no_html(path):
    levels = [len(each) for each in headings(path)]
    assert levels[0] == levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for cell in cells(path):
        assert "folded" not in cell["metadata"].get("tags", []) or source(cell).startswith("##")
    for cell in cells(path, "markdown"):
        assert not re.search(r"</?[a-z]+[^>]*>", source(cell)), source(cell)
        assert all(len(each.split()) <= 75 for each in source(cell).split("\n\n")), source(cell)
    ids = [cell["id"] for cell in cells(path)]
    assert len({*ids}) == len(ids)


@each_lesson
def test_a_lesson_has_safety_practice_self_check_and_recap_in_this_order(path):
    assert 20 <= len(cells(path)) <= 50
    text = "\n".join(source(cell) for cell in cells(path))
    parts = ("all right today", "## Practise", "## Check yourself", 'quiz("', "## Recap")
    places = [text.index(each) for each in parts]
    assert places == sorted(places)
