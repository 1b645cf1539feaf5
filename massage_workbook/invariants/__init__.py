"""Invariants across the course: safe strokes, consistent texts, feasible sessions, fair questions.

The reader validates each field by itself; these checks look at a whole `Course` and report
violations. `massage-workbook check` runs all of them, a start of the workbook runs the safety
checks if the data changed, and a kernel that reads the course runs none.
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
    """All violations of invariants in a course."""
    return run_checks(course, _SAFETY + _CONTENT)


def safety_violations(course: Course) -> list[Violation]:
    """Violations of safety invariants: force, zones, time in one place, screening outcomes."""
    return run_checks(course, _SAFETY)
