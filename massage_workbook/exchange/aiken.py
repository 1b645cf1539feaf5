"""Aiken: a question on a line, lettered answers, `ANSWER: B`. It holds nothing else."""

import re
from collections.abc import Iterable, Sequence
from string import ascii_uppercase

from massage_workbook.exchange.bringing import (
    Answer,
    Import,
    ImportFailedError,
    Said,
    choosing,
    gathered,
    has_size,
)
from massage_workbook.exchange.sending import Export, export
from massage_workbook.questions import Question, Topic

CHOICE = re.compile(r"^([A-Za-z])[.)]\s+(.*)$")
ANSWER = re.compile(r"^ANSWER\s*:\s*(.*)$", re.IGNORECASE)


# --- writing -----------------------------------------------------------------------------------


def to_aiken(topics: Iterable[Topic]) -> Export:
    """The questions with one right answer, without their reasons, which Aiken cannot hold."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        return "\n".join(_block(question) for _, question in rows)

    without = "reasons, feedback, sources, what is about safety, and the permanent ids"
    return export(topics, write, _holds, without)


def _holds(question: Question) -> bool:
    """Whether all of it is on single lines, none of which looks like another part."""
    if question.kind not in {"single", "case"} or question.code:
        return False
    lines = [question.prompt, *question.offers()]
    plain = not any("\n" in line or ANSWER.match(line) for line in lines)
    return plain and not CHOICE.match(question.prompt) and len(lines) - 1 <= len(ascii_uppercase)


def _block(question: Question) -> str:
    there = question.offers()
    (right,) = question.solution()
    rows = [f"{letter}. {text}" for letter, text in zip(ascii_uppercase, there, strict=False)]
    return "\n".join([question.prompt, *rows, f"ANSWER: {ascii_uppercase[there.index(right)]}", ""])


# --- reading -----------------------------------------------------------------------------------


def from_aiken(text: str, name: str, title: str, _course: Iterable[Question] = ()) -> Import:
    """A teacher's questions from the text of an Aiken file.

    Raises:
        ImportFailedError: the text is too large, or holds nothing to ask.
    """
    has_size(text)
    blocks = _blocks(text.lstrip("\ufeff"))
    if not blocks:
        raise ImportFailedError("is no file of Aiken: it has no line ANSWER:")
    items = [(f"question {i} (line {line})", rows) for i, (line, rows) in enumerate(blocks, 1)]
    return gathered(items, _brought, name, title)


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """The lines of each question with the number of its first; what has no answer is one too."""
    blocks: list[tuple[int, list[str]]] = []
    rows: list[str] = []
    first = 1
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        first = first if rows else number
        rows.append(line.strip())
        if ANSWER.match(rows[-1]):
            blocks.append((first, rows))
            rows = []
    return [*blocks, (first, rows)] if rows and blocks else blocks


def _brought(rows: Sequence[str], said: Said) -> Question:
    *lines, last = rows
    found = ANSWER.match(last)
    if not found:
        raise ValueError("has no line ANSWER:")
    start = next((i for i, line in enumerate(lines) if CHOICE.match(line)), len(lines))
    there = [CHOICE.match(line) for line in lines[start:]]
    if not all(there):
        raise ValueError("has a line among its answers that has no letter, as in A. or A)")
    letters = [each[1].upper() for each in there]
    if letters != [*ascii_uppercase[: len(letters)]]:
        raise ValueError(f"its answers are lettered {', '.join(letters)}, not A, B, C in order")
    right = found[1].strip().upper().rstrip(".)")
    if right not in letters or not right:
        raise ValueError(f'its answer is "{found[1]}"; it is one letter of its answers')
    answers = [Answer(_as_is(each[2], said), each[1].upper() == right) for each in there]
    prompt = "\n".join(_as_is(line, said) for line in lines[:start])
    return choosing(said, prompt, answers, lettered=True)


def _as_is(line: str, said: Said) -> str:
    """Aiken knows no markup: what looks like it is text."""
    return said.text(line.replace("&", "&amp;").replace("<", "&lt;").replace("[", "&#91;"))
