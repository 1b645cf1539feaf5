"""Frames a second of a map whose hands move, beside the same page at rest.

Run: python tests/benchmarks/motion.py [seconds]. The hands make their passes, stop by stop;
the frames are counted by the page itself.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from start import lay_a_lesson, run_by_hand, served
from table import print_row

CARDS = ["superficial-stroking", "longitudinal-kneading", "finger-pad-rubbing"]
CELLS = [f"from massage_workbook import technique\ntechnique({name!r})" for name in CARDS]
COUNT = """milliseconds => new Promise(resolve => {
    const times = [];
    const tick = time => {
        times.push(time);
        if (time - times[0] < milliseconds) requestAnimationFrame(tick);
        else resolve(times.slice(1).map((time, i) => time - times[i]));
    };
    requestAnimationFrame(tick);
})"""


def main(seconds):
    print_row(f"{'':24}", "a second", "95 % in ms")
    with tempfile.TemporaryDirectory() as folder:
        lay_a_lesson(Path(folder), CELLS)
        with served(Path(folder)) as (browser, address):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            run_by_hand(page, address)
            page.locator(".mw-back-map").nth(len(CARDS) - 1).wait_for()
            for i, name in enumerate(CARDS):
                card = page.locator(".mw-back-map").nth(i)
                card.scroll_into_view_if_needed()
                card.get_by_role("button", name="Pause").wait_for()
                report(name, page.evaluate(COUNT, 1000 * seconds))
                card.get_by_role("button", name="Pause").click()
                report("… at rest", page.evaluate(COUNT, 1000 * seconds))


def report(name, gaps):
    slow = sorted(gaps)[int(0.95 * len(gaps))]
    print_row(f"{name:24}", f"{1000 / statistics.mean(gaps):.1f}", f"{slow:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
