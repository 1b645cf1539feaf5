"""Read and validate a data folder; every error names file, line and field."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from massage_workbook import garbage, paths
from massage_workbook.course.model import Model, unknown_message
from massage_workbook.course.schema import (
    Article,
    Course,
    Reference,
    StructureShape,
    StructureShapes,
    Technique,
    Tone,
)
from massage_workbook.errors import Loc, UserError, abbreviated
from massage_workbook.questions import KINDS, MODELS, Question, Topic


@dataclass(frozen=True, order=True)
class Problem:
    """An error in the data: its place, and a message that says what would be right."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class CourseError(UserError):
    """The data of a folder cannot be used; `problems` lists all errors."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        self.folder, self.problems = folder, sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def message(self) -> str:
        """The message for a learner: the first problem, the number of others, and what to do."""
        first, *others = self.problems
        more = f", and {len(others)} more" if others else ""
        return (
            f"The course in {self.folder} cannot be used: {first}{more}. Nothing of yours is lost."
            " Undo the last change, or install the workbook again;"
            " `massage-workbook check` lists all problems."
        )


@dataclass(frozen=True)
class _Document:
    """A file as plain values; `line` gives the line number of a place in them."""

    file: str
    data: Any
    line: Callable[[Loc], int]

    def problem(self, loc: Loc, message: str) -> Problem:
        """A problem in this file at `loc`."""
        return Problem(self.file, self.line(loc), ".".join(map(str, loc)) or "file", message)


_Place = tuple[Loc, Any, _Document]
"""An item of the data: its place, its plain values, and its document."""


def _number(cell: str | None) -> str | float | None:
    """The number in a cell; other text stays for the model to refuse."""
    try:
        return float(cell or "")
    except ValueError:
        return cell


def _words(cell: str | None) -> list[str]:
    return (cell or "").split()


def _as_is(data: Any) -> Any:  # noqa: ANN401
    return data


# --- a folder --------------------------------------------------------------------------------


@dataclass
class _Folder:
    """Reads the documents of a data folder, and collects their problems."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def document(self, path: Path, shape: Callable[[Any], Any] = _as_is) -> _Document:
        """A file with its values converted by `shape`; None and a problem if unreadable."""
        # Python in the browser reads one JSON file, and has no YAML.
        from massage_workbook.documents import UnreadableError, parsed  # noqa: PLC0415

        file = path.relative_to(self.root).as_posix()
        try:
            data, line = parsed(path)
        except UnreadableError as error:
            self.problems.append(Problem(file, error.line, "file", str(error)))
            return _Document(file, None, lambda _: 1)
        return _Document(file, shape(data), line)

    def documents(self, pattern: str) -> list[_Document]:
        """The files that match, ordered by name."""
        found = sorted(self.root.glob(pattern))
        if not found:
            self.problems.append(Problem(pattern, 1, "file", "is missing; at least one is needed"))
        self.problems += self._strays(pattern, found)
        return [self.document(path) for path in found]

    def _strays(self, pattern: str, found: list[Path]) -> Iterator[Problem]:
        """A problem for each YAML file in a place where it would never be read."""
        top, _ = pattern.split("/", maxsplit=1)
        for path in {*self.root.glob(f"{top}/**/*.y*ml")} - {*found}:
            file = path.relative_to(self.root).as_posix()
            yield Problem(file, 1, "file", f"is not read here; it belongs to {pattern}")

    def build(self, kind: Any, document: _Document, context: dict[str, Any]) -> Any:  # noqa: ANN401
        """A value of type `kind` from a document; None and a problem for each error if invalid."""
        if document.data is None:
            return None
        try:
            return TypeAdapter(kind).validate_python(document.data, context=context)
        except ValidationError as error:
            self.problems += [
                document.problem(_error_loc(found), _explain(kind, found))
                for found in _root_errors(error)
            ]
        return None


def _error_loc(error: Any) -> Loc:  # noqa: ANN401
    """The place of a pydantic error, without the union tag that pydantic inserts."""
    loc = error["loc"]
    if error["type"].startswith("union_tag"):
        return (*loc, "kind")
    return loc[:2] + loc[3:] if loc[:1] == ("questions",) else loc


def _root_errors(error: ValidationError) -> list[Any]:
    """Pydantic's errors, without those of a list that is too short only for an invalid item."""
    found = error.errors()
    above = {each["loc"][:-1] for each in found}
    above |= {loc[:i] for loc in above for i in range(len(loc))}
    return [each for each in found if each["type"] != "too_short" or each["loc"] not in above]


def _explain(kind: Any, error: Any) -> str:  # noqa: ANN401
    """The message for one of pydantic's errors: the error, and what would be right."""
    match error["type"]:
        case "missing":
            return "is missing; give it"
        case "extra_forbidden":
            return unknown_message("field", str(error["loc"][-1]), _fields(kind, error["loc"][:-1]))
        case "union_tag_not_found":
            return f"is missing; it is one of {', '.join(KINDS)}"
        case "union_tag_invalid":
            return unknown_message("kind", error["ctx"]["tag"], KINDS)
        case "value_error":
            return error["msg"].removeprefix("Value error, ")
        case _:
            return _wrong_value(error)


def _wrong_value(error: Any) -> str:  # noqa: ANN401
    """The message for a value of the wrong type or out of range."""
    wanted = error["msg"].replace("Input should", "it should")
    if error["input"] is None:
        return f"is empty; {wanted}"
    hint = error["type"] == "string_type" and not isinstance(error["input"], dict | list)
    return f"is {abbreviated(error['input'])}; {wanted}{' (put text in quotes)' if hint else ''}"


def _fields(kind: Any, loc: Loc) -> list[str]:  # noqa: ANN401
    """The field names of the model at `loc` inside the type `kind`."""
    for step in loc:
        if kind == Question:
            kind = MODELS[str(step)]
        elif kind not in _models():
            kind = next(arg for arg in reversed(get_args(kind)) if arg is not Ellipsis)
        elif step in kind.model_fields:
            kind = kind.model_fields[str(step)].annotation
        else:
            return []  # a list in place of a model
        if type(None) in get_args(kind):
            kind = get_args(kind)[0]
    return list(kind.model_fields) if kind in _models() else []


@cache
def _models(base: type[Model] = Model) -> frozenset[type[Model]]:
    """All subclasses of a model, recursively."""
    children = base.__subclasses__()
    return frozenset(children).union(*map(_models, children))


_Row = dict[str, str | None]


def _landmarks(rows: list[_Row]) -> list[dict[str, Any]]:
    """Rows of landmarks.csv with numeric places and a list of sources."""
    shapes = {"u": _number, "v": _number, "sources": _words}
    return [{name: shapes.get(name, _as_is)(cell) for name, cell in row.items()} for row in rows]


class _Sources(Model):
    articles: tuple[Article, ...]
    references: tuple[Reference, ...]


_NO_TABLES = {"articles", "references", "techniques", "topics"}
_OTHER_NAMES = {"landmarks": "landmarks.csv", "sections": "screening_sections.yaml"}
TABLES = {
    name: _OTHER_NAMES.get(name, f"{name}.yaml")
    for name in Course.model_fields
    if name not in _NO_TABLES
}
"""Files that list items of one model, by field of `Course`."""
_PALETTE = "palette.csv"
_STRUCTURE_SHAPES = "structure_shapes.yaml"
_NOT_ITEMS = {"lessons", "not_used", "retired", "sections", "structures", "topics"}
"""Fields of `Course` that no question or disagreement can be `about`."""
_CONVERTERS = {"landmarks": _landmarks}


WHOLE = "course.json"
"""The file with a valid course as `to_json` writes it, instead of all others."""


class _Whole(Course):
    """A course with the questions of its topics."""

    topics: tuple[Topic, ...]


def to_json(course: Course) -> str:
    """A whole course as JSON, for hosts without YAML."""
    return course.model_dump_json(serialize_as_any=True)


@garbage.paused()
def read(folder: Path | None = None) -> Course:
    """The course of a data folder, by default the workbook's own.

    Raises:
        CourseError: anything is invalid; it lists all problems by file and line.
    """
    folder = folder or paths.data()
    if not folder.is_dir():
        raise CourseError(folder, [Problem(str(folder), 1, "folder", "there is no such folder")])
    if (whole := folder / WHOLE).is_file():
        return _Whole.model_validate_json(whole.read_bytes())
    here = _Folder(folder)
    sources = here.document(folder / "sources.yaml")
    tables = {
        name: here.document(folder / file, _CONVERTERS.get(name, _as_is))
        for name, file in TABLES.items()
    }
    techniques = here.documents("techniques/*/*.yaml")
    topics = here.documents("questions/*.yaml")
    known = _known_ids(here, sources, tables, techniques, topics)
    register = here.build(_Sources, sources, known)
    built = {
        name: here.build(Course.model_fields[name].annotation, table, known)
        for name, table in tables.items()
    }
    built["techniques"] = tuple(here.build(Technique, each, known) for each in techniques)
    built["topics"] = tuple(here.build(Topic, each, known) for each in topics)
    for each in (*techniques, *topics):
        here.problems += _misplaced(each)
    here.build(tuple[Tone, ...], here.document(folder / _PALETTE), known)
    if here.problems:
        raise CourseError(folder, here.problems)
    return Course(articles=register.articles, references=register.references, **built)


def problems_at(folder: Path | None, found: Iterable[tuple[str, Loc, str]]) -> list[Problem]:
    """Problems for messages on a readable data folder, in order of file and line.

    Each message is given as (file, place in it, message).
    """
    here = _Folder(folder or paths.data())
    document = cache(lambda file: here.document(here.root / file))
    return sorted({document(file).problem(loc, message) for file, loc, message in found})


def palette() -> dict[str, Tone]:
    """The colours of drawings and widgets, by name.

    Raises:
        CourseError: the table is missing or invalid.
    """
    return {tone.name: tone for tone in _items_in(None, _PALETTE, Tone)}


def structure_shapes(folder: Path | None = None) -> dict[str, tuple[StructureShape, ...]]:
    """The drawn shapes of muscles and bones, by the id of their structure.

    Raises:
        CourseError: the file is missing or invalid.
    """
    found = _items_in(folder, _STRUCTURE_SHAPES, StructureShapes)
    return {each.id: each.shapes for each in found}


def _items_in(folder: Path | None, file: str, model: type[Model]) -> tuple[Any, ...]:
    """The items of a file that is not part of the course."""
    here = _Folder(folder or paths.data())
    items = here.build(tuple[model, ...], here.document(here.root / file), {})
    if here.problems:
        raise CourseError(here.root, here.problems)
    return items


def own_topics(folder: Path, course: Course) -> tuple[Topic, ...]:
    """The topics that a teacher imported into a folder.

    An unreadable topic, or one with an id of the course, is skipped with a warning, so that the
    course itself still works.
    """
    names = {topic.id for topic in course.topics}
    questions = {question.id for topic in course.topics for question in topic.questions}
    questions.update(*(group.ids for group in course.retired))
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            topic = Topic.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            warnings.warn(f"{path} is left out; import it again. {error}", stacklevel=2)
            continue
        # A teacher's topic may contain unchanged questions of the course.
        others = {each.id for each in topic.questions if not _is_in(course, each)}
        if topic.id in names or questions & others:
            warnings.warn(f"{path} is left out: the course has some of its ids", stacklevel=2)
            continue
        found.append(topic)
    return tuple(found)


def _is_in(course: Course, question: Question) -> bool:
    return any(question in topic.questions for topic in course.topics)


def _known_ids(
    here: _Folder,
    sources: _Document,
    tables: dict[str, _Document],
    techniques: list[_Document],
    topics: list[_Document],
) -> dict[str, Any]:
    """All ids that may be referenced, by kind; duplicates become problems.

    A kind with an unreadable file is None and not checked: one broken file does not cause a problem
    in each file that references it.
    """
    documents = {name: [table] for name, table in tables.items()}
    documents |= {"techniques": techniques, "topics": topics}
    places = {
        name: [place for each in found for place in _items_of(each)]
        for name, found in documents.items()
    }
    questions = [place for each in topics for place in _items_of(each, "questions")]
    references, articles = (_items_of(sources, name) for name in ("references", "articles"))
    here.problems += _duplicates(
        [place for name in places if name != "topics" for place in places[name]] + questions
    )
    for found in (places["topics"], references, articles):
        here.problems += _duplicates(found)
    here.problems += _retired_conflicts(tables["retired"], questions)
    ids = {
        name: _ids(places[name]) if found and all(each.data for each in found) else None
        for name, found in documents.items()
    }
    items = [found for name, found in ids.items() if name not in _NOT_ITEMS]
    return {
        "zone": ids["zones"],
        "block": ids["blocks"],
        "stance": ids["stances"],
        "technique": ids["techniques"],
        "stroke": ids["techniques"] and _strokes(places["techniques"]),
        "topic": ids["topics"],
        "section": ids["sections"],
        "contraindication": ids["contraindications"],
        "item": None if None in items else set().union(*items),
        "family": ids["blocks"] and _texts(item.get("family") for _, item, _ in places["blocks"]),
        "reference": _ids(references) or None,
        "article": _ids(articles) or None,
        "lines": _article_lines(articles),
    }


def _items_of(document: _Document, name: str | None = None) -> list[_Place]:
    """The items of a document: its list `name`, its own list, or the document itself."""
    if name is not None:
        items = document.data.get(name) if _is_map(document) else None
        return [((name, i), item, document) for i, item in _mappings(items)]
    if _is_map(document):
        return [((), document.data, document)]
    return [((i,), item, document) for i, item in _mappings(document.data)]


def _strokes(techniques: list[_Place]) -> set[str]:
    """The strokes of all techniques, as `<technique>/<stroke>`."""
    return {
        f"{_id(place)}/{stroke.get('id')}"
        for place in techniques
        for _, stroke in _mappings(place[1].get("strokes"))
    }


def _ids(places: list[_Place]) -> set[str]:
    return _texts(map(_id, places))


def _is_map(document: _Document) -> bool:
    return isinstance(document.data, dict)


def _mappings(data: Any) -> Iterator[tuple[int, dict[str, Any]]]:  # noqa: ANN401
    """The mappings in a list with their indexes; none if it is not a list."""
    for i, item in enumerate(data if isinstance(data, list) else ()):
        if isinstance(item, dict):
            yield i, item


def _texts(values: Iterable[Any]) -> set[str]:
    return {value for value in values if isinstance(value, str)}


def _id(place: _Place) -> str | None:
    _, item, _ = place
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else None


def _duplicates(places: list[_Place]) -> Iterator[Problem]:
    """A problem for each item with the id of an earlier one."""
    first: dict[str, _Place] = {}
    for place in places:
        name = _id(place)
        if name is None or first.setdefault(name, place) is place:
            continue
        (loc, _, document), (before, _, other) = place, first[name]
        there = f"{other.file}:{other.line((*before, 'id'))}"
        yield document.problem(
            (*loc, "id"), f'"{name}" is already an id, at {there}; ids are unique'
        )


def _retired_conflicts(retired: _Document, questions: list[_Place]) -> Iterator[Problem]:
    """A problem for each question with a retired id, and for each id retired twice."""
    lines: dict[str, int] = {}
    for loc, group, _ in _items_of(retired):
        for i, name in _texts_of_list(group.get("ids")):
            line = retired.line((*loc, "ids", i))
            if name in lines:
                message = f'"{name}" is already retired, at line {lines[name]}; list it once'
                yield retired.problem((*loc, "ids", i), message)
            lines.setdefault(name, line)
    for loc, question, document in questions:
        if (name := _id((loc, question, document))) in lines:
            there = f"{retired.file}:{lines[name]}"
            message = (
                f'"{name}" is retired, at {there}; old answers refer to it, so choose a new id'
            )
            yield document.problem((*loc, "id"), message)


def _texts_of_list(data: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    """The texts in a list with their indexes; none if it is not a list."""
    for i, each in enumerate(data if isinstance(data, list) else ()):
        if isinstance(each, str):
            yield i, each


def _article_lines(articles: list[_Place]) -> dict[str, range]:
    """The line range of each article with a valid one."""
    lines = {}
    for _, article, _ in articles:
        match article:
            case {"id": str(letter), "lines": [int(first), int(last)]}:
                lines[letter] = range(first, last + 1)
    return lines


def _misplaced(document: _Document) -> Iterator[Problem]:
    """Problems of a document whose id is not its file's name, or family not its folder."""
    if not _is_map(document):
        return
    *folders, name = document.file.removesuffix(".yaml").split("/")
    checks = {"id": (name, "file's name"), "family": (folders[-1], "folder")}
    for key, (expected, by) in checks.items():
        found = document.data.get(key)
        if isinstance(found, str) and found != expected:
            yield document.problem((key,), f'is {abbreviated(found)}; the {by} says "{expected}"')
