"""A session as CSV and as a calendar event."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from icalendar import Calendar

from massage_workbook.course.schema import BodyPosition
from massage_workbook.session import Plan, PlanError, make_steps
from massage_workbook.session.timetable import (
    COLUMNS,
    POSITIONS,
    as_calendar,
    as_csv,
    title_with_position,
)

from ..shipped import COURSE

PLAN = Plan.of(COURSE.sessions[0], COURSE)
NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)


def test_the_csv_has_a_row_for_each_step():
    first, *rows = csv.reader(io.StringIO(as_csv(make_steps(PLAN, COURSE), COURSE)))
    made = make_steps(PLAN, COURSE)
    assert tuple(first) == COLUMNS
    assert len(rows) == len(made)
    assert rows[0][:6] == ["0:00", "Superficial stroking", "both sides", "1:06", "4", "16"]
    assert rows[0][7:] == ["1-2", ""]
    assert rows[2][1] == "Semicircle rubbing"
    assert rows[2][-1] == "light strokes, blot the oil"
    assert rows[4][-1] == "walk round"


def test_every_position_has_a_label():
    assert {*POSITIONS} == {*get_args(BodyPosition)}


def test_a_title_says_how_the_person_lies_where_that_is_not_usual():
    assert title_with_position("Evening", PLAN) == "Evening"
    seated = replace(PLAN, position="seated")
    assert title_with_position("Neck", seated) == "Neck, seated"
    assert title_with_position("Seated, 15 minutes", seated) == "Seated, 15 minutes"


STOCKHOLM = ZoneInfo("Europe/Stockholm")


def event(title="Evening", start="2026-11-26T20:00", zone=STOCKHOLM):
    text = as_calendar(PLAN, title, start, NOW, zone)
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Stockholm", 19), ("Asia/Tokyo", 11), ("America/Caracas", 24)]
)
def test_the_calendar_event_is_at_the_local_time(zone, hour):
    begins, ends = event(zone=ZoneInfo(zone))["dtstart"].dt, event(zone=ZoneInfo(zone))["dtend"].dt
    assert begins == datetime(2026, 11, 26, tzinfo=UTC) + timedelta(hours=hour)
    assert begins.tzinfo is not None
    assert begins.astimezone(ZoneInfo(zone)).hour == 20
    assert ends - begins == timedelta(minutes=50)


def test_without_a_time_zone_the_local_one_is_used():
    begins = event(zone=None)["dtstart"].dt
    assert begins.astimezone().replace(tzinfo=None) == datetime(2026, 11, 26, 20)  # noqa: DTZ001 - on the wall


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Stockholm", "2026-03-29T02:30"),
        ("America/New_York", "2026-03-08T02:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15"),
    ],
)
def test_a_time_skipped_by_daylight_saving_is_refused(zone, start):
    with pytest.raises(PlanError, match="the clocks go forward"):
        event(start=start, zone=ZoneInfo(zone))


def test_an_ambiguous_time_is_the_first_of_the_two():
    begins = event(start="2026-10-25T02:30")["dtstart"].dt
    assert begins == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert event(start="2026-10-25T02:59")["dtend"].dt - begins > timedelta(minutes=50)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001 - on the wall
    st.sampled_from(["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_any_other_time_round_trips(when, zone):
    try:
        begins = event(start=f"{when:%Y-%m-%dT%H:%M}", zone=ZoneInfo(zone))["dtstart"].dt
    except PlanError:
        assume(False)
    assert f"{begins.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" == f"{when:%Y-%m-%dT%H:%M}"


def test_it_reminds_half_an_hour_before():
    (alarm,) = event().walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-30)


@pytest.mark.parametrize("title", ["Anna, on; Friday\\s", "x" * 60, "é\n ü", "BEGIN:VEVENT"])
def test_any_title_round_trips(title):
    assert event(title)["summary"] == f"Massage: {title}"


@pytest.mark.parametrize("start", ["", "tonight", "2026-13-01T20:00", "2026-11-26T20:00:00Z"])
def test_an_invalid_start_is_refused(start):
    with pytest.raises(PlanError, match="is no time such as"):
        as_calendar(PLAN, "Evening", start, NOW)
