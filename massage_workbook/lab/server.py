"""JupyterLab in this process: on this machine only, quiet, and apart from the learner's own."""

import logging
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from massage_workbook import files
from massage_workbook.lab import frontend, kernels, lessons, running
from massage_workbook.troubles import in_words

FIRST_PORT = 8888


class CannotStartError(Exception):
    """What stands in the way, in one line for the learner."""


def start(  # noqa: PLR0913 - the command's options and where things lie
    folder: Path,
    *,
    data: Path,
    source: Path,
    home: Path,
    port: int | None = None,
    browser: bool = True,
    say: Callable[[str], object] = print,
) -> None:
    """Lay the lessons of `source` into `folder` and serve them until Ctrl-C.

    Raises:
        CannotStartError: something stands in the way; no page is opened then.
    """
    folder = writable(folder, "--folder").resolve()
    with explained(f"Cannot write to the folder {home} (MASSAGE_WORKBOOK_HOME names another)"):
        files.make_folder(home)  # for this user alone
    lab = writable(home / "lab", "MASSAGE_WORKBOOK_HOME").resolve()
    found = running.find(folder, lab / "runtime")
    if found:
        say(f"The workbook is running already: {found}")
        show(found, browser, say)
        return
    if port:
        check_free(port)
    check_course(data, lab / "course-checked")
    for line in lay_down(source, folder):
        say(line)
    with explained(f"Cannot write to the folder {lab}"):
        frontend.write_settings(lab / "settings")
        frontend.place_extension(lab / "labextensions")
        server = make_server(folder, lab, port)

    def announce() -> None:
        here = running.address(server.port, server.identity_provider.token)
        say(f"The workbook is open at {here}")
        say("To stop it, press Ctrl-C here.")
        show(here, browser, say)

    # The port is bound by the loop's first callback; what is added after it finds it bound.
    server.io_loop.add_callback(announce)
    serve(server)


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Say in one line what failed, why, and what to do."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise CannotStartError(in_words(what, error)) from error


def writable(folder: Path, named_by: str) -> Path:
    """Make the folder if need be and return it."""
    with explained(f"Cannot write to the folder {folder} ({named_by} names another)"):
        folder.mkdir(parents=True, exist_ok=True)
        with files.probe(folder):
            pass
    return folder


def check_course(data: Path, whole: Path) -> None:
    """Say so if the course cannot be used, or is not safe.

    Reading it takes as long as a third of the start: what was found whole is marked in `whole`.
    """
    with explained(f"Cannot read the course in {data}"):
        mark = files.folder_fingerprint(data)
    if whole.is_file() and whole.read_bytes() == mark.encode():
        return

    from massage_workbook.reader import CourseError  # noqa: PLC0415 - its import must wait

    try:
        _read_safe(data)
    except CourseError as error:
        raise CannotStartError(error.told) from error
    with explained(f"Cannot write to the folder {whole.parent}"):
        files.write_atomically(whole, mark)


def _read_safe(data: Path) -> None:
    """Read the course; what is only unfinished, such as a question, keeps nobody from the lessons.

    Raises:
        CourseError: it cannot be read, or teaches something dangerous.
    """
    from massage_workbook import invariants  # noqa: PLC0415 - their imports must wait
    from massage_workbook.reader import CourseError, problems_at, read  # noqa: PLC0415

    if dangers := problems_at(data, invariants.safety_violations(read(data))):
        raise CourseError(data, dangers)


def check_free(port: int) -> None:
    """Say so if the port the learner asked for cannot be had."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise CannotStartError(
            f"Port {port} cannot be used: {error.strerror}. "
            "Choose another, or leave --port out and a free one is found."
        ) from error


def lay_down(source: Path, folder: Path) -> list[str]:
    """Lay the lessons down, or say why they cannot be written."""
    try:
        with explained(f"Cannot write the lessons into {folder}"):
            return lessons.lay_down(source, folder)
    except lessons.BrokenLessonError as error:
        raise CannotStartError(f"{error} Install the workbook again.") from error


def environment(lab: Path) -> dict[str, str]:
    """Return what keeps the learner's own Jupyter settings and other servers out of ours."""
    return {"JUPYTER_NO_CONFIG": "1", "JUPYTER_RUNTIME_DIR": os.fspath(lab / "runtime")}


def settings(folder: Path, lab: Path, port: int | None, token: str) -> dict:
    """Return JupyterLab's configuration."""
    return {
        "ServerApp": {
            "ip": "127.0.0.1",
            "port": port or FIRST_PORT,
            "port_retries": 0 if port else 50,
            "root_dir": os.fspath(folder),
            "open_browser": False,
            # It answers this machine alone and asks for a token, whoever runs it.
            "allow_root": True,
            "answer_yes": True,
            "log_level": logging.WARNING,
            "contents_manager_class": "massage_workbook.lab.contents.LessonFiles",
            "kernel_manager_class": "massage_workbook.lab.kernels.OwnKernels",
            "kernel_spec_manager_class": "massage_workbook.lab.kernels.OwnPython",
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


def make_server(folder: Path, lab: Path, port: int | None):  # noqa: ANN201 - its import must wait
    """Return a server that is bound to its port and not running yet."""
    os.environ.update(environment(lab))
    for name in [name for name in os.environ if name.startswith("JUPYTER_GATEWAY_")]:
        del os.environ[name]

    from jupyter_server.serverapp import ServerApp  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    from massage_workbook.lab import api  # noqa: PLC0415

    config = Config(settings(folder, lab, port, secrets.token_hex(24)))
    server = ServerApp.instance(config=config, jpserver_extensions={"jupyterlab": True})
    try:
        server.initialize(argv=[], starter_extension="lab", find_extensions=False)
    except SystemExit as error:  # Jupyter's way to say so, after a line of its own
        raise CannotStartError(
            "No port could be had: end other programs that serve pages, or name one with --port."
        ) from error
    api.add_to(server.web_app)
    for name in ("tornado.general", "tornado.application"):
        logging.getLogger(name).addFilter(worth_telling)
    return server


def serve(server) -> None:  # noqa: ANN001 - its import must wait
    """Run a server until Ctrl-C or a polite kill, then end it with its kernels."""
    warm = server.io_loop.asyncio_loop.create_task(warm_up(server))

    async def stop() -> None:
        with suppress(Exception):  # a kernel that did not start needs no end
            await warm
        await server.kernel_manager.end_unborn()
        server.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.io_loop.add_callback_from_signal(stop))
    server.start()
    forget(Path(server.config_dir))


def forget(settings: Path) -> None:
    """Remove the empty settings folder that Jupyter makes for a run without settings."""
    if settings.name.startswith("jupyter-clean-cfg-"):
        shutil.rmtree(settings, ignore_errors=True)


def worth_telling(record: logging.LogRecord) -> bool:
    """Whether a line of the log says something to somebody.

    Jupyter's own ping settings displease tornado each time; and a page that went on to the next
    lesson before it was there is an error to tornado alone.
    """
    from tornado.iostream import StreamClosedError  # noqa: PLC0415

    gone = record.exc_info and isinstance(record.exc_info[1], StreamClosedError)
    return not gone and "websocket_ping_timeout" not in record.getMessage()


async def warm_up(server) -> None:  # noqa: ANN001
    """Start the first lesson's kernel while the browser is still loading the page."""
    await server.session_manager.create_session(
        path=running.FIRST, name=running.FIRST, type="notebook", kernel_name="python3"
    )


def show(address: str, browser: bool, say: Callable[[str], object]) -> threading.Thread | None:
    """Open the browser if it is wanted, or ask the learner to if there is none."""

    def open_it() -> None:
        try:
            opened = webbrowser.open(address)
        except webbrowser.Error:
            opened = False
        if not opened:
            say("No browser could be opened: copy the address above into one.")

    if not browser:
        return None
    # A browser that runs in a terminal returns when it is left, and needs the server until then.
    opening = threading.Thread(target=open_it)
    opening.start()
    return opening
