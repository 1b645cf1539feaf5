"""The course: what it says, as frozen values. `reader.read` makes one of a folder."""

from massage_workbook.course.schema import Course

__all__ = ["Course"]
