"""A file is there complete or not at all, and a fingerprint changes with what it stands for."""

import gc
import os
import re

import pytest

from massage_workbook import garbage, paths
from massage_workbook.files import source_timestamps, write_atomically


def test_an_edition_tells_of_every_change(tmp_path, monkeypatch):
    monkeypatch.setattr("massage_workbook.paths.own_questions", lambda: tmp_path / "questions")
    before = source_timestamps()
    (tmp_path / "questions").mkdir()
    mine = tmp_path / "questions" / "mine.json"
    mine.write_text("{}")
    brought_in = source_timestamps()
    os.utime(mine, (0, 0))

    assert before != brought_in != source_timestamps()


def test_a_full_disk_leaves_what_was_there(tmp_path, full_disk):
    path = tmp_path / "kept.svg"
    write_atomically(path, "before")
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_atomically(path, "after")
    assert [each.name for each in tmp_path.iterdir()] == ["kept.svg"]
    assert path.read_text() == "before"


def test_a_file_that_is_there_stays_where_nothing_is_to_be_overwritten(tmp_path):
    for content in ("first", b"second"):
        write_atomically(tmp_path / "name", content, overwrite=False)
    assert (tmp_path / "name").read_bytes() == b"first"
    write_atomically(tmp_path / "name", b"third")
    assert (tmp_path / "name").read_bytes() == b"third"
    assert len([*tmp_path.iterdir()]) == 1


WRITING = re.compile(
    r"""\.(write_text|write_bytes|rename|touch|fsync|mkstemp|copyfile|copytree|hardlink_to)\("""
    r"""|os\.(open|replace|link)\(|open\([^)]*["'][wax]"""
)


def test_one_module_writes_all_files():
    every = paths.PACKAGE.rglob("*.py")
    assert [each.name for each in every if WRITING.search(each.read_text())] == ["files.py"]


@pytest.mark.parametrize("before", [True, False])
def test_garbage_is_looked_for_again_as_before_also_after_a_failure(before):
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
