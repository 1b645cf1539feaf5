"""What becomes of a lesson when it is saved."""

import json

import nbformat
import pytest
from jupyter_core.utils import run_sync
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook, new_output

from massage_workbook.lab import lessons
from massage_workbook.lab.contents import LessonFiles


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """Save a notebook of one cell as JupyterLab does; return it and whether it is signed."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    files = LessonFiles(root_dir=str(tmp_path))

    def saved(*, trusted, lesson=True):
        output = new_output("display_data", {"text/html": "<b>shown</b>"})
        notebook = new_notebook(
            cells=[new_code_cell("1", metadata={"trusted": trusted}, outputs=[output])],
            metadata={lessons.MARK: {"lesson": "99"}} if lesson else {},
        )
        sent = json.loads(json.dumps(notebook))
        run_sync(files.save)({"type": "notebook", "content": sent}, "some.ipynb")
        there = nbformat.read(tmp_path / "some.ipynb", as_version=4)
        return there, NotebookNotary().check_signature(there)

    return saved


def test_a_lesson_is_saved_without_outputs(saved):
    assert saved(trusted=True)[0].cells[0].outputs == []


def test_a_trusted_lesson_is_signed_again(saved):
    assert saved(trusted=True)[1]


def test_a_stranger_s_lesson_is_not_signed_for_having_no_outputs(saved):
    assert not saved(trusted=False)[1]


def test_the_learner_s_own_notebooks_keep_their_outputs_and_jupyter_s_ways(saved):
    notebook, signed = saved(trusted=True, lesson=False)
    assert notebook.cells[0].outputs
    assert signed
    assert not saved(trusted=False, lesson=False)[1]
