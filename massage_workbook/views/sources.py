"""Who says so, in words."""

from collections.abc import Iterable
from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.model import Sourced, cited_lines

BASES = {
    "stated": "The articles say so.",
    "reconstructed": "The articles do not give this figure; the course reconstructed it.",
    "added": "The articles are silent here; the course added it.",
}
"""What the basis of a fact means."""


def who(item: Sourced, course: Course) -> dict[str, Any]:
    """Who says so: the basis, how it was reached, and the sources by name."""
    return {"basis": item.basis, "note": item.note, "sources": cited(item.sources, course)}


def cited(citations: Iterable[str], course: Course) -> list[str]:
    """Citations by name: an article's title and line, or an outside source's title and grade."""
    articles = {article.id: article.title for article in course.articles}
    references = {reference.id: reference for reference in course.references}
    said = []
    for citation in citations:
        if lines := cited_lines(citation):
            span = f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]}-{lines[-1]}"
            said.append(f"{citation}: {articles[citation[0]]}, {span}")
        else:
            reference = references[citation]
            said.append(f"{citation}: {reference.title} ({reference.grade})")
    return said
