"""The key of a learner's records in browser storage is unique and stable."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from massage_workbook.store.browser_key import _KEY_PATTERN, FILE_NAME, read_or_create


def test_kernels_that_start_together_agree(tmp_path):
    with ThreadPoolExecutor(8) as kernels:
        names = set(kernels.map(read_or_create, [tmp_path] * 40))
    assert len(names) == 1
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("content", [None, b"", b"Anna", b"\xff" * 32, b"0" * 31])
def test_a_home_keeps_its_valid_key(tmp_path, content):
    if content is not None:
        (tmp_path / FILE_NAME).write_bytes(content)
    found = read_or_create(tmp_path)
    assert _KEY_PATTERN.fullmatch(found)
    assert read_or_create(tmp_path) == found != read_or_create(tmp_path / "another")


def test_the_key_is_empty_where_it_cannot_be_stored(tmp_path, full_disk):
    with full_disk():
        assert read_or_create(tmp_path) == ""
    (tmp_path / "file").touch()
    assert read_or_create(tmp_path / "file") == ""
    assert _KEY_PATTERN.fullmatch(read_or_create(tmp_path))
