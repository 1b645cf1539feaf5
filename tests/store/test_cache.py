"""A kernel verifies and reads its answers once, and never shows outdated ones.

A kernel is a cache here: each of its widgets makes a `Progress` of its own with it.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from massage_workbook.answers.answer import Answer
from massage_workbook.store import Progress, StoreError, recovery, standings
from massage_workbook.store.ledger import VERSION, to_answer
from massage_workbook.store.progress import Cache
from massage_workbook.widgets import widget

from ..conftest import IN_MEMORY
from ..standings import standings_of
from . import scenarios
from .scenarios import EVERY, NOW, answers, kept


@pytest.fixture
def verified(monkeypatch):
    """The names of verified files, in order."""
    files, real = [], recovery.is_intact
    monkeypatch.setattr(recovery, "is_intact", lambda path: files.append(path.name) or real(path))
    return files


@pytest.fixture
def cache(tmp_path, verified):
    """A kernel that has opened thirty answers."""
    scenarios.opened_today(tmp_path)
    verified.clear()
    made = Cache()
    Progress(kept(tmp_path), NOW, made).standings()
    assert verified == ["progress.sqlite"]
    verified.clear()
    return made


def test_later_widgets_of_a_kernel_verify_nothing_and_read_new_answers_only(
    tmp_path, cache, verified, monkeypatch
):
    read = []
    monkeypatch.setattr(standings, "to_answer", lambda row: read.append(row[0]) or to_answer(row))
    for i in range(22):
        progress = Progress(kept(tmp_path), NOW, cache)
        progress.record_all(answers(30 + i, 31 + i))
        assert progress.answers() == answers(0, 31 + i)
        assert progress.standings() == standings_of(answers(0, 31 + i))
    assert read == [*range(31, 53)]
    assert verified == []


def replaced(path):
    """As by a program that synchronises two computers."""
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


@pytest.mark.parametrize("change", [replaced, Path.unlink])
def test_a_replaced_file_is_verified_again(tmp_path, cache, verified, change):
    change(kept(tmp_path))
    assert Progress(kept(tmp_path), NOW, cache).answers() == EVERY
    assert "progress" in verified[0]
    verified.clear()
    Progress(kept(tmp_path), NOW, cache)
    assert verified == []


def restored(path, other, _):
    Progress(other, NOW).back_up(path.with_name("backup"))
    Progress(path, NOW).restore(path.with_name("backup"), NOW)


def put_in_its_place(path, other, _):
    other.replace(path)


def written_over_it(path, _, older):
    path.write_bytes(older)


@pytest.mark.parametrize("change", [restored, put_in_its_place, written_over_it])
def test_a_replaced_history_is_read_again_even_with_the_same_beginning(tmp_path, change):
    """Both have the same answer at the same id, and differ before it."""
    first, mine, theirs, last = answers(0, 4)
    path, other, cache = tmp_path / "progress.sqlite", tmp_path / "other" / "x.sqlite", Cache()
    Progress(path, NOW).record(first)
    older = path.read_bytes()
    other.parent.mkdir()
    other.write_bytes(older)
    Progress(path, NOW).record_all([mine, last])
    Progress(other, NOW).record_all([theirs, last])
    open_widget = Progress(path, NOW, cache)
    assert open_widget.standings() == standings_of([first, mine, last])
    change(path, other, older)
    history = [first] if change is written_over_it else [first, theirs, last]
    assert open_widget.answers() == history
    assert open_widget.standings() == standings_of(history)


def test_a_new_day_verifies_the_file_and_makes_a_backup(tmp_path, cache, verified):
    for _ in range(2):
        Progress(kept(tmp_path), NOW + timedelta(days=1), cache)
    assert verified == ["progress.sqlite", "progress-2026-11-25.sqlite.draft"]


def test_damage_at_run_time_raises_an_error_and_is_repaired_by_the_next_widget(tmp_path, cache):
    path = kept(tmp_path)
    content = bytearray(path.read_bytes())
    content[content.index(b"q3[3]")] ^= 1
    path.write_bytes(content)
    progress = Progress(path, NOW, cache)
    with pytest.raises(StoreError, match="answer 4 is damaged"):
        progress.answers()
    mended = Progress(path, NOW, cache)
    assert "damaged" in mended.notice
    assert mended.answers() == EVERY
    assert mended.standings() == standings_of(EVERY)
    assert Progress(path, NOW, cache).notice is None, "said once"


@pytest.mark.parametrize("opened", [True, False])
def test_a_file_of_a_newer_workbook_is_refused_also_at_run_time(tmp_path, cache, opened):
    path = kept(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="written by a newer workbook"):
        Progress(path, NOW, cache if opened else None)
    assert path.read_bytes() == before


def test_widgets_of_a_kernel_share_a_cache_per_home(tmp_path, monkeypatch, verified):
    for name in ("one", "two"):
        monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / name))
        verified.clear()
        widget.progress().record(Answer(NOW, name, name, [], 1.0, sure=True, seconds=1.0))
        assert widget.progress().standings().keys() == {name}
        assert len(verified) == 1, "only today's backup"
    monkeypatch.setenv("MASSAGE_WORKBOOK_HOME", str(tmp_path / "one"))
    assert [each.topic for each in widget.progress().answers()] == ["one"]
    assert widget.progress().standings().keys() == {"one"}


GIVEN = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9)), max_size=3)


class Kernels(RuleBasedStateMachine):
    """Two kernels, the command, and other programs change one file in any order."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None)
        self.path = Path(self.folder.name) / "progress.sqlite"
        self.kernels = [Cache(), Cache()]
        self.count = 0
        other = Progress(self.path.with_name("other") / "progress.sqlite", NOW)
        other.record(self.answer("a", 7))
        self.copies = [other.path]

    def answer(self, question, minutes):
        self.count += 1
        at = NOW - timedelta(days=2) + timedelta(minutes=minutes)
        return Answer(at, "t", question, [self.count], self.count % 3 / 2, sure=True, seconds=1.0)

    def teardown(self):
        self.folder.cleanup()

    @rule(kernel=st.sampled_from([0, 1]), given=GIVEN)
    def record(self, kernel, given):
        """Also with a clock that was set back."""
        answers = [self.answer(*each) for each in given]
        Progress(self.path, NOW, self.kernels[kernel]).record_all(answers)

    @rule(given=GIVEN)
    def merge(self, given):
        Progress(self.path, NOW).merge([self.answer(*each) for each in given])

    @rule()
    def back_up(self):
        self.copies.append(Path(self.folder.name) / f"copy-{len(self.copies)}.sqlite")
        Progress(self.path, NOW).back_up(self.copies[-1])

    @rule(chance=st.randoms(use_true_random=False))
    def restore(self, chance):
        copy = chance.choice(self.copies)
        if recovery.count(copy):
            Progress(self.path, NOW).restore(copy, NOW)

    @rule(chance=st.randoms(use_true_random=False))
    def put_there_by_hand(self, chance):
        shutil.rmtree(self.path.parent / "backups", ignore_errors=True)
        shutil.copy(chance.choice(self.copies), self.path.with_name("draft"))
        self.path.with_name("draft").replace(self.path)

    @rule()
    def remove(self):
        self.path.unlink(missing_ok=True)

    @invariant()
    def every_kernel_shows_what_is_there(self):
        for cache in self.kernels:
            progress = Progress(self.path, NOW, cache)
            history = Progress(self.path, NOW).answers()
            assert progress.answers() == history
            assert progress.standings() == standings_of(history)


TestKernels = Kernels.TestCase
TestKernels.settings = settings(settings.get_profile("workbook"), stateful_step_count=8)
