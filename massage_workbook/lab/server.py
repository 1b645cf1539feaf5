"""JupyterLab in this process: on this machine only, quiet, and apart from the learner's own."""

import logging
import os
import secrets
import shutil
import signal
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from massage_workbook.lab import frontend, kernels, lessons, running

FIRST_PORT = 8888


class CannotStartError(Exception):
    """What stands in the way, in one line for the learner."""


def start(  # noqa: PLR0913 - the command's options and where things lie
    folder: Path,
    *,
    source: Path,
    home: Path,
    port: int | None = None,
    browser: bool = True,
    say: Callable[[str], object] = print,
) -> None:
    """Lay the lessons of `source` into `folder` and serve them until Ctrl-C."""
    folder = writable(folder).resolve()
    lab = writable(home / "lab").resolve()
    found = running.find(folder, lab / "runtime")
    if found:
        say(f"The workbook is running already: {found}")
        return _open(found, browser)
    if port:
        check_free(port)
    for line in lay_down(source, folder):
        say(line)
    frontend.write_settings(lab / "settings")
    frontend.place_extension(lab / "labextensions")
    server = make_server(folder, lab, port)

    def announce() -> None:
        here = running.address(server.port, server.identity_provider.token)
        say(f"The workbook is open at {here}")
        say("To stop it, press Ctrl-C here.")
        _open(here, browser)

    # The port is bound by the loop's first callback; what is added after it finds it bound.
    server.io_loop.add_callback(announce)
    serve(server)
    return None


def writable(folder: Path) -> Path:
    """Make the folder if need be and return it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStartError(f"Cannot write to the folder {folder}: {error.strerror}.") from error
    return folder


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
        return lessons.lay_down(source, folder)
    except OSError as error:
        raise CannotStartError(f"Cannot write the lessons into {folder}: {error}.") from error


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

    config = Config(settings(folder, lab, port, secrets.token_hex(24)))
    server = ServerApp.instance(config=config, jpserver_extensions={"jupyterlab": True})
    server.initialize(argv=[], starter_extension="lab", find_extensions=False)
    logging.getLogger("tornado.general").addFilter(worth_telling)
    return server


def serve(server) -> None:  # noqa: ANN001 - its import must wait
    """Run a server until Ctrl-C or a polite kill, then end it with its kernels."""
    warm = server.io_loop.asyncio_loop.create_task(warm_up(server))

    async def stop() -> None:
        with suppress(Exception):  # a kernel that did not start needs no end
            await warm
        await end_unborn_kernels(server)
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
    """Whether a warning says something: Jupyter's own ping settings displease tornado each time."""
    return "websocket_ping_timeout" not in record.getMessage()


async def warm_up(server) -> None:  # noqa: ANN001
    """Start the first lesson's kernel while the browser is still loading the page."""
    await server.session_manager.create_session(
        path=running.FIRST, name=running.FIRST, type="notebook", kernel_name="python3"
    )


async def end_unborn_kernels(server) -> None:  # noqa: ANN001
    """End kernels that are still starting: asked to stop politely, they complain in tracebacks."""
    for kernel_id in server.kernel_manager.list_kernel_ids():
        kernel = server.kernel_manager.get_kernel(kernel_id)
        if getattr(kernel, "execution_state", "starting") == "starting" and kernel.provisioner:
            await kernel.provisioner.kill()


def _open(address: str, browser: bool) -> None:
    if browser:
        webbrowser.open(address)
