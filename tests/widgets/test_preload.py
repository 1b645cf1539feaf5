"""A kernel makes ready what lessons need, while nobody waits for it."""

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest

from massage_workbook.session import Plan
from massage_workbook.widgets import preload, widget
from massage_workbook.widgets.player import Player
from massage_workbook.widgets.technique import TechniqueCard
from massage_workbook.widgets.whole_back import WholeBack

COURSE = widget.course()
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


@pytest.mark.parametrize("cell_comes_at", [1, 3])
def test_pictures_are_drawn_until_the_first_cell_comes(monkeypatch, run, cell_comes_at):
    monkeypatch.setattr(preload, "BREATH", 0)
    shell, drawn = SimpleNamespace(execution_count=1), []

    def drawing():
        for number in range(1, 9):
            drawn.append(number)
            shell.execution_count += number == cell_comes_at
            yield "<svg>"

    run(preload.draw_ahead(shell, drawing()))
    assert drawn[-1] == cell_comes_at


def test_a_card_and_a_back_that_were_drawn_ahead_draw_nothing(monkeypatch):
    assert all(islice(preload.pictures(COURSE), 3))
    monkeypatch.setattr("massage_workbook.widgets.pictures.stroke_map", None)
    monkeypatch.setattr("massage_workbook.widgets.pictures.hand_picture", None)
    monkeypatch.setattr("massage_workbook.widgets.pictures.whole_back", None)
    assert TechniqueCard(COURSE, COURSE.techniques[0].id)
    assert WholeBack(COURSE).svg


def test_a_practice_that_was_drawn_ahead_draws_nothing(monkeypatch):
    assert all(preload.pictures(COURSE))
    monkeypatch.setattr("massage_workbook.widgets.pictures.stroke_map", None)
    monkeypatch.setattr("massage_workbook.widgets.pictures.hand_picture", None)
    session = next(each for each in COURSE.sessions if each.id == "standard-20")
    assert Player.of(COURSE, Plan.of(session, COURSE), "x", None, None, None).pictures["maps"]
