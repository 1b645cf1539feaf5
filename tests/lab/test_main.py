"""Running the workbook as a module."""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def test_the_module_runs_the_command_and_imports_nothing_from_the_current_folder(tmp_path):
    for name in ("click", "platformdirs", "inspect", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('foreign')\n")
    told = subprocess.run(
        [sys.executable, "-m", "massage_workbook", "--help"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.startswith("Usage: massage-workbook [OPTIONS] [COMMAND]")
