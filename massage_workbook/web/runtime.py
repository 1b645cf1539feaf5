"""Python for the page: the runtime that the user supplies, and an archive of the modules."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import files, version
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from massage_workbook import paths
from massage_workbook.course import Course
from massage_workbook.errors import UserError
from massage_workbook.files import write_atomically
from massage_workbook.reader import WHOLE, to_json
from massage_workbook.web.bytecode import zipped

VERSION = "314.0.7"
_STANDARD = "python_stdlib.zip"
HASHES = {
    "pyodide.mjs": "6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109",
    "pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
    "pyodide.asm.wasm": "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
    _STANDARD: "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
    "pyodide-lock.json": "5dc2fc119108bc148c7457dc86e7675b5c87e1cafd420b9c34c1eaef7b36c010",
}
"""The files of that version that a page loads, and their SHA-256."""
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
    "traitlets",
    "typing-extensions",
    "typing-inspection",
)
"""Pure Python libraries that the workbook imports in a page."""
_UNUSED = re.compile(
    r"pydantic/(color|deprecated|experimental|mypy|v1)|traitlets/(config|tests)|fsrs/optimizer"
    r"|annotated_types/test_cases|platformdirs/(_?android|ios|macos|pytest_plugin|testing|windows)"
    r"|massage_workbook/(cli|documents|tables|__main__)|massage_workbook/classroom/(page|report|service)"
    r"|massage_workbook/(exchange|invariants|lab|pages)/|massage_workbook/figures/(?!__init__|palette)"
    r"|massage_workbook/web/(bytecode|edition|runtime)"
)
"""Modules that no page imports."""
_UNUSED_STANDARD = re.compile(
    r"(_pyrepl|ctypes|multiprocessing|tomllib|unittest|wsgiref|xml|xmlrpc)/"
    r"|asyncio/(__main__|proactor_events|tools|windows_events|windows_utils)"
    r"|email/(_header_value_parser|contentmanager|generator|headerregistry|mime|policy)"
    r"|encodings/(?!__init__|aliases|ascii|cp437|idna|latin_1|punycode|utf_8)"
    r"|html/parser|http/(cookiejar|cookies|server)|logging/(config|handlers)|sysconfig/__main__"
    r"|(_pydatetime|_pyio|argparse|bdb|cmd|code|compileall|configparser|cProfile|doctest|filecmp"
    r"|fileinput|ftplib|getpass|imaplib|mailbox|mimetypes|modulefinder|netrc|optparse|pdb"
    r"|pickletools|plistlib|poplib|profile|pstats|pty|py_compile|pyclbr|pydoc|rlcompleter|runpy"
    r"|shelve|smtplib|socketserver|symtable|tabnanny|tarfile|timeit|trace|wave|zipapp)\.py"
)
"""Modules of the standard library that no page imports."""
_ARCHIVE = "python.zip"
_HERE = Path(__file__).parent


class RuntimeMissingError(UserError):
    """The folder does not contain the runtime, or another version of it."""


def sources(course: Course, folder: Path) -> dict[str, bytes]:
    """The files of Python for a page by name: the runtime, and a zip file of all modules.

    Raises:
        RuntimeMissingError: the folder lacks a file of the runtime or has another version of it, or
            lacks the wheel of pydantic-core that the installed pydantic needs.
        OSError: a file cannot be read.
    """
    found = {name: _read(folder / name) for name in HASHES}
    for name, content in found.items():
        if sha256(content).hexdigest() != HASHES[name]:
            raise RuntimeMissingError(f"{folder / name} is not from pyodide {VERSION}.")
    found[_STANDARD] = _trimmed(found[_STANDARD])
    imported = {
        **dict(_libraries()),
        **dict(_workbook()),
        **_wheel(folder / _WHEEL.format(version("pydantic-core"))),
        f"massage_workbook/data/{WHOLE}": to_json(course).encode(),
    }
    return {_ARCHIVE: zipped(imported)} | {f"pyodide/{name}": each for name, each in found.items()}


def _trimmed(library: bytes) -> bytes:
    with ZipFile(io.BytesIO(library)) as given:
        names = (each for each in given.namelist() if not _UNUSED_STANDARD.match(each))
        return zipped({name: given.read(name) for name in names})


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise RuntimeMissingError(f"There is no {path.name} in {path.parent}.")
    return path.read_bytes()


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
            return {
                name: wheel.read(name) for name in wheel.namelist() if name.endswith((".py", ".so"))
            }
    except BadZipFile:
        raise RuntimeMissingError(f"{path} is broken: download it again.") from None


def node() -> str | None:
    """The Node.js of this machine, which compiles Python for the page."""
    return shutil.which("node")


def compiled(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The zip files among these files, with their sources compiled to bytecode for the page.

    A page starts about twice as fast with them. Without Node.js there are none.

    Raises:
        RuntimeMissingError: this Node.js cannot run the runtime in the folder.
        OSError: a file cannot be written or read.
    """
    program = node()
    if program is None:
        return {}
    archives = {name: Path(name).name for name in files if name.endswith(".zip")}
    with TemporaryDirectory() as place:
        for name, file in archives.items():
            write_atomically(Path(place, file), files[name])
        arguments = (_HERE / "bytecode.mjs", folder.resolve(), _HERE / "bytecode.py", place)
        done = subprocess.run([program, *arguments], capture_output=True, check=False)  # noqa: S603 - Node.js
        if done.returncode:
            raise RuntimeMissingError(
                f"{program} cannot run pyodide {VERSION}: Node.js must be version 20 or newer."
            )
        return {name: Path(place, file).read_bytes() for name, file in archives.items()}
