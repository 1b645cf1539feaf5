"""Reads a lesson as text and function calls, without running it."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

_START_TAG = "asleep"
"""The tag of the cell that explains how to run a lesson, which a page does not need."""


@dataclass(frozen=True)
class Call:
    """A call of one of the workbook's functions, with its positional arguments.

    Its `options` only change the display: calls that differ in these alone are equal.
    """

    function: str
    arguments: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict, compare=False)


def read_parts(path: Path) -> list[str | Call]:
    """The Markdown texts and the calls of a notebook, in order.

    Raises:
        ValueError: a code cell is neither an import nor one call with literal arguments.
    """
    cells = nbformat.read(path, as_version=4).cells
    shown = (cell for cell in cells if _START_TAG not in cell.metadata.get("tags", ()))
    return [part for part in map(_part, shown) if part]


def _part(cell: nbformat.NotebookNode) -> str | Call | None:
    return cell.source if cell.cell_type == "markdown" else _parse_call(cell.source)


def _parse_call(source: str) -> Call | None:
    """Parse the call of a cell; None for an import.

    Raises:
        ValueError: the code is something else.
    """
    try:
        match ast.parse(source).body:
            case [ast.ImportFrom()] | []:
                return None
            case [ast.Expr(ast.Call(func=ast.Name(id=function), args=given, keywords=options))]:
                return Call(
                    function,
                    tuple(ast.literal_eval(each) for each in given),
                    {option.arg: ast.literal_eval(option.value) for option in options},
                )
    except (SyntaxError, ValueError):
        pass
    raise ValueError(f"A lesson's cell is an import or one call with literal arguments: {source!r}")
