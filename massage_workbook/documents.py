"""YAML and CSV files of a course as plain values, with the line numbers of these."""

import csv
import io
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from massage_workbook.errors import Loc, abbreviated

_MAX_BYTES = 1_000_000
"""Maximum bytes of a course file; usual ones have a few kilobytes."""
_MAX_DEPTH = 20
"""Maximum nesting of lists and fields; the course needs seven levels."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times faster
_RESOLVER = yaml.resolver.Resolver()
"""Infers the type of a scalar without a tag."""


class UnreadableError(Exception):
    """A file cannot be read as values; `line` is the place."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def parsed(path: Path) -> tuple[Any, Callable[[Loc], int]]:
    """The values of a file, and a function that gives the line number of a place in them.

    Raises:
        UnreadableError: it is missing, too large, or not valid YAML or CSV.
    """
    return (_csv if path.suffix == ".csv" else _yaml)(_text(path))


def _text(path: Path) -> str:
    """Text of a file.

    Raises:
        UnreadableError: it is missing, too large, or not UTF-8.
    """
    try:
        if (size := path.stat().st_size) > _MAX_BYTES:
            message = f"has {size:,} bytes; a course file has at most {_MAX_BYTES:,}"
            raise UnreadableError(1, message)
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, "is not UTF-8 here; save the file as UTF-8") from None
    except OSError as error:
        message = f"cannot be read ({error.strerror}); this file is needed"
        raise UnreadableError(1, message) from None
    if odd := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        message = f"has the character {odd[0]!r}, which is not allowed in text; delete it"
        raise UnreadableError(line, message)
    return text


def _yaml(text: str) -> tuple[Any, Callable[[Loc], int]]:
    """The values of a YAML text, and a function for line numbers, which parses lazily."""
    try:
        events = yaml.parse(text, _LOADER)
        # Each value consumes its own events, so any further value is another document.
        found = [(_line_of(e), _value(e, events)) for e in events if isinstance(e, yaml.NodeEvent)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # At the end of a text without a final line break, libyaml is a line too far.
        line = min(mark.line, text.count("\n")) + 1 if mark else 1
        raise UnreadableError(line, f"is not YAML: {error.problem}") from None
    if found[1:]:
        raise UnreadableError(found[1][0], "has a second document (---); a file has one")
    data = found[0][1] if found else None
    if data is None:
        raise UnreadableError(1, "is empty")
    root = cache(lambda: yaml.compose(text, _LOADER))
    return data, lambda loc: _line(root(), loc)


def _line_of(found: yaml.Event | yaml.Node) -> int:
    return found.start_mark.line + 1


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int = 1) -> Any:  # noqa: ANN401
    """The value that starts with an event; aliases and deep nesting are refused."""
    if isinstance(event, yaml.AliasEvent):
        raise UnreadableError(_line_of(event), "has an alias (*); write the value out")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if depth > _MAX_DEPTH:
        raise UnreadableError(_line_of(event), f"is nested deeper than {_MAX_DEPTH} levels")
    inside = takewhile(lambda each: not isinstance(each, yaml.CollectionEndEvent), events)
    if isinstance(event, yaml.SequenceStartEvent):
        return [_value(item, events, depth + 1) for item in inside]
    values: dict[str, Any] = {}
    for key in inside:
        name = _scalar(key) if isinstance(key, yaml.ScalarEvent) else None
        if not isinstance(name, str) or not name.strip() or not name.isprintable():
            raise UnreadableError(_line_of(key), "has a key that is not text; quote it")
        if name in values:
            raise UnreadableError(_line_of(key), f'has "{name}" twice; keep one')
        values[name] = _value(next(events), events, depth + 1)
    return values


def _scalar(event: yaml.ScalarEvent) -> str | float | bool | None:
    """The value of a scalar; a date stays text, and 010 is ten."""
    given = event.tag if event.tag != "!" else None
    tag = given or _RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)
    kind = tag.removeprefix("tag:yaml.org,2002:")
    try:
        return _SCALARS[kind](event.value)
    except (LookupError, ValueError):  # such as 1:30, .inf, or a tag of the editor's own
        message = f"{abbreviated(event.value)} cannot be read as {kind}; put text in quotes"
        raise UnreadableError(_line_of(event), message) from None


_SCALARS = {
    "str": str,
    "timestamp": str,
    "merge": str,
    "value": str,
    "int": int,
    "float": float,
    "bool": lambda text: yaml.SafeLoader.bool_values[text.lower()],
    "null": lambda _: None,
}
"""Converters from the text of a scalar to its value, by YAML type."""


def _line(node: yaml.Node, loc: Loc) -> int:
    """The line of the deepest node along `loc`: a mapping's key, or a list's item."""
    line = _line_of(node)
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                continue
            line, node = _line_of(found[0]), found[1]
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value)
        ):
            node = node.value[step]
            line = _line_of(node)
    return line


def _csv(text: str) -> tuple[list[dict[str, str | None]], Callable[[Loc], int]]:
    """The rows of a CSV text as mappings by column, an empty cell as None; and their lines."""
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(rows, [])
        found = [(rows.line_num, row) for row in rows if row]
    except csv.Error as error:
        raise UnreadableError(rows.line_num, f"is not CSV: {error}") from None
    if not found:
        raise UnreadableError(1, "is empty")
    if uneven := [(line, row) for line, row in found if len(row) != len(header)]:
        line, row = uneven[0]
        message = f"has {len(row)} cells; the first line names {len(header)} columns"
        raise UnreadableError(line, message)
    if len(set(header)) < len(header):
        raise UnreadableError(1, "names a column twice")
    data = [
        {name: cell or None for name, cell in zip(header, row, strict=True)} for _, row in found
    ]
    return data, lambda loc: found[loc[0]][0] if loc and isinstance(loc[0], int) else 1
