"""Saving and reading lessons."""

import json

import nbformat
import pytest
from jupyter_core.utils import run_sync
from nbformat.sign import MemorySignatureStore, NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook, new_output

from massage_workbook.lab import lessons
from massage_workbook.lab.contents import LessonContentsManager, drop_outputs

MARK = {lessons._METADATA_KEY: {"lesson": "99"}}


def notebook(*, lesson):
    output = new_output("display_data", {"text/html": "<b>shown</b>"})
    return new_notebook(
        cells=[new_code_cell("1", execution_count=3, outputs=[output])],
        metadata={"widgets": {"state": 1}} | (MARK if lesson else {}),
    )


@pytest.fixture
def files(tmp_path):
    # In memory: beside a browser's running loop `run_sync` uses another thread than the test.
    notary = NotebookNotary(store_factory=MemorySignatureStore)
    found = LessonContentsManager(root_dir=str(tmp_path), notary=notary)
    found.register_pre_save_hook(drop_outputs)
    return found


@pytest.mark.parametrize("lesson", [True, False])
def test_only_lessons_are_saved_without_outputs(files, tmp_path, lesson):
    sent = json.loads(json.dumps(notebook(lesson=lesson)))
    run_sync(files.save)({"type": "notebook", "content": sent}, "some.ipynb")
    saved = nbformat.read(tmp_path / "some.ipynb", as_version=4)
    assert bool(saved.cells[0].outputs) is not lesson
    assert ("widgets" in saved.metadata) is not lesson


@pytest.mark.parametrize("lesson", [True, False])
@pytest.mark.parametrize("signed", [True, False])
def test_only_signed_notebooks_are_read_with_stored_widgets(files, tmp_path, lesson, signed):
    nbformat.write(notebook(lesson=lesson), tmp_path / "some.ipynb")
    if signed:
        files.notary.sign(nbformat.read(tmp_path / "some.ipynb", as_version=4))
    content = run_sync(files.get)("some.ipynb")["content"]
    assert ("widgets" in content["metadata"]) is (signed and not lesson)
    assert content["cells"][0]["outputs"], "the page sees them, and does not run it"
