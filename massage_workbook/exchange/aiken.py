"""Aiken: a question on one line, lettered answers, `ANSWER: B`, and nothing else."""

import re
from collections.abc import Iterable, Sequence
from string import ascii_uppercase

from massage_workbook.exchange import exporting, importing
from massage_workbook.exchange.exporting import Export
from massage_workbook.exchange.importing import Context, Import, ImportedChoice, ImportFailedError
from massage_workbook.questions import Question, Topic

_CHOICE = re.compile(r"^([A-Za-z])[.)]\s+(.*)$")
_ANSWER = re.compile(r"^ANSWER\s*:\s*(.*)$", re.IGNORECASE)


# --- writing -----------------------------------------------------------------------------------


def to_aiken(topics: Iterable[Topic]) -> Export:
    """Export the questions with one right answer; Aiken has no feedback."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        return "\n".join(_block(question) for _, question in rows)

    not_exported = "reasons, feedback, sources, safety marks, and the permanent ids"
    return exporting.build_export(topics, write, _is_supported, not_exported)


def _is_supported(question: Question) -> bool:
    """Whether its parts are single lines that cannot be mistaken for other parts."""
    if question.kind not in {"single", "case"} or question.code:
        return False
    lines = [question.prompt, *question.option_texts()]
    plain = not any("\n" in line or _ANSWER.match(line) for line in lines)
    return plain and not _CHOICE.match(question.prompt) and len(lines) - 1 <= len(ascii_uppercase)


def _block(question: Question) -> str:
    options = question.option_texts()
    (right,) = question.solution_texts()
    rows = [f"{letter}. {text}" for letter, text in zip(ascii_uppercase, options, strict=False)]
    return "\n".join(
        [question.prompt, *rows, f"ANSWER: {ascii_uppercase[options.index(right)]}", ""]
    )


# --- reading -----------------------------------------------------------------------------------


def from_aiken(text: str, name: str, title: str, _course: Iterable[Question] = ()) -> Import:
    """Import a teacher's questions from the text of an Aiken file.

    Raises:
        ImportFailedError: the text is too large, or has no usable question.
    """
    importing.check_size(text)
    blocks = _blocks(text.lstrip("\ufeff"))
    if not blocks:
        raise ImportFailedError("is not an Aiken file: it has no line ANSWER:")
    items = [(f"question {i} (line {line})", rows) for i, (line, rows) in enumerate(blocks, 1)]
    return importing.build_import(items, _parse_question, (name, title))


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """The lines of each question with the number of the first; the last may lack its answer."""
    blocks: list[tuple[int, list[str]]] = []
    rows: list[str] = []
    first = 1
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        first = first if rows else number
        rows.append(line.strip())
        if _ANSWER.match(rows[-1]):
            blocks.append((first, rows))
            rows = []
    return [*blocks, (first, rows)] if rows and blocks else blocks


def _parse_question(rows: Sequence[str], context: Context) -> Question:
    *lines, last = rows
    found = _ANSWER.match(last)
    if not found:
        raise ValueError("has no line ANSWER:")
    start = next((i for i, line in enumerate(lines) if _CHOICE.match(line)), len(lines))
    choices = [_CHOICE.match(line) for line in lines[start:]]
    if not all(choices):
        raise ValueError("has a line among its answers that has no letter, as in A. or A)")
    letters = [each[1].upper() for each in choices]
    if letters != [*ascii_uppercase[: len(letters)]]:
        raise ValueError(f"its answers are lettered {', '.join(letters)}, not A, B, C in order")
    right = found[1].strip().upper().rstrip(".)")
    if right not in letters or not right:
        raise ValueError(f'its answer is "{found[1]}", which is not the letter of an answer')
    answers = [
        ImportedChoice(_plain_text(each[2], context), each[1].upper() == right) for each in choices
    ]
    prompt = "\n".join(_plain_text(line, context) for line in lines[:start])
    return importing.choice_question(context, prompt, answers, lettered=True)


def _plain_text(line: str, context: Context) -> str:
    """The text of a line; Aiken has no markup, so it is escaped first."""
    return context.text(line.replace("&", "&amp;").replace("<", "&lt;").replace("[", "&#91;"))
