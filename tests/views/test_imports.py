"""Views and the domain import neither drawing nor widget libraries."""

import subprocess
import sys

PROGRAM = """
import pkgutil, sys
from importlib import import_module
import massage_workbook

for name in ("answers", "body", "course", "questions", "safety", "session", "views"):
    package = import_module(f"massage_workbook.{name}")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        import_module(module.name)
print(*sys.modules)
"""
HEAVY = {"anywidget", "ipywidgets", "IPython", "matplotlib", "numpy", "pandas"}


def test_no_view_and_no_part_of_the_domain_loads_a_picture_or_a_widget():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "massage_workbook" in loaded
    assert not HEAVY & loaded
