"""Compiles the sources in zip files to bytecode of the Python that runs this: that of the page."""

import importlib.util
import io
import marshal
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_UNCHECKED = (0b01).to_bytes(4, "little")
"""The flag of PEP 552 for bytecode that is not compared with a source."""


def compiled(archive: bytes) -> bytes:
    """The same zip file with bytecode for each source, without docstrings."""
    with ZipFile(io.BytesIO(archive)) as given:
        contents = {name: given.read(name) for name in given.namelist()}
    return zipped(dict(_compiled(*each) for each in contents.items()))


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """A zip file of files by their names; the same files give the same bytes."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as made:
        for name, content in contents.items():
            made.writestr(ZipInfo(name), content, ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()


def _compiled(name: str, content: bytes) -> tuple[str, bytes]:
    return (f"{name}c", _bytecode(name, content)) if name.endswith(".py") else (name, content)


def _bytecode(name: str, source: bytes) -> bytes:
    code = compile(source, name, "exec", dont_inherit=True, optimize=2)
    head = importlib.util.MAGIC_NUMBER + _UNCHECKED + importlib.util.source_hash(source)
    return head + marshal.dumps(code)
