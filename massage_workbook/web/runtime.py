"""Python for the page: the runtime that the user supplies, and the archive of what it imports."""

import io
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import files, version
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from massage_workbook import paths
from massage_workbook.course import Course
from massage_workbook.errors import UserError
from massage_workbook.reader import WHOLE, to_json

VERSION = "314.0.7"
HASHES = {
    "pyodide.mjs": "6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109",
    "pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
    "pyodide.asm.wasm": "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
    "python_stdlib.zip": "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
    "pyodide-lock.json": "5dc2fc119108bc148c7457dc86e7675b5c87e1cafd420b9c34c1eaef7b36c010",
}
"""The files of that version of the runtime that a page loads, and their SHA-256."""
_WHEEL = "pydantic_core-{}-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
HOW_TO_GET = """\
For pages that answer, get Python for the browser into a folder, and name it:
  npm pack pyodide@{pyodide} && tar -xzf pyodide-{pyodide}.tgz
  python -m pip download --no-deps --only-binary=:all: --dest package --implementation cp \\
    --python-version 3.14 --abi cp314 --platform pyemscripten_2026_0_wasm32 \\
    pydantic-core=={pydantic_core}
  massage-workbook export web {{folder}} --pyodide package""".format(
    pyodide=VERSION, pydantic_core=version("pydantic-core")
)
_LIBRARIES = (
    "annotated-types",
    "fsrs",
    "platformdirs",
    "pydantic",
    "PyYAML",
    "traitlets",
    "typing-extensions",
    "typing-inspection",
)
"""What the workbook imports in a page, of pure Python."""
_UNUSED = re.compile(
    r"pydantic/(v1|mypy)|traitlets/config|massage_workbook/(cli|tables|__main__)"
    r"|massage_workbook/(exchange|invariants|lab|pages)/|massage_workbook/figures/(?!__init__|palette)"
    r"|massage_workbook/web/(edition|runtime)"
)
"""Modules that no page imports."""


class RuntimeMissingError(UserError):
    """The folder does not hold the runtime, or another one than that which was tried."""


def runtime(folder: Path) -> dict[str, bytes]:
    """The files of the runtime by name.

    Raises:
        RuntimeMissingError: one of them is missing or another than expected.
        OSError: one of them cannot be read.
    """
    found = {name: _read(folder / name) for name in HASHES}
    for name, content in found.items():
        if sha256(content).hexdigest() != HASHES[name]:
            raise RuntimeMissingError(f"{folder / name} is not that of pyodide {VERSION}.")
    return found


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise RuntimeMissingError(f"There is no {path.name} in {path.parent}.")
    return path.read_bytes()


def archive(course: Course, folder: Path) -> bytes:
    """A zip file of all that Python imports in a page, with the course as JSON.

    Raises:
        RuntimeMissingError: the folder has no wheel of pydantic-core for the page, of the version
            that belongs to the pydantic installed here, or a broken one.
        OSError: a file cannot be read.
    """
    wheel = folder / _WHEEL.format(version("pydantic-core"))
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in {**dict(_libraries()), **dict(_workbook()), **_wheel(wheel)}.items():
            made.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        made.writestr(ZipInfo(f"massage_workbook/data/{WHOLE}"), to_json(course), ZIP_DEFLATED)
    return packed.getvalue()


def _libraries() -> Iterator[tuple[str, bytes]]:
    for library in _LIBRARIES:
        for path in files(library) or ():
            if path.suffix == ".py" and ".." not in path.parts and not _UNUSED.match(str(path)):
                yield path.as_posix(), path.read_binary()


def _workbook() -> Iterator[tuple[str, bytes]]:
    for path in sorted(paths.PACKAGE.rglob("*.py")):
        name = path.relative_to(paths.PACKAGE.parent).as_posix()
        if not _UNUSED.match(name):
            yield name, path.read_bytes()


def _wheel(path: Path) -> Mapping[str, bytes]:
    _read(path)
    try:
        with ZipFile(path) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist() if ".dist-info" not in name}
    except BadZipFile:
        raise RuntimeMissingError(f"{path} is broken: download it again.") from None
