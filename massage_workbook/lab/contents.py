"""Reads and saves lessons without outputs and without stored widgets."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from nbformat import NotebookNode

from massage_workbook.lab.lessons import is_lesson


class LessonContentsManager(AsyncLargeFileManager):
    """Jupyter's contents manager, which keeps outputs out of lessons."""

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Save a file; lessons without outputs, since widgets end with their kernel."""
        content = model.get("content")
        if model.get("type") == "notebook" and is_lesson(content):
            for cell in _code_cells(content):
                cell.update(outputs=[], execution_count=None)
        return await super().save(model, path)

    def mark_trusted_cells(self, nb: NotebookNode, path: str = "") -> None:
        """Mark trusted cells, and remove stored widgets and execution counts.

        JupyterLab creates stored widgets, with their scripts, before any cell runs and even in an
        untrusted notebook; so they are removed from lessons and from unsigned notebooks. A
        lesson's execution counts would suggest that its cells have run.
        """
        signed = self.notary.check_signature(nb)
        super().mark_trusted_cells(nb, path)
        if is_lesson(nb) or not signed:
            nb["metadata"].pop("widgets", None)
        if is_lesson(nb):
            for cell in _code_cells(nb):
                cell["execution_count"] = None


def _code_cells(notebook: MutableMapping) -> Iterator[MutableMapping]:
    """The code cells of a notebook."""
    return (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
