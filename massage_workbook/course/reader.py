"""The only code that opens the course's data, and the errors that lead an editor to the line."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import TypeAdapter, ValidationError

from massage_workbook import paths
from massage_workbook.course.schema import (
    Article,
    Block,
    Claim,
    Contraindication,
    Course,
    Disagreement,
    Landmark,
    Lesson,
    Model,
    NodeGroup,
    NotTaught,
    NotUsed,
    Preparation,
    Reference,
    Rule,
    Session,
    StopSign,
    Technique,
    Term,
    Topic,
    Zone,
    unknown,
)

LARGEST = 1_000_000
"""Bytes; a course file is a few kilobytes, and one larger than this is not one."""

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times faster

Loc = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in the data, with the place and what would be right."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class CourseError(Exception):
    """The data cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Document:
    """A file as plain values, and `line`, which finds the line of a place in them."""

    file: str
    data: Any
    line: Callable[[Loc], int]

    def problem(self, loc: Loc, message: str) -> Problem:
        """A problem of this file at `loc`."""
        return Problem(self.file, self.line(loc), ".".join(map(str, loc)) or "file", message)


class _UnreadableError(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


# --- files -----------------------------------------------------------------------------------


def _text(path: Path) -> str:
    """Text of a file.

    Raises:
        _UnreadableError: it is missing, too large, or not UTF-8.
    """
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise _UnreadableError(1, f"has {size:,} bytes; a course file has at most {LARGEST:,}")
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(line, "is not UTF-8 here; save the file as UTF-8") from None
    except OSError as error:
        raise _UnreadableError(
            1, f"cannot be read ({error.strerror}); this file is needed"
        ) from None


def _yaml(text: str) -> tuple[Any, Callable[[Loc], int]]:
    loader = Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise _UnreadableError(1, "is empty")
        return _plain(root, loader, set()), lambda loc: _line(root, loc)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _UnreadableError(
            mark.line + 1 if mark else 1, f"is not YAML: {error.problem}"
        ) from None
    except yaml.YAMLError as error:
        raise _UnreadableError(1, f"is not YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise _UnreadableError(1, "is nested too deeply; the course needs five levels") from None
    finally:
        loader.dispose()


def _plain(node: yaml.Node, loader: yaml.Loader, seen: set[int]) -> Any:  # noqa: ANN401
    """Plain values of a YAML node; `seen` holds the nodes met, for one met twice is an alias."""
    if id(node) in seen:
        # Aliases of aliases grow without bound, and an editor reads a value where it stands.
        raise _UnreadableError(node.start_mark.line + 1, "has an alias (*); write the value out")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, loader)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, loader, seen) for item in node.value]
    values: dict[Any, Any] = {}
    for key, value in node.value:
        name = _scalar(key, loader) if isinstance(key, yaml.ScalarNode) else None
        if not isinstance(name, str):
            raise _UnreadableError(key.start_mark.line + 1, "has a key that is not text; quote it")
        if name in values:
            raise _UnreadableError(key.start_mark.line + 1, f'has "{name}" twice; keep one')
        values[name] = _plain(value, loader, seen)
    return values


def _scalar(node: yaml.ScalarNode, loader: yaml.Loader) -> Any:  # noqa: ANN401
    try:
        return loader.construct_object(node)
    except ValueError as error:  # a number or a date that is none, such as 2026-99-99
        raise _UnreadableError(node.start_mark.line + 1, f"{node.value!r}: {error}") from None


def _line(node: yaml.Node, loc: Loc) -> int:
    """Line of the deepest node on the way along `loc`: a mapping's key, a list's item."""
    line = node.start_mark.line + 1
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                continue
            line, node = found[0].start_mark.line + 1, found[1]
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value)
        ):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _csv(text: str) -> tuple[list[dict[str, Any]], Callable[[Loc], int]]:
    """Rows by column; a cell that is a number becomes one, an empty cell None."""
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(rows, [])
        found = [(rows.line_num, row) for row in rows if row]
    except csv.Error as error:
        raise _UnreadableError(rows.line_num, f"is not CSV: {error}") from None
    if uneven := [(line, row) for line, row in found if len(row) != len(header)]:
        line, row = uneven[0]
        raise _UnreadableError(
            line, f"has {len(row)} cells; the first line names {len(header)} columns"
        )
    if len(set(header)) < len(header):
        raise _UnreadableError(1, "names a column twice")
    data = [dict(zip(header, map(_cell, row), strict=True)) for _, row in found]
    return data, lambda loc: found[loc[0]][0] if loc and isinstance(loc[0], int) else 1


def _cell(text: str) -> str | float | bool | None:
    if text in {"", "yes", "no"}:
        return {"": None, "yes": True, "no": False}[text]
    try:
        return float(text)
    except ValueError:
        return text


def _as_is(data: Any) -> Any:  # noqa: ANN401
    return data


# --- a folder --------------------------------------------------------------------------------


@dataclass
class _Folder:
    """The documents of a data folder, and every problem met on the way."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def document(self, path: Path, shape: Callable[[Any], Any] = _as_is) -> Document:
        """A file's values put through `shape`; an unreadable file leaves a problem and no value."""
        file = path.relative_to(self.root).as_posix()
        try:
            data, line = (_csv if path.suffix == ".csv" else _yaml)(_text(path))
        except _UnreadableError as error:
            self.problems.append(Problem(file, error.line, "file", str(error)))
            return Document(file, None, lambda _: 1)
        return Document(file, shape(data), line)

    def documents(self, pattern: str) -> list[Document]:
        """The files that match, in the order of their names."""
        found = sorted(self.root.glob(pattern))
        if not found:
            self.problems.append(
                Problem(pattern, 1, "file", "there is none; at least one is needed")
            )
        return [self.document(path) for path in found]

    def build(self, kind: Any, document: Document, context: dict[str, Any]) -> Any:  # noqa: ANN401
        """`kind` built from a document, or None and a problem for each thing that is wrong."""
        if document.data is None:
            return None
        try:
            return TypeAdapter(kind).validate_python(document.data, context=context)
        except ValidationError as error:
            self.problems += [
                document.problem(found["loc"], _explain(kind, found)) for found in error.errors()
            ]
        return None


def _explain(kind: Any, error: Any) -> str:  # noqa: ANN401
    """What is wrong and what would be right, of one of pydantic's errors."""
    if error["type"] == "missing":
        return "is missing; give it"
    if error["type"] == "extra_forbidden":
        return unknown("field", str(error["loc"][-1]), _fields(kind, error["loc"][:-1]))
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    shown = repr(error["input"])
    short = shown if len(shown) <= 60 else shown[:57] + "..."  # noqa: PLR2004
    hint = "" if isinstance(error["input"], str | dict | list) else " (put text in quotes)"
    wanted = error["msg"].replace("Input should", "it should")
    return f"is {short}; {wanted}{hint if 'string' in error['type'] else ''}"


def _fields(kind: Any, loc: Loc) -> list[str]:  # noqa: ANN401
    """Names of the fields of the model that stands at `loc` inside `kind`."""
    for step in loc:
        if isinstance(kind, type) and issubclass(kind, Model):
            kind = kind.model_fields[str(step)].annotation
        else:
            kind = next(arg for arg in reversed(get_args(kind)) if arg is not Ellipsis)
        kind = next((arg for arg in get_args(kind) if arg in _models()), kind)
    return list(kind.model_fields) if kind in _models() else []


@cache
def _models() -> frozenset[type[Model]]:
    return frozenset(Model.__subclasses__()) | {
        grandchild for child in Model.__subclasses__() for grandchild in child.__subclasses__()
    }


def _rows_with_sources(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of landmarks.csv: `sources` holds several, with spaces between."""
    return [row | {"sources": str(row.get("sources") or "").split()} for row in rows]


SESSION_COLUMNS = ("id", "name", "basis", "sources", "note")


def _sessions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of sessions.csv: every further column is a block, its cell the minutes."""
    return [
        {name: row.get(name) for name in SESSION_COLUMNS}
        | {"sources": str(row.get("sources") or "").split()}
        | {"minutes": {k: v for k, v in row.items() if k not in SESSION_COLUMNS and v is not None}}
        for row in rows
    ]


class _Sources(Model):
    articles: tuple[Article, ...]
    references: tuple[Reference, ...]


TABLES = {
    "landmarks": ("landmarks.csv", Landmark),
    "zones": ("zones.yaml", Zone),
    "lymph_nodes": ("lymph_nodes.yaml", NodeGroup),
    "blocks": ("blocks.yaml", Block),
    "not_taught": ("not_taught.yaml", NotTaught),
    "rules": ("rules.yaml", Rule),
    "preparation": ("preparation.yaml", Preparation),
    "contraindications": ("contraindications.yaml", Contraindication),
    "stop_signs": ("stop_signs.yaml", StopSign),
    "disagreements": ("disagreements.yaml", Disagreement),
    "claims": ("claims.yaml", Claim),
    "glossary": ("glossary.yaml", Term),
    "sessions": ("sessions.csv", Session),
    "lessons": ("lessons.yaml", Lesson),
    "not_used": ("not_used.yaml", NotUsed),
}
"""Files that list many of one noun: the course's name for them, the file, the noun."""
NOT_ITEMS = {"lessons", "not_used", "topics", "questions"}
"""What a question or a disagreement cannot be about."""
SHAPES = {"landmarks": _rows_with_sources, "sessions": _sessions}


def read(folder: Path | None = None) -> Course:
    """The whole course of a data folder (the workbook's own where none is named).

    Raises:
        CourseError: anything is wrong anywhere; it lists all of it, file by file and line by line.
    """
    folder = folder or paths.data()
    if not folder.is_dir():
        raise CourseError([Problem(str(folder), 1, "folder", "there is no such folder")])
    here = _Folder(folder)
    sources = here.document(folder / "sources.yaml")
    tables = {
        name: here.document(folder / file, SHAPES.get(name, _as_is))
        for name, (file, _) in TABLES.items()
    }
    techniques = here.documents("techniques/*/*.yaml")
    topics = here.documents("questions/*.yaml")
    known = _known(here, sources, tables, techniques, topics)
    register = here.build(_Sources, sources, known)
    built = {
        name: here.build(tuple[noun, ...], tables[name], known)
        for name, (_, noun) in TABLES.items()
    }
    built["techniques"] = tuple(here.build(Technique, each, known) for each in techniques)
    built["topics"] = tuple(here.build(Topic, each, known) for each in topics)
    for each in (*techniques, *topics):
        here.problems += _misplaced(each)
    if here.problems:
        raise CourseError(here.problems)
    return Course(articles=register.articles, references=register.references, **built)


def _known(
    here: _Folder,
    sources: Document,
    tables: dict[str, Document],
    techniques: list[Document],
    topics: list[Document],
) -> dict[str, Any]:
    """Every id that may be mentioned, by kind; one that stands twice is a problem."""
    places = {
        name: [((i,), item, table) for i, item in _items(table.data)]
        for name, table in tables.items()
    }
    places["techniques"] = [((), each.data, each) for each in techniques]
    places["topics"] = [((), each.data, each) for each in topics]
    places["questions"] = [
        (("questions", i), item, each)
        for each in topics
        if _is_map(each)
        for i, item in _items(each.data.get("questions"))
    ]
    ids = {
        name: {item_id for item_id in map(_id, found) if item_id} for name, found in places.items()
    }
    here.problems += _twice([place for name in ids if name != "topics" for place in places[name]])
    here.problems += _twice(places["topics"])
    register = sources.data if _is_map(sources) else {}
    return {
        "zone": ids["zones"],
        "block": ids["blocks"],
        "technique": ids["techniques"],
        "topic": ids["topics"],
        "item": {name for kind in ids if kind not in NOT_ITEMS for name in ids[kind]},
        "family": _texts(item.get("family") for _, item in _items(tables["blocks"].data)),
        "reference": _texts(item.get("id") for _, item in _items(register.get("references"))),
        "line": _article_lines(register.get("articles")),
    }


def _is_map(document: Document) -> bool:
    return isinstance(document.data, dict)


def _items(data: Any) -> Iterator[tuple[int, dict[str, Any]]]:  # noqa: ANN401
    """The mappings of a list, with their places; nothing of what is no list."""
    for i, item in enumerate(data if isinstance(data, list) else ()):
        if isinstance(item, dict):
            yield i, item


def _texts(values: Iterable[Any]) -> set[str]:
    return {value for value in values if isinstance(value, str)}


Place = tuple[Loc, Any, Document]
"""An item of the data: where it stands in which document, and its plain values."""


def _id(place: Place) -> str | None:
    _, item, _ = place
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else None


def _twice(places: list[Place]) -> Iterator[Problem]:
    """A problem for each item whose id another one before it has."""
    first: dict[str, str] = {}
    for place in places:
        (loc, _, document), name = place, _id(place)
        if name is None:
            continue
        if name in first:
            message = f'"{name}" is already an id, at {first[name]}; ids are unique'
            yield document.problem((*loc, "id"), message)
        first.setdefault(name, f"{document.file}:{document.line((*loc, 'id'))}")


def _article_lines(articles: Any) -> dict[str, range]:  # noqa: ANN401
    lines = {letter: range(0) for letter in "ABCDE"}
    for _, article in _items(articles):
        match article:
            case {"id": str(letter), "lines": [int(first), int(last)]}:
                lines[letter] = range(first, last + 1)
    return lines


def _misplaced(document: Document) -> Iterator[Problem]:
    """A technique or topic stands in a file of its own id, a technique in its family's folder."""
    if not _is_map(document):
        return
    *folders, name = document.file.removesuffix(".yaml").split("/")
    if (found := document.data.get("id")) != name:
        yield document.problem(("id",), f'is "{found}"; the file\'s name says "{name}"')
    if folders[0] == "techniques" and (found := document.data.get("family")) != folders[-1]:
        yield document.problem(("family",), f'is "{found}"; the folder says "{folders[-1]}"')
