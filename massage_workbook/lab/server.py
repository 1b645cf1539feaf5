"""Runs JupyterLab in this process, on this machine only, without the learner's own settings."""

import logging
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import threading
import webbrowser
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import massage_workbook.lab.quick_start  # noqa: F401 - before anything of Jupyter's
from massage_workbook import files
from massage_workbook.errors import UserError, reporting
from massage_workbook.lab import frontend, kernels, lessons, running

_FIRST_PORT = 8888
_EXTENSIONS = {"jupyterlab": True, "massage_workbook.lab.api": True}


class CannotStartError(UserError):
    """The workbook cannot start; the message tells the learner why, in one line."""


def start(  # noqa: PLR0913 - the command's options and folders
    folder: Path,
    *,
    data: Path,
    source: Path,
    home: Path,
    port: int | None = None,
    browser: bool = True,
    say: Callable[[str], object] = print,
) -> None:
    """Install the lessons of `source` in `folder` and serve them until Ctrl-C.

    Raises:
        UserError: something prevents the start; no page is opened then.
    """
    folder = writable(folder, "--folder").resolve()
    with _reporting(f"Cannot write to the folder {home} (MASSAGE_WORKBOOK_HOME names another)"):
        files.make_folder(home)  # readable by this user alone
    lab = writable(home / "lab", "MASSAGE_WORKBOOK_HOME").resolve()
    found = running.find_server(folder, lab / "runtime")
    if found:
        say(f"The workbook is running already: {found}")
        open_browser(found, browser, say)
        return
    if port:
        check_port(port)
    marker = lab / "course-checked"
    if not marker.exists():
        say("First start: checking the course, copying the lessons, starting JupyterLab ...")
    check_course(data, marker)
    with _reporting(f"Cannot write the lessons into {folder}"):
        notices = lessons.install(source, folder)
    for line in notices:
        say(line)
    with _reporting(f"Cannot write to the folder {lab}"):
        frontend.write_settings(lab / "settings")
        frontend.install_extension(lab / "labextensions")
        server = _make_server(folder, lab, port)

    def announce() -> None:
        here = running.address(server.port, server.identity_provider.token)
        say(f"The workbook is open at {here}")
        say("To stop it, press Ctrl-C here.")
        open_browser(here, browser, say)

    # The first callback of the loop, before this one, binds the port.
    server.io_loop.add_callback(announce)
    _serve(server)


def _reporting(what: str) -> AbstractContextManager[None]:
    return reporting(CannotStartError, what, catch=(OSError, sqlite3.Error))


def writable(folder: Path, option: str) -> Path:
    """Create the folder if missing, check that it is writable, and return it."""
    with _reporting(f"Cannot write to the folder {folder} ({option} names another)"):
        folder.mkdir(parents=True, exist_ok=True)
        with files.probe(folder):
            pass
    return folder


def check_course(data: Path, marker: Path) -> None:
    """Check that the course is valid and safe; other problems do not prevent the start.

    Reading it takes a third of the start, so the fingerprint of a safe course is cached in the file
    `marker`.

    Raises:
        CourseError: the course is invalid, or teaches something dangerous.
        CannotStartError: its folder cannot be read, or the marker cannot be written.
    """
    with _reporting(f"Cannot read the course in {data}"):
        fingerprint = files.folder_fingerprint(data)
    if marker.is_file() and marker.read_bytes() == fingerprint.encode():
        return

    from massage_workbook import invariants  # noqa: PLC0415 - their imports must wait
    from massage_workbook.reader import CourseError, problems_at, read  # noqa: PLC0415

    if dangers := problems_at(data, invariants.safety_violations(read(data))):
        raise CourseError(data, dangers)
    with _reporting(f"Cannot write to the folder {marker.parent}"):
        files.write_atomically(marker, fingerprint)


def check_port(port: int) -> None:
    """Raise `CannotStartError` if the requested port cannot be used."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise CannotStartError(
            f"Port {port} cannot be used: {error.strerror}. "
            "Choose another, or omit --port to use a free one."
        ) from error


def environment(lab: Path) -> dict[str, str]:
    """Return variables that separate this server from the learner's settings and other servers."""
    return {"JUPYTER_NO_CONFIG": "1", "JUPYTER_RUNTIME_DIR": os.fspath(lab / "runtime")}


def settings(folder: Path, lab: Path, port: int | None, token: str) -> dict:
    """Return JupyterLab's configuration."""
    return {
        "ServerApp": {
            "ip": "127.0.0.1",
            "port": port or _FIRST_PORT,
            "port_retries": 0 if port else 50,
            "root_dir": os.fspath(folder),
            "open_browser": False,
            # The server is local and needs a token, so running as root is no added risk.
            "allow_root": True,
            "answer_yes": True,
            "log_level": logging.WARNING,
            "contents_manager_class": "massage_workbook.lab.contents.LessonContentsManager",
            "kernel_manager_class": "massage_workbook.lab.kernels.WorkbookKernelManager",
            "kernel_spec_manager_class": "massage_workbook.lab.kernels.WorkbookKernelSpecManager",
        },
        "IdentityProvider": {"token": token},
        "KernelManager": kernels.encryption(),
        "LabApp": {
            "log_level": logging.WARNING,
            "app_settings_dir": os.fspath(lab / "settings"),
            "user_settings_dir": os.fspath(lab / "user-settings"),
            "workspaces_dir": os.fspath(lab / "workspaces"),
            "extra_labextensions_path": [os.fspath(lab / "labextensions")],
            "extension_manager": "readonly",
            "news_url": None,
            "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
        },
    }


def _make_server(folder: Path, lab: Path, port: int | None):  # noqa: ANN202 - its import must wait
    """Return an initialised server that is not running yet."""
    os.environ.update(environment(lab))
    for name in [name for name in os.environ if name.startswith("JUPYTER_GATEWAY_")]:
        del os.environ[name]

    from jupyter_server.serverapp import ServerApp  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    config = Config(settings(folder, lab, port, secrets.token_hex(24)))
    server = ServerApp.instance(config=config, jpserver_extensions=_EXTENSIONS)
    try:
        server.initialize(argv=[], starter_extension="lab", find_extensions=False)
    except SystemExit as error:  # Jupyter found no port, and has printed a line
        raise CannotStartError(
            "No port is free: end other programs that serve pages, or name one with --port."
        ) from error
    for name in ("tornado.general", "tornado.application"):
        logging.getLogger(name).addFilter(is_relevant)
    return server


def _serve(server) -> None:  # noqa: ANN001 - its import must wait
    """Run a server until SIGINT or SIGTERM, then stop it with its kernels."""
    warm = server.io_loop.asyncio_loop.create_task(_start_first_kernel(server))

    async def stop() -> None:
        with suppress(Exception):  # a kernel that did not start
            await warm
        await server.kernel_manager.shut_down_starting()
        server.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.io_loop.add_callback_from_signal(stop))
    server.start()
    _remove_empty_config(Path(server.config_dir))


def _remove_empty_config(settings: Path) -> None:
    """Remove the temporary settings folder that Jupyter creates for a run without settings."""
    if settings.name.startswith("jupyter-clean-cfg-"):
        shutil.rmtree(settings, ignore_errors=True)


def is_relevant(record: logging.LogRecord) -> bool:
    """Filter two irrelevant log messages.

    Tornado warns about Jupyter's ping settings, and reports an error when a page is left while it
    is loading.
    """
    from tornado.iostream import StreamClosedError  # noqa: PLC0415

    disconnected = record.exc_info and isinstance(record.exc_info[1], StreamClosedError)
    return not disconnected and "websocket_ping_timeout" not in record.getMessage()


async def _start_first_kernel(server) -> None:  # noqa: ANN001
    """Start the kernel of the first lesson while the browser loads the page."""
    first = running.FIRST_LESSON
    await server.session_manager.create_session(
        path=first, name=first, type="notebook", kernel_name=kernels.KERNEL
    )


def open_browser(
    address: str, browser: bool, say: Callable[[str], object]
) -> threading.Thread | None:
    """Open the address in a thread, if `browser`; ask the learner to open it if that fails."""

    def open_it() -> None:
        try:
            opened = webbrowser.open(address)
        except webbrowser.Error:
            opened = False
        if not opened:
            say("No browser could be opened: open the address above in one.")

    if not browser:
        return None
    # A text browser blocks until it is closed, and needs the server meanwhile.
    opening = threading.Thread(target=open_it)
    opening.start()
    return opening
