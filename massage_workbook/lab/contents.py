"""Lessons are saved without outputs, and opened without stored widgets."""

from collections.abc import MutableMapping
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from nbformat import NotebookNode

from massage_workbook.lab.lessons import is_lesson


def drop_outputs(model: MutableMapping[str, Any], **_: object) -> None:
    """Remove outputs and stored widgets, which need a kernel, from a lesson that is being saved.

    A hook that any contents manager of Jupyter calls before it saves.
    """
    content = model.get("content")
    if model.get("type") == "notebook" and is_lesson(content):
        content["metadata"].pop("widgets", None)
        for cell in content["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)


class LessonContentsManager(AsyncLargeFileManager):
    """Jupyter's contents manager, which removes stored widgets from lessons and unsigned notebooks.

    JupyterLab creates stored widgets, with their scripts, before any cell runs and even in an
    untrusted notebook.
    """

    def mark_trusted_cells(self, nb: NotebookNode, path: str = "") -> None:
        """Mark trusted cells of a notebook that is being opened, and remove stored widgets."""
        signed = self.notary.check_signature(nb)
        super().mark_trusted_cells(nb, path)
        if is_lesson(nb) or not signed:
            nb["metadata"].pop("widgets", None)
