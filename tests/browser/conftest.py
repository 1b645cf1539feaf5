"""One JupyterLab for the browser tests of a process, and pages that record their problems."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest
from playwright.sync_api import expect

from massage_workbook.lab import lessons
from massage_workbook.lab.kernels import KERNEL
from massage_workbook.widgets import widget

from ..shipped import furnish
from ..waits import SECONDS, wait_until, watched

WINDOW = {"width": 1280, "height": 800}
CSS = "css:light="
"""Before a selector: Playwright looks outside of shadow roots alone, three times as fast."""
SHOWN = f"{CSS}.jp-NotebookPanel:not(.lm-mod-hidden)"
"""The lesson that is seen: those left before stay open behind it."""
SLOW_REQUESTS = {"/api/nbconvert", "/lab/api/build"}
TIMEOUT = 1000 * SECONDS  # milliseconds
expect.set_options(timeout=TIMEOUT)


def run_clock_until(page, condition, step=1000, leap=0):
    """Let the installed clock of a page go on until it holds.

    It leaps over so many milliseconds, and then runs for others, in which each timer is due.
    """
    for _ in range(1000):
        if condition():
            return
        page.clock.fast_forward(leap)
        page.clock.run_for(step)
    pytest.fail("The clock ran on, and it never came to hold")


FOCUSED = """element => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active === element;
}"""


def tab_to(page, locator):
    """Press Tab until a control has the focus, also one in a shadow root."""
    for _ in range(60):
        if locator.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The Tab key never comes to {locator}")


def command_of(process):
    """The command of a process in `/proc`; nothing if it has gone meanwhile."""
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


class Workbook:
    """The real command on a fresh folder, with a home and Jupyter data of its own."""

    def __init__(self, world: Path, command=(sys.executable, "-m", "massage_workbook.cli")):
        self.command = command
        self.folder = world / "lessons"
        self.home = world / "home"
        self.jupyter_data = world / "jupyter"
        self.process = None
        self.address = None

    @property
    def environment(self):
        return os.environ | {
            "HOME": str(self.home),
            "MASSAGE_WORKBOOK_HOME": str(self.home / "workbook"),
            "JUPYTER_DATA_DIR": str(self.jupyter_data),
            "PYTHONPATH": "",
        }

    def start(self, *arguments):
        self.home.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [*self.command, "start", "--folder", self.folder, "--no-browser", *arguments],
            env=self.environment,
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with watched(self.process):
            said = ""
            for line in self.process.stdout:
                said += line
                if found := re.search(r"http://\S+", line):
                    self.address = found[0]
                    return self
        return pytest.fail(f"The workbook did not start: {said}")

    def stop(self):
        """End it as Ctrl-C does; return what it said."""
        self.process.send_signal(signal.SIGINT)
        with watched(self.process), self.process:
            return self.process.stdout.read()

    def restart(self):
        self.stop()
        return self.start()

    @property
    def token(self):
        return urllib.parse.parse_qs(urllib.parse.urlsplit(self.address).query)["token"][0]

    def address_of(self, name):
        return urllib.parse.urljoin(self.address, f"/doc/tree/{quote(name)}")

    def ask(self, path, method="GET", data=None, token=None):
        """Ask the server's own interface, such as `api/sessions`."""
        token = self.token if token is None else token
        request = urllib.request.Request(
            urllib.parse.urljoin(self.address, f"/{path}"),
            data=data,
            headers={"Authorization": f"token {token}"},
            method=method,
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=SECONDS) as answer:
            return json.loads(answer.read() or "null")

    def sessions_once_there(self):
        """Wait until a kernel has been started for some lesson."""
        return wait_until(lambda: self.ask("api/sessions"))

    def wait_for_kernel_of(self, name):
        """Wait until a lesson's page has spoken with its kernel."""
        wait_until(lambda: (name, "idle") in self.kernel_states())

    def kernel_of(self, name):
        """The process of a lesson's kernel."""
        [session] = [each for each in self.ask("api/sessions") if each["path"] == name]
        wanted = f"kernel-{session['kernel']['id']}.json".encode()
        processes = Path("/proc").glob("[0-9]*")
        return next(int(each.name) for each in processes if wanted in command_of(each))

    def kernel_states(self):
        sessions = self.ask("api/sessions")
        return [(each["path"], each["kernel"]["execution_state"]) for each in sessions]

    def write_lesson(self, name, *cells, kernel=KERNEL):
        """Put a lesson into the learner's folder, as laying down does."""
        notebook = nbformat.v4.new_notebook(cells=list(cells))
        notebook.metadata["kernelspec"] = {"name": kernel, "display_name": kernel}
        notebook.metadata["language_info"] = {"name": "python"}
        notebook.metadata[lessons._METADATA_KEY] = {"lesson": Path(name).stem}
        notebook = lessons._with_edition(notebook)
        lessons.write(notebook, self.folder / name)
        return name

    def forget_sessions(self):
        for session in self.ask("api/sessions"):
            with suppress(urllib.error.HTTPError):
                self.ask(f"api/sessions/{session['id']}", "DELETE")


@pytest.fixture(scope="module")
def own_home(tmp_path_factory):
    """What a learner keeps, of one file's tests alone, and a kernel that has asked nothing yet."""
    with pytest.MonkeyPatch.context() as patch:
        widget.today.cache_clear()
        home = tmp_path_factory.mktemp("home")
        furnish(home)
        patch.setenv("MASSAGE_WORKBOOK_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    workbook = Workbook(tmp_path_factory.mktemp("workbook"))
    furnish(workbook.home / "workbook")
    yield workbook.start()
    workbook.stop()


@contextmanager
def blank_page(browser, *scripts, **options):
    """A page that must leave no error behind and ask nothing off this machine.

    Without a graphics card, hands that move take all the time that there is.
    """
    options = {"viewport": WINDOW, "reduced_motion": "reduce"} | options
    context = browser.new_context(**options)
    context.set_default_timeout(TIMEOUT)
    for script in scripts:
        context.add_init_script(script)
    page = context.new_page()
    record_problems(page)
    yield page
    context.close()
    assert page.problems == [], "\n".join(page.problems)


@contextmanager
def new_page(browser, workbook, *scripts):
    """Such a page that may enter the workbook; what ran for it ends with it."""
    try:
        with blank_page(browser, *scripts) as page:
            # The cookie of a first visit lets later ones in without the token.
            page.context.request.get(workbook.address)
            yield page
    finally:
        workbook.forget_sessions()


def run_by_hand(page, workbook, name):
    """Run a lesson that does not run by itself, once its kernel is there."""
    workbook.wait_for_kernel_of(name)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


@contextmanager
def opened(browser, workbook, name):
    """A lesson with code of its own, for all tests of a file; each leaves it as the others need."""
    with new_page(browser, workbook) as page:
        page.goto(workbook.address_of(name))
        run_by_hand(page, workbook, name)
        page.locator(".mw-lesson[data-lesson=awake]").wait_for()
        yield page


def open_in_page(page, name):
    """Open a lesson as a widget's link does, without JupyterLab being loaded again."""
    page.evaluate(FOLLOW, quote(name))


FOLLOW = """name => {
    const place = document.body.appendChild(document.createElement("div"));
    const link = place.appendChild(document.createElement("a"));
    place.className = "mw";
    link.href = name;
    link.click();
    place.remove();
}"""


def end_practice(page):
    """End the practice that runs on a page, and close it."""
    page.locator(".mw-player-dialog .run-page[data-state=running]").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="End here").click()
    page.get_by_role("button", name="Done").click()


def come_back_from_practise(page, *, begun=False):
    """From the lesson that the planner opened, once it is alive, to the planner's.

    A practice that has `begun` there, since both have asked each other, is ended.
    """
    before = page.locator(SHOWN)
    page.wait_for_url("**/10%20Practise.ipynb*")
    page.locator(f"{SHOWN}[data-lesson=awake] .mw-player").wait_for()
    if begun:
        end_practice(page)
    page.go_back()
    before.locator(".mw-planner").wait_for()


def record_problems(page):
    """Errors on the console and in scripts, and requests that should not be made."""
    page.problems = []

    def check_message(message):
        if message.type == "error":
            page.problems.append(f"console: {message.text}")

    def check_request(request):
        url = urllib.parse.urlsplit(request.url)
        local = url.scheme in {"data", "blob", "file"} or url.hostname in {"127.0.0.1", "localhost"}
        if not local:
            page.problems.append(f"request off this machine: {request.url}")
        if url.path in SLOW_REQUESTS:
            page.problems.append(f"request that a lesson waits for in vain: {request.url}")

    page.on("console", check_message)
    page.on("pageerror", lambda error: page.problems.append(f"page: {error.stack or error}"))
    page.on("request", check_request)
    page.on("websocket", check_request)


def forget_kernel_errors(page):
    """Drop errors of JupyterLab itself, whose kernel has gone."""
    of_kernel = re.compile("websocket|WebSocket|kernel|Kernel|Canceled|404|comm")
    page.problems[:] = [each for each in page.problems if not of_kernel.search(each)]
