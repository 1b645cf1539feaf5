"""A question for the page, and with its answer for print."""

from typing import Any

from massage_workbook.course import Course
from massage_workbook.questions import Question
from massage_workbook.questions.grading import grade
from massage_workbook.views.disagreements import disagreements_about, summaries
from massage_workbook.views.sources import attribution

FIRST = 0
"""The seed for the order of choices when a question is first asked."""


def question_view(question: Question, seed: int, course: Course) -> dict[str, Any]:
    """A question for the page, without its answer.

    `seed` decides the order of choices; `widgets.pictures` has its picture.
    """
    return {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.prompt,
        "code": question.code,
        "tex": question.tex,
        **question.controls(seed, course),
    }


def explanation(question: Question, course: Course) -> dict[str, Any]:
    """The reason for the answer, its sources, and related disagreements."""
    return {
        "why": question.why,
        "attribution": attribution(question, course),
        "disagreements": summaries(disagreements_about(course, question.about)),
    }


def print_view(question: Question, number: int, course: Course) -> dict[str, Any]:
    """The question and its answer for print; `Kind.printed` adds the fields of its kind."""
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
        **explanation(question, course),
        **question.printed(question.controls(FIRST, course), given),
    }
