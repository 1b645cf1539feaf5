"""The set-up and start of JupyterLab."""

import logging
import os
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path

import pytest
from tornado.iostream import StreamClosedError

from massage_workbook import paths, reader
from massage_workbook.errors import FULL, READ_ONLY, UserError
from massage_workbook.lab import lessons, server


def test_the_server_is_local_needs_a_token_and_takes_another_port_unless_one_is_given(tmp_path):
    settings = server.settings(tmp_path, tmp_path, None, "secret")
    assert settings["ServerApp"]["ip"] == "127.0.0.1"
    assert settings["IdentityProvider"]["token"] == "secret"
    assert settings["ServerApp"]["port_retries"] > 0
    assert server.settings(tmp_path, tmp_path, 9000, "")["ServerApp"]["port_retries"] == 0


WRITABLE = """
import os, sys
from pathlib import Path
sys.path[:] = {path!r}
from massage_workbook.lab import server
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    server.writable(Path({folder!r}), "--folder")
except server.CannotStartError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
@pytest.mark.parametrize("name", [".", "new"])
def test_a_read_only_folder_is_reported_with_a_remedy(tmp_path, name):
    shut = tmp_path / "shut"
    shut.mkdir()
    for each in (tmp_path, *tmp_path.parents):
        if each == Path(tempfile.gettempdir()):
            break
        each.chmod(0o755)
    shut.chmod(0o555)
    folder = shut / name
    code = WRITABLE.format(path=sys.path, folder=str(folder))
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == (
        f"Cannot write to the folder {folder} (--folder names another): Permission denied,"
        f" in {shut}. {READ_ONLY}\n"
    )
    assert list(shut.iterdir()) == []


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Start on folders of this test; the server that would be started is none."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))

    def start(data=None, **options):
        places = {"source": paths.notebooks(), "home": tmp_path / "home"} | options
        server.start(tmp_path / "lessons", data=data or paths.data(), **places)

    return start


def test_a_broken_course_or_lesson_is_reported_in_one_line_and_none_is_installed(
    start, own_data, tmp_path
):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "00 Start here.ipynb").write_text("{")
    with pytest.raises(UserError) as caught:
        start(source=tmp_path / "source")
    assert caught.value.message.endswith("is damaged. Install the workbook again.")
    with pytest.raises(UserError, match="there is no such folder"):
        start(tmp_path / "nowhere")
    (own_data / "zones.yaml").write_text("- id: [", encoding="utf-8")
    with pytest.raises(UserError, match=r"zones.yaml:1: file: is not YAML") as caught:
        start(own_data)
    assert f"The course in {own_data} cannot be used" in caught.value.message
    assert len(caught.value.message.splitlines()) == 1
    assert list((tmp_path / "lessons").iterdir()) == []


def test_a_valid_course_is_read_again_only_after_a_change(own_data, tmp_path, monkeypatch):
    times = []
    read = reader.read
    monkeypatch.setattr("massage_workbook.reader.read", lambda data: times.append(1) or read(data))
    for _ in range(3):
        server.check_course(own_data, tmp_path / "whole")
    assert len(times) == 1
    with (own_data / "techniques" / "rubbing" / "sawing.yaml").open("a") as file:
        file.write("mood: merry\n")
    for _ in range(2):
        with pytest.raises(UserError, match=r"sawing\.yaml"):
            server.check_course(own_data, tmp_path / "whole")


def test_a_dangerous_course_prevents_the_start_and_an_unfinished_one_does_not(own_data, tmp_path):
    sawing = own_data / "techniques" / "rubbing" / "sawing.yaml"
    whole = sawing.read_text(encoding="utf-8")
    sawing.write_text(whole.replace("four times to and fro", "ten times to and fro"))
    server.check_course(own_data, tmp_path / "whole")
    sawing.write_text(whole.replace("    force: 3\n", "    force: 9\n"))
    with pytest.raises(UserError, match=r"sawing\.yaml:\d+: strokes\.0: "):
        server.check_course(own_data, tmp_path / "whole")


def test_a_full_disk_is_reported_in_one_line_with_a_remedy(start, tmp_path, monkeypatch, full_disk):
    known = tmp_path / "home" / "lab" / "course-checked"
    server.check_course(paths.data(), server.writable(known.parent, "") / known.name)
    with full_disk(), pytest.raises(server.CannotStartError) as caught:
        start()
    assert str(caught.value).startswith(f"Cannot write the lessons into {tmp_path / 'lessons'}: ")
    assert FULL in str(caught.value)
    monkeypatch.setattr(lessons, "install", lambda *_: [])
    with full_disk(), pytest.raises(server.CannotStartError) as caught:
        start()
    assert str(caught.value).startswith(f"Cannot write to the folder {tmp_path / 'home' / 'lab'}: ")


def test_without_a_browser_the_learner_is_asked_to_copy_the_address(monkeypatch):
    def none(_address):
        raise webbrowser.Error("could not locate runnable browser")

    for opens in (none, lambda _: False):
        monkeypatch.setattr(webbrowser, "open", opens)
        said = []
        server.open_browser("http://127.0.0.1:8888", browser=True, say=said.append).join()
        assert said == ["No browser could be opened: open the address above in one."]


def test_a_browser_is_opened_silently_and_only_on_request(monkeypatch):
    opened, said = [], []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    assert server.open_browser("here", browser=False, say=said.append) is None
    server.open_browser("here", browser=True, say=said.append).join()
    assert (opened, said) == (["here"], [])


def test_a_page_left_while_loading_is_not_logged():
    """Tornado reports an uncaught exception when the learner opens the next lesson early."""
    gone = (StreamClosedError, StreamClosedError(), None)
    true = (ValueError, ValueError("x"), None)
    for info, told in ((gone, False), (true, True)):
        record = logging.LogRecord("tornado.application", 40, "", 1, "Uncaught", (), info)
        assert server.is_relevant(record) is told
