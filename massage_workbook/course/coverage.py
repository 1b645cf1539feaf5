"""Coverage of the articles: the share of their content lines that the course cites."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from massage_workbook.course.model import cited_lines
from massage_workbook.course.schema import Course, NotUsed


@dataclass(frozen=True)
class Coverage:
    """Coverage of one article: the number of its `content` lines, and its uncited ones.

    `missing` are the numbers of all uncited lines, `unexplained` of those without a reason in
    not_used.yaml.
    """

    article: str
    content: int
    missing: tuple[int, ...]
    unexplained: tuple[int, ...]

    @property
    def cited(self) -> int:
        """Lines with content that are cited."""
        return self.content - len(self.missing)


def measure_coverage(course: Course) -> list[Coverage]:
    """The coverage of each article, in their order."""
    used = {line for citation in _citations(course) for line in cited_lines(citation)}
    excused = {
        line for item in course.not_used for each in item.lines for line in cited_lines(each)
    }
    return [
        Coverage(
            article.id,
            len(article.content_lines),
            missing=tuple(sorted(article.content_lines - used)),
            unexplained=tuple(sorted(article.content_lines - used - excused)),
        )
        for article in course.articles
    ]


def _citations(item: object) -> Iterator[str]:
    """All citations nested in an item: every `sources` and `claimed_in`."""
    match item:
        case NotUsed():
            return
        case BaseModel():
            yield from getattr(item, "sources", ())
            yield from getattr(item, "claimed_in", ())
            inside = [value for _, value in item]
        case dict():
            inside = [*item.values()]
        case tuple():
            inside = item
        case _:
            return
    for each in inside:
        yield from _citations(each)
