"""Atomic file writes, and fingerprints."""

import gc
import os
import re

import pytest

from massage_workbook import garbage, paths
from massage_workbook.files import source_timestamps, write_atomically


def test_source_timestamps_change_with_every_source_file(tmp_path, monkeypatch):
    monkeypatch.setattr("massage_workbook.paths.own_questions", lambda: tmp_path / "questions")
    before = source_timestamps()
    (tmp_path / "questions").mkdir()
    mine = tmp_path / "questions" / "mine.json"
    mine.write_text("{}")
    brought_in = source_timestamps()
    os.utime(mine, (0, 0))

    assert before != brought_in != source_timestamps()


def test_an_existing_file_is_kept_on_a_full_disk_or_without_overwrite(tmp_path, full_disk):
    path = tmp_path / "kept.svg"
    for content in ("first", b"second"):
        write_atomically(path, content, overwrite=False)
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_atomically(path, "third")
    assert path.read_bytes() == b"first"
    write_atomically(path, b"fourth")
    assert path.read_bytes() == b"fourth"
    assert [each.name for each in tmp_path.iterdir()] == ["kept.svg"]


WRITING = re.compile(
    r"""\.(write_text|write_bytes|rename|touch|fsync|mkstemp|copyfile|copytree|hardlink_to)\("""
    r"""|os\.(open|replace|link)\(|open\([^)]*["'][wax]"""
)


def test_only_one_module_changes_files():
    every = paths.PACKAGE.rglob("*.py")
    assert [each.name for each in every if WRITING.search(each.read_text())] == ["files.py"]


@pytest.mark.parametrize("before", [True, False])
def test_the_garbage_collector_resumes_even_after_an_error(before):
    def make():
        with garbage.paused():
            assert not gc.isenabled()
            raise LookupError

    was = gc.isenabled()
    (gc.enable if before else gc.disable)()
    try:
        with pytest.raises(LookupError):
            make()
        assert gc.isenabled() == before
    finally:
        (gc.enable if was else gc.disable)()
