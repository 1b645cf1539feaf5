"""Planning a session: minutes, steps and findings."""

from massage_workbook.session.checks import Finding, Fix, check
from massage_workbook.session.plan import (
    MAX_SECONDS,
    SLIDER_STEP,
    Part,
    Plan,
    PlanError,
    TechniqueChoice,
    carry_over,
    mmss,
    round_up,
)
from massage_workbook.session.steps import (
    Step,
    TimeRange,
    make_steps,
    min_seconds,
    pace_range,
    restrict_plan,
    sessions_allowed,
    time_ranges,
)

__all__ = [
    "MAX_SECONDS",
    "SLIDER_STEP",
    "Finding",
    "Fix",
    "Part",
    "Plan",
    "PlanError",
    "Step",
    "TechniqueChoice",
    "TimeRange",
    "carry_over",
    "check",
    "make_steps",
    "min_seconds",
    "mmss",
    "pace_range",
    "restrict_plan",
    "round_up",
    "sessions_allowed",
    "time_ranges",
]
