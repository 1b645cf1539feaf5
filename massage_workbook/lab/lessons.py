"""Lessons are laid into the learner's folder; what the learner wrote there is never lost.

A lesson laid down carries the fingerprint of its own text as its *edition*. As long as its text
still has that fingerprint, the learner has not changed it and a newer edition may take its place.
Cells of text that the learner added are *notes*: they change no lesson and move to its new edition.
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

MARK = "massage_workbook"


class BrokenLessonError(Exception):
    """The workbook's own lessons are not whole; the message names what is missing."""


def lay_down(source: Path, folder: Path) -> list[str]:
    """Copy the lessons of `source` into `folder`; return what the learner should know, in lines.

    Raises:
        BrokenLessonError: one of them cannot be read; then none is laid down.
    """
    found = {path.name: _shipped(path) for path in sorted(source.glob("*.ipynb"))}
    if not found:
        raise BrokenLessonError(f"There are no lessons in {source}.")
    laid = [(name, _lay(lesson, folder / name)) for name, lesson in found.items()]
    return [
        f"You changed {name}: it stays as it is, the new edition lies beside it as {place.name}"
        for name, place in laid
        if place and place.name != name
    ]


def _shipped(path: Path) -> NotebookNode:
    """A lesson as the workbook brings it, marked with its edition."""
    try:
        return with_edition(nbformat.read(path, as_version=4))
    except Exception as error:
        raise BrokenLessonError(f"The lesson {path} is damaged.") from error


def _lay(lesson: NotebookNode, wanted: Path) -> Path | None:
    """Write one lesson where it belongs; None if it already lies there."""
    place = place_for(lesson, wanted)
    if place:
        there = read(place)
        write(with_notes(lesson, notes(there)) if there else lesson, place)
    return place


def place_for(lesson: NotebookNode, wanted: Path) -> Path | None:
    """Return the first place that is free or holds an unchanged edition; None if nothing is new."""
    for place in places(wanted):
        if not os.path.lexists(place):
            return place
        there = read(place)
        if there and unchanged(there):
            current = edition(there) == edition(lesson) and not has_outputs(there)
            return None if current else place
        if there and edition(there) == edition(lesson):
            return None
    return None


def places(wanted: Path) -> Iterator[Path]:
    """Yield where a lesson may lie: under its own name, then as one new edition after another."""
    yield wanted
    yield wanted.with_stem(f"{wanted.stem} (new edition)")
    for number in itertools.count(2):
        yield wanted.with_stem(f"{wanted.stem} (new edition {number})")


def fingerprint(notebook: NotebookNode) -> str:
    """Return a short digest of what was written: outputs and counts come by opening a lesson."""
    written = [(cell.cell_type, cell.source, cell.get("attachments")) for cell in notebook.cells]
    return files.fingerprint(json.dumps(written, sort_keys=True))


def with_edition(notebook: NotebookNode) -> NotebookNode:
    """Return a copy that carries its fingerprint as its edition, and which cells are its own."""
    marked = deepcopy(notebook)
    mark = marked.metadata.setdefault(MARK, {})
    mark["edition"] = fingerprint(notebook)
    mark["cells"] = [cell.id for cell in notebook.cells]
    return marked


def notes(notebook: NotebookNode) -> list[tuple[str | None, NotebookNode]]:
    """Return the cells of text that the learner added, each with the id of the cell it follows.

    Cells of code are none: with code of its own a lesson no longer runs unasked.
    """
    own = notebook.metadata[MARK].get("cells") if is_lesson(notebook) else None
    if own is None:
        return []
    before = [None, *(cell.id for cell in notebook.cells)]
    pairs = zip(before, notebook.cells, strict=False)
    return [(b, cell) for b, cell in pairs if cell.cell_type == "markdown" and cell.id not in own]


def with_notes(
    notebook: NotebookNode, found: Iterable[tuple[str | None, NotebookNode]]
) -> NotebookNode:
    """Return a copy with each note after the cell that it followed, or at the end without it."""
    noted = deepcopy(notebook)
    for before, cell in found:
        ids = [None, *(each.id for each in noted.cells)]
        noted.cells.insert(ids.index(before) if before in ids else len(noted.cells), cell)
    return noted


def is_lesson(notebook: Mapping) -> bool:
    """Whether a notebook is marked as a lesson."""
    return isinstance(notebook["metadata"].get(MARK), dict)


def edition(notebook: NotebookNode) -> str | None:
    """Return the edition a notebook was laid down as; None if we did not lay it down."""
    return notebook.metadata[MARK].get("edition") if is_lesson(notebook) else None


def unchanged(notebook: NotebookNode) -> bool:
    """Whether the learner has left a lesson as it was laid down, but for added notes."""
    added = {cell.id for _, cell in notes(notebook)}
    bare = notebook.copy()
    bare.cells = [cell for cell in notebook.cells if cell.get("id") not in added]
    return edition(notebook) == fingerprint(bare)


def has_outputs(notebook: NotebookNode) -> bool:
    """Whether another program stored outputs in a lesson; with them it does not run unasked."""
    return any(cell.get("outputs") for cell in notebook.cells)


def read(path: Path) -> NotebookNode | None:
    """Return the notebook, or None for whatever else may lie there."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception:  # noqa: BLE001 - a learner's file may be broken in any way; it is kept
        return None


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook whole or not at all, with the rights that the user's umask leaves."""
    files.write_atomically(path, nbformat.writes(notebook) + "\n")
