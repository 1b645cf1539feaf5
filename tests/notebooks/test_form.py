"""Every lesson has the same skeleton, so that the learner stops noticing it."""

import ast
import json
import re

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
    return re.findall(r"^(#+) ", "\n".join(source(c) for c in cells(path, "markdown")), re.M)


@each_notebook
def test_it_is_marked_as_a_lesson_and_names_its_kernel(path):
    metadata = json.loads(path.read_text())["metadata"]
    assert metadata["massage_workbook"]["lesson"] == path.name[:2]
    assert metadata["kernelspec"]["name"] == KERNEL


@each_notebook
def test_its_first_cell_says_in_one_sentence_what_to_click_when_it_sleeps(path):
    first = cells(path)[0]
    assert first["cell_type"] == "markdown"
    assert "asleep" in first["metadata"]["tags"]
    assert "Run All Cells" in source(first)


@each_notebook
def test_it_opens_with_its_title_and_a_promise(path):
    title, *promise = source(cells(path)[1]).strip().split("\n\n")
    assert title.startswith("# ")
    assert "you can" in " ".join(promise)


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if "tonight" not in path.name])
def test_a_picture_or_the_practice_stands_below_the_promise(path):
    """Except for tonight: whoever waits for a massage is asked at once."""
    _, _, imports, shown, after, *_ = cells(path)
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
def test_headings_never_skip_a_level_and_the_title_stands_alone(path):
    levels = [len(each) for each in headings(path)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@each_notebook
def test_there_is_no_html_in_its_text(path):
    for cell in cells(path, "markdown"):
        assert not re.search(r"</?[a-z]+[^>]*>", source(cell)), source(cell)


@each_notebook
def test_what_is_folded_begins_with_a_heading(path):
    for cell in cells(path):
        if "folded" in cell["metadata"].get("tags", []):
            assert re.match(r"##+ ", source(cell))


@each_notebook
def test_its_paragraphs_are_short(path):
    for cell in cells(path, "markdown"):
        for paragraph in source(cell).split("\n\n"):
            assert len(paragraph.split()) <= 75, paragraph


@each_notebook
def test_its_links_lead_to_lessons_that_are_there(path):
    names = {each.name for each in paths.notebooks().rglob("*.ipynb")}
    links = re.findall(r"\]\(([^)]+)\)", "\n".join(source(c) for c in cells(path, "markdown")))
    assert links
    assert {link.replace("%20", " ") for link in links} <= names


@each_notebook
def test_every_cell_has_an_id_of_its_own(path):
    ids = [cell["id"] for cell in cells(path)]
    assert len(set(ids)) == len(ids)


@each_lesson
def test_a_lesson_has_twenty_to_fifty_cells(path):
    assert 20 <= len(cells(path)) <= 50


@each_lesson
def test_a_lesson_has_safety_practice_self_check_and_recap_in_this_order(path):
    text = "\n".join(source(cell) for cell in cells(path))
    places = [
        text.index(each)
        for each in ("all right today", "## Practise", "## Check yourself", "quiz(\"", "## Recap")
    ]
    assert places == sorted(places)
