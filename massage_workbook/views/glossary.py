"""The glossary: terms in three languages, and their garbled forms in translated articles."""

from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.schema import Term
from massage_workbook.views.sources import attribution


def terms(course: Course) -> list[dict[str, Any]]:
    """All terms, ordered by English name."""
    return [_row(term, course) for term in sorted(course.glossary, key=_sort_key)]


def _sort_key(term: Term) -> str:
    """The sort key: "A hand that can feel" is under H."""
    return term.names.english.lower().removeprefix("a ")


def _row(term: Term, course: Course) -> dict[str, Any]:
    return {
        "id": term.id,
        "english": term.names.english,
        "swedish": term.names.swedish,
        "russian": term.names.russian,
        "meaning": term.meaning,
        "article_says": term.article_says,
        "attribution": attribution(term, course),
    }
