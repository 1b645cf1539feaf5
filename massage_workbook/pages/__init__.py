"""The lessons as pages to read and print, without kernel, network or script."""

from massage_workbook.pages.folder import FolderInUseError, check_folder, write
from massage_workbook.pages.site import STYLE, render

__all__ = ["STYLE", "FolderInUseError", "check_folder", "render", "write"]
