"""How lessons are saved: as they were written, and never more trusted than they were."""

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
            for cell in code_cells(content):
                cell.update(outputs=[], execution_count=None)
        return await super().save(model, path)

    def check_and_sign(self, nb: NotebookNode, path: str = "", **retry: bool) -> None:
        """Sign a lesson only if each of its cells was trusted: what is signed runs unasked.

        Jupyter itself also signs whatever has no outputs, so that saving a stranger's lesson once
        would let it run at its next opening.
        """
        trusted = all(cell["metadata"].get("trusted") for cell in code_cells(nb))
        if trusted or not is_lesson(nb):
            super().check_and_sign(nb, path, **retry)


def code_cells(notebook: MutableMapping) -> Iterator[MutableMapping]:
    """Yield the cells with code of a notebook as the page sends it."""
    return (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
