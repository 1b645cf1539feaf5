"""Combine JavaScript modules into one script, since the front end loads one script a widget.

Each module becomes a function scope that returns its exports, after those it imports.
Supported are `import { a, b as c } from "./x.js";`, `import x from "./x.js";`, `import "./x.js";`,
`export` before a declaration of a function, a class or a constant, and `export default` before an
expression.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_IMPORT = re.compile(
    r'^import\s+(?:(?:(?P<default>[\w$]+)|\{(?P<names>[^}]*)\})\s+from\s+)?"(?P<source>[^"]+)";$',
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export\s+(?=(?:async\s+)?(?:function\*?|const|class)\s+([\w$]+))", re.MULTILINE
)
_DEFAULT = re.compile(r"^export\s+default\s+", re.MULTILINE)
_OTHER = re.compile(r"^(?:import\b(?!\s*[(.])|export\b).*", re.MULTILINE)


class BundleError(Exception):
    """An unsupported import or export; the message names its module and line."""


@cache
def bundle(entry: Path) -> str:
    """The text of one module that exports what the module at `entry` exports.

    Raises:
        BundleError: an import of an unknown module or name, a circular import, or an unsupported
            form of import or export.
    """
    modules = list(_imports_first(entry.resolve(), ()))
    scopes = (_scope(each) for each in dict.fromkeys(modules))
    return "\n".join([*scopes, *_export_statements(entry.resolve())])


def _imports_first(module: Path, importing: tuple[Path, ...]) -> Iterator[Path]:
    """The module after all that it imports; a module may appear more than once."""
    if module in importing:
        circle = " -> ".join(each.name for each in (*importing, module))
        raise BundleError(f"modules import each other in a circle: {circle}")
    for found in _IMPORT.finditer(_text(module)):
        yield from _imports_first(_source(module, found), (*importing, module))
    yield module


@cache
def _scope(module: Path) -> str:
    text = _IMPORT.sub(lambda found: _binding(module, found), _text(module))
    text = _DEFAULT.sub("const $default = ", _EXPORT.sub("", text))
    if other := _OTHER.search(text):
        form = "write import { name }, import name, or export before a declaration"
        raise BundleError(f"{_place(module, other[0])}: {other[0]}: {form}")
    given = (f"default: {name}" if name == "$default" else name for name in _exports(module))
    return f"const {_name(module)} = (() => {{\n{text}\nreturn {{ {', '.join(given)} }};\n}})();"


def _export_statements(entry: Path) -> Iterator[str]:
    names = _exports(entry)
    if named := [name for name in names if name != "$default"]:
        yield f"export const {{ {', '.join(named)} }} = {_name(entry)};"
    if "$default" in names:
        yield f"export default {_name(entry)}.default;"


def _binding(module: Path, found: re.Match[str]) -> str:
    """The statement that replaces an import."""
    source = _source(module, found)
    if found["default"]:
        _check_export(module, found, "$default", source)
        return f"const {{ default: {found['default']} }} = {_name(source)};"
    names = [each.split() for each in (found["names"] or "").split(",") if each.strip()]
    for name, *_ in names:
        _check_export(module, found, name, source)
    return f"const {{ {', '.join(': '.join((n[0], n[-1])) for n in names)} }} = {_name(source)};"


def _source(module: Path, found: re.Match[str]) -> Path:
    source = (module.parent / found["source"]).resolve()
    if not found["source"].startswith(".") or not source.is_file():
        place = _place(module, found[0])
        raise BundleError(f"{place}: there is no module {found['source']} beside {module.name}")
    return source


def _check_export(module: Path, found: re.Match[str], name: str, source: Path) -> None:
    if name not in _exports(source):
        known = ", ".join(_exports(source)).replace("$", "") or "nothing"
        place = _place(module, found[0])
        wanted = name.removeprefix("$")
        raise BundleError(f"{place}: {source.name} does not export {wanted}; it exports {known}")


@cache
def _exports(module: Path) -> tuple[str, ...]:
    text = _text(module)
    return (*_EXPORT.findall(text), *(["$default"] if _DEFAULT.search(text) else []))


@cache
def _text(module: Path) -> str:
    return module.read_text(encoding="utf-8")


def _place(module: Path, line: str) -> str:
    return f"{module}:{_text(module).partition(line)[0].count(chr(10)) + 1}"


def _name(module: Path) -> str:
    """The name of a module in the bundle, such as `$shared_elements`."""
    return f"${module.parent.name}_{module.stem}"
