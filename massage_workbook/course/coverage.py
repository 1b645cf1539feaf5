"""How much of the articles the course uses: lines with content that some item cites."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from massage_workbook.course.model import cited_lines
from massage_workbook.course.schema import Course, NotUsed

ENOUGH = 0.98
"""The share of the lines with content that the course must cite."""


@dataclass(frozen=True)
class Coverage:
    """Of one article: how many `content` lines there are, which are `missing` from the course.

    `unexplained` are those missing ones for which not_used.yaml gives no reason.
    """

    article: str
    content: int
    missing: tuple[int, ...]
    unexplained: tuple[int, ...]

    @property
    def cited(self) -> int:
        """Lines with content that are cited."""
        return self.content - len(self.missing)


def coverage(course: Course) -> list[Coverage]:
    """The coverage of each article."""
    used = {line for citation in citations(course) for line in cited_lines(citation)}
    excused = {
        line for item in course.not_used for each in item.lines for line in cited_lines(each)
    }
    made = []
    for article in course.articles:
        missing = article.content_lines - used
        made.append(
            Coverage(
                article.id,
                len(article.content_lines),
                tuple(sorted(missing)),
                tuple(sorted(missing - excused)),
            )
        )
    return made


def shortfalls(report: list[Coverage]) -> list[str]:
    """What is wrong with a coverage: too little cited, or a line left out without a reason."""
    cited, content = (sum(getattr(each, name) for each in report) for name in ("cited", "content"))
    found = [
        f"sources.yaml: article {each.article}: line {line} is not cited;"
        " cite it, or give the reason in not_used.yaml"
        for each in report
        for line in each.unexplained
    ]
    if cited < ENOUGH * content:
        found.append(f"{cited} of {content} lines are cited; {ENOUGH:.0%} must be")
    return found


def citations(item: object) -> Iterator[str]:
    """Every citation anywhere inside an item: its `sources`, and where a claim is made."""
    if isinstance(item, NotUsed):
        return
    if isinstance(item, BaseModel):
        yield from getattr(item, "sources", ())
        yield from getattr(item, "claimed_in", ())
        for name in type(item).model_fields:
            yield from citations(getattr(item, name))
    elif isinstance(item, tuple | list):
        for each in item:
            yield from citations(each)
    elif isinstance(item, dict):
        yield from citations(tuple(item.values()))
