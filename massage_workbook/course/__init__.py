"""The course as frozen values; `reader.read` builds one from a data folder."""

from massage_workbook.course.schema import Course

__all__ = ["Course"]
