"""What all widgets of the workbook share: its colours, and where its learner's answers are kept."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import ClassVar

import anywidget
import traitlets

from massage_workbook import paths
from massage_workbook.course import Course
from massage_workbook.course.model import named
from massage_workbook.figures import palette
from massage_workbook.questions import made
from massage_workbook.reader import own_topics, read
from massage_workbook.safety.today import Today
from massage_workbook.session import Plan
from massage_workbook.store import Progress, StoreError
from massage_workbook.store.plans import TO_PRACTISE, Plans
from massage_workbook.store.progress import Cache
from massage_workbook.store.screenings import Screenings

# Where a widget shows, the lesson is awake. Voilà names the cell that says otherwise by its tag.
AWAKE = ".celltag_asleep { display: none }\n"
LINKS, NODE = (Path(__file__).with_name(name) for name in ("links.js", "node.js"))
"""What every widget brings along: how a link to a lesson is followed, how an element is made."""
USUAL = "standard-20"
"""The ready-made session where nothing says which."""
_CACHES: defaultdict[Path, Cache] = defaultdict(Cache)
"""What this kernel remembers of a file of answers."""


class Widget(anywidget.AnyWidget):
    """An anywidget whose style sheet knows the workbook's colours, in light and in dark.

    The front end loads one file a widget. A subclass has one script as its `_esm`, or several as
    `scripts`, which make one module: each has plain top-level declarations, and the last one the
    default export.
    """

    scripts: ClassVar[tuple[Path, ...]] = ()
    stylesheets: ClassVar[tuple[Path, ...]]
    always_dark: ClassVar[str] = ""
    """A selector of what has the colours of dark themes, whatever the theme is."""
    _css = traitlets.Unicode().tag(sync=True)

    def __init_subclass__(cls, **kwargs: object) -> None:
        own = cls.__dict__.get("_esm")
        scripts = cls.__dict__.get("scripts", (own,) if isinstance(own, Path) else ())
        if scripts:
            cls._esm = one_module((LINKS, NODE, *scripts))
        super().__init_subclass__(**kwargs)

    @traitlets.default("_css")
    def _colours_and_styles(self) -> str:
        styles = (path.read_text(encoding="utf-8") for path in self.stylesheets)
        return "".join((palette.css(always_dark=self.always_dark), AWAKE, *styles))


def one_module(scripts: Iterable[Path]) -> str:
    """The text of a module that has what is in all scripts, in their order."""
    return "\n".join(path.read_text(encoding="utf-8") for path in scripts)


@cache
def course() -> Course:
    """The workbook's course with the topics made from it and a teacher's own, read once."""
    found = read()
    own = own_topics(paths.own_questions(), found)
    topics = (*found.topics, *made.topics(found), *own)
    return found.model_copy(update={"topics": topics})


def progress() -> Progress:
    """The learner's answers, whose file is verified once a kernel."""
    return Progress(paths.progress(), now(), _CACHES[paths.progress()])


def plans() -> Plans:
    """The learner's plans."""
    return Plans(paths.plans(), course())


def screenings() -> Screenings:
    """Where the learner's screening is kept, if the learner says so."""
    return Screenings(paths.home() / "screening.json")


@cache
def today() -> Today:
    """Today's screening, as this kernel knows it."""
    return Today(course(), lambda now: screenings().of_today(now))


def plan_to_practise() -> tuple[str, Plan]:
    """The title and the plan laid ready in the planner, else the ready-made 20 minutes."""
    try:
        return plans().open(TO_PRACTISE)
    except (LookupError, StoreError):
        return ready_made()


def ready_made() -> tuple[str, Plan]:
    """The title and the plan of the ready-made 20 minutes."""
    session = named("session", USUAL, course().sessions)
    return session.name, Plan.of(session, course())


def now() -> datetime:
    """This moment, in UTC. Widgets are where the clock comes in; nothing below asks for it."""
    return datetime.now(UTC)
