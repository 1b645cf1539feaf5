"""Disagreements of the sources, and the answer of the course."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.model import cites_article, join_words, unknown_message
from massage_workbook.course.schema import Disagreement, Viewpoint
from massage_workbook.errors import UnknownNameError
from massage_workbook.questions.kind import shuffled
from massage_workbook.views.sources import attribution, citation_labels

OWN_WAY = "own-way"
"""The guess that the course follows none of the positions wholly."""
_SEVERITY_LABELS = {"safety": "About safety", "craft": "About craft"}
FOLLOWED = {
    "wholly": "The course follows this",
    "in part": "Followed in part",
    "not": "Not followed",
}
_CERTAINTY_LABELS = {
    "high": "Quite sure.",
    "medium": "Fairly sure: the reasons are good, the proof is thin or missing.",
    "low": "Not sure: it may be otherwise, and this is the more careful way.",
}
_VERDICTS = {
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
"""Label of a question in the list, by the verdict on its guess."""


# --- selection -------------------------------------------------------------------------------


def find_disagreements(course: Course, topic: str | None) -> tuple[Disagreement, ...]:
    """The disagreements on a topic, or all of them, safety first.

    A topic is an id of their `about` (a technique, a zone, a rule), the id of a disagreement,
    `safety` or `craft`, or a word in their texts.

    Raises:
        UnknownNameError: none matches; the message suggests the nearest topic.
    """
    every = _safety_first(course.disagreements)
    if topic is None:
        return every
    found = tuple(one for one in every if topic in _topics(one))
    found = found or tuple(one for one in every if _mentions(one, topic))
    if not found:
        known = {name for one in course.disagreements for name in _topics(one)}
        raise UnknownNameError(unknown_message("topic", topic, known))
    return found


def disagreements_about(course: Course, names: Iterable[str]) -> tuple[Disagreement, ...]:
    """The disagreements about any of some ids, or with one of them, safety first."""
    names = {*names}
    found = (one for one in course.disagreements if names & {one.id, *one.about})
    return _safety_first(found)


def summaries(found: Iterable[Disagreement]) -> list[dict[str, str]]:
    """Each question with the answer of the course and its sources."""
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


def _mentions(one: Disagreement, word: str) -> bool:
    text = " ".join([one.question, one.follows, *(each.says for each in one.positions)])
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None


# --- one disagreement ------------------------------------------------------------------------


def question_view(one: Disagreement, course: Course) -> dict[str, Any]:
    """The question and its viewpoints, in an order that does not reveal the answer."""
    sources = dict.fromkeys(each for position in one.positions for each in position.sources)
    rows = [
        {
            "id": name,
            "by": held_by(position.sources),
            "says": position.says,
            "where": ", ".join(position.sources),
        }
        for name, position in viewpoints(one).items()
    ]
    return {
        "id": one.id,
        "question": one.question,
        "severity": _SEVERITY_LABELS[one.severity],
        "positions": shuffled(rows, one, seed=0),
        "own_way": {
            "id": OWN_WAY,
            "by": "None of them wholly",
            "says": "A way of its own: it joins some of them, or goes beyond.",
            "where": "",
        },
        "sources": citation_labels(sources, course),
    }


def held_by(sources: Sequence[str]) -> str:
    """The holders of a viewpoint, such as `Articles B and C`."""
    articles = sorted({citation[0] for citation in sources if cites_article(citation)})
    if not articles:
        return "Outside the articles"
    return f"Article{'s' if len(articles) > 1 else ''} {join_words(articles)}"


def answer_view(one: Disagreement, guess: str | None, course: Course) -> dict[str, Any]:
    """The answer of the course, its reason, and the verdict on a guess, if any."""
    return {
        "guess": guess,
        "verdict": _VERDICTS[judge_guess(one, guess)],
        "marks": {name: FOLLOWED[each.followed] for name, each in viewpoints(one).items()},
        "follows": one.follows,
        "why": one.why,
        "sure": _CERTAINTY_LABELS[one.sure],
        "attribution": attribution(one, course),
    }


def judge_guess(one: Disagreement, guess: str | None) -> str | None:
    """The verdict on a guess: a key of `_VERDICTS` and `STATES`."""
    if guess is None:
        return None
    by_id = viewpoints(one)
    if guess == OWN_WAY:
        sides = {position.followed for position in by_id.values()}
        return "one side" if "wholly" in sides else "own way"
    return by_id[guess].followed


def viewpoints(one: Disagreement) -> dict[str, Viewpoint]:
    """The viewpoints by their ids on the page."""
    return {f"position-{i}": each for i, each in enumerate(one.positions, start=1)}
