"""Decides whether a lesson may run on opening: its code may only call the workbook's functions.

A lesson may come from anywhere, and code in JupyterLab has all the rights of the learner. So the
content of its cells decides, not the origin of the file. Two regular expressions match all cells
that lessons need, without a parser that could be misled.
"""

import re
from collections.abc import Iterable, Mapping

from massage_workbook import __all__ as words

_GAP = r"[ \n]*"
_WORD = f"(?:{'|'.join(words)})"
_WORDS = f"{_WORD}(?:{_GAP},{_GAP}{_WORD})*"
# Printable ASCII in plain quotes: no prefix, no escape, no line end of any alphabet.
_TEXT = r"""(?:"[ !#-\[\]-~]*"|'[ -&(-\[\]-~]*')"""
_NUMBER = r"-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})?"
_LITERAL = f"(?:{_TEXT}|{_NUMBER}|True|False|None)"
_ARGUMENT = f"(?:[a-z_]+ *= *)?{_LITERAL}"
_ARGUMENTS = f"{_ARGUMENT}(?:{_GAP},{_GAP}{_ARGUMENT})*{_GAP},?"

_IMPORT = re.compile(
    rf"from +massage_workbook +import +(?:{_WORDS}|\({_GAP}{_WORDS}{_GAP},?{_GAP}\)){_GAP}"
)
_CALL = re.compile(rf"{_WORD}\({_GAP}(?:{_ARGUMENTS}{_GAP})?\){_GAP}")
_LONGEST = 2000
"""Maximum characters of a cell."""


def may_autorun(cells: Iterable[Mapping[str, object]]) -> bool:
    """Whether code cells, each with `source` and `outputs`, may run as their lesson opens.

    Cells with stored outputs may not: those would be shown before any code runs.
    """
    return all(not cell.get("outputs") and is_plain(cell.get("source")) for cell in cells)


def is_plain(source: object) -> bool:
    """Whether a cell is empty, imports the workbook's functions, or calls one with literals."""
    if not isinstance(source, str) or len(source) > _LONGEST:
        return False
    return not source.strip(" \n") or any(each.fullmatch(source) for each in (_IMPORT, _CALL))
