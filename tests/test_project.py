"""The repository's commands and rules hold."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def script(name):
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else name


def commands(language):
    blocks = re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_the_readme_has_two_commands_also_for_windows_and_ci_runs_the_second():
    opens, tests = commands("sh")
    assert opens.endswith("massage-workbook")
    assert tests in (ROOT / ".ci" / "run").read_text().splitlines()
    assert len(commands("bat")) == 2


@pytest.mark.parametrize(
    "check", [["ruff", "check"], ["ruff", "format", "--check"], ["lint-imports"]], ids=" ".join
)
def test_the_code_passes_ruff_and_import_linter(check):
    done = subprocess.run(
        [script(check[0]), *check[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_names_a_registry_host():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    named = re.compile(r"https?://[^\s\"']*/(simple|packages)/|\"resolved\":")
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".png", ".ico"} or not path.is_file() or path == Path(__file__):
            continue
        assert not named.search(path.read_text(encoding="utf-8", errors="replace")), name
