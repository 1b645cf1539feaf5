"""Writes the lessons as interactive pages: texts, pictures and the first states of widgets."""

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markupsafe import Markup

import massage_workbook
from massage_workbook import pages
from massage_workbook.course import Course
from massage_workbook.course.schema import Lesson
from massage_workbook.figures import palette
from massage_workbook.files import fingerprint
from massage_workbook.pages.calls import lesson_name, page_name
from massage_workbook.pages.lesson import Call, read_parts
from massage_workbook.pages.site import Prose, links_around, rendered
from massage_workbook.reader import read
from massage_workbook.safety.screening import Restrictions
from massage_workbook.session import Plan, make_steps
from massage_workbook.views.practice import whole_map
from massage_workbook.web import runtime
from massage_workbook.web.states import parts, state
from massage_workbook.widgets import body, pictures, widget
from massage_workbook.widgets.bundle import bundle
from massage_workbook.widgets.hosting import Box
from massage_workbook.widgets.player import Player
from massage_workbook.widgets.player import pictures as pictures_of_steps
from massage_workbook.widgets.practice_file import TEMPLATE as PRACTICE_TEMPLATE
from massage_workbook.widgets.practice_file import template as practice_template

_HERE = Path(__file__).parent
_WIDGETS = _HERE.parent / "widgets"
_FIRST = "index.html"
_COPIED = ("heartbeat.js", "icon.svg")


def render(course: Course, notebooks: Path, pyodide: Path) -> dict[str, str | bytes]:
    """All files of the edition by name; the pages to read are below `read`.

    Raises:
        RuntimeMissingError: the folder `pyodide` does not contain the runtime.
        LookupError, ValueError: a lesson has anything but text and valid calls.
        OSError: a file cannot be read.
    """
    python = runtime.sources(read(), pyodide)
    with ThreadPoolExecutor() as pool:
        bytecode = pool.submit(runtime.compiled, python, pyodide)
        return _pages(course, notebooks) | python | bytecode.result()


def _pages(course: Course, notebooks: Path) -> dict[str, str | bytes]:
    drawn = _Drawn()
    body.of_this_kernel()  # widgets elsewhere share it, so it must not refer to named pictures
    with _empty_home(), pictures.named(drawn.named):
        lessons = {each: _lesson(each, notebooks, course, drawn) for each in course.lessons}
        common = {"layers": pictures.layers_svg(course.structures)}
        _draw_for_plans(course)
    living = {
        page_name(each.notebook): rendered("living", **values, **links_around(each, course))
        for each, values in lessons.items()
    }
    common |= {
        "pages": {each.notebook: page_name(each.notebook) for each in course.lessons},
        "drawn": [*drawn.texts],
    }
    return {
        **living,
        _FIRST: living[page_name(course.lessons[0].notebook)],
        "style.css": _style(),
        "app.js": bundle(_HERE / "app.js"),
        PRACTICE_TEMPLATE: practice_template(),
        "worker.js": bundle(_HERE / "worker.js"),
        **{name: (_HERE / name).read_text(encoding="utf-8") for name in _COPIED},
        "edition.json": json.dumps(common),
        **{f"pictures/{mark}.svg": svg for mark, svg in drawn.texts.items()},
        **{f"read/{name}": each for name, each in pages.render(course, notebooks).items()},
    }


class _Drawn:
    """The pictures by fingerprint, and their references in the states of widgets."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def named(self, mark: str, draw: Any) -> str:  # noqa: ANN401
        if mark not in self.texts:
            self.texts[mark] = draw()
        return f"picture:{mark}"

    def all_named(self, value: Any) -> Any:  # noqa: ANN401
        """The same value with each picture in it replaced by its name."""
        if isinstance(value, str) and value.startswith("<svg"):
            return self.named(fingerprint(value), lambda: value)
        if isinstance(value, Mapping):
            return {name: self.all_named(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.all_named(each) for each in value]
        return value


@contextmanager
def _empty_home() -> Iterator[None]:
    """Give widgets the state for a new learner."""
    before = os.environ.get("MASSAGE_WORKBOOK_HOME")
    with TemporaryDirectory() as home:
        os.environ["MASSAGE_WORKBOOK_HOME"] = home
        try:
            yield
        finally:
            del os.environ["MASSAGE_WORKBOOK_HOME"]
            if before is not None:
                os.environ["MASSAGE_WORKBOOK_HOME"] = before


def _lesson(lesson: Lesson, notebooks: Path, course: Course, drawn: _Drawn) -> dict[str, Any]:
    """The template values of a lesson's page."""
    prose = Prose(course)
    text: list[Markup] = []
    calls: list[dict[str, Any]] = []
    for part in read_parts(notebooks / lesson.notebook):
        if isinstance(part, str):
            text.append(prose.html(part))
        else:
            text.append(Markup('<div class="place" id="call-{}"></div>').format(len(calls)))
            calls.append(_call(part, drawn))
    page = page_name(lesson.notebook)
    values = json.dumps({"page": page, "calls": calls}, default=str)
    return {
        "name": lesson_name(lesson),
        "page": page,
        "body": Markup("\n").join(text),
        "lesson": Markup(values.replace("<", "\\u003c")),  # noqa: S704 - ends no script
    }


def _call(call: Call, drawn: _Drawn) -> dict[str, Any]:
    """A call, and the first states of its widgets."""
    made = getattr(massage_workbook, call.function)(*call.arguments, **call.options)
    return {
        "call": [call.function, call.arguments, dict(call.options)],
        "classes": made._dom_classes if isinstance(made, Box) else [],  # noqa: SLF001
        "widgets": [
            {
                "script": each.script.relative_to(_WIDGETS).as_posix(),
                "state": drawn.all_named(_state_in_page(each)),
            }
            for each in parts(made)
        ],
    }


def _state_in_page(of: widget.Widget) -> dict[str, Any]:
    """The state of a widget in a page, where the libraries that draw are missing."""
    values = state(of)
    return values | {"draws": False} if "draws" in values else values


def _draw_for_plans(course: Course) -> None:
    """Draw all pictures that the practice of a plan without exclusions may show."""
    pictures.body_svg()
    for session in course.sessions:
        steps = make_steps(Plan.of(session, course), course)
        pictures_of_steps(steps, course, Restrictions())
    for technique in course.techniques:
        pictures.strokes_svg(*whole_map(technique, course))
        pictures.hand_svg(technique)
    for topic in widget.course().topics:
        for question in topic.questions:
            pictures.of_question(question, course)


def _style() -> str:
    """The style sheets of the pages and of all widgets as one."""
    shared = (_WIDGETS / "shared" / "host.css", *widget.SHARED)
    own = sorted(path for path in _WIDGETS.glob("*.css") if path not in shared)
    sheets = (pages.STYLE, *shared, *own, _HERE / "web.css")
    return "".join(
        [
            palette.css_of_pages(),
            palette.css(always_dark=Player.always_dark),
            *(path.read_text(encoding="utf-8") for path in sheets),
        ]
    )
