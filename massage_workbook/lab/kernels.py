"""Lessons run in the Python the workbook is installed in, and find a kernel that is ready."""

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Float, TraitError, default

from massage_workbook import paths
from massage_workbook.files import edition

PRELOAD = "massage_workbook.widgets.preload"


class OwnPython(KernelSpecManager):
    """Knows the kernel of this very Python and no other: a `python3` elsewhere hides it.

    The kernel imports nothing from the lesson's folder, runs nothing from the learner's own IPython
    profile, and makes ready what every lesson needs before it takes its first order.
    """

    ensure_native_kernel = True
    allowed_kernelspecs = {NATIVE_KERNEL_NAME}  # noqa: RUF012 - a trait's value

    @default("kernel_dirs")
    def _look_nowhere(self) -> list[str]:
        return []

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel's description."""
        spec = super().get_kernel_spec(kernel_name)
        python, *arguments = spec.argv
        settings = (
            "--IPKernelApp.ignore_cwd=True",
            "--IPKernelApp.exec_PYTHONSTARTUP=False",
            f"--ext={PRELOAD}",
        )
        # -P: a module in the folder must not take the place of one that starts the kernel.
        spec.argv = [python, "-P", *arguments, *settings]
        root = getattr(self.parent, "root_dir", None)
        search = import_path(os.environ.get("PYTHONPATH", ""), Path(root) if root else None)
        profiles = paths.home().resolve() / "lab" / "ipython"
        with suppress(OSError):  # IPython then takes a temporary folder
            profiles.mkdir(parents=True, exist_ok=True)
        ours = {"IPYTHONDIR": os.fspath(profiles), "PYTHONPATH": search}
        # Jupyter puts variables in for a single `$`.
        spec.env = spec.env | {name: value.replace("$", "$$") for name, value in ours.items()}
        return spec


def import_path(value: str, lessons: Path | None) -> str:
    """Return a PYTHONPATH that means the same in a kernel and holds no place in `lessons`.

    Relative places are those of this process; an empty one would be the lesson's own folder.
    """
    found = (Path(each).resolve() for each in value.split(os.pathsep) if each)
    safe = (
        os.fspath(path)
        for path in found
        if lessons is None or not path.is_relative_to(lessons.resolve())
    )
    return os.pathsep.join(safe)


def encryption() -> dict[str, str]:
    """Return the setting that encrypts what page and kernel say, where Jupyter knows of it."""
    known = "transport_encryption" in KernelManager.class_trait_names()
    return {"transport_encryption": "auto"} if known else {}


@dataclass(frozen=True)
class Spare:
    """A kernel that nobody has asked for yet, the folder it runs in, and what it has read."""

    kernel_id: str
    path: str | None
    read: dict[Path, int]
    started: asyncio.Task[None]


class OwnKernels(AsyncMappingKernelManager):
    """The server's kernels, and a spare one for the lesson that is opened next.

    A kernel takes seconds to start and to make ready what a lesson needs: the spare has done so.
    One that is only being started, and the spare, are not among those the page is told of.
    """

    rest = Float(10, help="Seconds from a start to that of the next spare, to be out of its way.")

    _spare: Spare | None = None
    _timer: asyncio.TimerHandle | None = None

    async def start_kernel(
        self, *, kernel_id: str | None = None, path: str | None = None, **kwargs: object
    ) -> str:
        """Give out the spare kernel if it serves, else start one; return its id."""
        spare, self._spare = self._spare, None
        self._spare_later(path)
        if spare:
            await spare.started
            plain = kernel_id is None and kwargs.get("kernel_name") in (None, NATIVE_KERNEL_NAME)
            if plain and spare.path == path and spare.kernel_id in self and spare.read == edition():
                return spare.kernel_id
            if spare.kernel_id in self:
                await self.shutdown_kernel(spare.kernel_id, now=True)
        return await super().start_kernel(kernel_id=kernel_id, path=path, **kwargs)

    def _spare_later(self, path: str | None) -> None:
        if self._timer:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self.rest, self._start_spare, path)

    def _start_spare(self, path: str | None) -> None:
        kernel_id = str(uuid4())

        async def start() -> None:
            try:
                await super(OwnKernels, self).start_kernel(kernel_id=kernel_id, path=path)
            except Exception as error:  # noqa: BLE001 - a lesson that opens then starts its own
                self.log.warning("No kernel could be started ahead: %s", error)

        started = asyncio.get_running_loop().create_task(start())
        self._spare = Spare(kernel_id, path, edition(), started)

    async def shutdown_kernel(
        self, kernel_id: str, now: bool = False, restart: bool = False
    ) -> None:
        """End a kernel; at once if it is still starting, for else it prints a traceback."""
        now = now or self._is_starting(kernel_id)
        await super().shutdown_kernel(kernel_id, now=now, restart=restart)

    async def end_unborn(self) -> None:
        """End kernels that are still starting, before Jupyter ends all others politely."""
        if self._timer:
            self._timer.cancel()
        if self._spare:
            await self._spare.started
        for kernel_id in self.list_kernel_ids():
            if self._is_starting(kernel_id):
                await self.shutdown_kernel(kernel_id)

    def _is_starting(self, kernel_id: str) -> bool:
        if kernel_id not in self:
            return False
        return getattr(self.get_kernel(kernel_id), "execution_state", "starting") == "starting"

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        """What the page is told of a kernel.

        Jupyter fails here in the moment between a kernel's start and its first sign of activity,
        and answers the page, which asks for all kernels as it opens, with an error.

        Raises:
            HTTPError: there is no such kernel, or not yet; a list of all leaves it out.
        """
        if self._spare and self._spare.kernel_id == kernel_id:
            raise HTTPError(404, f"Kernel is nobody's yet: {kernel_id}")
        try:
            return super().kernel_model(kernel_id)
        except TraitError:  # its last activity has no value yet
            raise HTTPError(404, f"Kernel is only starting: {kernel_id}") from None
