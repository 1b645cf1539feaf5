"""The public functions that lessons call, and their import costs."""

import pkgutil
import subprocess
import sys

import pytest

import massage_workbook
from massage_workbook import paths


def python(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_public_functions_are_few_and_documented():
    assert 0 < len(massage_workbook.__all__) <= 21
    for word in massage_workbook.__all__:
        assert getattr(massage_workbook, word).__doc__


def test_no_module_has_the_name_of_a_public_function():
    modules = {each.name for each in pkgutil.iter_modules(massage_workbook.__path__)}
    assert not modules & set(massage_workbook.__all__)


@pytest.mark.parametrize("heavy", ["matplotlib", "ipywidgets", "pydantic", "yaml"])
def test_importing_the_workbook_imports_no_heavy_library(heavy):
    code = "import sys; from massage_workbook import technique, quiz, planner; print(*sys.modules)"
    assert heavy not in python(code)


def test_a_card_does_not_import_pyplot():
    code = "import sys, massage_workbook as m; m.technique('deep-stroking'); print(*sys.modules)"
    modules = python(code)
    assert "massage_workbook.widgets.technique" in modules
    assert "matplotlib.pyplot" not in modules


def test_the_cover_offers_tonight_and_shows_every_numbered_lesson_that_is_there():
    cover = massage_workbook.lessons().children[1]
    _, tonight, *numbered = sorted(path.name for path in paths.notebooks().glob("*.ipynb"))
    assert cover.first["tonight"]["notebook"] == tonight
    assert [lesson["notebook"] for lesson in cover.lessons] == numbered
    assert cover.first["practise"]["notebook"] in numbered
