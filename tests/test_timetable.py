"""A session as a table and in the calendar."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from icalendar import Calendar

from massage_workbook.course.schema import Lying
from massage_workbook.planning import Plan, PlanError, steps
from massage_workbook.timetable import (
    COLUMNS,
    POSITIONS,
    TRANSITIONS,
    as_calendar,
    as_csv,
    titled,
)

from .shipped import COURSE

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


def test_what_comes_before_a_step_has_words_for_every_transition():
    assert {*TRANSITIONS} == {each.id for each in COURSE.transitions}
    assert {*POSITIONS} == {*get_args(Lying)}


def test_a_title_says_how_the_person_lies_where_that_is_not_usual():
    assert titled("Evening", PLAN) == "Evening"
    seated = replace(PLAN, position="seated")
    assert titled("Neck", seated) == "Neck, seated"
    assert titled("Seated, 15 minutes", seated) == "Seated, 15 minutes"


def event(title="Evening"):
    text = as_calendar(PLAN, title, "2026-11-26T20:00", NOW)
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


def test_the_evening_stands_in_the_calendar_at_the_time_on_the_wall():
    begins, ends = event()["dtstart"].dt, event()["dtend"].dt
    assert (begins, begins.tzinfo) == (datetime(2026, 11, 26, 20), None)  # noqa: DTZ001 - a wall clock's
    assert ends - begins == timedelta(minutes=50)


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
