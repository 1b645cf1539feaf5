"""Coverage of the articles: the share of their content lines that the course cites."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from massage_workbook.course.model import cited_lines
from massage_workbook.course.schema import Course, NotUsed


@dataclass(frozen=True)
class Coverage:
    """Coverage of one article: the number of its `content` lines, and the uncited ones.

    `missing` are all uncited line numbers, `unexplained` those without a reason in not_used.yaml.
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
    report = []
    for article in course.articles:
        missing = article.content_lines - used
        report.append(
            Coverage(
                article.id,
                len(article.content_lines),
                tuple(sorted(missing)),
                tuple(sorted(missing - excused)),
            )
        )
    return report


def _citations(item: object) -> Iterator[str]:
    """All citations nested in an item: every `sources` and `claimed_in`."""
    if isinstance(item, NotUsed):
        return
    if isinstance(item, BaseModel):
        yield from getattr(item, "sources", ())
        yield from getattr(item, "claimed_in", ())
        for name in type(item).model_fields:
            yield from _citations(getattr(item, name))
    elif isinstance(item, tuple | list):
        for each in item:
            yield from _citations(each)
    elif isinstance(item, dict):
        yield from _citations(tuple(item.values()))
