"""Reads a lesson as text and function calls, without running it."""

import ast
from dataclasses import dataclass
from pathlib import Path

import nbformat

_START_TAG = "asleep"
"""The tag of the cell that explains how to run a lesson, which a page does not need."""


@dataclass(frozen=True)
class Call:
    """A call of one of the workbook's functions, with its positional arguments."""

    function: str
    arguments: tuple[str, ...] = ()


def read_parts(path: Path) -> list[str | Call]:
    """The Markdown texts and the calls of a notebook, in order.

    Raises:
        ValueError: a code cell is neither an import nor one call with literal arguments.
    """
    cells = nbformat.read(path, as_version=4).cells
    shown = (cell for cell in cells if _START_TAG not in cell.metadata.get("tags", ()))
    return [each for part in map(_part, shown) if part for each in _one_by_one(part)]


def _one_by_one(part: str | Call) -> list[str | Call]:
    """Split a quiz on several topics: paper has all of their questions."""
    if isinstance(part, Call) and part.function == "quiz":
        return [Call("quiz", (topic,)) for topic in part.arguments]
    return [part]


def _part(cell: nbformat.NotebookNode) -> str | Call | None:
    return cell.source if cell.cell_type == "markdown" else _parse_call(cell.source)


def _parse_call(source: str) -> Call | None:
    """Parse the call of a cell; None for an import.

    Keywords only change the display on the screen, so they are checked and dropped.

    Raises:
        ValueError: the code is something else.
    """
    try:
        match ast.parse(source).body:
            case [ast.ImportFrom()] | []:
                return None
            case [ast.Expr(ast.Call(func=ast.Name(id=function), args=given, keywords=options))]:
                for option in options:
                    ast.literal_eval(option.value)
                return Call(function, tuple(ast.literal_eval(each) for each in given))
    except (SyntaxError, ValueError):
        pass
    raise ValueError(f"A lesson's cell is an import or one call with literal arguments: {source!r}")
