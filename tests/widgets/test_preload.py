"""A kernel makes ready what lessons need, while nobody waits for it."""

import os
import subprocess
import sys
from pathlib import Path

from massage_workbook.widgets import preload, widget

READY = """\
import sys
from massage_workbook.widgets import preload
preload.load_ipython_extension(None)
opened = {name.partition(".")[2] for name in sys.modules if name.startswith("massage_workbook.")}
print(preload.widget.course.cache_info().currsize, "widgets.planner" in opened)
"""


def test_a_kernel_reads_the_course_ahead_and_opens_no_answers(tmp_path):
    environment = os.environ | {"MASSAGE_WORKBOOK_HOME": str(tmp_path / "home")}
    said = subprocess.run(
        [sys.executable, "-c", READY], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["1", "True"]
    assert not (tmp_path / "home").exists()


def test_a_broken_course_does_not_prevent_the_start_of_a_kernel(monkeypatch):
    widget.course.cache_clear()
    monkeypatch.setattr("massage_workbook.paths.data", lambda: Path("nowhere"))
    preload.load_ipython_extension(None)
    assert widget.course.cache_info().currsize == 0
