"""The course: what it says, as frozen values."""

from massage_workbook.course.reader import CourseError, read
from massage_workbook.course.schema import Course

__all__ = ["Course", "CourseError", "read"]
