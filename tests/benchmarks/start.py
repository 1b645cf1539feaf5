"""How long a start takes beside plain `jupyter lab`, and how long until a lesson is alive.

Run: python tests/benchmarks/start.py [rounds]. The two commands take turns, so that a busy
machine troubles both alike.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import sync_playwright
from table import compare

CHECKOUT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
SECONDS = 60
LESSON = ["from massage_workbook import picture", 'picture("strokes-figure-of-eight")']
"""The least that runs unasked."""
PLAIN = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
# The command itself, on a lesson of the benchmark's own.
OURS = """\
import sys
from pathlib import Path
from massage_workbook import paths
from massage_workbook.lab import server
world = Path(sys.argv[1])
places = {"data": paths.data(), "source": world / "source", "home": world / "home"}
server.start(world / "lessons", **places, browser=False)
"""


def main(rounds):
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        lay_a_lesson(world, LESSON)
        plain, ours = [], []
        for _ in range(rounds):
            plain.append(first_answer([*PLAIN, f"--ServerApp.root_dir={world}"], world))
            ours.append(first_answer([sys.executable, "-c", OURS, folder], world))
        alive = [page_to_widget(world) for _ in range(rounds)]
    runs = {
        "jupyter lab: command to first answer": plain,
        "massage-workbook: command to first answer": ours,
        "page opening to first live widget": alive,
    }
    compare(runs, unit="s")


def lay_a_lesson(world, programs, name="00 Start here.ipynb"):
    lesson = new_notebook(cells=[new_markdown_cell("# Lesson"), *map(new_code_cell, programs)])
    lesson.metadata["kernelspec"] = {"name": "massage-workbook", "display_name": "Massage workbook"}
    lesson.metadata["massage_workbook"] = {"lesson": name}
    (world / "source").mkdir(exist_ok=True)
    nbformat.write(lesson, world / "source" / name)


def launch(command, world):
    """Start a command; return it with the address it prints."""
    environment = os.environ | {
        "HOME": str(world),
        "JUPYTER_DATA_DIR": str(world / "jupyter"),
        "PYTHONPATH": str(CHECKOUT),
    }
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = ""
    for line in process.stdout:
        said += line
        if found := re.search(r"http://\S+token=\S+", line):
            return process, found[0]
    raise RuntimeError(said)


def first_answer(command, world):
    """Seconds from the command to the first page served."""
    began = time.perf_counter()
    process, address = launch(command, world)
    fetch(address)
    took = time.perf_counter() - began
    end(process)
    return took


def fetch(address):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            return opener.open(address, timeout=SECONDS).read()
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def page_to_widget(world):
    """Seconds from opening the page in a fresh browser, right after the start, to a live widget."""
    with served(world) as (browser, address):
        page = browser.new_page()
        began = time.perf_counter()
        page.goto(address)
        page.locator(".mw-picture").wait_for(timeout=SECONDS * 1000)
        return time.perf_counter() - began


@contextmanager
def served(world):
    """A browser, and the address of the workbook that serves what was laid into a folder."""
    process, address = launch([sys.executable, "-c", OURS, str(world)], world)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            yield browser, address
            browser.close()
    finally:
        end(process)


def run_by_hand(page, address):
    """Open a lesson and run it, as a learner does where it says more than the workbook's words."""
    page.goto(address)
    idle = page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    idle.first.wait_for(timeout=SECONDS * 1000)
    not_run = page.locator(".jp-CodeCell .jp-InputPrompt").get_by_text("[ ]:", exact=True)
    failed = page.locator(".jp-RenderedText[data-mime-type*=error]")
    while not_run.count():  # a request before the kernel is connected is lost
        if failed.count():
            raise RuntimeError(failed.first.inner_text())
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_timeout(1000)


def chromium():
    names = ["chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"]
    return next(filter(None, map(shutil.which, names)), None)


def end(process):
    process.send_signal(signal.SIGTERM)
    process.stdout.read()
    process.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
