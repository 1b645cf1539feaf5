"""Exports of a session: its steps as CSV, and a calendar event."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from massage_workbook.course.model import find_item
from massage_workbook.course.schema import BodyPosition, Course
from massage_workbook.session import Plan, PlanError, Step, mmss

COLUMNS = (
    "Start",
    "Technique",
    "Side",
    "Length",
    "Passes",
    "Seconds a pass",
    "Per minute",
    "Force of 10",
    "Before",
)
_TIMES_SIGN = "\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}"
SIDE_LABELS = {"both": "both sides", "right": "right", "left": "left"}
POSITIONS: dict[BodyPosition, str] = {"prone": "", "seated": "seated", "side-lying": "on the side"}
"""Label of each position; empty for prone, the usual one."""
_REMINDER_BEFORE = timedelta(minutes=30)
"""Time of the calendar reminder before the massage, to warm the room and ask."""
_EXTRA_TIME = timedelta(minutes=30)
"""Time that the event adds to the hands-on minutes, to prepare and to rest."""


def _transition_labels(step: Step, course: Course) -> str:
    """Labels of the transitions before a step, such as `walk round, blot the oil`."""
    short = {each.id: each.short for each in course.transitions}
    return ", ".join(short[name] for name in step.transitions)


def passes_label(steps: Iterable[Step]) -> str:
    """The number of passes of these steps, with a multiplication sign."""
    return "-".join(map(str, sorted({step.passes for step in steps}))) + _TIMES_SIGN


def title_with_position(title: str, plan: Plan) -> str:
    """The title of a plan with the position, unless that is prone or in the title already."""
    position = POSITIONS[plan.position]
    return title if position in title.lower() else f"{title}, {position}"


def row(step: Step, course: Course) -> list[str]:
    """The cells of a step, one for each of `COLUMNS`."""
    technique = find_item("technique", step.technique, course.techniques)
    force = "-".join(f"{end:g}" for end in dict.fromkeys(step.force))
    return [
        mmss(step.start),
        technique.names.english,
        SIDE_LABELS[step.side],
        mmss(step.seconds),
        str(step.passes),
        f"{step.pass_seconds:.0f}",
        f"{step.per_minute:.0f}",
        force,
        _transition_labels(step, course),
    ]


def as_csv(steps: Iterable[Step], course: Course) -> str:
    """The steps as CSV with a header line."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(row(step, course) for step in steps)
    return file.getvalue()


def as_calendar(
    plan: Plan, title: str, start: str, now: datetime, zone: tzinfo | None = None
) -> str:
    """An event for the massage, from `start` (local time, `2026-11-26T20:00`), with a reminder.

    The time is local to `zone`, by default that of this computer; the event stores it in UTC. When
    clocks go back, an ambiguous time is the first of the two.

    Raises:
        PlanError: the start is not in that format, or is skipped when clocks go forward.
    """
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - missing in a browser

    begins = _start_in_utc(start, zone)
    event = Event()
    event.add("uid", f"{now:%Y%m%dT%H%M%S}@massage-workbook")
    event.add("dtstamp", now)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(seconds=plan.total) + _EXTRA_TIME)
    event.add("summary", f"Massage: {title}")
    minutes = f"{mmss(plan.total)} minutes of massage, and half an hour around it."
    event.add("description", f"{minutes} Ask first: do you want this, today? Where not?")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", "Warm the room, ask the questions, agree on the stop word.")
    reminder.add("trigger", -_REMINDER_BEFORE)
    event.add_component(reminder)
    calendar = Calendar()
    calendar.add("prodid", "-//massage-workbook//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _start_in_utc(start: str, zone: tzinfo | None) -> datetime:
    """A local time in UTC."""
    try:
        local = datetime.strptime(start, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - made aware below
        moment = local.replace(tzinfo=zone).astimezone(UTC)  # without a zone: this computer's
    except (ValueError, OverflowError, OSError):
        raise PlanError(f'"{start}" is no time such as 2026-11-26T20:00') from None
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise PlanError(
            f"{local:%H:%M} does not exist on {local:%Y-%m-%d}: the clocks go forward"
            " then. Choose a time before or after."
        )
    return moment
