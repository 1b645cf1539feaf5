"""Export of questions to other programs, and import of teachers' own questions.

One module per format. Each writer returns text and lists the questions that its format does not
support. Each reader returns a topic and lists the questions that it left out, with the reasons.
"""

from collections.abc import Callable, Iterable, Mapping

from massage_workbook.exchange.aiken import from_aiken, to_aiken
from massage_workbook.exchange.anki import from_anki, to_anki
from massage_workbook.exchange.cards import to_jupytercards
from massage_workbook.exchange.exporting import Export
from massage_workbook.exchange.gift import from_gift, to_gift
from massage_workbook.exchange.importing import Import, ImportFailedError, with_known_ids
from massage_workbook.exchange.jupyterquiz import from_jupyterquiz, to_jupyterquiz
from massage_workbook.exchange.naming import assign_topic_id, own_files, topic_id
from massage_workbook.exchange.table import to_csv
from massage_workbook.questions import Question, Topic

__all__ = [
    "FORMATS",
    "READERS",
    "Import",
    "ImportFailedError",
    "assign_topic_id",
    "format_of",
    "own_files",
    "read",
    "to_aiken",
    "to_anki",
    "to_csv",
    "to_jupyterquiz",
    "topic_id",
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
    "jupytercards": from_jupyterquiz,  # may contain both cards and questions
    "jupyterquiz": from_jupyterquiz,
}


def format_of(text: str) -> str:
    """Guess the format of a text, a key of `READERS`."""
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
    text: str, name: str, title: str, *, course: Iterable[Question] = (), kind: str | None = None
) -> Import:
    """Import a teacher's questions from the text of a file as the topic `name`.

    `kind` is a key of `READERS`, guessed by default. An unchanged question of the `course` in a
    file written by the workbook remains that question.

    Raises:
        ImportFailedError: the text is too large, has another format, or no usable question.
    """
    return READERS[kind or format_of(text)](text, name, title, course)
