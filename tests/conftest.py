"""What tests of several folders share."""

import asyncio
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import sync_playwright

from massage_workbook import documents, paths
from massage_workbook.figures import palette
from massage_workbook.invariants import promises
from massage_workbook.widgets import pictures, widget

from .shipped import COURSE
from .waits import wait_until

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Tests that spoil the data read the rest of it again, and parsing it is most of reading it.
documents._yaml = lru_cache(maxsize=256)(documents._yaml)
# The same of looking for promises, which is half of checking it.
_promises = promises._find_promises
promises._find_promises = lru_cache(maxsize=None)(lambda text: [*_promises(text)])


def _right_choices(question):
    return [choice.id for choice in question.choices if choice.right]


def _middle_of_the_tempo(question):
    low, high = next(
        each.tempo.per_minute for each in COURSE.techniques if each.id == question.technique
    )
    return [120 / (low + high) * i for i in range(6)]


@pytest.fixture(scope="session")
def right_response():
    """The response that a learner who knows all of it gives to a question."""
    right = {
        **dict.fromkeys(("single", "many", "zones"), _right_choices),
        "case": lambda question: [question.right],
        "order": lambda question: [step.id for step in question.steps],
        "match": lambda question: {pair.id: pair.option for pair in question.pairs},
        "number": lambda question: question.accepts[0],
        "stroke": lambda question: question.path(COURSE),
        "tempo": _middle_of_the_tempo,
    }
    return lambda question: right[question.kind](question)


@pytest.fixture
def run():
    """Run a coroutine to its end, also where a browser's event loop has this thread."""
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        yield lambda coroutine: elsewhere.submit(asyncio.run, coroutine).result()


LONG = os.environ.get("CAMPAIGN") == "long"


@pytest.fixture
def rounds():
    """How many rounds: `short` in the suite, `long` when CAMPAIGN=long asks for it."""
    return lambda *, short, long: long if LONG else short


IN_MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path):
    """A folder in memory, where there is one: thousands of waits for a disk take minutes."""
    if not IN_MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=IN_MEMORY, prefix="workbook-") as name:
        yield Path(name)


@pytest.fixture
def full_disk():
    """As long as it is entered, this process can write nothing to any file."""
    resource = pytest.importorskip("resource", reason="limits of POSIX")

    @contextmanager
    def full_disk():
        before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))

    return full_disk


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """A copy of the course's data which the workbook takes for its own, to be spoilt.

    The home is a new one as well: pictures that were drawn need none of the data.
    """
    folder = Path(shutil.copytree(paths.data(), tmp_path / "data"))
    monkeypatch.setattr(paths, "data", lambda: folder)
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "home"))
    _forget_what_was_read()
    yield folder
    _forget_what_was_read()


def _forget_what_was_read():
    widget.course.cache_clear()
    palette._table.cache_clear()
    for picture in (pictures.strokes_svg, pictures.hand_svg, pictures.whole_back_svg):
        picture.cache_clear()


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium_path(playwright):
    # The first is the same browser without windows: a page of it costs half the time.
    names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    candidates = [*map(shutil.which, names), playwright.chromium.executable_path]
    for path in candidates:
        if path and Path(path).exists():
            return path
    missing = "No browser: install `chromium-headless-shell`, or run `playwright install chromium`"
    return pytest.fail(missing) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(missing)


@pytest.fixture(scope="session")
def browser(playwright, chromium_path):
    browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def faults(tmp_path_factory):
    """The library of `campaigns/faults.c`, for LD_PRELOAD: system calls fail."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler or not sys.platform.startswith("linux"):
        pytest.skip("needs a C compiler, and Linux")
    made = tmp_path_factory.mktemp("faults") / "faults.so"
    source = Path(__file__).parent / "campaigns" / "faults.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made


class Installed(NamedTuple):
    """An environment into which the workbook's wheel was installed, as by `pip install`."""

    site: Path
    scripts: Path


@pytest.fixture(scope="session")
def installed():
    """A new environment with the wheel in it; only what it depends on is this one's.

    The first process that wants it installs it for all of this run.
    """
    folder = Path(os.environ["SHARED_BY_THIS_RUN"], "installed")
    prefix, done = folder / "prefix", folder / "done"
    try:
        folder.mkdir()
    except FileExistsError:
        wait_until(done.exists)
    else:
        _install(folder / "wheel", prefix)
        done.touch()
    return Installed(*(_path(prefix, name) for name in ("purelib", "scripts")))


def _path(prefix, name):
    return Path(sysconfig.get_path(name, "venv", {"base": prefix, "platbase": prefix}))


def _install(made, prefix):
    made.mkdir()
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(build, cwd=Path(__file__).parents[1], capture_output=True, check=True)
    (wheel,) = made.iterdir()
    venv.create(prefix)
    dependencies = _path(prefix, "purelib") / "dependencies.pth"
    dependencies.write_text(sysconfig.get_path("purelib"))
    for name in ("share", "etc"):
        shutil.copytree(Path(sys.prefix) / name / "jupyter", prefix / name / "jupyter")
    into = ["--python", str(prefix), "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([sys.executable, "-m", "pip", *into, str(wheel)], check=True)
