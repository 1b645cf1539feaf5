"""The wheel is the whole workbook, without the repository."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(arguments, **options):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, **options
    ).stdout


def shipped(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", ["data", "notebooks"])
def test_every_file_of_the_course_and_the_lessons_is_in_it(installed, name):
    tracked = subprocess.run(
        ["git", "ls-files", "-z", name], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert tracked
    expected = {f"massage_workbook/{each}" for each in tracked.split("\0") if each}
    assert expected <= shipped(installed)


def test_scripts_styles_and_the_extension_are_in_it(installed):
    package = ROOT / "massage_workbook"
    expected = {p for p in shipped(package) if "__pycache__" not in p}
    assert expected <= shipped(installed / "massage_workbook")


def test_it_reads_its_own_course_wherever_it_is_installed(installed, tmp_path):
    program = "from massage_workbook import paths, technique; technique('deep-stroking')"
    said = run(
        ["-c", f"{program}; print(paths.data(), paths.notebooks(), sep='\\n')"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
    )
    package = installed / "massage_workbook"
    assert said.split("\n")[:2] == [str(package / "data"), str(package / "notebooks")]
