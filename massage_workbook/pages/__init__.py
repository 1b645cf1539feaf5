"""The lessons as pages to read and print: no kernel, no network, no script."""

from massage_workbook.pages.folder import NotOursError, free, write
from massage_workbook.pages.site import pages

__all__ = ["NotOursError", "free", "pages", "write"]
