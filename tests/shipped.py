"""The course as it ships, read once for all tests that only look at it."""

from massage_workbook.course import read

COURSE = read()
