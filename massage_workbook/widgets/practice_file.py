"""A practice in one HTML file, for a phone: plan, pictures, cues and player, without a network."""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from gzip import compress
from html import escape
from pathlib import Path
from typing import Any

from massage_workbook.course import Course
from massage_workbook.errors import UserError
from massage_workbook.figures import palette
from massage_workbook.files import fingerprint
from massage_workbook.safety.screening import Decision, restrictions_of
from massage_workbook.session import Plan, make_steps
from massage_workbook.views import practice as view
from massage_workbook.widgets.bundle import bundle
from massage_workbook.widgets.hosting import IN_PAGE, file_beside_page
from massage_workbook.widgets.pictures import body_svg, in_full
from massage_workbook.widgets.player import Player, pictures
from massage_workbook.widgets.widget import SHARED

TEMPLATE = "practice-template.html"
"""The file beside a page that has the text of `template`."""
_HERE = Path(__file__).parent


class NoPracticeError(UserError):
    """The screening does not allow this practice today; the message says why."""


def practice_file(
    course: Course, title: str, plan: Plan, decision: Decision | None, now: datetime
) -> str:
    """The text of the file, as the decision of today's screening allows it, at `now`.

    Raises:
        NoPracticeError: today's screening does not allow the practice.
    """
    restrictions = restrictions_of(decision)
    steps = make_steps(plan, course, restrictions)
    notices = view.file_notices(decision, steps, course, now.astimezone().date())
    if notices["today"]["state"] == "refused":
        raise NoPracticeError(" ".join([notices["today"]["text"], *notices["today"]["reasons"]]))
    session = view.practice_view(steps, title, course, restrictions)
    key = fingerprint(f"{session['key']} {now.isoformat()}")
    with in_full():
        drawn = {"pictures": pictures(steps, course, restrictions), "body": body_svg()}
    values = {
        **notices,
        "state": {"session": session, **drawn, "speed": 1, "storage_key": key},
    }
    text = file_beside_page(TEMPLATE) if IN_PAGE else template()
    return text.replace("$title", escape(title), 1).replace("$practice", _packed(values), 1)


def template() -> str:
    """The text of a file, with `$title` and `$practice` as placeholders."""
    text = (_HERE / "player" / "file.html").read_text(encoding="utf-8")
    script = bundle(_HERE / "player" / "file.js")
    return text.replace("$style", _style(), 1).replace("$script", script, 1)


def _style() -> str:
    host, own = _HERE / "shared" / "host.css", _HERE / "player" / "file.css"
    paths = (host, *SHARED, *Player.stylesheets, own)
    styles = (path.read_text(encoding="utf-8") for path in paths)
    return "".join([palette.css_of_pages(), palette.css(always_dark=Player.always_dark), *styles])


def _packed(values: Mapping[str, Any]) -> str:
    """Compressed JSON, as base64; the same values give the same text."""
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return b64encode(compress(text.encode(), mtime=0)).decode()
