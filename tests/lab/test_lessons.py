"""Lessons are installed, and never overwrite what the learner wrote."""

import os
import stat

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from massage_workbook.lab import lessons

NAME = "03 Stroking.ipynb"
BESIDE = "03 Stroking (new edition).ipynb"
SECOND = "03 Stroking (new edition 2).ipynb"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def notebook(*texts):
    cells = [new_markdown_cell(text) for text in texts]
    return new_notebook(cells=[*cells, new_code_cell("1 + 1")])


@pytest.fixture
def install(source, folder):
    """Install an edition of the lesson with this text; return the notices."""

    def install(text):
        nbformat.write(notebook(text), source / NAME)
        return lessons.install(source, folder)

    return install


@pytest.fixture
def installed(install, folder):
    """The lesson of the first edition."""
    install("First edition")
    return folder / NAME


def change(path):
    there = nbformat.read(path, as_version=4)
    there.cells[0].source += ", in my words"
    nbformat.write(there, path)


def add(path, at, cell):
    there = nbformat.read(path, as_version=4)
    there.cells.insert(at, cell)
    nbformat.write(there, path)


def texts(path):
    return [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown"]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_an_unchanged_lesson_is_kept_by_its_edition_and_replaced_by_a_new_one(install, folder):
    assert install("First edition") == []
    assert texts(folder / NAME) == ["First edition"]
    before = (folder / NAME).stat()
    assert install("First edition") == []
    after = (folder / NAME).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert install("Second edition") == []
    assert texts(folder / NAME) == ["Second edition"]
    assert names(folder) == [NAME]


def added_code(path):
    add(path, 1, new_code_cell("import os"))


@pytest.mark.parametrize("edit", [change, added_code])
def test_an_edited_lesson_stays_beside_the_new_edition_which_comes_once(
    install, installed, folder, edit
):
    edit(installed)
    before = installed.read_bytes()
    assert install("First edition") == []
    assert names(folder) == [NAME]
    [line] = install("Second edition")
    assert NAME in line
    assert BESIDE in line
    assert install("Second edition") == []
    assert names(folder) == [BESIDE, NAME]
    assert installed.read_bytes() == before
    assert texts(folder / BESIDE) == ["Second edition"]


def test_a_learner_s_notes_move_to_their_places_in_the_new_edition(source, folder):
    first = notebook("One", "Two", "Three")
    nbformat.write(first, source / NAME)
    lessons.install(source, folder)
    for at, text in ((4, "Last"), (2, "After two"), (3, "And more"), (0, "First of all")):
        add(folder / NAME, at, new_markdown_cell(text))
    assert lessons.install(source, folder) == []
    del first.cells[1]
    first.cells[1].source = "Three, better"
    nbformat.write(first, source / NAME)

    assert lessons.install(source, folder) == []

    assert names(folder) == [NAME]
    noted = ["First of all", "One", "Three, better", "After two", "And more", "Last"]
    assert sorted(texts(folder / NAME)) == sorted(noted)
    assert texts(folder / NAME)[:2] == noted[:2]
    assert lessons.install(source, folder) == []


@pytest.mark.parametrize(
    ("changes_it", "beside"), [(False, [BESIDE, NAME]), (True, [SECOND, BESIDE, NAME])]
)
def test_an_edition_beside_is_replaced_by_the_next_unless_it_was_changed(
    install, installed, folder, changes_it, beside
):
    change(installed)
    install("Second edition")
    if changes_it:
        change(folder / BESIDE)
    install("Third edition")
    assert names(folder) == beside
    assert texts(folder / beside[0]) == ["Third edition"]


@pytest.mark.parametrize(
    "content",
    [
        None, b"", b"not JSON", b"\xff\xfe\x00", b"[]", b'{"nbformat": 4}',
        b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
        b'{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {"massage_workbook": 1}}',
        b'{"nbformat": 4, "nbformat_minor": 5, "cells": [{}], "metadata": {}}',
        nbformat.writes(notebook("Mine")).encode(),
    ],
)  # fmt: skip
def test_a_file_or_folder_under_a_lesson_s_name_stays_unchanged(install, folder, content):
    there = folder / NAME
    there.mkdir() if content is None else there.write_bytes(content)
    install("First edition")
    assert there.is_dir() if content is None else there.read_bytes() == content
    assert texts(folder / BESIDE) == ["First edition"]


def test_a_lesson_with_stored_outputs_is_installed_again(install, installed, folder):
    stored = nbformat.read(installed, as_version=4)
    stored.cells[-1].outputs = [new_output("stream", text="2")]
    nbformat.write(stored, installed)
    assert install("First edition") == []
    assert names(folder) == [NAME]
    assert not lessons._has_outputs(nbformat.read(installed, as_version=4))


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o600), (0o022, 0o644)])
def test_a_lesson_file_follows_the_user_s_umask(install, folder, mask, mode):
    before = os.umask(mask)
    try:
        install("First edition")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == mode


def test_running_or_marking_a_lesson_does_not_change_it():
    before, after = notebook("Text"), notebook("Text")
    after.cells[1].execution_count = 7
    after.cells[1].outputs = [new_output("stream", text="2")]
    after.cells[1].metadata["trusted"] = True
    after.metadata["widgets"] = {}
    assert lessons.fingerprint(before) == lessons.fingerprint(after)
    before.metadata[lessons._METADATA_KEY] = {"lesson": "03"}
    marked = lessons._with_edition(before)
    assert marked.metadata[lessons._METADATA_KEY]["lesson"] == "03"
    assert lessons.is_unchanged(marked)
    assert "edition" not in before.metadata[lessons._METADATA_KEY]


@pytest.mark.parametrize(
    "other",
    [
        notebook("Other text"),
        notebook("Text", "More"),
        new_notebook(cells=[new_code_cell("Text"), new_code_cell("1 + 1")]),
        new_notebook(
            cells=[new_markdown_cell("Text", attachments={"a.png": {}}), new_code_cell("1 + 1")]
        ),
    ],
)
def test_edited_text_is_a_change(other):
    assert lessons.fingerprint(notebook("Text")) != lessons.fingerprint(other)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"nbformat": 4, "cells": [{}]}'])
def test_a_damaged_or_missing_lesson_is_reported_and_none_is_installed(
    source, install, folder, content
):
    with pytest.raises(lessons.BrokenLessonError, match="There are no lessons in"):
        lessons.install(source, folder)
    (source / "04 Damaged.ipynb").write_bytes(content)
    with pytest.raises(lessons.BrokenLessonError, match=r"04 Damaged.ipynb is damaged"):
        install("First edition")
    assert names(folder) == []


def test_a_full_disk_leaves_the_lessons_unchanged(source, install, installed, folder, full_disk):
    nbformat.write(notebook("Second edition"), source / NAME)
    with full_disk(), pytest.raises(OSError, match="File too large"):
        lessons.install(source, folder)
    assert names(folder) == [NAME]
    assert texts(installed) == ["First edition"]
    assert install("Second edition") == []
    assert texts(installed) == ["Second edition"]
