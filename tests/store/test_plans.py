"""Saved plans are opened unchanged; invalid ones are refused."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.errors import BUSY, FULL, IN_THE_WAY
from massage_workbook.session import Plan
from massage_workbook.store import StoreError
from massage_workbook.store.plans import TO_PRACTISE, Plans, from_text, to_text

from ..session.generated import plans as any_plan
from ..shipped import COURSE

NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)
STANDARD = Plan.of(COURSE.sessions[0], COURSE)
LONGER = STANDARD.with_total(1800)


@pytest.fixture
def plans(tmp_path):
    return Plans(tmp_path / "plans.sqlite", COURSE)


@given(any_plan, st.text(max_size=60))
def test_a_saved_plan_is_opened_unchanged(plan, title):
    assert from_text(to_text(plan, title), COURSE) == (title, plan)
    older = json.loads(to_text(STANDARD, title))  # before there were positions
    assert older.pop("position") == "prone"
    assert from_text(json.dumps(older), COURSE) == (title, STANDARD)


def test_plans_are_listed_newest_first_replaced_by_name_and_removed(plans):
    assert plans.names() == []
    plans.save("one", STANDARD, NOW).save("two", STANDARD, NOW + timedelta(minutes=1))
    assert plans.names() == ["two", "one"]
    assert plans.save("one", LONGER, NOW).open("one") == ("one", LONGER)
    assert plans.remove("one").names() == ["two"]
    with pytest.raises(LookupError, match='Did you mean "two"'):
        plans.open("tow")


def test_the_plan_to_practise_keeps_its_title_and_is_not_listed(plans):
    plans.save_in_slot(TO_PRACTISE, "Anna", STANDARD, NOW)
    assert plans.names() == []
    assert plans.save(TO_PRACTISE, LONGER, NOW).names() == ["to practise"]  # a learner's own
    assert plans.open(TO_PRACTISE) == ("Anna", STANDARD)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b", "a\u202eb"])
def test_an_empty_long_or_unprintable_name_is_refused(plans, name):
    with pytest.raises(StoreError, match="A name has 1 to 60"):
        plans.save(name, STANDARD, NOW)


def changed(**fields):
    return json.dumps(json.loads(to_text(STANDARD, "t")) | fields)


def with_part(**fields):
    parts = json.loads(to_text(STANDARD, "t"))["parts"]
    return changed(parts=[parts[0] | fields, *parts[1:]])


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[" * 100_000, '{"format": "massage-workbook plan"}', changed(version=2),
        changed(more="fields"), changed(parts=[]), changed(title="x" * 61),
        changed(position="upside down"), changed(position="seated"), with_part(block="nothing"),
        with_part(block="squeezing"), with_part(seconds=-1), with_part(seconds=1e9),
        with_part(seconds=5), with_part(seconds="120"), with_part(choices=[]),
        with_part(choices=[{"technique": "sawing", "weight": 1, "side": "both"}]),
        with_part(choices=[{"technique": "<img onerror=alert(1)>", "weight": 1, "side": "both"}]),
        with_part(choices=[{"technique": "deep-stroking", "weight": 9, "side": "both"}]),
        with_part(choices=[{"technique": "deep-stroking", "weight": 1, "side": "up"}]),
    ],
)  # fmt: skip
def test_a_hostile_or_damaged_plan_raises_a_clear_error(text):
    with pytest.raises(
        StoreError, match=r"^This (is not a saved plan|saved plan cannot be used): "
    ):
        from_text(text, COURSE)


def test_a_damaged_or_newer_file_is_reported_and_unchanged(plans, tmp_path):
    plans.save("mine", STANDARD, NOW)
    with sqlite3.connect(plans.path) as connection:
        connection.execute("UPDATE plans SET plan = substr(plan, 1, 100)")
    with pytest.raises(StoreError, match="This is not a saved plan"):
        plans.open("mine")
    newer = Plans(tmp_path / "newer.sqlite", COURSE)
    with sqlite3.connect(newer.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    damaged = Plans(tmp_path / "damaged.sqlite", COURSE)
    damaged.path.write_bytes(b"rubbish" * 500)
    for each, said in ((newer, "newer workbook"), (damaged, "The file is unchanged")):
        before = each.path.read_bytes()
        for act in (
            each.names,
            lambda p=each: p.open("x"),
            lambda p=each: p.save("x", LONGER, NOW),
        ):
            with pytest.raises(StoreError, match=said):
                act()
        assert each.path.read_bytes() == before


@pytest.mark.parametrize("saved", [[], ["mine"]])
def test_a_full_disk_is_reported_and_keeps_saved_plans(plans, full_disk, saved):
    for name in saved:
        plans.save(name, STANDARD, NOW)
    with full_disk(), pytest.raises(StoreError) as caught:
        plans.save("mine", LONGER, NOW)
    assert str(plans.path) in str(caught.value)
    assert FULL in str(caught.value)
    assert plans.names() == saved
    assert not saved or plans.open("mine") == ("mine", STANDARD)
    assert plans.save("mine", LONGER, NOW).names() == ["mine"]


def test_a_locked_or_blocked_file_is_not_reported_as_damaged(plans, monkeypatch, tmp_path):
    monkeypatch.setattr("massage_workbook.store.database.LOCK_TIMEOUT", 0.05)
    plans.save("mine", STANDARD, NOW)
    (tmp_path / "file").touch()
    blocked = Plans(tmp_path / "file" / "plans.sqlite", COURSE)
    with closing(sqlite3.connect(plans.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act, reason in (
            (plans.names, BUSY),
            (lambda: plans.save("two", STANDARD, NOW), BUSY),
            (lambda: blocked.save("mine", STANDARD, NOW), IN_THE_WAY),
        ):
            with pytest.raises(StoreError, match="cannot be read or saved") as caught:
                act()
            assert reason in str(caught.value)
            assert ("move it away" in str(caught.value)) == (reason == IN_THE_WAY)
        other.execute("ROLLBACK")
    assert plans.names() == ["mine"]
