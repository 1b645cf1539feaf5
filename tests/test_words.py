"""The public functions that lessons call, and their import costs."""

import pkgutil
import subprocess
import sys

import massage_workbook
from massage_workbook import paths


def python(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_public_functions_are_few_documented_and_no_modules():
    words = massage_workbook.__all__
    assert 0 < len(words) <= 21
    assert all(getattr(massage_workbook, word).__doc__ for word in words)
    modules = {each.name for each in pkgutil.iter_modules(massage_workbook.__path__)}
    assert not modules & set(words)


def test_heavy_libraries_are_imported_only_when_they_are_needed():
    code = "import sys; from massage_workbook import technique, quiz, planner; print(*sys.modules)"
    assert not {"matplotlib", "ipywidgets", "pydantic", "yaml"} & {*python(code)}
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
