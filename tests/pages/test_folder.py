"""Pages are written atomically, and other files are never removed."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from massage_workbook.pages import FolderInUseError, write

FILES = {"index.html": "one", "pictures/a.svg": "two"}


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_files_are_written_into_a_new_or_empty_folder_or_replace_an_older_export(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        write(FILES, tmp_path / name)
        assert content(tmp_path / name) == FILES
    write({"index.html": "three"}, tmp_path / "new")
    assert content(tmp_path / "new") == {"index.html": "three"}
    assert {path.name for path in tmp_path.iterdir()} == {"new", "empty"}


def test_a_file_and_the_current_folder_are_not_replaced(tmp_path, monkeypatch):
    (tmp_path / "pages").write_text("mine")
    with pytest.raises(FolderInUseError, match="is a file"):
        write(FILES, tmp_path / "pages")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FolderInUseError, match="Name another one"):
        write(FILES, Path())
    assert content(tmp_path) == {"pages": "mine"}


@pytest.mark.parametrize("name", ["mine.txt", "pictures/mine.svg", "mine/"])
def test_a_folder_with_other_files_is_unchanged(tmp_path, name):
    folder = tmp_path / "pages"
    write(FILES, folder)
    if name.endswith("/"):
        (folder / name).mkdir()
    else:
        (folder / name).write_text("mine")
    before = content(folder)
    with pytest.raises(FolderInUseError, match="mine"):
        write({"index.html": "three"}, folder)
    assert content(folder) == before
    assert (folder / name).exists()


@pytest.mark.parametrize("fails", ["new", "old", "full disk"])
def test_a_failed_export_keeps_the_old_folder(tmp_path, monkeypatch, full_disk, fails):
    folder = tmp_path / "pages"
    write(FILES, folder)
    rename = Path.rename

    def refuse(path, target):
        if (path.name == "new" and fails == "new") or (target.name == "old" and fails == "old"):
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with full_disk() if fails == "full disk" else nullcontext(), pytest.raises(OSError):  # noqa: PT011 - of the system
        write({"index.html": "three"}, folder)
    assert content(folder) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]
