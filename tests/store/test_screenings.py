"""A screening is kept for a day, whole or not at all, and for nobody else."""

import json
import os
import stat
import time
from datetime import UTC, datetime, timedelta

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.safety.screening import Answers, Area
from massage_workbook.store import Progress, StoreError, to_text
from massage_workbook.store.screenings import (
    DAMAGED,
    FROM_EARLIER_EDITION,
    FROM_LATER,
    Screenings,
    _seal,
)
from massage_workbook.troubles import FULL

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
REPLIES = {"fever": "no", "osteoporosis": "yes", "lump": "not sure"}
AREAS = frozenset({Area("waist", "left"), Area("spine", "both")})


@pytest.fixture
def kept(tmp_path):
    screenings = Screenings(tmp_path / "home" / "screening.json")
    screenings.keep(REPLIES, AREAS, NOON, elsewhere=True, agreed={"osteoporosis": "light"})
    return screenings


def test_what_was_kept_comes_back_on_the_same_day(kept):
    found = Screenings(kept.path).of_today(NOON + timedelta(minutes=50))
    assert found == Answers(REPLIES, AREAS, elsewhere=True, agreed={"osteoporosis": "light"})


def test_nothing_kept_is_nothing_found(tmp_path):
    screenings = Screenings(tmp_path / "screening.json")
    assert screenings.of_today(NOON) is None
    assert screenings.notice is None
    screenings.forget()


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_nobody_else_may_read_it(kept):
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    kept.path.chmod(0o644)
    kept.keep(REPLIES, AREAS, NOON)
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_it_counts_for_the_calendar_day_of_the_place(kept, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    evening = NOON.astimezone().replace(hour=23, minute=59, second=0)
    kept.keep(REPLIES, AREAS, evening)
    assert kept.of_today(evening + timedelta(seconds=59)) is not None
    assert kept.of_today(evening + timedelta(minutes=1)) is None
    monkeypatch.undo()
    time.tzset()


def test_what_is_left_of_another_day_is_removed(kept):
    assert kept.of_today(NOON + timedelta(days=1)) is None
    assert not kept.path.exists()
    assert kept.notice is None


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=2), timedelta(days=400)])
def test_a_clock_that_was_set_back_finds_nothing_and_says_so(kept, back):
    assert kept.of_today(NOON - back) is None
    assert kept.notice == FROM_LATER
    assert kept.of_today(NOON) is not None
    assert kept.notice is None


DAMAGES = {
    "empty": lambda _: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "a list": lambda _: b"[]",
    "a number": lambda _: b"7",
    "no text": lambda _: b"\xff\xfe\x00",
    "a yes that became a no": lambda content: content.replace(b'"yes"', b'"no"'),
    "another day": lambda content: content.replace(b"2026-11-26", b"2026-11-25"),
    "another place": lambda content: content.replace(b'"left"', b'"right"'),
    "another format": lambda content: content.replace(b'"format": 2', b'"format": 3'),
    "a doctor's word that was never given": lambda content: content.replace(
        b'"light"', b'"ordinary"'
    ),
    "nested too deep": lambda _: b"[" * 50_000,
    "too large": lambda content: content + b" " * 200_000,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_finds_nothing_and_says_so(kept, damage):
    before = kept.path.read_bytes()
    spoilt = DAMAGES[damage](before)
    assert spoilt != before
    kept.path.write_bytes(spoilt)
    assert kept.of_today(NOON) is None
    assert kept.notice == DAMAGED


def test_no_single_changed_byte_goes_unnoticed(kept):
    content = kept.path.read_bytes()
    whole = kept.of_today(NOON)
    for i in range(len(content)):
        kept.path.write_bytes(content[:i] + bytes([content[i] ^ 1]) + content[i + 1 :])
        found = kept.of_today(NOON)
        assert found is None or found == whole, content[i - 10 : i + 10]


def rewrite(kept, **said):
    """Other content under a seal that fits."""
    text = json.loads(kept.path.read_text()) | said
    text.pop("seal")
    kept.path.write_text(json.dumps(text | {"seal": _seal(text)}))


@pytest.mark.parametrize(
    "said",
    [
        {"replies": {"fever": "perhaps"}},
        {"areas": [["waist", "above"]]},
        {"agreed": {"fever": "firm"}},
        {"format": 3},
    ],
)
def test_a_file_that_says_what_no_screening_says_finds_nothing(kept, said):
    rewrite(kept, **said)
    assert kept.of_today(NOON) is None
    assert kept.notice == DAMAGED


def test_a_screening_of_an_earlier_edition_is_removed_and_said(kept):
    rewrite(kept, format=1, agreed=["osteoporosis"])
    assert kept.of_today(NOON) is None
    assert kept.notice == FROM_EARLIER_EDITION
    assert not kept.path.exists()
    assert kept.of_today(NOON) is None
    assert kept.notice is None


def test_a_folder_in_its_place_is_told_and_finds_nothing(tmp_path):
    screenings = Screenings(tmp_path / "screening.json")
    screenings.path.mkdir()
    assert screenings.of_today(NOON) is None
    assert "cannot be opened" in screenings.notice


def test_forgetting_leaves_nothing_behind(kept):
    (kept.path.parent / "screening.json.0a1b2c3d.draft").write_text("yes")
    kept.forget()
    assert list(kept.path.parent.iterdir()) == []
    assert kept.of_today(NOON) is None


def test_what_cannot_be_written_leaves_what_was_there(kept, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = kept.path.read_bytes()
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError, match="No space left on device"):
        kept.keep({"fever": "yes"}, [], NOON)
    assert kept.path.read_bytes() == before
    assert [each.name for each in kept.path.parent.iterdir()] == ["screening.json"]


def test_a_full_disk_is_said_with_what_to_do_and_leaves_what_was_there(kept, full_disk):
    before = kept.path.read_bytes()
    with full_disk(), pytest.raises(StoreError) as caught:
        kept.keep({"fever": "yes"}, [], NOON)
    assert str(kept.path) in str(caught.value)
    assert FULL in str(caught.value)
    assert kept.path.read_bytes() == before
    assert [each.name for each in kept.path.parent.iterdir()] == ["screening.json"]


def test_a_later_screening_takes_the_place_of_the_earlier(kept):
    kept.keep({"fever": "yes"}, [], NOON + timedelta(minutes=20))
    assert kept.of_today(NOON + timedelta(minutes=40)) == Answers({"fever": "yes"})


def test_no_backup_and_no_export_holds_any_of_it(kept):
    home = kept.path.parent
    progress = Progress(home / "progress.sqlite", NOON)
    progress.record(Answer(NOON, "stroking", "stroking-glides", ["slide"], 1, True, 3))
    progress.back_up(home / "backup.sqlite")
    Progress(home / "progress.sqlite", NOON + timedelta(days=1))
    exported = to_text(progress.answers())
    written = [path for path in home.rglob("*") if path.is_file() and path != kept.path]
    assert len(written) > 2
    for content in [exported.encode(), *(path.read_bytes() for path in written)]:
        assert b"osteoporosis" not in content
        assert b"not sure" not in content
