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


def test_the_course_is_read_and_nothing_of_the_learner_s_opened(tmp_path):
    environment = os.environ | {"MASSAGE_WORKBOOK_HOME": str(tmp_path / "home")}
    said = subprocess.run(
        [sys.executable, "-c", READY], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["1", "True"]
    assert not (tmp_path / "home").exists()


def test_a_course_that_cannot_be_read_does_not_keep_a_kernel_from_starting(monkeypatch):
    widget.course.cache_clear()
    monkeypatch.setattr("massage_workbook.paths.data", lambda: Path("nowhere"))
    preload.load_ipython_extension(None)
    assert widget.course.cache_info().currsize == 0
