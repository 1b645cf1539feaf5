"""Sources of items, in words."""

from collections.abc import Iterable
from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.model import Sourced, cited_lines

BASIS_LABELS = {
    "stated": "The articles say so.",
    "reconstructed": "The articles do not give this figure; the course reconstructed it.",
    "added": "The articles are silent here; the course added it.",
}
"""Explanation of each basis."""


def attribution(item: Sourced, course: Course) -> dict[str, Any]:
    """The basis of an item, its note, and its sources by name."""
    return {
        "basis": item.basis,
        "note": item.note,
        "sources": citation_labels(item.sources, course),
    }


def citation_labels(citations: Iterable[str], course: Course) -> list[str]:
    """Each citation with its article's title and lines, or its reference's title and grade."""
    articles = {article.id: article.title for article in course.articles}
    references = {reference.id: reference for reference in course.references}
    labels = []
    for citation in citations:
        if lines := cited_lines(citation):
            span = f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]}-{lines[-1]}"
            labels.append(f"{citation}: {articles[citation[0]]}, {span}")
        else:
            reference = references[citation]
            labels.append(f"{citation}: {reference.title} ({reference.grade})")
    return labels
