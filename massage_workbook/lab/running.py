"""Is the workbook running already? Jupyter leaves a note of each server in the runtime folder."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

FIRST = "00 Start here.ipynb"
SECONDS_TO_ANSWER = 2


def address(port: int, token: str) -> str:
    """Return where the first lesson is to be seen."""
    return f"http://127.0.0.1:{port}/doc/tree/{quote(FIRST)}?token={token}"


def find(folder: Path, runtime: Path) -> str | None:
    """Return the address of the workbook that serves `folder`; None if there is none."""
    for note in notes(runtime):
        if Path(note["root_dir"]) == folder and answers(note["port"], note["token"]):
            return address(note["port"], note["token"])
    return None


def notes(runtime: Path) -> Iterator[dict]:
    """Yield the notes that can be read; a server that was killed leaves its own behind."""
    for path in runtime.glob("jpserver-*.json"):
        try:
            note = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(note, dict) and {"root_dir", "port", "token"} <= note.keys():
            yield note


def answers(port: int, token: str) -> bool:
    """Whether a server on this port takes this token: another program may have the port by now."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("GET", "/api/status", headers={"Authorization": f"token {token}"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
