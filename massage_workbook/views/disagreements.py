"""Where the sources differ, which side the course takes, and why."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.model import in_article, listed, unknown
from massage_workbook.course.schema import Disagreement, Position
from massage_workbook.questions.kind import shuffled
from massage_workbook.troubles import UnknownError
from massage_workbook.views.sources import cited, who

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
        for name, position in positions(one).items()
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
        "marks": {name: FOLLOWED[each.followed] for name, each in positions(one).items()},
        "follows": one.follows,
        "why": one.why,
        "sure": SURE[one.sure],
        "who": who(one, course),
    }


def judged(one: Disagreement, guess: str | None) -> str | None:
    """How a guess was: a key of `TOLD`."""
    if guess is None:
        return None
    by_id = positions(one)
    if guess == OWN_WAY:
        sides = {position.followed for position in by_id.values()}
        return "one side" if "wholly" in sides else "own way"
    return by_id[guess].followed


def positions(one: Disagreement) -> dict[str, Position]:
    """The positions by their ids in the page."""
    return {f"position-{i}": each for i, each in enumerate(one.positions, start=1)}
