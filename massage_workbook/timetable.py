"""A session for other programs: its steps as a table, and an evening in the calendar."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from massage_workbook.course.schema import Course, Technique
from massage_workbook.planning import Plan, PlanError, Step, clock

COLUMNS = ("at", "what", "side", "long", "passes", "a minute", "force of 10")
SIDES = {"both": "both sides", "right": "right", "left": "left"}
LINK = "a few light strokes"
BEFORE = timedelta(minutes=30)
"""How long before the massage the calendar reminds of it: time to warm the room and ask."""
AROUND = timedelta(minutes=30)
"""Time that the calendar adds to the hands-on minutes, to prepare and to rest."""


def row(step: Step, technique: Technique) -> list[str]:
    """A step in words, one for each of `COLUMNS`."""
    force = "-".join(f"{end:g}" for end in dict.fromkeys(step.force))
    return [
        clock(step.start),
        LINK if step.link else technique.names.english,
        SIDES[step.side],
        clock(step.seconds),
        "" if step.link else str(step.passes),
        f"{step.per_minute:.0f}" if step.per_minute and not step.link else "",
        force,
    ]


def as_csv(steps: Iterable[Step], course: Course) -> str:
    """The steps as a table with a line for each, its columns named in the first."""
    techniques = {each.id: each for each in course.techniques}
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(row(step, techniques[step.technique]) for step in steps)
    return file.getvalue()


def as_calendar(plan: Plan, title: str, start: str, now: datetime) -> str:
    """An event for the massage, from `start` (local time, `2026-11-26T20:00`), with a reminder.

    The time is that of whatever clock hangs on the wall, in no time zone.

    Raises:
        PlanError: the start is no such time.
    """
    try:
        begins = datetime.strptime(start, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - a wall clock's
    except ValueError:
        raise PlanError(f'"{start}" is no time such as 2026-11-26T20:00') from None
    event = Event()
    event.add("uid", f"{now:%Y%m%dT%H%M%S}@massage-workbook")
    event.add("dtstamp", now)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(seconds=plan.total) + AROUND)
    event.add("summary", f"Massage: {title}")
    minutes = f"{clock(plan.total)} minutes of massage, and half an hour around it."
    event.add("description", f"{minutes} Ask first: do you want this, today? Where not?")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", "Warm the room, ask the questions, agree on the stop word.")
    reminder.add("trigger", -BEFORE)
    event.add_component(reminder)
    calendar = Calendar()
    calendar.add("prodid", "-//massage-workbook//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical().decode()
