"""How long a lesson takes until all its widgets are alive, and how much memory it then holds.

Run: python tests/benchmarks/lessons.py [rounds]. Every lesson is opened in a fresh page with a
kernel of its own, in turns with one that shows a single button: what that takes is the page's and
the kernel's own start. Memory is that of the kernel's process and of the page's, beside the same.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, quote, urljoin, urlsplit

import nbformat
import psutil
from start import LESSON, lay_a_lesson, served
from table import print_row

from massage_workbook import paths

BARE = "A button.ipynb"
WIDGET = ".jp-OutputArea-output > :is(.mw, .jupyter-button)"
MEGABYTE = 1e6
SECONDS = 60


def main(rounds):
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        widgets = lay_all(world)
        with served(world) as (browser, address):
            seen = {name: [] for name in widgets}
            for _ in range(rounds + 1):
                for name, count in widgets.items():
                    seen[name].append(opened(browser, address, name, count))
    print_table({name: runs[1:] for name, runs in seen.items()})  # the first round warms up


def lay_all(world):
    """All lessons and the bare one; how many widgets each shows."""
    shutil.copytree(paths.notebooks(), world / "source")
    counts = {path.name: widgets_of(path) for path in sorted((world / "source").iterdir())}
    lay_a_lesson(world, [LESSON], BARE)
    return {BARE: 1, **counts}


def widgets_of(path):
    cells = nbformat.read(path, as_version=4).cells
    return sum(cell.cell_type == "code" and cell.source.endswith(")") for cell in cells)


def opened(browser, address, name, count):
    """Seconds until the widgets are there; then bytes of the kernel and of the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.request.get(address)  # its cookie lets what follows in without the token
    page = context.new_page()
    began = time.perf_counter()
    page.goto(urljoin(address, f"/doc/tree/{quote(name)}"))
    page.wait_for_function(
        "([widget, count]) => document.querySelectorAll(widget).length >= count",
        arg=[WIDGET, count],
        timeout=SECONDS * 1000,
    )
    took = time.perf_counter() - began
    client = context.new_cdp_session(page)
    client.send("Performance.enable")
    client.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in client.send("Performance.getMetrics")["metrics"]}
    sessions = context.request.get(urljoin(address, "/api/sessions")).json()
    kernel = memory_of(next(s["kernel"]["id"] for s in sessions if s["path"] == name))
    context.close()
    end_kernels(browser, address, sessions)
    return took, kernel, metrics["JSHeapUsedSize"]


def end_kernels(browser, address, sessions):
    token = parse_qs(urlsplit(address).query)["token"][0]
    context = browser.new_context(extra_http_headers={"Authorization": f"token {token}"})
    for session in sessions:
        context.request.delete(urljoin(address, f"/api/sessions/{session['id']}"))
    context.close()


def memory_of(kernel):
    return next(
        process.memory_info().rss
        for process in psutil.process_iter(["cmdline"])
        if any(kernel in part for part in process.info["cmdline"] or ())
    )


def print_table(seen):
    middle = {
        name: [statistics.median(each) for each in zip(*runs, strict=True)]
        for name, runs in seen.items()
    }
    bare = middle[BARE]
    print_row(f"{'lesson':40}", "s", "beyond", "kernel", "page")
    for name, (took, kernel, page) in middle.items():
        figures = f"{took:.2f}", f"{took - bare[0]:.2f}", f"{kernel / MEGABYTE:.0f} MB"
        print_row(f"{name.removesuffix('.ipynb'):40}", *figures, f"{page / MEGABYTE:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
