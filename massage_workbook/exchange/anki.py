"""Text files for Anki's File > Import, and notes that Anki exported as text."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from massage_workbook.exchange import cards, exporting, importing
from massage_workbook.exchange.exporting import Export
from massage_workbook.exchange.importing import Context, Import, ImportFailedError
from massage_workbook.questions import Question, Topic

_BASIC_NOTE_TYPES = (
    "Basies", "Bàsica", "Grundlæggende", "Einfach", "Põhimudel", "Básico", "Baza", "Oinarrizkoa",
    "Basique", "Bunúsach", "Básica", "Osnovna", "Basilare", "Elementari", "Alap", "Basis",
    "Grunnleggende", "Oddiy", "Podstawowy", "Простая", "De bază", "Základný", "Perusmalli",
    "Grundläggande", "Cơ bản", "Temel", "sampu", "Základní", "Βασικό", "Базавая", "Основен",
    "Үндсэн", "Основно", "Базовий", "Қарапайым", "Հիմնական", "עיקרדיק", "בסיסי", "ئاساسى", "أساسي",
    "ମୌଳିକ", "พื้นฐาน", "基本", "问答题", "基本型", "Basic",
)  # fmt: skip
"""The name of Anki's basic note type in each of its languages.

A profile uses the language in which it was created. Anki ignores an unknown `#notetype`, and the
last known one counts. There is no `#columns` line: its field names would be translated too; without
it the first two columns are the first two fields. The deck is a column, since Anki creates a
missing deck only then.
"""
ID = "massage-workbook:"
_DECK = "Massage workbook"
_SEPARATORS = {
    "tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":",
}  # fmt: skip


# --- writing -----------------------------------------------------------------------------------


def to_anki(topics: Iterable[Topic]) -> Export:
    """Export notes with front and back, identified by the permanent question ids."""

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        head = [
            "#separator:tab",
            "#html:true",
            *(f"#notetype:{name}" for name in _BASIC_NOTE_TYPES),
        ]
        columns = ["#guid column:1", "#tags column:4", "#deck column:5"]
        notes = ["\t".join(_row(topic, question)) for topic, question in rows]
        return "\n".join([*head, *columns, *notes]) + "\n"

    lost = "which answer is right: a note is only turned"
    return exporting.build_export(topics, write, not_exported=lost)


def _row(topic: Topic, question: Question) -> list[str]:
    tag = f"massage-workbook::{topic.id}"
    sides = cards.front(question), cards.back(question)
    return [f"{ID}{question.id}", *map(_field, sides), tag, _DECK]


def _field(markup: str) -> str:
    """A field without `{{`, which Anki would read as a cloze deletion."""
    return markup.replace("{{", "{<!-- -->{")


# --- reading -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Head:
    separator: str
    is_html: bool
    columns: Mapping[str, int]
    lines: int


def from_anki(text: str, name: str, title: str, course: Iterable[Question] = ()) -> Import:
    """Import flash cards from notes: the first field is the front, the second the back.

    Raises:
        ImportFailedError: the text is too large, has another format, or no usable card.
    """
    importing.check_size(text)
    text = text.lstrip("\ufeff")
    head = _head(text)
    rows = list(_rows(text, head))
    return importing.build_import(
        [(f"line {line}", row) for line, row in rows],
        lambda row, context: _import_card(row, head, context),
        (name, title),
        course,
        _notes(rows, head),
    )


def _head(text: str) -> _Head:
    lines = text.splitlines()
    count = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    found: dict[str, str] = {}
    for line in lines[:count]:
        key, _, value = line.removeprefix("#").partition(":")
        found[key.strip().lower()] = value.strip() if key.strip() != "separator" else value
    first = lines[count] if count < len(lines) else ""
    named = found.get("separator", "")
    separator = _SEPARATORS.get(named.strip().lower(), named[:1]) or next(
        (each for each in "\t|;:," if each in first), "\t"
    )
    columns = {
        key.removesuffix(" column"): int(value)
        for key, value in found.items()
        if key.endswith(" column") and value.isdigit()
    }
    is_html = found.get("html", "true" if "<" in text or "&" in text else "false").lower() == "true"
    return _Head(separator, is_html, columns, count)


def _rows(text: str, head: _Head) -> Iterable[tuple[int, list[str]]]:
    body = "".join(text.splitlines(keepends=True)[head.lines :])
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=head.separator)
    at = head.lines
    try:
        for row in reader:
            if row and not row[0].startswith("#"):
                yield at + 1, row
            at = head.lines + reader.line_num
    except csv.Error as error:
        raise ImportFailedError(f"is not a text file of Anki: line {at + 1}: {error}") from None


def _fields(row: Sequence[str], head: _Head) -> list[str]:
    special = {*head.columns.values()}
    return [each for i, each in enumerate(row, start=1) if i not in special]


def _notes(rows: Iterable[tuple[int, Sequence[str]]], head: _Head) -> list[str]:
    most = max((len(_fields(row, head)) for _, row in rows), default=0)
    notes = []
    if any(len([*filter(str.strip, _fields(row, head)[2:])]) for _, row in rows):
        notes.append(f"of {most} fields, the first two are kept: they are front and back")
    if "tags" in head.columns:
        notes.append("tags are not kept")
    return notes


def _import_card(row: Sequence[str], head: _Head, context: Context) -> Question:
    fields = _fields(row, head)
    if len(fields) < 2:  # noqa: PLR2004
        raise ValueError("has one field; a card has a front and a back")
    guid = head.columns.get("guid", 0)
    ours = next((q for q in context.course if guid and f"{ID}{q.id}" == row[guid - 1]), None)
    if ours and [*map(_field, (cards.front(ours), cards.back(ours)))] == fields[:2]:
        return ours
    if any("{{c" in each and "::" in each for each in fields):
        raise ValueError("has a gap to fill ({{c1::...}}), which cannot be asked here")
    if any("[sound:" in each for each in fields[:2]):
        raise ValueError("has a sound, which cannot be played here")
    sides = [context.text(each if head.is_html else _literal(each)) for each in fields[:2]]
    return importing.card_question(context, *sides)


def _literal(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
