"""The wheel is complete without the repository."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def shipped(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", ["data", "notebooks"])
def test_the_wheel_contains_the_course_and_the_lessons(installed, name):
    tracked = subprocess.run(
        ["git", "ls-files", "-z", name], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert tracked
    expected = {f"massage_workbook/{each}" for each in tracked.split("\0") if each}
    assert expected <= shipped(installed.site)


def test_the_wheel_contains_scripts_styles_and_the_extension(installed):
    package = ROOT / "massage_workbook"
    expected = {p for p in shipped(package) if "__pycache__" not in p}
    assert expected <= shipped(installed.site / "massage_workbook")


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
