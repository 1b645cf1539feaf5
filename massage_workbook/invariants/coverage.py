"""Check that enough of the articles is cited, and that uncited lines have a reason."""

from massage_workbook.course.coverage import measure_coverage
from massage_workbook.course.schema import Course
from massage_workbook.invariants.reporting import Checks, Violations

_MIN_SHARE = 0.98
"""Minimum share of content lines that the course cites."""


def _used(_: Course, course: Course) -> Violations:
    """Each content line is cited or has a reason, and nearly all are cited."""
    report = measure_coverage(course)
    for i, article in enumerate(report):
        for line in article.unexplained:
            message = f"line {line} is not cited; cite it, or give the reason in not_used.yaml"
            yield ("articles", i, "content"), f"article {article.article}: {message}"
    cited, content = (sum(getattr(each, name) for each in report) for name in ("cited", "content"))
    if cited < _MIN_SHARE * content:
        message = f"{cited} of {content} lines with content are cited; {_MIN_SHARE:.0%} must be"
        yield ("articles",), message


CHECKS: Checks = {"sources.yaml": (_used,)}
