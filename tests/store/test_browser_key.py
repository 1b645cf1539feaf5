"""A learner's place in a browser has a name that is theirs alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from massage_workbook.store.browser_key import FILE, KEY, browser_key


def test_a_home_keeps_its_name_and_another_home_has_another(tmp_path):
    first = browser_key(tmp_path / "first")
    assert KEY.fullmatch(first)
    assert browser_key(tmp_path / "first") == first
    assert browser_key(tmp_path / "second") != first


def test_kernels_that_start_together_agree(tmp_path):
    with ThreadPoolExecutor(8) as kernels:
        names = set(kernels.map(browser_key, [tmp_path] * 40))
    assert len(names) == 1
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("content", [b"", b"Anna", b"\xff" * 32, b"0" * 31])
def test_what_is_no_name_gives_way_to_one(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    found = browser_key(tmp_path)
    assert KEY.fullmatch(found)
    assert browser_key(tmp_path) == found


def test_where_none_can_be_kept_there_is_none(tmp_path, full_disk):
    with full_disk():
        assert browser_key(tmp_path) == ""
    (tmp_path / "file").touch()
    assert browser_key(tmp_path / "file") == ""
    assert KEY.fullmatch(browser_key(tmp_path))
