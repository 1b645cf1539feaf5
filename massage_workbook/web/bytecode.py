"""Compiles the sources in zip files, for the Python that runs this; it runs in a page's Python."""

import importlib.util
import io
import marshal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_UNCHECKED = (0b01).to_bytes(4, "little")
"""The flag of PEP 552: there is no source to compare the bytecode with."""


def compiled(archive: bytes) -> bytes:
    """The same zip file with bytecode for each source, without docstrings."""
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as given, ZipFile(packed, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            is_source = name.endswith(".py")
            made.writestr(
                ZipInfo(f"{name}c" if is_source else name),
                _bytecode(name, content) if is_source else content,
                ZIP_DEFLATED,
                compresslevel=9,
            )
    return packed.getvalue()


def _bytecode(name: str, source: bytes) -> bytes:
    code = compile(source, name, "exec", dont_inherit=True, optimize=2)
    head = importlib.util.MAGIC_NUMBER + _UNCHECKED + importlib.util.source_hash(source)
    return head + marshal.dumps(code)
