"""Installs lessons in the learner's folder, and never overwrites what the learner wrote.

An installed lesson carries the fingerprint of its text as its *edition*. While its text still has
that fingerprint, the learner has not changed it and a newer edition may replace it. Text cells that
the learner added are *notes*: they do not count as changes and are copied to the new edition.
"""

import itertools
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from massage_workbook import files
from massage_workbook.errors import UserError

_METADATA_KEY = "massage_workbook"


class BrokenLessonError(UserError):
    """The workbook's own lessons are missing or damaged; the message names which."""

    @property
    def message(self) -> str:
        """The message for a learner, with what to do."""
        return f"{self} Install the workbook again."


def install(source: Path, folder: Path) -> list[str]:
    """Install the lessons of `source` and its folders in `folder`; return notices for the learner.

    Raises:
        BrokenLessonError: one of them cannot be read; then none is installed.
        OSError: a lesson cannot be written.
    """
    found = {path.name: _shipped(path) for path in sorted(source.rglob("*.ipynb"))}
    if not found:
        raise BrokenLessonError(f"There are no lessons in {source}.")
    installed = [(name, _install_one(lesson, folder / name)) for name, lesson in found.items()]
    return [
        f"You changed {name}: it stays as it is, the new edition is beside it as {place.name}"
        for name, place in installed
        if place and place.name != name
    ]


def _shipped(path: Path) -> NotebookNode:
    """Read a lesson of the workbook, and mark it with its edition."""
    try:
        return _with_edition(nbformat.read(path, as_version=4))
    except Exception as error:
        raise BrokenLessonError(f"The lesson {path} is damaged.") from error


def _install_one(lesson: NotebookNode, wanted: Path) -> Path | None:
    """Install one lesson; return its path, or None if it is already installed."""
    place = _installation_path(lesson, wanted)
    if place:
        there = read(place)
        write(_with_notes(lesson, notes(there)) if there else lesson, place)
    return place


def _installation_path(lesson: NotebookNode, wanted: Path) -> Path | None:
    """Return the first path that is free or has an unchanged older edition; None if up to date."""
    for place in _candidate_paths(wanted):
        if not os.path.lexists(place):
            return place
        there = read(place)
        if there and is_unchanged(there):
            current = edition(there) == edition(lesson) and not _has_outputs(there)
            return None if current else place
        if there and edition(there) == edition(lesson):
            return None
    return None


def _candidate_paths(wanted: Path) -> Iterator[Path]:
    """Yield the paths of a lesson: its own name, then those of new editions."""
    yield wanted
    yield wanted.with_stem(f"{wanted.stem} (new edition)")
    for number in itertools.count(2):
        yield wanted.with_stem(f"{wanted.stem} (new edition {number})")


def fingerprint(notebook: NotebookNode) -> str:
    """Return the fingerprint of a lesson's cells, without outputs and execution counts."""
    written = [(cell.cell_type, cell.source, cell.get("attachments")) for cell in notebook.cells]
    return files.fingerprint(json.dumps(written, sort_keys=True))


def _with_edition(notebook: NotebookNode) -> NotebookNode:
    """Return a copy with its fingerprint and the ids of its own cells in the metadata."""
    marked = deepcopy(notebook)
    mark = marked.metadata.setdefault(_METADATA_KEY, {})
    mark["edition"] = fingerprint(notebook)
    mark["cells"] = [cell.id for cell in notebook.cells]
    return marked


def notes(notebook: NotebookNode) -> list[tuple[str | None, NotebookNode]]:
    """Return the text cells that the learner added, each with the id of the cell before it.

    Added code is a change: such a lesson does not run on opening.
    """
    own = notebook.metadata[_METADATA_KEY].get("cells") if is_lesson(notebook) else None
    if own is None:
        return []
    before = [None, *(cell.id for cell in notebook.cells)]
    pairs = zip(before, notebook.cells, strict=False)
    return [(b, cell) for b, cell in pairs if cell.cell_type == "markdown" and cell.id not in own]


def _with_notes(
    notebook: NotebookNode, found: Iterable[tuple[str | None, NotebookNode]]
) -> NotebookNode:
    """Return a copy with each note after its cell, or at the end if that cell is gone."""
    noted = deepcopy(notebook)
    for before, cell in found:
        ids = [None, *(each.id for each in noted.cells)]
        noted.cells.insert(ids.index(before) if before in ids else len(noted.cells), cell)
    return noted


def is_lesson(notebook: Mapping) -> bool:
    """Whether a notebook is marked as a lesson."""
    return isinstance(notebook["metadata"].get(_METADATA_KEY), dict)


def edition(notebook: NotebookNode) -> str | None:
    """Return the edition of an installed lesson; None for other notebooks."""
    return notebook.metadata[_METADATA_KEY].get("edition") if is_lesson(notebook) else None


def is_unchanged(notebook: NotebookNode) -> bool:
    """Whether a lesson is as installed, apart from notes."""
    added = {cell.id for _, cell in notes(notebook)}
    bare = notebook.copy()
    bare.cells = [cell for cell in notebook.cells if cell.get("id") not in added]
    return edition(notebook) == fingerprint(bare)


def _has_outputs(notebook: NotebookNode) -> bool:
    """Whether a lesson has stored outputs, which keep it from running on opening."""
    return any(cell.get("outputs") for cell in notebook.cells)


def read(path: Path) -> NotebookNode | None:
    """Return the notebook, or None if the file is missing or not a notebook."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception:  # noqa: BLE001 - a learner's file may be damaged in any way
        return None


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook atomically.

    Raises:
        OSError: it cannot be written; an older file is unchanged.
    """
    files.write_atomically(path, nbformat.writes(notebook) + "\n")
