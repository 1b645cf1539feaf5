"""How long the edition for the browser takes to its first answer, beside JupyterLab in one run.

Run: npm install, then python tests/benchmarks/web.py [rounds]. A lesson is opened where the browser
has seen nothing yet, opened again, and opened in JupyterLab; each time its first question is
answered as soon as that can be done. What a page has loaded is counted as gzip makes it.
"""

import gzip
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from lessons import lay_all  # noqa: E402
from start import served  # noqa: E402
from table import compare, print_row  # noqa: E402

from tests.browser import edition  # noqa: E402

NOTEBOOK, PAGE = "03 Stroking.ipynb", "03-stroking.html"
WINDOW = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
SECONDS = 120
READABLE = """() => performance.getEntriesByName("first-contentful-paint")[0].startTime / 1000"""


def main(rounds):
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        world = Path(folder)
        began = time.perf_counter()
        made = edition.made(world / "web")
        exported = time.perf_counter() - began
        lay_all(world)
        address = stack.enter_context(edition.served(world))
        browser, lab = stack.enter_context(served(world))
        runs, loaded = {}, set()
        for _ in range(rounds):
            with browser.new_context(**WINDOW) as context:
                context.on("request", lambda request: loaded.add(request.url))
                note(runs, "page, first time", *answered(context, f"{address}/web/{PAGE}"))
                note(runs, "page, again", *answered(context, f"{address}/web/{PAGE}"))
            with browser.new_context(**WINDOW) as context:
                context.request.get(lab)  # its cookie lets what follows in without the token
                url = urljoin(lab, f"/doc/tree/{quote(NOTEBOOK)}")
                note(runs, "JupyterLab", *answered(context, url))
        compare(runs, unit="s")
        print_row("export, s", f"{exported:.1f}")
        print_row("loaded, MB of gzip", f"{sum(map(size_in(made), loaded)) / 1e6:.2f}")


def answered(context, url):
    """Seconds until the page is readable, until it takes an answer, and from that to feedback."""
    page = context.new_page()
    page.set_default_timeout(SECONDS * 1000)
    began = time.perf_counter()
    page.goto(url)
    page.locator(".mw-quiz").scroll_into_view_if_needed()
    quiz = page.locator(".mw-quiz:not([inert])")
    quiz.wait_for()
    ready = time.perf_counter()
    quiz.get_by_role("button", name="I don't know").click()
    quiz.locator(".feedback").get_by_text("Saved").wait_for()
    done = time.perf_counter()
    readable = page.evaluate(READABLE)
    page.close()
    return readable, ready - began, done - ready


def note(runs, where, *seconds):
    for what, took in zip(("readable", "takes an answer", "feedback"), seconds, strict=True):
        runs.setdefault(f"{where}: {what}", []).append(took)


def size_in(folder):
    """The bytes of a request's file as gzip makes them; zip files are compressed as they are."""

    def size(url):
        path = folder / (urlsplit(url).path.removeprefix("/web/") or "index.html")
        content = path.read_bytes() if path.is_file() else b""
        return len(content) if path.suffix == ".zip" else len(gzip.compress(content))

    return size


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
