"""Base classes of all widgets, and the course and stores of this kernel."""

import sys
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import traitlets
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from massage_workbook import paths
from massage_workbook.classroom.submission import Submission
from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.errors import READ_ONLY, UserError
from massage_workbook.figures import palette
from massage_workbook.questions import generated
from massage_workbook.reader import own_topics, read
from massage_workbook.safety.today import TodaysScreening
from massage_workbook.session import Plan
from massage_workbook.store import Progress, StoreError, browser_key
from massage_workbook.store.plans import TO_PRACTISE, Plans
from massage_workbook.store.progress import Cache
from massage_workbook.store.screenings import Screenings
from massage_workbook.widgets.bundle import bundle
from massage_workbook.widgets.hosting import AnyWidget

# A visible widget means that the lesson runs. Voilà marks the cell that says otherwise by its tag.
AWAKE = ".celltag_asleep { display: none }\n"
SHARED = tuple(Path(__file__).parent / "shared" / name for name in ("tokens.css", "shared.css"))
USUAL = "standard-20"
"""The default ready-made session."""
_CACHES: defaultdict[Path, Cache] = defaultdict(Cache)
"""This kernel's cache of each file of answers."""


class Widget(AnyWidget):
    """An anywidget with its script and style sheets, and the colours of the palette.

    By default a subclass has those files that are named like its Python module and beside it. The
    `script` is bundled with the modules that it imports.
    """

    script: ClassVar[Path]
    stylesheets: ClassVar[tuple[Path, ...]]
    always_dark: ClassVar[str] = ""
    """CSS selector of elements that are dark in every theme."""
    _css = traitlets.Unicode().tag(sync=True)

    def __init_subclass__(cls, **kwargs: object) -> None:
        module = Path(sys.modules[cls.__module__].__file__)
        script = cls.__dict__.get("script", module.with_suffix(".js"))
        # A page has the scripts by itself; traitlets subclasses a widget to add traits to it.
        if script.is_file() and script != getattr(super(cls, cls), "script", None):
            cls.script, cls._esm = script, bundle(script)
            cls.stylesheets = cls.__dict__.get("stylesheets", (module.with_suffix(".css"),))
        super().__init_subclass__(**kwargs)

    @traitlets.default("_css")
    def _colours_and_styles(self) -> str:
        styles = (path.read_text(encoding="utf-8") for path in (*SHARED, *self.stylesheets))
        return "".join((palette.css(always_dark=self.always_dark), AWAKE, *styles))


class Message(BaseModel):
    """A message of a page, told apart by its `do`; types are strict."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Refresh(Message):
    """The page asks for the current values."""

    do: Literal["refresh"]


class Interactive(Widget):
    """A widget that takes messages of its page and replies to each.

    On the wire a message has an `id`, which its reply repeats as `reply`. A subclass declares its
    `messages`, a union discriminated by `do`, and handles them in `_carry_out`.
    """

    messages: ClassVar[TypeAdapter[Any]]

    def __init__(self, **traits: Any) -> None:  # noqa: ANN401
        super().__init__(**traits)
        self.on_msg(self._respond)

    def receive(self, message: object) -> dict[str, Any]:
        """Carry out a message and return the reply.

        An unknown message, or one that fails, changes nothing; the reply then has an `error`. Bytes
        are sent as `file`.
        """
        try:
            return self._carry_out(self.messages.validate_python(message)) or {}
        except ValidationError as error:
            return {"error": _invalid(error)}
        except UserError as error:
            return {"error": error.message}

    def _carry_out(self, message: Any) -> dict[str, Any] | None:  # noqa: ANN401
        raise NotImplementedError

    def _respond(self, _: object, message: dict[str, Any], __: object) -> None:
        reply = self.receive({name: each for name, each in message.items() if name != "id"})
        file = reply.pop("file", None)
        self.send({"reply": message.get("id"), **reply}, [file] if file else [])


def _invalid(error: ValidationError) -> str:
    """The fields of a message that are wrong, and why."""
    said = "; ".join(
        f"{'.'.join(map(str, each['loc'])) or 'the message'}: {each['msg']}"
        for each in error.errors(include_url=False)
    )
    return f"This page sent a message that its widget does not know. {said}"


@cache
def course() -> Course:
    """The course, with generated topics and the teacher's own; cached."""
    found = read()
    return generated.complete(found, own_topics(paths.own_questions(), found))


def progress() -> Progress:
    """The learner's answers; their file is verified once per kernel."""
    return Progress(paths.progress(), now(), _CACHES[paths.progress()])


def submission(store: Progress) -> Submission:
    """The submission of the learner for a teacher.

    Raises:
        StoreError: the answers cannot be read, or the pseudonym cannot be kept.
    """
    home, zone = paths.home(), now().astimezone().tzinfo
    pseudonym = browser_key.read_or_create(home, browser_key.PSEUDONYM)
    if not pseudonym:
        raise StoreError(f"Your pseudonym cannot be kept in {home}. {READ_ONLY}")
    return Submission.of(pseudonym, store.answers(), course(), zone)


def plans() -> Plans:
    """The learner's plans."""
    return Plans(paths.plans(), course())


def screenings() -> Screenings:
    """The store of today's screening, used only if the learner saves it."""
    return Screenings(paths.home() / "screening.json")


@cache
def today() -> TodaysScreening:
    """Today's screening in this kernel."""
    return TodaysScreening(course(), lambda now: screenings().load(now))


def plan_to_practise() -> tuple[str, Plan]:
    """Title and plan chosen in the planner, else the default session."""
    try:
        return plans().open(TO_PRACTISE)
    except (LookupError, StoreError):
        return ready_made()


def plan_named(name: str) -> tuple[str, Plan]:
    """The title and the plan that the learner saved under a name, else of a ready-made session.

    Raises:
        LookupError: there is none of that name; the message suggests the nearest.
        StoreError: the plan cannot be read.
    """
    saved = plans()
    if name in saved.names():
        return saved.open(name)
    return ready_made(name)


def ready_made(name: str = USUAL) -> tuple[str, Plan]:
    """Title and plan of a ready-made session by id."""
    session = find_item("session", name, course().sessions)
    return session.name, Plan.of(session, course())


def now() -> datetime:
    """The current time, in UTC. Only widgets read the clock; lower layers are passed the time."""
    return datetime.now(UTC)
