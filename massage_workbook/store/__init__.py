"""The learner's answers, practices, plans and screening. Answers are only ever appended."""

from massage_workbook.store.database import StoreError
from massage_workbook.store.portable import from_text, to_text
from massage_workbook.store.progress import Progress

__all__ = ["Progress", "StoreError", "from_text", "to_text"]
