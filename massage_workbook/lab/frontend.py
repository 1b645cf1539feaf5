"""What the workbook's own JupyterLab is given to read: its settings and the lesson extension."""

import json
import shutil
from pathlib import Path

from massage_workbook import files

EXTENSION = Path(__file__).parent / "extension"

# Started on a page for a learner, JupyterLab asks nothing, announces nothing and fetches no news.
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    # The default takes widgets out of the page while they are off the screen.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "defer"},
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
}
PAGE_CONFIG = {
    "disabledExtensions": [
        "@jupyterlab/apputils-extension:announcements",
        "@jupyterlab/debugger-extension",
        "@jupyterlab/extensionmanager-extension",
        # These ask for server extensions that the workbook does without.
        "@jupyterlab/fileeditor-extension:language-server",
        "@jupyterlab/lsp-extension",
        "@jupyterlab/notebook-extension:language-server",
        "@jupyterlab/terminal-extension",
        # These ask for nbconvert's formats, which keeps the server busy while a lesson opens, and
        # lead to pages without widgets.
        "@jupyterlab/notebook-extension:export",
        "@jupyterlab/notebook-extension:update-raw-mimetype",
    ],
    # The server would look whether to build JupyterLab anew, also while a lesson opens.
    "buildAvailable": False,
    "buildCheck": False,
}


def write_settings(folder: Path) -> None:
    """Write what JupyterLab reads before the learner's own settings."""
    folder.mkdir(parents=True, exist_ok=True)
    files.write_atomically(folder / "overrides.json", json.dumps(OVERRIDES, indent=2))
    files.write_atomically(folder / "page_config.json", json.dumps(PAGE_CONFIG, indent=2))


def place_extension(shelf: Path, source: Path = EXTENSION) -> None:
    """Copy the extension below `shelf`, where JupyterLab finds it, under the hash of its content.

    Browsers keep an extension's files for good; only another name makes them fetch a new edition.
    """
    package = json.loads((source / "package.json").read_text(encoding="utf-8"))
    place = shelf / package["name"]
    digest = files.folder_fingerprint(source)
    if not (place / "static" / digest).is_dir():
        files.copy_folder(source, place / "static" / digest)
    package["jupyterlab"]["_build"]["load"] = f"static/{digest}/remoteEntry.js"
    files.write_atomically(place / "package.json", json.dumps(package, indent=2))
    for old in (place / "static").iterdir():
        if old.name != digest:
            shutil.rmtree(old, ignore_errors=True)
