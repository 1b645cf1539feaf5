"""Writes JupyterLab's settings and installs the lesson extension."""

import json
import shutil
from pathlib import Path

from massage_workbook import files

EXTENSION = Path(__file__).parent / "extension"
JUPYTER = Path(__file__).parent / "jupyter"
"""Files that a wheel adds to any Jupyter: kernel, server extension and default settings.

They include a notebook setting: JupyterLab's default detaches widgets scrolled out of view.
"""
_DEFAULTS = JUPYTER / "share" / "jupyter" / "lab" / "settings" / "overrides.d"

# Settings for a learner.
_OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {"doNotDisturbMode": True},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
}
_PAGE_CONFIG = {
    "disabledExtensions": [
        "@jupyterlab/apputils-extension:announcements",
        "@jupyterlab/debugger-extension",
        "@jupyterlab/extensionmanager-extension",
        # These need server extensions that the workbook does not start.
        "@jupyterlab/fileeditor-extension:language-server",
        "@jupyterlab/lsp-extension",
        "@jupyterlab/notebook-extension:language-server",
        "@jupyterlab/terminal-extension",
        # These load the formats of nbconvert, which delays a lesson, and export without widgets.
        "@jupyterlab/notebook-extension:export",
        "@jupyterlab/notebook-extension:update-raw-mimetype",
    ],
    # The server would check whether to rebuild JupyterLab while a lesson opens.
    "buildAvailable": False,
    "buildCheck": False,
}


def write_settings(folder: Path) -> None:
    """Write JupyterLab's default settings and page configuration into `folder`."""
    files.copy_folder(_DEFAULTS, folder / _DEFAULTS.name)
    files.write_atomically(folder / "overrides.json", json.dumps(_OVERRIDES, indent=2))
    files.write_atomically(folder / "page_config.json", json.dumps(_PAGE_CONFIG, indent=2))


def install_extension(shelf: Path, source: Path = EXTENSION) -> None:
    """Copy the extension into `shelf`, JupyterLab's folder of extensions, named by its fingerprint.

    Browsers cache an extension's files permanently, so a new edition needs a new name.
    """
    package = json.loads((source / "package.json").read_text(encoding="utf-8"))
    place = shelf / package["name"]
    fingerprint = files.folder_fingerprint(source)
    if not (place / "static" / fingerprint).is_dir():
        files.copy_folder(source, place / "static" / fingerprint)
    package["jupyterlab"]["_build"]["load"] = f"static/{fingerprint}/remoteEntry.js"
    files.write_atomically(place / "package.json", json.dumps(package, indent=2))
    for old in (place / "static").iterdir():
        if old.name != fingerprint:
            shutil.rmtree(old, ignore_errors=True)
