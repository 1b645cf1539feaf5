"""Questions as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence

from massage_workbook.exchange.exporting import Export, build_export, prompt_with_code
from massage_workbook.questions import Question, Topic


def to_csv(topics: Iterable[Topic]) -> Export:
    """Export a row for each question that needs no picture or interaction."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        file = io.StringIO()
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "topic", "kind", "question", "choices", "answer", "why", "sources"])
        for topic, question in rows:
            options, right = question.option_texts(), question.solution_texts()
            texts = map("\n".join, (options, right))
            cells = prompt_with_code(question), *texts, question.why
            sources = " ".join(question.sources)
            table.writerow(
                [question.id, topic.title, question.kind, *map(_escape_formula, cells), sources]
            )
        return file.getvalue()

    return build_export(topics, write)


def _escape_formula(cell: str) -> str:
    """A cell that no spreadsheet evaluates as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
