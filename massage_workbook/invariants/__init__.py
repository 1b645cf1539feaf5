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
from massage_workbook.invariants.reporting import Contradiction, found

__all__ = ["Contradiction", "contradictions", "dangers"]

SAFETY = (places.CHECKS, limits.CHECKS, screening.CHECKS)
CONTENT = (
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


def contradictions(course: Course) -> list[Contradiction]:
    """Every invariant that a course breaks."""
    return found(course, SAFETY + CONTENT)


def dangers(course: Course) -> list[Contradiction]:
    """Those of safety alone: force and place, time in one place, what the screening leads to."""
    return found(course, SAFETY)
