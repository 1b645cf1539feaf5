"""The workbook beside what others use, and beside the least there can be: one page, one run.

Run: pip install jupyterquiz, then python tests/benchmarks/side_by_side.py [rounds]. An echo of the
kernel, `interact` with matplotlib, jupyterquiz, and the workbook's own planner and quiz take turns
in one lesson. The ratios are to the echo.
"""

import sys
import tempfile
from pathlib import Path

import answers
import slider
from start import lay_a_lesson, run_by_hand, served
from table import compare


def main(rounds):
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        theirs, ours = answers.ten_questions(world)
        showing = answers.SHOWING.format(theirs=str(theirs), ours=str(ours))
        programs = [answers.ECHO, answers.ANSWERING, showing, slider.USUAL, slider.PLANNER]
        lay_a_lesson(world, programs)
        with served(world) as (browser, address):
            page = browser.new_page(viewport={"width": 1280, "height": 2400})
            run_by_hand(page, address)
            page.locator(".mw-quiz form").wait_for()
            seen = answers.answered(page, rounds) | answers.shown(page, rounds)
            charts = slider.take_turns(page, rounds)
            compare(seen | {f"slider: {name}": took for name, took in charts.items()}, unit="ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
