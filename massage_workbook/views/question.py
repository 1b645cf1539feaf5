"""A question as it is asked, and as it is printed with its answer."""

from typing import Any

from massage_workbook.course import Course
from massage_workbook.questions import Question
from massage_workbook.questions.grading import grade
from massage_workbook.views.disagreements import in_short, touching
from massage_workbook.views.sources import who

FIRST = 0
"""The seed of the order of choices for somebody who is asked for the first time."""


def asked(question: Question, seed: int, course: Course) -> dict[str, Any]:
    """What a page needs to ask it, and nothing that tells the answer.

    `seed` decides on the order of choices. What it shows is drawn by `figures.questions`.
    """
    return {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.prompt,
        "code": question.code,
        "tex": question.tex,
        **question.controls(seed, course),
    }


def explained(question: Question, course: Course) -> dict[str, Any]:
    """Why the right answer is right, who says so, and where sources differ."""
    return {
        "why": question.why,
        "who": who(question, course),
        "differ": in_short(touching(course, question.about)),
    }


def printed(question: Question, number: int, course: Course) -> dict[str, Any]:
    """The question and its answer for paper; `Kind.printed` says what is in it."""
    given = grade(question, None, course)
    return {
        "id": question.id,
        "number": number,
        "kind": question.kind,
        "prompt": question.prompt,
        "hint": "",
        "lettered": [],
        "pairs": [],
        "technique": None,
        "remarks": [],
        **explained(question, course),
        **question.printed(question.controls(FIRST, course), given),
    }
