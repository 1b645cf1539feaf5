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
    assert tuple(first) == COLUMNS
    assert len(rows) == len(make_steps(PLAN, COURSE))
    assert rows[0][:6] == ["0:00", "Superficial stroking", "both sides", "1:06", "4", "16"]
    assert rows[0][7:] == ["1-2", ""]
    assert (rows[2][1], rows[2][-1]) == ("Semicircle rubbing", "light strokes, blot the oil")
    assert rows[4][-1] == "walk round"


def test_a_title_names_an_unusual_position():
    assert {*POSITIONS} == {*get_args(BodyPosition)}
    assert title_with_position("Evening", PLAN) == "Evening"
    seated = replace(PLAN, position="seated")
    assert title_with_position("Neck", seated) == "Neck, seated"
    assert title_with_position("Seated, 15 minutes", seated) == "Seated, 15 minutes"


STOCKHOLM = ZoneInfo("Europe/Stockholm")


def event(title="Evening", start="2026-11-26T20:00", zone=STOCKHOLM):
    text = as_calendar(PLAN, title, start, NOW, zone)
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


def test_an_event_begins_at_the_local_time_and_reminds_half_an_hour_before():
    for zone, hour in (("Europe/Stockholm", 19), ("Asia/Tokyo", 11), ("America/Caracas", 24)):
        begins, ends = (event(zone=ZoneInfo(zone))[name].dt for name in ("dtstart", "dtend"))
        assert begins == datetime(2026, 11, 26, tzinfo=UTC) + timedelta(hours=hour)
        assert begins.astimezone(ZoneInfo(zone)).hour == 20
        assert ends - begins == timedelta(minutes=50)
    here = event(zone=None)["dtstart"].dt
    assert here.astimezone().replace(tzinfo=None) == datetime(2026, 11, 26, 20)  # noqa: DTZ001 - a local time
    (alarm,) = event().walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-30)


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Stockholm", "2026-03-29T02:30"),
        ("America/New_York", "2026-03-08T02:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15"),
    ],
)
def test_a_time_skipped_by_daylight_saving_is_refused_and_the_first_of_two_is_taken(zone, start):
    with pytest.raises(PlanError, match="the clocks go forward"):
        event(start=start, zone=ZoneInfo(zone))
    begins = event(start="2026-10-25T02:30")["dtstart"].dt
    assert begins == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert event(start="2026-10-25T02:59")["dtend"].dt - begins > timedelta(minutes=50)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001 - a local time
    st.sampled_from(["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    st.sampled_from(["Anna, on; Friday\\s", "x" * 60, "é\n ü", "BEGIN:VEVENT"]),
)
def test_any_other_time_and_title_round_trips(when, zone, title):
    try:
        found = event(title, f"{when:%Y-%m-%dT%H:%M}", ZoneInfo(zone))
    except PlanError:
        assume(False)
    begins = found["dtstart"].dt.astimezone(ZoneInfo(zone))
    assert f"{begins:%Y-%m-%dT%H:%M}" == f"{when:%Y-%m-%dT%H:%M}"
    assert found["summary"] == f"Massage: {title}"


@pytest.mark.parametrize("start", ["", "tonight", "2026-13-01T20:00", "2026-11-26T20:00:00Z"])
def test_an_invalid_start_is_refused(start):
    with pytest.raises(PlanError, match="is no time such as"):
        as_calendar(PLAN, "Evening", start, NOW)
