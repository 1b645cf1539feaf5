"""Where the sources differ: guess which side the course takes, then see what it follows and why."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import traitlets
from pydantic import Field, TypeAdapter

from massage_workbook.course import Course
from massage_workbook.course.model import in_article, listed, unknown
from massage_workbook.course.schema import Disagreement, Position
from massage_workbook.grading import shuffled
from massage_workbook.troubles import UnknownError
from massage_workbook.widgets.sources import cited, who
from massage_workbook.widgets.widget import Interactive, Message

HERE = Path(__file__).parent
OWN_WAY = "own-way"
"""The guess that the course follows none of the positions wholly."""
SEVERITIES = {"safety": "About safety", "craft": "About craft"}
FOLLOWED = {
    "wholly": "The course follows this",
    "in part": "Followed in part",
    "not": "Not followed",
}
SURE = {
    "high": "Quite sure.",
    "medium": "Fairly sure: the reasons are good, the proof is thin or missing.",
    "low": "Not sure: it may be otherwise, and this is the more careful way.",
}
TOLD = {
    "wholly": "Yes. That is what the course follows.",
    "in part": "In part. The course takes this in and does not stop there.",
    "not": "No. The course follows something else here.",
    "own way": "Yes. The course goes a way of its own.",
    "one side": "Not here. The course follows one of them wholly.",
    None: "This is what the course follows.",
}
STATES = {
    "wholly": "guessed",
    "own way": "guessed",
    "in part": "guessed in part",
    "not": "guessed otherwise",
    "one side": "guessed otherwise",
    None: "looked up",
}
"""What the list says of a question, by how its guess was."""


class Guess(Message):
    """The learner's guess at a question, or None to be shown the answer."""

    do: Literal["guess"]
    question: str
    position: str | None


class Go(Message):
    """To the question at that place of the list."""

    do: Literal["go"]
    to: int


class ShowAll(Message):
    """All questions with their answers, or one at a time."""

    do: Literal["show all"]
    on: bool


class Disagreements(Interactive):
    """The disagreements of a topic, one at a time, or all of them with their answers.

    `page` is what is on the screen. It holds nothing of the course's answer to a question before
    the learner has guessed, or has asked to see it.
    """

    script = HERE / "disagreements.js"
    stylesheets = (HERE / "disagreements.css",)
    messages = TypeAdapter(Annotated[Guess | Go | ShowAll, Field(discriminator="do")])
    page = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, topic: str | None = None) -> None:
        self._course, self._chosen = course, chosen(course, topic)
        self._guesses: dict[str, str | None] = {}
        self._at = 0
        super().__init__(page=self._one())

    def _one(self) -> dict[str, Any]:
        one = self._chosen[self._at]
        guessed = one.id in self._guesses
        return {
            "show": "one",
            "at": self._at,
            "list": [self._listed(each) for each in self._chosen],
            "asked": asked(one, self._course),
            "answer": answered(one, self._guesses[one.id], self._course) if guessed else None,
        }

    def _all(self) -> dict[str, Any]:
        return {
            "show": "all",
            "all": [
                {"asked": asked(one, self._course), "answer": answered(one, None, self._course)}
                for one in self._chosen
            ],
        }

    def _listed(self, one: Disagreement) -> dict[str, str]:
        guessed = one.id in self._guesses
        state = STATES[judged(one, self._guesses[one.id])] if guessed else "open"
        return {"question": one.question, "state": state}

    def _carry_out(self, message: Guess | Go | ShowAll) -> None:
        match message:
            case Guess(question=name, position=position) if self._is_open(name):
                if position in {None, OWN_WAY, *_positions(self._chosen[self._at])}:
                    self._guesses[name] = position
                    self.page = self._one()
            case Go(to=to) if self.page["show"] == "one":
                self._at = to % len(self._chosen)
                self.page = self._one()
            case ShowAll(on=on):
                self.page = self._all() if on else self._one()

    def _is_open(self, name: str) -> bool:
        """Whether that question is on the screen and its answer is not: a guess stands."""
        one = self._chosen[self._at]
        return self.page["show"] == "one" and one.id == name and name not in self._guesses


# --- which of them ---------------------------------------------------------------------------


def chosen(course: Course, topic: str | None) -> tuple[Disagreement, ...]:
    """The disagreements of a topic, or all of them, what touches safety first.

    A topic is an id that some are about (a technique, a zone, a rule), the id of one of them,
    `safety` or `craft`, or a word that stands in them.

    Raises:
        LookupError: none has to do with it; it says which topic is near.
    """
    all_of_them = _safety_first(course.disagreements)
    if topic is None:
        return all_of_them
    found = tuple(one for one in all_of_them if topic in _topics(one))
    found = found or tuple(one for one in all_of_them if _speaks_of(one, topic))
    if not found:
        known = {name for one in course.disagreements for name in _topics(one)}
        raise UnknownError(unknown("topic", topic, known))
    return found


def touching(course: Course, names: Iterable[str]) -> tuple[Disagreement, ...]:
    """The disagreements that are about one of some ids, or are one, what touches safety first."""
    names = {*names}
    found = (one for one in course.disagreements if names & {one.id, *one.about})
    return _safety_first(found)


def in_short(found: Iterable[Disagreement]) -> list[dict[str, str]]:
    """Each question with what the course follows and after whom, as plain values."""
    return [
        {
            "id": one.id,
            "question": one.question,
            "follows": one.follows,
            "where": ", ".join(one.sources),
        }
        for one in found
    ]


def _safety_first(found: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    return tuple(sorted(found, key=lambda one: one.severity != "safety"))


def _topics(one: Disagreement) -> set[str]:
    return {one.id, one.severity, *one.about}


def _speaks_of(one: Disagreement, word: str) -> bool:
    said = " ".join([one.question, one.follows, *(each.says for each in one.positions)])
    return re.search(rf"\b{re.escape(word)}\b", said, re.IGNORECASE) is not None


# --- one of them -----------------------------------------------------------------------------


def asked(one: Disagreement, course: Course) -> dict[str, Any]:
    """The question and its positions as plain values, in an order that gives nothing away."""
    sources = dict.fromkeys(each for position in one.positions for each in position.sources)
    rows = [
        {
            "id": name,
            "by": by(position.sources),
            "says": position.says,
            "where": ", ".join(position.sources),
        }
        for name, position in _positions(one).items()
    ]
    return {
        "id": one.id,
        "question": one.question,
        "severity": SEVERITIES[one.severity],
        "positions": shuffled(rows, one, seed=0),
        "own_way": {
            "id": OWN_WAY,
            "by": "None of them wholly",
            "says": "A way of its own: it joins some of them, or goes beyond.",
            "where": "",
        },
        "sources": cited(sources, course),
    }


def by(sources: Sequence[str]) -> str:
    """Whose position it is, such as `Articles B and C`."""
    articles = sorted({citation[0] for citation in sources if in_article(citation)})
    if not articles:
        return "Outside the articles"
    return f"Article{'s' if len(articles) > 1 else ''} {listed(articles)}"


def answered(one: Disagreement, guess: str | None, course: Course) -> dict[str, Any]:
    """What the course follows, why, and how the guess was; None is no guess."""
    return {
        "guess": guess,
        "told": TOLD[judged(one, guess)],
        "marks": {name: FOLLOWED[each.followed] for name, each in _positions(one).items()},
        "follows": one.follows,
        "why": one.why,
        "sure": SURE[one.sure],
        "who": who(one, course),
    }


def judged(one: Disagreement, guess: str | None) -> str | None:
    """How a guess was: a key of `TOLD`."""
    if guess is None:
        return None
    positions = _positions(one)
    if guess == OWN_WAY:
        sides = {position.followed for position in positions.values()}
        return "one side" if "wholly" in sides else "own way"
    return positions[guess].followed


def _positions(one: Disagreement) -> dict[str, Position]:
    """The positions by their ids in the page."""
    return {f"position-{i}": each for i, each in enumerate(one.positions, start=1)}
