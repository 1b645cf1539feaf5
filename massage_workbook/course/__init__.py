"""The course: what it says, as frozen values."""

from massage_workbook.course.reader import CourseError, Problem, located, own_topics, palette, read
from massage_workbook.course.schema import Course

__all__ = ["Course", "CourseError", "Problem", "located", "own_topics", "palette", "read"]
