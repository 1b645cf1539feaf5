"""Enough of the articles is cited, and what is left out has its reason."""

from massage_workbook.course.coverage import coverage
from massage_workbook.course.schema import Course
from massage_workbook.invariants.reporting import Checks, Found

ENOUGH = 0.98
"""The share of the lines with content that the course must cite."""


def _used(_: Course, course: Course) -> Found:
    """Each line with content is cited or excused, and nearly all are cited."""
    report = coverage(course)
    for i, article in enumerate(report):
        for line in article.unexplained:
            message = f"line {line} is not cited; cite it, or give the reason in not_used.yaml"
            yield ("articles", i, "content"), f"article {article.article}: {message}"
    cited, content = (sum(getattr(each, name) for each in report) for name in ("cited", "content"))
    if cited < ENOUGH * content:
        message = f"{cited} of {content} lines with content are cited; {ENOUGH:.0%} must be"
        yield ("articles",), message


CHECKS: Checks = {"sources.yaml": (_used,)}
