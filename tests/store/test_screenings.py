"""A screening is saved atomically, for one day and for its owner alone."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from massage_workbook.answers.answer import Answer
from massage_workbook.errors import FULL
from massage_workbook.safety.screening import Answers, Area
from massage_workbook.store import Progress, StoreError, to_text
from massage_workbook.store.screenings import (
    _DAMAGED,
    _FROM_EARLIER_EDITION,
    _FROM_LATER,
    Screenings,
    _checksum,
)

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ANSWERS = Answers(
    {"fever": "no", "osteoporosis": "yes", "lump": "not sure"},
    frozenset({Area("waist", "left"), Area("spine", "both")}),
    elsewhere=True,
    permissions={"osteoporosis": "light"},
)


@pytest.fixture
def kept(tmp_path):
    screenings = Screenings(tmp_path / "home" / "screening.json")
    screenings.save(ANSWERS, NOON)
    return screenings


def test_the_last_screening_is_loaded_on_its_day_and_then_removed(kept):
    found = Screenings(kept.path).load(NOON + timedelta(minutes=50))
    assert found == ANSWERS
    kept.save(Answers({"fever": "yes"}), NOON + timedelta(minutes=20))
    assert kept.load(NOON + timedelta(minutes=40)) == Answers({"fever": "yes"})
    for _ in range(2):
        assert kept.load(NOON + timedelta(days=1)) is None
        assert not kept.path.exists()
        assert kept.notice is None
    kept.remove()
    kept.path.mkdir()
    assert kept.load(NOON) is None
    assert "cannot be opened" in kept.notice


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_a_screening_counts_for_the_local_calendar_day(kept, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    evening = NOON.astimezone().replace(hour=23, minute=59, second=0)
    kept.save(ANSWERS, evening)
    assert kept.load(evening + timedelta(seconds=59)) is not None
    assert kept.load(evening + timedelta(minutes=1)) is None
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=2), timedelta(days=400)])
def test_a_screening_from_the_future_is_not_loaded_and_reported(kept, back):
    assert kept.load(NOON - back) is None
    assert kept.notice == _FROM_LATER
    assert kept.load(NOON) is not None
    assert kept.notice is None


DAMAGES = {
    "empty": lambda _: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "a list": lambda _: b"[]",
    "no text": lambda _: b"\xff\xfe\x00",
    "a yes that became a no": lambda content: content.replace(b'"yes"', b'"no"'),
    "another day": lambda content: content.replace(b"2026-11-26", b"2026-11-25"),
    "another permission": lambda content: content.replace(b'"light"', b'"ordinary"'),
    "nested too deep": lambda _: b"[" * 50_000,
    "too large": lambda content: content + b" " * 200_000,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_not_loaded_and_reported(kept, damage):
    before = kept.path.read_bytes()
    spoilt = DAMAGES[damage](before)
    assert spoilt != before
    kept.path.write_bytes(spoilt)
    assert kept.load(NOON) is None
    assert kept.notice == _DAMAGED


def test_every_single_changed_byte_is_detected(kept):
    content = kept.path.read_bytes()
    whole = kept.load(NOON)
    for i in range(len(content)):
        kept.path.write_bytes(content[:i] + bytes([content[i] ^ 1]) + content[i + 1 :])
        found = kept.load(NOON)
        assert found is None or found == whole, content[i - 10 : i + 10]


def rewrite(kept, **said):
    """Replace the content, with a valid checksum."""
    text = json.loads(kept.path.read_text()) | said
    text.pop("seal")
    kept.path.write_text(json.dumps(text | {"seal": _checksum(text)}))


@pytest.mark.parametrize(
    "said",
    [
        {"replies": {"fever": "perhaps"}},
        {"areas": [["waist", "above"]]},
        {"agreed": {"fever": "firm"}},
        {"format": 3},
        {"format": 1, "agreed": ["osteoporosis"]},
    ],
)
def test_invalid_or_outdated_values_with_a_valid_checksum_are_not_loaded(kept, said):
    rewrite(kept, **said)
    assert kept.load(NOON) is None
    outdated = said.get("format") == 1
    assert kept.notice == (_FROM_EARLIER_EDITION if outdated else _DAMAGED)
    assert kept.path.exists() != outdated


def test_removing_leaves_no_file_behind(kept):
    (kept.path.parent / "screening.json.0a1b2c3d.draft").write_text("yes")
    kept.remove()
    assert list(kept.path.parent.iterdir()) == []
    assert kept.load(NOON) is None


def test_a_full_disk_raises_a_clear_error_and_keeps_the_older_screening(kept, full_disk):
    before = kept.path.read_bytes()
    with full_disk(), pytest.raises(StoreError) as caught:
        kept.save(Answers({"fever": "yes"}), NOON)
    assert str(kept.path) in str(caught.value)
    assert FULL in str(caught.value)
    assert kept.path.read_bytes() == before
    assert [each.name for each in kept.path.parent.iterdir()] == ["screening.json"]


def test_screenings_are_in_no_backup_and_no_export(kept):
    home = kept.path.parent
    progress = Progress(home / "progress.sqlite", NOON)
    progress.record(Answer(NOON, "stroking", "stroking-glides", ["slide"], 1, True, 3))
    progress.back_up(home / "backup.sqlite")
    Progress(home / "progress.sqlite", NOON + timedelta(days=1))
    written = [path for path in home.rglob("*") if path.is_file() and path != kept.path]
    assert len(written) > 2
    for content in [to_text(progress.answers()).encode(), *(each.read_bytes() for each in written)]:
        assert b"osteoporosis" not in content
        assert b"not sure" not in content
