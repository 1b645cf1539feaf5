"""Saved plans are opened unchanged; invalid ones are refused."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.errors import BUSY, FULL, IN_THE_WAY
from massage_workbook.session import Plan
from massage_workbook.store import StoreError
from massage_workbook.store.plans import TO_PRACTISE, Plans, from_text, to_text

from ..shipped import COURSE

NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)
STANDARD = Plan.of(COURSE.sessions[0], COURSE)
TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}


@pytest.fixture
def plans(tmp_path):
    return Plans(tmp_path / "plans.sqlite", COURSE)


@st.composite
def any_plan(draw):
    begun = Plan.of(draw(st.sampled_from(COURSE.sessions)), COURSE)
    changed = begun.with_total(draw(st.integers(begun.least, begun.most)))
    for block in draw(st.lists(st.sampled_from([p.block for p in changed.parts]), max_size=3)):
        changed = changed.locked(block)
    fitting = (each.id for each in COURSE.techniques if changed.position in each.positions)
    name = draw(st.sampled_from(sorted(fitting)))
    block = next(p.block for p in changed.parts if p.family == TECHNIQUES[name].family)
    weight, side = draw(st.integers(1, 5)), draw(st.sampled_from(["both", "left", "right"]))
    return changed.with_technique(block, TECHNIQUES[name], weight, side)


@given(any_plan(), st.text(max_size=60))
def test_a_saved_plan_is_opened_unchanged(plan, title):
    assert from_text(to_text(plan, title), COURSE) == (title, plan)


def test_a_plan_without_a_position_is_for_lying_on_the_front():
    text = json.loads(to_text(STANDARD, "t"))
    del text["position"]
    assert from_text(json.dumps(text), COURSE) == ("t", STANDARD)
    assert STANDARD.position == "prone"


def test_a_technique_that_does_not_fit_the_position_is_refused_by_name():
    with pytest.raises(StoreError, match=r"cannot be used: .* cannot be done on somebody who is"):
        from_text(changed(position="seated"), COURSE)


def test_the_order_of_blocks_is_saved(plans):
    order = ["opening", "kneading", "squeezing", "rubbing", "vibration", "closing"]
    plans.save("mine", STANDARD.in_order(order), NOW)
    assert [part.block for part in plans.open("mine")[1].parts] == order


def test_names_are_listed_newest_first(plans):
    assert plans.names() == []
    plans.save("one", STANDARD, NOW).save("two", STANDARD, NOW + timedelta(minutes=1))
    assert plans.names() == ["two", "one"]


def test_the_plan_to_practise_keeps_its_title_and_is_not_listed(plans):
    plans.save_in_slot(TO_PRACTISE, "Anna", STANDARD, NOW)
    assert plans.names() == []
    assert plans.open(TO_PRACTISE) == ("Anna", STANDARD)
    longer = STANDARD.with_total(1800)
    assert plans.save(TO_PRACTISE, longer, NOW).names() == ["to practise"]  # a learner's own
    assert plans.open(TO_PRACTISE) == ("Anna", STANDARD)


def test_saving_under_the_same_name_replaces_the_plan(plans):
    longer = STANDARD.with_total(1800)
    plans.save("mine", STANDARD, NOW).save("mine", longer, NOW)
    assert plans.open("mine") == ("mine", longer)
    assert plans.remove("mine").names() == []


def test_an_unknown_name_is_reported_with_the_nearest(plans):
    plans.save("Anna", STANDARD, NOW)
    with pytest.raises(LookupError, match='Did you mean "Anna"'):
        plans.open("Ana")


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
        "",
        "null",
        "[" * 100_000,
        '{"format": "massage-workbook plan"}',
        changed(version=2),
        changed(more="fields"),
        changed(parts=[]),
        changed(title="x" * 61),
        changed(position="upside down"),
        changed(position="seated"),
        with_part(block="nothing"),
        with_part(block="squeezing"),
        with_part(seconds=-1),
        with_part(seconds=1e9),
        with_part(seconds=5),
        with_part(seconds="120"),
        with_part(choices=[]),
        with_part(choices=[{"technique": "sawing", "weight": 1, "side": "both"}]),
        with_part(choices=[{"technique": "<img onerror=alert(1)>", "weight": 1, "side": "both"}]),
        with_part(choices=[{"technique": "deep-stroking", "weight": 9, "side": "both"}]),
        with_part(choices=[{"technique": "deep-stroking", "weight": 1, "side": "up"}]),
    ],
)
def test_a_hostile_or_damaged_plan_raises_a_clear_error(text):
    with pytest.raises(
        StoreError, match=r"^This (is not a saved plan|saved plan cannot be used): "
    ):
        from_text(text, COURSE)


def test_a_damaged_file_is_reported_and_unchanged(plans):
    plans.path.write_bytes(b"rubbish" * 500)
    for act in (plans.names, lambda: plans.open("x"), lambda: plans.save("x", STANDARD, NOW)):
        with pytest.raises(StoreError, match="The file was left as it is"):
            act()
    assert plans.path.read_bytes() == b"rubbish" * 500


def test_a_damaged_row_is_reported(plans):
    plans.save("mine", STANDARD, NOW)
    with sqlite3.connect(plans.path) as connection:
        connection.execute("UPDATE plans SET plan = substr(plan, 1, 100)")
    with pytest.raises(StoreError, match="This is not a saved plan"):
        plans.open("mine")


def test_a_file_of_a_newer_workbook_is_unchanged(plans):
    with sqlite3.connect(plans.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer workbook"):
        plans.names()


def test_a_folder_that_cannot_be_created_is_reported(tmp_path):
    (tmp_path / "file").touch()
    plans = Plans(tmp_path / "file" / "plans.sqlite", COURSE)
    with pytest.raises(StoreError, match="cannot be read or saved") as caught:
        plans.save("mine", STANDARD, NOW)
    assert IN_THE_WAY in str(caught.value)


def test_a_full_disk_is_reported_and_keeps_saved_plans(plans, full_disk):
    plans.save("mine", STANDARD, NOW)
    with full_disk(), pytest.raises(StoreError) as caught:
        plans.save("mine", STANDARD.with_total(1800), NOW)
    assert str(plans.path) in str(caught.value)
    assert FULL in str(caught.value)
    assert plans.open("mine") == ("mine", STANDARD)


def test_a_first_plan_on_a_full_disk_can_be_saved_once_there_is_room(plans, full_disk):
    with full_disk(), pytest.raises(StoreError):
        plans.save("mine", STANDARD, NOW)
    assert plans.names() == []
    assert plans.save("mine", STANDARD, NOW).names() == ["mine"]


def test_a_locked_file_is_not_reported_as_damaged(plans, monkeypatch):
    monkeypatch.setattr("massage_workbook.store.database.LOCK_TIMEOUT", 0.05)
    plans.save("mine", STANDARD, NOW)
    with sqlite3.connect(plans.path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act in (plans.names, lambda: plans.save("two", STANDARD, NOW)):
            with pytest.raises(StoreError) as caught:
                act()
            assert BUSY in str(caught.value)
            assert "move it away" not in str(caught.value).lower()
        other.execute("ROLLBACK")
    other.close()
    assert plans.names() == ["mine"]
