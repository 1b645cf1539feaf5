"""Whatever happens to the data, the reader names the place, writes nothing and terminates."""

import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook import paths
from massage_workbook.reader import CourseError, read

FILES = sorted(p.relative_to(paths.data()).as_posix() for p in paths.data().rglob("*.*ml"))
FILES += ["landmarks.csv"]
YAML = [file for file in FILES if file.endswith(".yaml")]
BILLION_LAUGHS = b"a: &a [x]\n" + b"\n".join(
    b"%c: &%c [%s]" % (c + 1, c + 1, b", ".join([b"*%c" % c] * 10)) for c in range(97, 112)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return Path(shutil.copytree(paths.data(), tmp_path_factory.mktemp("spoilt") / "data"))


def state(root):
    return {
        path: (path.stat().st_mtime_ns, path.stat().st_size)
        for path in root.rglob("*")
        if path.is_file()
    }


def problems_of(folder, file, content):
    """What the reader says once a file has this content, or is gone; the file is put back."""
    path = folder / file
    kept = path.read_bytes()
    try:
        path.unlink() if content is None else path.write_bytes(content)
        before = state(folder)
        try:
            read(folder)
            told = []
        except CourseError as error:
            told = error.problems
        assert state(folder) == before
    finally:
        path.write_bytes(kept)
    for problem in told:
        assert re.fullmatch(r"[^:\n]+:\d+: [^\n]+: [^\n]+", str(problem)), str(problem)
        count = kept.count(b"\n") + 1 if content is None else content.count(b"\n") + 1
        assert 1 <= problem.line <= count or problem.file != file
    return told


def lines(content, draw):
    found = content.splitlines(keepends=True)
    return found, draw(st.integers(0, len(found) - 1))


def drop_a_line(content, draw):
    found, i = lines(content, draw)
    return b"".join(found[:i] + found[i + 1 :])


def double_a_line(content, draw):
    found, i = lines(content, draw)
    return b"".join(found[: i + 1] + found[i:])


def swap_two_lines(content, draw):
    found, i = lines(content, draw)
    j = draw(st.integers(0, len(found) - 1))
    found[i], found[j] = found[j], found[i]
    return b"".join(found)


def insert_anything(content, draw):
    at = draw(st.integers(0, len(content)))
    return content[:at] + draw(st.binary(min_size=1, max_size=8)) + content[at:]


def insert_a_character(content, draw):
    at = draw(st.integers(0, len(content)))
    character = draw(st.sampled_from("\t\x00:-[]{}&*!|>'\"%@`#,?\n \u2028\ufeff\ud7ff"))
    return content[:at] + character.encode() + content[at:]


def cut_off(content, draw):
    return content[: draw(st.integers(0, len(content) - 1))]


ODD = "-3 1e400 .nan true null [] {} 2026-99-99 1:30 !!python/object:os.system ' * ~ [[[[[[[[ = <<"


def change_a_value(content, draw):
    found, i = lines(content, draw)
    value = draw(st.sampled_from(ODD.split())).encode()
    key, colon, _ = found[i].partition(b": ")
    found[i] = key + (colon or b": ") + value + b"\n"
    return b"".join(found)


MUTATIONS = [
    drop_a_line, double_a_line, swap_two_lines, insert_anything, insert_a_character, cut_off,
    change_a_value,
]  # fmt: skip


@settings(max_examples=80)
@given(draw=st.data(), file=st.sampled_from(FILES), mutation=st.sampled_from(MUTATIONS))
def test_corrupted_data_is_refused_with_a_line_or_still_valid(folder, draw, file, mutation):
    content = (folder / file).read_bytes()
    problems_of(folder, file, mutation(content, draw.draw))


SURELY_BAD = {
    "missing": lambda _: None,
    "empty": lambda _: b"",
    "ten megabytes": lambda content: content + b"#" * 10_000_000,
    "not UTF-8": lambda content: content + b"\n# \xff\xfe\n",
    "billion laughs": lambda _: BILLION_LAUGHS,
    "deeper than anybody needs": lambda _: b"[" * 5000 + b"]" * 5000,
    "a list of text": lambda _: b"- one\n- two\n",
    "text": lambda _: b"a word\n",
    "an unknown key": lambda content: content.replace(b"\n  ", b"\n  surprise: 1\n  ", 1),
    "a tab": lambda content: content.replace(b"\n  ", b"\n\t", 1),
    "a NUL": lambda content: content + b"\x00",
    "the same twice": lambda content: content + b"\n" + content,
}


@pytest.mark.parametrize("file", ["rules.yaml", "techniques/kneading/picking-up.yaml"])
@pytest.mark.parametrize("spoil", SURELY_BAD)
def test_invalid_data_is_refused_with_its_file(folder, file, spoil):
    content = SURELY_BAD[spoil]((folder / file).read_bytes())
    told = problems_of(folder, file, content)
    alone = spoil == "missing" and file.startswith("techniques")  # then what mentions it is told
    assert told
    assert alone or file in {problem.file for problem in told}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_read_permission_is_refused(folder):
    path = folder / "rules.yaml"
    path.chmod(0)
    try:
        with pytest.raises(CourseError, match=r"rules.yaml:1: file: cannot be read"):
            read(folder)
    finally:
        path.chmod(0o644)
