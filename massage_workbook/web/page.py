"""The widgets of a page with Python in the browser; messages and replies are JSON."""

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
_page_lifetime = ExitStack()
_widgets: dict[str, list[widget.Widget]] = {}
_changed: dict[str, dict[str, Any]] = {}
"""Changed traits of each widget, by its name, since the last reply."""


def begin(drawn: Iterable[str]) -> None:
    """Refer to the pictures of these fingerprints by name; leave others empty."""
    known = frozenset(drawn)
    naming = pictures.named(lambda mark, _: f"{_PICTURE}{mark}" if mark in known else "")
    _page_lifetime.enter_context(naming)


def open_call(name: str, call: str) -> str:
    """Create the widgets of a lesson's call; return their states."""
    function, arguments, options = json.loads(call)
    made = parts(getattr(massage_workbook, function)(*arguments, **options))
    for number, each in enumerate(made):
        each.observe(_note(f"{name}/{number}"), names=All)
    _widgets[name] = made
    return _to_json(changed={f"{name}/{number}": state(each) for number, each in enumerate(made)})


def close(prefix: str) -> None:
    """Drop the widgets of a closed lesson."""
    for name in [each for each in _widgets if each.startswith(prefix)]:
        del _widgets[name]


def receive(place: str, message: str) -> str:
    """Pass a message to the widget at a place; return its reply and all changed traits."""
    name, _, number = place.rpartition("/")
    reply = _widgets[name][int(number)].receive(json.loads(message))
    text = _to_json(reply=reply)
    _changed.clear()
    return text


def not_stored(text: str, why: str) -> str:
    """A result that reports `why` instead of success, since the browser stored nothing."""
    result = json.loads(text)
    for changed in result["changed"].values():
        page = changed.get("page", {})
        if page.get("store_error", why) is None:
            page["store_error"] = why
    if "saved" in result["reply"]:
        result["reply"] = {"failed": why}
    else:
        result["reply"] = {"error": why} | result["reply"]
    return json.dumps(result)


def answers() -> str:
    """The text of a file with all answers and practices."""
    return _to_json(reply={"text": portable.to_text(widget.progress().answers())})


def add_answers(text: str) -> str:
    """Add the answers of such a file; the reply tells how many were new."""
    try:
        found = portable.from_text(text)
        given, _ = portable.split_by_clock(found, datetime.now(UTC))
        new = widget.progress().merge(given)
    except StoreError as error:
        return _to_json(reply={"error": error.message})
    return _to_json(reply={"said": f"{new} of {len(found)} answers were new and are added."})


def _note(place: str) -> Any:  # noqa: ANN401
    def note(change: Bunch) -> None:
        if not change.name.startswith("_"):
            _changed.setdefault(place, {})[change.name] = change.new

    return note


def _to_json(*, reply: dict[str, Any] | None = None, changed: dict[str, Any] | None = None) -> str:
    """JSON of a reply, with bytes as base64, and of changed traits."""
    reply = dict(reply or {})
    file = reply.pop("file", None)
    buffers = [b64encode(file).decode()] if file else []
    result = {"reply": reply, "buffers": buffers, "changed": changed or _changed}
    return json.dumps(result, default=str)
