"""Questions as a table, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from massage_workbook.exchange.sending import (
    Export,
    asked,
    export,
    in_words,
)
from massage_workbook.questions import Question, Topic


def to_csv(topics: Iterable[Topic]) -> Export:
    """A table with a row for each question that words alone can ask."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        file = io.StringIO()
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "topic", "kind", "question", "choices", "answer", "why", "sources"])
        for topic, question in rows:
            there, right = "\n".join(question.offers()), "\n".join(question.solution())
            cells = asked(question), there, right, question.why
            sources = " ".join(question.sources)
            table.writerow(
                [question.id, topic.title, question.kind, *map(_no_formula, cells), sources]
            )
        return file.getvalue()

    return export(topics, write, in_words)


def _no_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
