"""How long a lesson takes until all its widgets are alive, and how much memory it then holds.

Run: python tests/benchmarks/lessons.py [rounds]. Every lesson is opened in a fresh page, in turns
with one that shows a single picture: what that takes is JupyterLab's own. Then each is come to by
the link at the end of the one before, as a learner does. Every time the machine has come to rest
before, as it does while a learner reads. Memory is that of the kernel's process and of the page.
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

BARE = "A picture.ipynb"
WIDGET = ".jp-OutputArea-output > .mw"
THERE = """([widget, count]) =>
    document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) " + widget).length >= count"""
# Hands that move never rest.
WINDOW = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
MEGABYTE = 1e6
IDLE, CALM, BUSY = 10, 11, 30
"""Per cent of the processors below which they rest, seconds of it in a row, and seconds at most."""
SECONDS = 60


def main(rounds):
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        widgets = lay_all(world)
        with served(world) as (browser, address):
            seen = {name: [] for name in widgets}
            opened(browser, address, BARE, 1)  # warms up
            for _ in range(rounds):
                for name, count in widgets.items():
                    rest()
                    seen[name].append(opened(browser, address, name, count))
                for name, took in followed(browser, address, widgets):
                    seen[name][-1] += (took,)
    print_table(seen)


def lay_all(world):
    """All lessons and the bare one; how many widgets each shows."""
    shutil.copytree(paths.notebooks(), world / "source")
    counts = {path.name: widgets_of(path) for path in sorted((world / "source").glob("*.ipynb"))}
    lay_a_lesson(world, LESSON, BARE)
    return {BARE: 1, **counts}


def widgets_of(path):
    cells = nbformat.read(path, as_version=4).cells
    return sum(cell.cell_type == "code" and cell.source.endswith(")") for cell in cells)


def opened(browser, address, name, count):
    """Seconds until the widgets are there; then bytes of the kernel and of the page."""
    context = browser.new_context(**WINDOW)
    context.request.get(address)  # its cookie lets what follows in without the token
    page = context.new_page()
    began = time.perf_counter()
    page.goto(urljoin(address, f"/doc/tree/{quote(name)}"))
    page.wait_for_function(THERE, arg=[WIDGET, count], timeout=SECONDS * 1000)
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


def followed(browser, address, widgets):
    """Seconds from each lesson's link to the next until all widgets of that are there."""
    context = browser.new_context(**WINDOW)
    context.request.get(address)
    page = context.new_page()
    # No lesson ends with a link to the second one, of a first evening.
    first, _, *others = [name for name in widgets if name != BARE]
    page.goto(urljoin(address, f"/doc/tree/{quote(first)}"))
    for name in others:
        link = page.locator(f".jp-MarkdownOutput a[href*='{quote(name)}']").last
        link.wait_for(timeout=SECONDS * 1000)
        rest()
        began = time.perf_counter()
        link.click()
        page.wait_for_url(f"**/{quote(name)}")
        page.wait_for_function(THERE, arg=[WIDGET, widgets[name]], timeout=SECONDS * 1000)
        yield name, time.perf_counter() - began
    sessions = context.request.get(urljoin(address, "/api/sessions")).json()
    context.close()
    end_kernels(browser, address, sessions)


def rest():
    """Wait until the machine has nothing left to do, `BUSY` seconds at most."""
    calm, ends = 0, time.monotonic() + BUSY
    while calm < CALM and time.monotonic() < ends:
        calm = calm + 1 if psutil.cpu_percent(interval=1) < IDLE else 0


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
    print_row(f"{'lesson':40}", "s", "beyond", "kernel", "page", "by link")
    for name, (took, kernel, page, *by_link) in middle.items():
        memory = (f"{each / MEGABYTE:.0f} MB" for each in (kernel, page))
        linked = (f"{each:.2f}" for each in by_link)
        figures = f"{took:.2f}", f"{took - bare[0]:.2f}", *memory, *linked
        print_row(f"{name.removesuffix('.ipynb'):40}", *figures)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
