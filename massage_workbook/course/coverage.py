"""How much of the articles the course uses: lines with content that some item cites."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from massage_workbook.course.model import cited_lines
from massage_workbook.course.schema import Course, NotUsed


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
