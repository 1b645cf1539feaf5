"""The course: what it says, as frozen values."""

from massage_workbook.course.reader import CourseError, own_topics, read
from massage_workbook.course.schema import Course

__all__ = ["Course", "CourseError", "own_topics", "read"]
