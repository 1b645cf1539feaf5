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
from massage_workbook.safety.screening import Decision, Restrictions
from massage_workbook.session import Plan, make_steps
from massage_workbook.views import practice as view
from massage_workbook.widgets.bundle import bundle
from massage_workbook.widgets.hosting import IN_PAGE, file_beside_page
from massage_workbook.widgets.pictures import body_svg, in_full
from massage_workbook.widgets.player import Player, pictures
from massage_workbook.widgets.widget import SHARED

FRAME = "practice-frame.html"
"""The file in the folder of a page with the text of `frame`."""
_HERE = Path(__file__).parent


class NoPracticeError(UserError):
    """The screening does not allow this practice today; the message says why."""


def practice_file(
    course: Course, title: str, plan: Plan, decision: Decision | None, now: datetime
) -> str:
    """The text of the file, as the decision on the screening of the day of `now` allows it.

    Raises:
        NoPracticeError: today's screening does not allow the practice.
    """
    shut = decision.restrictions if decision else Restrictions()
    steps = make_steps(plan, course, shut)
    notices = view.file_notices(decision, steps, course, now.astimezone().date())
    if notices["today"]["state"] == "no":
        raise NoPracticeError(" ".join([notices["today"]["says"], *notices["today"]["reasons"]]))
    session = view.practice_view(steps, title, course, shut)
    key = fingerprint(f"{session['key']} {now.isoformat()}")
    with in_full():
        shown = {"pictures": pictures(steps, course, shut), "body": body_svg()}
    given = {
        **notices,
        "state": {"session": session, **shown, "speed": 1, "storage_key": key},
    }
    text = file_beside_page(FRAME) if IN_PAGE else frame()
    return text.replace("$title", escape(title), 1).replace("$practice", _packed(given), 1)


def frame() -> str:
    """The text of a file, with `$title` and `$practice` in the places of those."""
    text = (_HERE / "player" / "file.html").read_text(encoding="utf-8")
    script = bundle(_HERE / "player" / "file.js")
    return text.replace("$style", _style(), 1).replace("$script", script, 1)


def _style() -> str:
    host, own = SHARED.with_name("host.css"), _HERE / "player" / "file.css"
    paths = (host, SHARED, *Player.stylesheets, own)
    styles = (path.read_text(encoding="utf-8") for path in paths)
    return "".join([palette.css_of_pages(), palette.css(always_dark=Player.always_dark), *styles])


def _packed(given: Mapping[str, Any]) -> str:
    """Compressed JSON, as base64; the same values give the same text."""
    text = json.dumps(given, separators=(",", ":"), ensure_ascii=False)
    return b64encode(compress(text.encode(), mtime=0)).decode()
