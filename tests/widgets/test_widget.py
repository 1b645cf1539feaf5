"""What all widgets share: their scripts, and the messages that they take."""

from importlib import import_module
from pathlib import Path

import pytest

from massage_workbook import widgets
from massage_workbook.widgets.bundle import bundle
from massage_workbook.widgets.widget import Interactive, Widget

for module in Path(widgets.__file__).parent.glob("*.py"):
    import_module(f"massage_workbook.widgets.{module.stem}")


def _all_below(kind):
    return {
        each
        for below in kind.__subclasses__()
        for each in (*([below] if hasattr(below, "script") else []), *_all_below(below))
    }


def test_every_widget_script_follows_links_and_guards_keys():
    assert [
        each.__name__
        for each in _all_below(Widget)
        if not {"function followLinks", "function keepKeys"} <= _functions(bundle(each.script))
    ] == []


def _functions(script):
    return {line.partition("(")[0] for line in script.splitlines()}


@pytest.mark.parametrize("kind", sorted(_all_below(Interactive), key=str), ids=lambda k: k.__name__)
def test_an_invalid_message_gets_an_error(kind):
    widget = kind.__new__(kind)
    for message in (None, [], {}, {"do": "no such thing"}, {"do": 1}, {"doo": "refresh"}):
        reply = kind.receive(widget, message)
        assert "does not know" in reply["error"]
