"""A session for other programs: its steps as a table, and an evening in the calendar."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from icalendar import Alarm, Calendar, Event

from massage_workbook.course.model import named
from massage_workbook.course.schema import Course, Lying
from massage_workbook.session import Plan, PlanError, Step, clock

COLUMNS = (
    "At",
    "What",
    "Side",
    "Long",
    "Passes",
    "Seconds a pass",
    "A minute",
    "Force of 10",
    "Before it",
)
TIMES = "\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}"
SIDES = {"both": "both sides", "right": "right", "left": "left"}
POSITIONS: dict[Lying, str] = {"prone": "", "seated": "seated", "side-lying": "on the side"}
"""How a person lies or sits, in words where it is not on the front as usual."""
BEFORE = timedelta(minutes=30)
"""How long before the massage the calendar reminds of it: time to warm the room and ask."""
AROUND = timedelta(minutes=30)
"""Time that the calendar adds to the hands-on minutes, to prepare and to rest."""


def before(step: Step, course: Course) -> str:
    """What comes before the first pass of a step, such as `walk round, blot the oil`."""
    short = {each.id: each.short for each in course.transitions}
    return ", ".join(short[name] for name in step.transitions)


def times(steps: Iterable[Step]) -> str:
    """How many passes each of these steps has, with a multiplication sign."""
    return "-".join(map(str, sorted({step.passes for step in steps}))) + TIMES


def titled(title: str, plan: Plan) -> str:
    """The title of a plan with the person's position, unless that is usual or in the title."""
    position = POSITIONS[plan.position]
    return title if position in title.lower() else f"{title}, {position}"


def row(step: Step, course: Course) -> list[str]:
    """A step in words, one for each of `COLUMNS`."""
    technique = named("technique", step.technique, course.techniques)
    force = "-".join(f"{end:g}" for end in dict.fromkeys(step.force))
    return [
        clock(step.start),
        technique.names.english,
        SIDES[step.side],
        clock(step.seconds),
        str(step.passes),
        f"{step.pass_seconds:.0f}",
        f"{step.per_minute:.0f}",
        force,
        before(step, course),
    ]


def as_csv(steps: Iterable[Step], course: Course) -> str:
    """The steps as a table with a line for each, its columns named in the first."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(row(step, course) for step in steps)
    return file.getvalue()


def as_calendar(
    plan: Plan, title: str, start: str, now: datetime, zone: tzinfo | None = None
) -> str:
    """An event for the massage, from `start` (local time, `2026-11-26T20:00`), with a reminder.

    The time is local to `zone`, or to this computer where none is given. The event has it in UTC,
    which every calendar shows at the same moment; a time that comes twice, as clocks go back, is
    the first of the two.

    Raises:
        PlanError: the start is no such time, or clocks skip it as they go forward.
    """
    begins = _moment(start, zone)
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


def _moment(start: str, zone: tzinfo | None) -> datetime:
    """The moment of a local time, in UTC."""
    try:
        on_the_wall = datetime.strptime(start, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - made aware below
        moment = on_the_wall.replace(tzinfo=zone).astimezone(UTC)  # without a zone: this computer's
    except (ValueError, OverflowError, OSError):
        raise PlanError(f'"{start}" is no time such as 2026-11-26T20:00') from None
    if moment.astimezone(zone).replace(tzinfo=None) != on_the_wall:
        raise PlanError(
            f"{on_the_wall:%H:%M} does not come on {on_the_wall:%Y-%m-%d}: the clocks go forward"
            " then. Choose a time before or after."
        )
    return moment
