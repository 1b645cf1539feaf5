"""Topic ids of imported files: no file replaces the topic of another unasked."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from massage_workbook.exchange.importing import Import, with_known_ids
from massage_workbook.questions import Topic


def topic_id(stem: str) -> str:
    """The topic id of a file name; names with other than ASCII characters get a digest.

    >>> topic_id("My class")
    'own-my-class'
    """
    stem = unicodedata.normalize("NFC", stem)
    latin = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    name = re.sub("[^a-z0-9]+", "-", latin).strip("-")
    if stem.isascii() and name:
        return f"own-{name}"
    digest = hashlib.sha256(stem.encode()).hexdigest()[:6]
    return f"own-{name or 'questions'}-{digest}"


def own_files(folder: Path) -> dict[str, Topic | None]:
    """The topics of a folder by file stem; None where a file is invalid.

    Raises:
        OSError: the folder cannot be read.
    """
    return {path.stem: _topic(path) for path in sorted(folder.glob("*.json"))}


def _topic(path: Path) -> Topic | None:
    try:
        return Topic.model_validate_json(path.read_text(encoding="utf-8"))
    except ValueError:
        return None


def assign_topic_id(
    stem: str, origin: str, topics: Mapping[str, Topic | None], import_as: Callable[[str], Import]
) -> str:
    """The id of a file's topic: the earlier one if it was imported before, else a free one."""
    first = topic_id(stem)
    for number in count(1):
        name = first if number == 1 else f"{first}-{number}"
        if name not in topics or _is_from(topics[name], name, origin, import_as):
            return name
    raise AssertionError  # numbers do not end


def _is_from(
    existing: Topic | None, name: str, origin: str, import_as: Callable[[str], Import]
) -> bool:
    """Whether a topic came from this file; one without `origin` must share questions with it."""
    if existing is None or existing.origin is not None:
        return existing is not None and existing.origin == origin
    known = {each.id for each in existing.questions}
    now = with_known_ids(import_as(name), existing).topic
    return any(each.id in known for each in now.questions)
