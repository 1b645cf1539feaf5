"""Pages are written whole or not at all, and nothing else is ever taken away."""

from pathlib import Path

import pytest

from massage_workbook.pages import NotOursError, write

FILES = {"index.html": "one", "pictures/a.svg": "two"}


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_files_are_written_into_a_new_folder_or_an_empty_one(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        write(FILES, tmp_path / name)
        assert content(tmp_path / name) == FILES
    assert {path.name for path in tmp_path.iterdir()} == {"new", "empty"}


def test_written_again_it_holds_the_new_files_alone(tmp_path):
    write(FILES, tmp_path / "pages")
    write({"index.html": "three"}, tmp_path / "pages")
    assert content(tmp_path / "pages") == {"index.html": "three"}
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


@pytest.mark.parametrize("name", ["mine.txt", "pictures/mine.svg", "mine/"])
def test_a_folder_that_holds_something_else_is_left_as_it_is(tmp_path, name):
    folder = tmp_path / "pages"
    write(FILES, folder)
    if name.endswith("/"):
        (folder / name).mkdir()
    else:
        (folder / name).write_text("mine")
    before = content(folder)
    with pytest.raises(NotOursError, match="mine"):
        write({"index.html": "three"}, folder)
    assert content(folder) == before
    assert (folder / name).exists()


def test_a_file_in_its_place_is_left_as_it_is(tmp_path):
    (tmp_path / "pages").write_text("mine")
    with pytest.raises(NotOursError, match="is a file"):
        write(FILES, tmp_path / "pages")
    assert (tmp_path / "pages").read_text() == "mine"


def test_the_folder_that_one_is_in_is_not_replaced_under_one_s_feet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotOursError, match="Name another one"):
        write(FILES, Path())


@pytest.mark.parametrize("fails", ["new", "old"])
def test_what_was_there_stays_whole_when_the_last_step_fails(tmp_path, monkeypatch, fails):
    folder = tmp_path / "pages"
    write(FILES, folder)
    rename = Path.rename

    def refuse(path, target):
        if (path.name == "new" and fails == "new") or (target.name == "old" and fails == "old"):
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        write({"index.html": "three"}, folder)
    assert content(folder) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_disk_that_is_full_leaves_what_was_there(tmp_path, full_disk):
    folder = tmp_path / "pages"
    write(FILES, folder)
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write({"index.html": "three"}, folder)
    assert content(folder) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]
