"""How long a lesson takes until all its widgets are alive, and how much memory it then holds.

Run: python tests/benchmarks/lessons.py [rounds]. Every lesson is opened in a fresh page with a
kernel of its own, in turns with one that shows a single button: what that takes is the page's and
the kernel's own start. Memory is that of the kernel's process and of the page's, beside the same.
"""

import json
import statistics
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import sync_playwright
from start import FLAGS, LESSON, OURS, chromium, end, launch
from table import print_row

from massage_workbook import paths

BARE = "A button.ipynb"
WIDGET = ".jp-OutputArea-output > *:is(.mw, :has(> .mw), .jupyter-button)"
MEGABYTE = 1e6
SECONDS = 60


def main(rounds):
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        widgets = lay_all(world / "source")
        process, address = launch([sys.executable, "-c", OURS, folder], world)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            seen = {name: [] for name in widgets}
            for _ in range(rounds + 1):
                for name, count in widgets.items():
                    seen[name].append(opened(browser, address, name, count))
            browser.close()
        end(process)
    print_table({name: runs[1:] for name, runs in seen.items()})  # the first round warms up


def lay_all(source):
    """All lessons and the bare one; how many widgets each shows."""
    source.mkdir()
    bare = new_notebook(cells=[new_markdown_cell("# A button"), new_code_cell(LESSON)])
    bare.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    bare.metadata["massage_workbook"] = {"lesson": "99"}
    nbformat.write(bare, source / BARE)
    widgets = {BARE: 1}
    for path in sorted(paths.notebooks().glob("*.ipynb")):
        lesson = nbformat.read(path, as_version=4)
        nbformat.write(lesson, source / path.name)
        widgets[path.name] = sum(
            cell.cell_type == "code" and cell.source.endswith(")") for cell in lesson.cells
        )
    return widgets


def opened(browser, address, name, count):
    """Seconds until the widgets are there; then bytes of the kernel and of the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.request.get(address)
    page = context.new_page()
    began = time.perf_counter()
    page.goto(urllib.parse.urljoin(address, f"/doc/tree/{urllib.parse.quote(name)}"))
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
    kernel = memory_of_kernel(address, name)
    context.close()
    for session in ask(address, "api/sessions"):
        ask(address, f"api/sessions/{session['id']}", "DELETE")
    return took, kernel, metrics["JSHeapUsedSize"]


def ask(address, path, method="GET"):
    token = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["token"][0]
    request = urllib.request.Request(
        urllib.parse.urljoin(address, f"/{path}"),
        headers={"Authorization": f"token {token}"},
        method=method,
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=SECONDS) as answer:
        return json.loads(answer.read() or "null")


def memory_of_kernel(address, name):
    kernel = next(s["kernel"]["id"] for s in ask(address, "api/sessions") if s["path"] == name)
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
