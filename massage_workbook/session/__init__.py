"""How the minutes of a session are shared, what is done in them, and what is to be said of it."""

from massage_workbook.session.checks import Finding, Mend, check
from massage_workbook.session.plan import (
    LONGEST,
    UNIT,
    Choice,
    Part,
    Plan,
    PlanError,
    clock,
    rounded,
)
from massage_workbook.session.steps import (
    Room,
    Step,
    least_time,
    pace,
    rooms,
    sessions_left,
    steps,
    within,
)

__all__ = [
    "LONGEST",
    "UNIT",
    "Choice",
    "Finding",
    "Mend",
    "Part",
    "Plan",
    "PlanError",
    "Room",
    "Step",
    "check",
    "clock",
    "least_time",
    "pace",
    "rooms",
    "rounded",
    "sessions_left",
    "steps",
    "within",
]
