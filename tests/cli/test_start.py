"""`massage-workbook start` prints a few plain lines, and never a traceback."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from massage_workbook.lab.kernels import KERNEL

from ..shipped import furnish
from ..waits import SECONDS, wait_until, watched

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def command(tmp_path):
    """The command in its own folders; its processes end with the test."""
    command = Command(tmp_path)
    yield command
    command.end()


class Command:
    def __init__(self, world):
        self.folder = world / "lessons"
        self.home = world / "home"
        furnish(self.home / "workbook")
        self.jupyter_data = world / "jupyter"
        self.started = []

    @property
    def environment(self):
        return os.environ | {
            "HOME": str(self.home),
            "MASSAGE_WORKBOOK_HOME": str(self.home / "workbook"),
            "JUPYTER_DATA_DIR": str(self.jupyter_data),
            "PYTHONPATH": str(CHECKOUT),
        }

    def __call__(self, *arguments, **environment):
        """Run it to its end."""
        return subprocess.run(
            self.line(*arguments),
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def start(self, *arguments, **environment):
        """Start it; return the address it prints."""
        process = subprocess.Popen(
            self.line(*arguments),
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        with watched(process):
            said = ""
            for line in process.stdout:
                said += line
                if found := re.search(r"http://\S+", line):
                    return found[0]
        raise AssertionError(said)

    def line(self, *arguments):
        options = arguments or ["--folder", str(self.folder), "--no-browser"]
        return [sys.executable, "-m", "massage_workbook.cli", *options]

    def interrupt(self):
        """Press Ctrl-C; return the exit code and the output after the address."""
        process = self.started.pop()
        process.send_signal(signal.SIGINT)
        with watched(process):
            said = process.stdout.read()
        return process.wait(), said

    def end(self):
        for process in self.started:
            process.terminate()
            with watched(process):
                process.stdout.read()
            process.wait()


def ask(address, path, token=None):
    base, own = address.split("/doc/")[0], address.split("token=")[1]
    request = urllib.request.Request(
        f"{base}/{path}", headers={"Authorization": f"token {token or own}"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=SECONDS) as answer:
        return json.load(answer)


def kernels_in(world):
    """Kernel processes with a connection file below this folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if "massage_workbook.lab.kernel" in line and str(world) in line:
            found.append(line)
    return found


def test_ctrl_c_ends_a_start_and_all_its_processes(command, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    address = command.start(TMPDIR=str(temporary))
    assert ask(address, "api/status")["started"]
    assert command.folder.is_dir()
    wait_until(lambda: ask(address, "api/kernels"))
    assert kernels_in(tmp_path) or not Path("/proc").is_dir()

    code, after = command.interrupt()

    assert code == 0
    assert after.splitlines() == ["To stop it, press Ctrl-C here."]
    assert kernels_in(tmp_path) == []
    assert list(temporary.iterdir()) == []


def test_a_second_start_finds_the_running_one_but_not_a_killed_one(command):
    address = command.start()
    second = command()
    assert second.returncode == 0
    assert second.stdout.splitlines() == [f"The workbook is running already: {address}"]

    command.started[0].kill()
    command.started.pop().wait()
    assert command.start() != address


def refused(run, *arguments):
    """The single line of an error."""
    [line] = run(*arguments, "--no-browser", code=1).splitlines()
    return line


def test_a_used_port_given_by_the_user_is_reported_in_one_line(run, tmp_path, home):
    furnish(home)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(run, "start", "--folder", tmp_path / "lessons", "--port", port)
    assert f"Port {port} cannot be used" in said


ALL_TAKEN = """
import errno
import jupyter_server.serverapp
def taken(*_):
    raise OSError(errno.EADDRINUSE, "Address already in use")
jupyter_server.serverapp.bind_sockets = taken
from massage_workbook.lab.kernels import KERNEL
from massage_workbook.cli import main
main()
"""


def test_without_a_free_port_the_last_line_has_a_remedy(command):
    result = subprocess.run(
        [sys.executable, "-c", ALL_TAKEN, "--folder", str(command.folder), "--no-browser"],
        env=command.environment, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.splitlines()[-1].startswith("Error: No port is free: end other")


def test_a_file_in_place_of_the_folder_or_the_home_is_reported_in_one_line(run, tmp_path, home):
    for place in (tmp_path / "lessons", home):
        place.write_text("mine")
        said = refused(run, "--folder", tmp_path / "lessons")
        assert f"Cannot write to the folder {place}" in said
        assert place.read_text() == "mine"
        place.unlink()


HOSTILE = """\
c.ServerApp.ip = "0.0.0.0"
c.ServerApp.port = 1
c.ServerApp.base_url = "/elsewhere/"
c.ServerApp.token = ""
c.ServerApp.password = ""
c.IdentityProvider.token = ""
c.ServerApp.disable_check_xsrf = True
"""


def test_the_learner_s_own_jupyter_settings_and_kernels_change_nothing(command):
    settings = command.home / ".jupyter"
    settings.mkdir(parents=True)
    for name in ("jupyter_server_config.py", "jupyter_lab_config.py", "jupyter_config.py"):
        (settings / name).write_text(HOSTILE)
    spec = command.jupyter_data / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        json.dumps({"argv": ["/bin/false"], "display_name": "Hostile", "language": "python"})
    )

    address = command.start(JUPYTER_TOKEN="", JUPYTER_PORT="1", JUPYTER_IP="0.0.0.0")

    assert re.match(r"http://127\.0\.0\.1:\d+/doc/tree/.*token=\w{48}$", address)
    assert ask(address, "api/status")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        ask(address, "api/status", token="wrong")
    specs = ask(address, "api/kernelspecs")["kernelspecs"]
    assert list(specs) == [KERNEL]
    assert wait_until(lambda: ask(address, "api/kernels"))
