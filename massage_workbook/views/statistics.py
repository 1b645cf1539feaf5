"""The statistics of questions as lines to read and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from massage_workbook.answers.statistics import ItemStatistics

COLUMNS = (
    "question", "kind", "answers", "facility", "discrimination", "seconds", "attracting", "prompt",
)  # fmt: skip


def lines(statistics: Iterable[ItemStatistics]) -> Iterator[str]:
    """A table of fixed columns: without the prompts, and with the most attracting option alone."""
    yield "answers  facility  discrimination  seconds  question (and its most attracting option)"
    for each in statistics:
        seconds = "-" if each.seconds is None else f"{each.seconds:.0f}"
        discrimination = "-" if each.discrimination is None else f"{each.discrimination:.2f}"
        attracting = " (most wrong: {} {}x)".format(*each.attracting[0]) if each.attracting else ""
        yield (
            f"{each.answers:7}  {each.facility:8.2f}  {discrimination:>14}  {seconds:>7}"
            f"  {each.question.id}{attracting}"
        )


def csv_text(statistics: Iterable[ItemStatistics]) -> str:
    """All of it as CSV, a row a question."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *map(_row, statistics)])
    return text.getvalue()


def _row(each: ItemStatistics) -> Sequence[object]:
    return (
        each.question.id,
        each.question.kind,
        each.answers,
        round(each.facility, 3),
        "" if each.discrimination is None else round(each.discrimination, 3),
        "" if each.seconds is None else round(each.seconds, 1),
        "; ".join(f"{name} {count}" for name, count in each.attracting),
        each.question.prompt,
    )
