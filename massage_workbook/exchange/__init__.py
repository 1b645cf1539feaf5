"""Questions for other programs, and teachers' own questions from them.

One module a format. What is written is text; each writer lists the questions that its format
cannot hold. What is read becomes a topic; each reader lists what it left out, and why.
"""

from collections.abc import Callable, Iterable, Mapping

from massage_workbook.exchange.aiken import from_aiken, to_aiken
from massage_workbook.exchange.anki import from_anki, to_anki
from massage_workbook.exchange.bringing import (
    LARGEST,
    LONGEST,
    OWN,
    Import,
    ImportFailedError,
    with_known_ids,
)
from massage_workbook.exchange.cards import to_jupytercards
from massage_workbook.exchange.gift import from_gift, to_gift
from massage_workbook.exchange.jupyterquiz import from_jupyterquiz, to_jupyterquiz
from massage_workbook.exchange.markup import plain
from massage_workbook.exchange.naming import name_for, own_files, topic_name
from massage_workbook.exchange.sending import Export
from massage_workbook.exchange.table import to_csv
from massage_workbook.questions import Question, Topic

__all__ = [
    "FORMATS",
    "LARGEST",
    "LONGEST",
    "OWN",
    "READERS",
    "Export",
    "Import",
    "ImportFailedError",
    "format_of",
    "from_aiken",
    "from_anki",
    "from_gift",
    "from_jupyterquiz",
    "name_for",
    "own_files",
    "plain",
    "read",
    "to_aiken",
    "to_anki",
    "to_csv",
    "to_gift",
    "to_jupytercards",
    "to_jupyterquiz",
    "topic_name",
    "with_known_ids",
]

FORMATS: Mapping[str, Callable[[Iterable[Topic]], Export]] = {
    "aiken": to_aiken,
    "anki": to_anki,
    "csv": to_csv,
    "gift": to_gift,
    "jupytercards": to_jupytercards,
    "jupyterquiz": to_jupyterquiz,
}
READERS: Mapping[str, Callable[..., Import]] = {
    "aiken": from_aiken,
    "anki": from_anki,
    "gift": from_gift,
    "jupytercards": from_jupyterquiz,  # cards and questions may be mixed
    "jupyterquiz": from_jupyterquiz,
}


def format_of(text: str) -> str:
    """The format that a text looks like."""
    text = text.lstrip("\ufeff \t\r\n")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if text.startswith(("[{", "{", "[\n", "[\r", "[ ", "[]", "[[")) or not lines:
        return "jupyterquiz"
    if any(line.upper().startswith("ANSWER:") for line in lines) and "{" not in text:
        return "aiken"
    notes = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if lines[0].startswith("#") or any("\t" in line.strip() for line in notes[:1]):
        return "anki"
    return "gift"


def read(
    text: str,
    name: str,
    title: str,
    *,
    course: Iterable[Question] = (),
    kind: str | None = None,
) -> Import:
    """A teacher's questions from the text of a file, as the topic `name`.

    `kind` is one of `READERS`; without it, the text tells. A question of the course that comes
    back unchanged, from a file that the workbook wrote, stays that question.

    Raises:
        ImportFailedError: the text is too large, is no such file, or holds nothing to ask.
    """
    return READERS[kind or format_of(text)](text, name, title, course)
