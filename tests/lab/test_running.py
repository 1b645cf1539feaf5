"""Finding a running workbook, despite outdated server info files."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from massage_workbook.lab import running


@pytest.fixture
def server():
    """A server that knows the token `right`."""

    class Status(BaseHTTPRequestHandler):
        def do_GET(self):
            right = self.headers["Authorization"] == "token right"
            self.send_response(200 if right else 403)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Status)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def write_info(runtime, **info):
    (runtime / "jpserver-1.json").write_text(json.dumps(info))


def test_a_running_workbook_is_found_by_its_folder(tmp_path, server):
    write_info(tmp_path, root_dir=str(tmp_path), port=server, token="right")
    address = running.find_server(tmp_path, tmp_path)
    assert address == f"http://127.0.0.1:{server}/doc/tree/00%20Start%20here.ipynb?token=right"


@pytest.mark.parametrize(
    "other",
    [{"root_dir": "another"}, {"token": "of a dead server on this port"}, {"port": 1}],
    ids=lambda other: next(iter(other)),
)
def test_another_or_a_dead_server_is_not_found(tmp_path, server, other):
    write_info(tmp_path, **{"root_dir": str(tmp_path), "port": server, "token": "right"} | other)
    assert running.find_server(tmp_path, tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"port": 1}'])
def test_an_invalid_or_missing_info_file_is_skipped(tmp_path, content):
    assert running.find_server(tmp_path, tmp_path / "runtime") is None
    (tmp_path / "jpserver-1.json").write_text(content)
    assert running.find_server(tmp_path, tmp_path) is None
