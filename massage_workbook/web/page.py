"""The widgets of a page whose Python runs beside it: JSON comes in, and JSON goes out."""

import json
from base64 import b64encode
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

from traitlets import All, Bunch

import massage_workbook
from massage_workbook.store import StoreError, portable
from massage_workbook.web.states import parts, state
from massage_workbook.widgets import pictures, widget

_PICTURE = "picture:"
_as_long_as_the_page = ExitStack()
_widgets: dict[str, list[widget.Widget]] = {}
_changed: dict[str, dict[str, Any]] = {}
"""What changed in each widget, by its name, since the page was told."""


def begin(drawn: Iterable[str]) -> None:
    """Show the pictures of these fingerprints by their names; others are not shown."""
    known = frozenset(drawn)
    naming = pictures.named(lambda mark, _: f"{_PICTURE}{mark}" if mark in known else "")
    _as_long_as_the_page.enter_context(naming)


def open_call(name: str, call: str) -> str:
    """Make the widgets of a lesson's call, and tell all of their states."""
    function, arguments, options = json.loads(call)
    made = parts(getattr(massage_workbook, function)(*arguments, **options))
    for number, each in enumerate(made):
        each.observe(_note(f"{name}/{number}"), names=All)
    _widgets[name] = made
    return _told(changed={f"{name}/{number}": state(each) for number, each in enumerate(made)})


def close(prefix: str) -> None:
    """Forget the widgets of a lesson that was left."""
    for name in [each for each in _widgets if each.startswith(prefix)]:
        del _widgets[name]


def receive(place: str, message: str) -> str:
    """Carry out a message to the widget at a place, and tell what changed in any of them."""
    name, _, number = place.rpartition("/")
    reply = _widgets[name][int(number)].receive(json.loads(message))
    told = _told(reply=reply)
    _changed.clear()
    return told


def not_stored(told: str, why: str) -> str:
    """What was told, corrected where it says that something is saved: the browser took nothing."""
    said = json.loads(told)
    for changed in said["changed"].values():
        if changed.get("page", {}).get("saved") == "saved":
            changed["page"]["saved"] = why
    if "kept" in said["reply"]:
        said["reply"] = {"failed": why}
    else:
        said["reply"] = {"error": why} | said["reply"]
    return json.dumps(said)


def answers() -> str:
    """The text of a file with all answers and practices."""
    return _told(reply={"text": portable.to_text(widget.progress().answers())})


def add_answers(text: str) -> str:
    """Add the answers of such a file, and say how many were new."""
    try:
        found = portable.from_text(text)
        given, _ = portable.split_by_clock(found, datetime.now(UTC))
        new = widget.progress().merge(given)
    except StoreError as error:
        return _told(reply={"error": error.message})
    return _told(reply={"said": f"{new} of {len(found)} answers were new and are in."})


def _note(place: str) -> Any:  # noqa: ANN401
    def note(change: Bunch) -> None:
        if not change.name.startswith("_"):
            _changed.setdefault(place, {})[change.name] = change.new

    return note


def _told(*, reply: dict[str, Any] | None = None, changed: dict[str, Any] | None = None) -> str:
    """JSON of a reply, whose bytes are base64, and of what changed."""
    reply = dict(reply or {})
    file = reply.pop("file", None)
    buffers = [b64encode(file).decode()] if file else []
    told = {"reply": reply, "buffers": buffers, "changed": changed or _changed}
    return json.dumps(told, default=str)
