"""What has to hold across the course: safe strokes, true texts, doable sessions, fair questions.

The reader checks every field by itself. The functions here look at a whole `Course` that could be
read, and say where it breaks an invariant. `massage-workbook check` runs all of them, a start of
the workbook those of safety if the data changed; a kernel that reads the course runs none.
"""

from massage_workbook.course.schema import Course
from massage_workbook.invariants import (
    coverage,
    limits,
    pace,
    places,
    promises,
    questions,
    screening,
    sessions,
    subjects,
    texts,
    wording,
)
from massage_workbook.invariants.reporting import Violation, run_checks

__all__ = ["Violation", "safety_violations", "violations"]

_SAFETY = (places.CHECKS, limits.CHECKS, screening.CHECKS)
_CONTENT = (
    pace.CHECKS,
    texts.CHECKS,
    sessions.CHECKS,
    questions.CHECKS,
    screening.WORDING,
    subjects.CHECKS,
    coverage.CHECKS,
    wording.CHECKS,
    promises.CHECKS,
)


def violations(course: Course) -> list[Violation]:
    """Every invariant that a course breaks."""
    return run_checks(course, _SAFETY + _CONTENT)


def safety_violations(course: Course) -> list[Violation]:
    """Those of safety alone: force and place, time in one place, what the screening leads to."""
    return run_checks(course, _SAFETY)
