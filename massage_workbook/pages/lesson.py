"""A lesson as its parts in order: prose, and the words that it calls. Nothing of it is run."""

import ast
from dataclasses import dataclass
from pathlib import Path

import nbformat

ASLEEP = "asleep"
"""The tag of the cell that tells how to wake a lesson, which a page never needs."""


@dataclass(frozen=True)
class Call:
    """A word that a lesson calls, with its arguments."""

    word: str
    arguments: tuple[str, ...] = ()


def parts(path: Path) -> list[str | Call]:
    """The Markdown and the calls of a notebook.

    Raises:
        ValueError: a cell holds something else than an import or one call with plain arguments.
    """
    cells = nbformat.read(path, as_version=4).cells
    shown = (cell for cell in cells if ASLEEP not in cell.metadata.get("tags", ()))
    found = (cell.source if cell.cell_type == "markdown" else call(cell.source) for cell in shown)
    return [each for part in found if part for each in _one_by_one(part)]


def _one_by_one(part: str | Call) -> list[str | Call]:
    """A quiz on several topics as one for each: paper has all of their questions."""
    if isinstance(part, Call) and part.word == "quiz":
        return [Call("quiz", (topic,)) for topic in part.arguments]
    return [part]


def call(source: str) -> Call | None:
    """The one call of a cell, read and not run; None for an import.

    Its keywords say how the screen shows something, which paper need not know.
    """
    try:
        match ast.parse(source).body:
            case [ast.ImportFrom()] | []:
                return None
            case [ast.Expr(ast.Call(func=ast.Name(id=word), args=given, keywords=options))]:
                for option in options:
                    ast.literal_eval(option.value)
                return Call(word, tuple(ast.literal_eval(each) for each in given))
    except (SyntaxError, ValueError):
        pass
    raise ValueError(f"A lesson's cell is an import or one call with plain arguments: {source!r}")
