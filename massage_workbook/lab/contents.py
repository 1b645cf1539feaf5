"""How lessons are read and saved: without outputs, and without widgets that were stored in them."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from nbformat import NotebookNode

from massage_workbook.lab.lessons import is_lesson


class LessonFiles(AsyncLargeFileManager):
    """Jupyter's files; a lesson's outputs stay out of them."""

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Save a file; a lesson without outputs, for its widgets live as long as their kernel."""
        content = model.get("content")
        if model.get("type") == "notebook" and is_lesson(content):
            for cell in _code_cells(content):
                cell.update(outputs=[], execution_count=None)
        return await super().save(model, path)

    def mark_trusted_cells(self, nb: NotebookNode, path: str = "") -> None:
        """Mark the cells of a notebook that is read, and leave out what only claims to be true.

        JupyterLab makes stored widgets, with the scripts they bring, before anything has run, and
        whether it trusts the notebook or not; so a lesson loses them, and any that is not signed.
        A lesson's counts would say that its cells have run.
        """
        signed = self.notary.check_signature(nb)
        super().mark_trusted_cells(nb, path)
        if is_lesson(nb) or not signed:
            nb["metadata"].pop("widgets", None)
        if is_lesson(nb):
            for cell in _code_cells(nb):
                cell["execution_count"] = None


def _code_cells(notebook: MutableMapping) -> Iterator[MutableMapping]:
    """Yield the cells with code of a notebook as the page sends it."""
    return (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
