"""What the workbook's own JupyterLab is given to read: its settings and the lesson extension."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from massage_workbook.kept import write_whole

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
    write_whole(folder / "overrides.json", json.dumps(OVERRIDES, indent=2))
    write_whole(folder / "page_config.json", json.dumps(PAGE_CONFIG, indent=2))


def place_extension(shelf: Path, source: Path = EXTENSION) -> None:
    """Copy the extension below `shelf`, where JupyterLab finds it, under the hash of its content.

    Browsers keep an extension's files for good; only another name makes them fetch a new edition.
    """
    package = json.loads((source / "package.json").read_text(encoding="utf-8"))
    place = shelf / package["name"]
    digest = content_hash(source)
    if not (place / "static" / digest).is_dir():
        _copy_whole(source, place / "static" / digest)
    package["jupyterlab"]["_build"]["load"] = f"static/{digest}/remoteEntry.js"
    write_whole(place / "package.json", json.dumps(package, indent=2))
    for old in (place / "static").iterdir():
        if old.name != digest:
            shutil.rmtree(old, ignore_errors=True)


def content_hash(folder: Path) -> str:
    """Return a short digest of the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _copy_whole(source: Path, place: Path) -> None:
    """Copy a folder so that it is there complete or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    try:
        shutil.copytree(source, draft, dirs_exist_ok=True)
        draft.chmod(0o755)
        draft.replace(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
