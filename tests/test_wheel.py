"""The wheel is complete without the repository."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def shipped(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_the_wheel_contains_the_course_the_lessons_scripts_and_styles(installed):
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "data", "notebooks"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    expected = {f"massage_workbook/{each}" for each in tracked.split("\0") if each}
    assert len(expected) > 50
    package = ROOT / "massage_workbook"
    expected |= {f"massage_workbook/{p}" for p in shipped(package) if "__pycache__" not in p}
    assert expected <= shipped(installed.site)


def test_an_installed_wheel_reads_its_own_course(installed, tmp_path):
    program = "from massage_workbook import paths, technique; technique('deep-stroking')"
    said = subprocess.run(
        [installed.scripts / "python", "-c", f"{program}; print(paths.data(), paths.notebooks())"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    package = installed.site / "massage_workbook"
    assert said.split() == [str(package / "data"), str(package / "notebooks")]


JUPYTER = ROOT / "massage_workbook" / "lab" / "jupyter"
ADDED = {path.relative_to(JUPYTER).as_posix() for path in JUPYTER.rglob("*.json")}
EXTENSION = "share/jupyter/labextensions/massage-workbook"


def test_an_installed_wheel_adds_its_parts_to_jupyter(installed):
    prefix = installed.scripts.parent
    assert {name for name in ADDED if (prefix / name).is_file()} == ADDED
    package = json.loads((prefix / EXTENSION / "package.json").read_text(encoding="utf-8"))
    entry = prefix / EXTENSION / package["jupyterlab"]["_build"]["load"]
    assert shipped(entry.parent) == shipped(ROOT / "massage_workbook" / "lab" / "extension")


def test_an_editable_install_adds_them_as_well(tmp_path):
    program = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=True)
    (wheel,) = tmp_path.iterdir()
    with zipfile.ZipFile(wheel) as opened:
        added = {name.partition(".data/data/")[2] for name in opened.namelist()}
    assert {*ADDED, f"{EXTENSION}/package.json"} <= added


NOTHING_DRAWN = """
import json, sys
from massage_workbook import paths
sys.modules["matplotlib"] = None
for path in paths.notebooks().glob("*.ipynb"):
    scope = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), scope)
    print(path.stem)
"""


def test_lessons_of_a_wheel_show_pictures_without_drawing(installed, tmp_path):
    environment = os.environ | {"PYTHONPATH": "", "MASSAGE_WORKBOOK_HOME": str(tmp_path)}
    python = [installed.scripts / "python", "-c", NOTHING_DRAWN]
    shown = subprocess.run(
        python, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    assert len(shown.splitlines()) > 10
