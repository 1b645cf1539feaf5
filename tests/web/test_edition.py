"""The edition for the browser: what its host knows, what it packs, and what it refuses."""

import importlib
import io
import re
import subprocess
import sys
import zipfile

import pytest
from click.testing import CliRunner

from massage_workbook import paths
from massage_workbook.cli import main
from massage_workbook.course import Course
from massage_workbook.reader import WHOLE, read, to_json
from massage_workbook.web import bytecode, runtime

from ..shipped import COURSE

HOST = (paths.PACKAGE / "web" / "app.js").read_text(encoding="utf-8")


def test_the_host_knows_every_widget_script():
    """Each script that exports a widget, and no other."""
    folder = paths.PACKAGE / "widgets"
    scripts = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.js")
        if re.search(r"^export default widget\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert set(re.findall(r'^  "([\w/]+\.js)": \w+,$', HOST, re.MULTILINE)) == scripts


def test_a_course_is_the_same_from_one_file(tmp_path):
    (tmp_path / WHOLE).write_text(to_json(COURSE), encoding="utf-8")
    found = read(tmp_path)
    assert all(getattr(found, name) == getattr(COURSE, name) for name in Course.model_fields)


def test_what_runs_in_a_page_imports_nothing_that_draws():
    """In a page it would not be there; here it would be imported and not be missed."""
    code = """
import sys
missing = ["anywidget", "icalendar", "ipywidgets", "IPython", "jinja2", "matplotlib", "mistune"]
sys.modules.update(dict.fromkeys([*missing, "nbformat", "numpy", "pandas", "PIL"]))
here, sys.platform = sys.platform, "emscripten"
import massage_workbook.widgets.hosting
sys.platform = here
import massage_workbook.web.page
for name in ["class_export", "disagreements", "exam", "lessons", "planner", "player", "progress",
             "quiz", "screening_form", "technique", "tempo", "topics", "whole_back"]:
    __import__(f"massage_workbook.widgets.{name}")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_the_runtime_the_pages_to_read_are_written_and_it_says_how(tmp_path, monkeypatch):
    monkeypatch.setattr("massage_workbook.pages.render", lambda *_: {"index.html": "<h1></h1>"})
    done = CliRunner().invoke(main, ["export", "web", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "index.html").exists()
    assert f"npm pack pyodide@{runtime.VERSION}" in done.output
    assert "--pyodide package" in done.output


@pytest.mark.parametrize("content", [None, b"another"])
def test_a_folder_without_the_runtime_is_refused_in_one_line(tmp_path, content):
    (tmp_path / "runtime").mkdir()
    if content:
        for name in runtime._HASHES:
            (tmp_path / "runtime" / name).write_bytes(content)
    command = ["export", "web", str(tmp_path / "out"), "--pyodide", str(tmp_path / "runtime")]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "pyodide.mjs" in done.output
    assert not (tmp_path / "out").exists()


def zip_of(**contents):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, content in contents.items():
            made.writestr(name, content)
    return packed.getvalue()


def test_an_archive_holds_bytecode_for_each_source_and_the_rest_as_it_was(tmp_path, monkeypatch):
    source = '"""A docstring."""\nassert not __debug__\nVALUE = 42\n'
    archive = zip_of(**{"only_here/__init__.py": source, "only_here/data.json": b"{}"})
    path = tmp_path / "python.zip"
    path.write_bytes(bytecode.compiled(archive))
    with zipfile.ZipFile(path) as made:
        assert made.namelist() == ["only_here/__init__.pyc", "only_here/data.json"]
        assert made.read("only_here/data.json") == b"{}"
    monkeypatch.syspath_prepend(path)
    found = importlib.import_module("only_here")
    assert (found.VALUE, found.__doc__) == (42, None)


def test_without_node_the_sources_stay(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert runtime.compiled({"python.zip": zip_of()}, tmp_path) == {}


def test_a_node_that_cannot_compile_is_named(tmp_path, monkeypatch):
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\nexit 1\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(runtime.RuntimeMissingError, match=f"{node} cannot run pyodide"):
        runtime.compiled({"python.zip": zip_of()}, tmp_path)
