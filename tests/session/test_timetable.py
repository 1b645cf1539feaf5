"""A session as a table and in the calendar."""

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

from massage_workbook.course.schema import Lying
from massage_workbook.session import Plan, PlanError, steps
from massage_workbook.session.timetable import (
    COLUMNS,
    POSITIONS,
    as_calendar,
    as_csv,
    titled,
)

from ..shipped import COURSE

PLAN = Plan.of(COURSE.sessions[0], COURSE)
NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)


def test_the_table_has_a_line_for_each_step():
    first, *rows = csv.reader(io.StringIO(as_csv(steps(PLAN, COURSE), COURSE)))
    made = steps(PLAN, COURSE)
    assert tuple(first) == COLUMNS
    assert len(rows) == len(made)
    assert rows[0][:6] == ["0:00", "Superficial stroking", "both sides", "1:09", "4", "17"]
    assert rows[0][7:] == ["1-2", ""]
    assert rows[2][1] == "Semicircle rubbing"
    assert rows[2][-1] == "light strokes, blot the oil"
    assert rows[4][-1] == "walk round"


def test_there_are_words_for_every_position():
    assert {*POSITIONS} == {*get_args(Lying)}


def test_a_title_says_how_the_person_lies_where_that_is_not_usual():
    assert titled("Evening", PLAN) == "Evening"
    seated = replace(PLAN, position="seated")
    assert titled("Neck", seated) == "Neck, seated"
    assert titled("Seated, 15 minutes", seated) == "Seated, 15 minutes"


STOCKHOLM = ZoneInfo("Europe/Stockholm")


def event(title="Evening", start="2026-11-26T20:00", zone=STOCKHOLM):
    text = as_calendar(PLAN, title, start, NOW, zone)
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Stockholm", 19), ("Asia/Tokyo", 11), ("America/Caracas", 24)]
)
def test_the_evening_stands_in_the_calendar_at_the_time_on_the_wall(zone, hour):
    begins, ends = event(zone=ZoneInfo(zone))["dtstart"].dt, event(zone=ZoneInfo(zone))["dtend"].dt
    assert begins == datetime(2026, 11, 26, tzinfo=UTC) + timedelta(hours=hour)
    assert begins.tzinfo is not None
    assert begins.astimezone(ZoneInfo(zone)).hour == 20
    assert ends - begins == timedelta(minutes=50)


def test_without_a_zone_the_time_is_this_computer_s():
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
def test_a_time_that_the_clocks_skip_is_said_and_not_moved(zone, start):
    with pytest.raises(PlanError, match="the clocks go forward"):
        event(start=start, zone=ZoneInfo(zone))


def test_of_a_time_that_comes_twice_the_first_is_meant():
    begins = event(start="2026-10-25T02:30")["dtstart"].dt
    assert begins == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert event(start="2026-10-25T02:59")["dtend"].dt - begins > timedelta(minutes=50)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001 - on the wall
    st.sampled_from(["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_any_other_time_comes_back_as_it_was_entered(when, zone):
    try:
        begins = event(start=f"{when:%Y-%m-%dT%H:%M}", zone=ZoneInfo(zone))["dtstart"].dt
    except PlanError:
        assume(False)
    assert f"{begins.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" == f"{when:%Y-%m-%dT%H:%M}"


def test_it_reminds_half_an_hour_before():
    (alarm,) = event().walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-30)


@pytest.mark.parametrize("title", ["Anna, on; Friday\\s", "x" * 60, "é\n ü", "BEGIN:VEVENT"])
def test_any_title_comes_back(title):
    assert event(title)["summary"] == f"Massage: {title}"


@pytest.mark.parametrize("start", ["", "tonight", "2026-13-01T20:00", "2026-11-26T20:00:00Z"])
def test_a_start_that_is_none_is_said(start):
    with pytest.raises(PlanError, match="is no time such as"):
        as_calendar(PLAN, "Evening", start, NOW)
