"""Finds a running workbook by the server info files in Jupyter's runtime folder."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

FIRST_LESSON = "00 Start here.ipynb"
_TIMEOUT = 2  # seconds


def address(port: int, token: str) -> str:
    """Return the URL of the first lesson."""
    return f"http://127.0.0.1:{port}/doc/tree/{quote(FIRST_LESSON)}?token={token}"


def find_server(folder: Path, runtime: Path) -> str | None:
    """Return the URL of the running workbook that serves `folder`, or None."""
    for info in _server_infos(runtime):
        if Path(info["root_dir"]) == folder and _accepts_token(info["port"], info["token"]):
            return address(info["port"], info["token"])
    return None


def _server_infos(runtime: Path) -> Iterator[dict]:
    """Yield the valid server infos, which may be those of killed servers."""
    for path in runtime.glob("jpserver-*.json"):
        try:
            info = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(info, dict) and {"root_dir", "port", "token"} <= info.keys():
            yield info


def _accepts_token(port: int, token: str) -> bool:
    """Whether a server on this port accepts the token; another program may use the port now."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    try:
        connection.request("GET", "/api/status", headers={"Authorization": f"token {token}"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
