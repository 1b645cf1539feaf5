"""Kernels: the workbook's own, and a spare one that is started in advance."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Float, TraitError, Unicode, default

from massage_workbook.files import source_timestamps
from massage_workbook.lab.frontend import JUPYTER

KERNEL = "massage-workbook"
"""The name of the workbook's kernel."""


class WorkbookKernelSpecManager(KernelSpecManager):
    """Offers only the workbook's kernel, none of the learner's others."""

    ensure_native_kernel = False

    @default("kernel_dirs")
    def _search_only_ours(self) -> list[str]:
        return [os.fspath(JUPYTER / "share" / "jupyter" / "kernels")]

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel's description, with the safe part of this process's PYTHONPATH."""
        spec = super().get_kernel_spec(kernel_name)
        root = getattr(self.parent, "root_dir", None)
        search = safe_python_path(os.environ.get("PYTHONPATH", ""), Path(root) if root else None)
        # Jupyter expands variables after a single `$`.
        spec.env = spec.env | {"PYTHONPATH": search.replace("$", "$$")}
        return spec


def safe_python_path(value: str, lessons: Path | None) -> str:
    """Return PYTHONPATH with absolute paths, without those inside `lessons`.

    Relative paths are resolved from this process; an empty one would be the lesson's folder.
    """
    found = (Path(each).resolve() for each in value.split(os.pathsep) if each)
    safe = (
        os.fspath(path)
        for path in found
        if lessons is None or not path.is_relative_to(lessons.resolve())
    )
    return os.pathsep.join(safe)


def encryption() -> dict[str, str]:
    """Return the setting for encrypted kernel messages, if this Jupyter supports it."""
    known = "transport_encryption" in KernelManager.class_trait_names()
    return {"transport_encryption": "auto"} if known else {}


@dataclass(frozen=True)
class _Spare:
    """An unassigned kernel, its folder, and the source files when it was started."""

    kernel_id: str
    path: str | None
    sources: dict[Path, int]
    started: asyncio.Task[None]


class WorkbookKernelManager(AsyncMappingKernelManager):
    """The server's kernels, and a spare one for the next lesson.

    A kernel takes seconds to start and preload, which the spare has already done. Starting kernels
    and the spare are hidden from the page.
    """

    default_kernel_name = Unicode(KERNEL)
    spare_delay = Float(10, help="Seconds between the start of a kernel and of the next spare.")

    _spare: _Spare | None = None
    _timer: asyncio.TimerHandle | None = None

    @default("cull_idle_timeout")
    def _end_kernels_without_a_page(self) -> int:
        """Seconds until a kernel without a page ends; a typed address leaves one behind."""
        return 1800

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Shut down a kernel without a page after a time, except the spare."""
        if not self._is_spare(kernel_id):
            await super().cull_kernel_if_idle(kernel_id)

    def _is_spare(self, kernel_id: str) -> bool:
        return bool(self._spare) and self._spare.kernel_id == kernel_id

    async def start_kernel(
        self, *, kernel_id: str | None = None, path: str | None = None, **kwargs: object
    ) -> str:
        """Assign the spare kernel if it is suitable, else start one; return its id."""
        spare, self._spare = self._spare, None
        self._schedule_spare(path)
        if spare:
            await spare.started
            plain = kernel_id is None and kwargs.get("kernel_name") in (None, KERNEL)
            current = spare.path == path and spare.sources == source_timestamps()
            if plain and current and spare.kernel_id in self:
                return spare.kernel_id
            if spare.kernel_id in self:
                await self.shutdown_kernel(spare.kernel_id, now=True)
        return await super().start_kernel(kernel_id=kernel_id, path=path, **kwargs)

    def _schedule_spare(self, path: str | None) -> None:
        if self._timer:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self.spare_delay, self._start_spare, path)

    def _start_spare(self, path: str | None) -> None:
        kernel_id, start_kernel = str(uuid4()), super().start_kernel

        async def start() -> None:
            try:
                await start_kernel(kernel_id=kernel_id, path=path)
            except Exception as error:  # noqa: BLE001 - the next lesson starts its own
                self.log.warning("No spare kernel could be started: %s", error)

        started = asyncio.get_running_loop().create_task(start())
        self._spare = _Spare(kernel_id, path, source_timestamps(), started)

    async def shutdown_kernel(
        self, kernel_id: str, now: bool = False, restart: bool = False
    ) -> None:
        """Shut down a kernel; kill one that is still starting, which would print a traceback."""
        if self._is_starting(kernel_id):
            now, kernel = True, self.get_kernel(kernel_id)
            if kernel.has_kernel:  # before Jupyter interrupts it, which prints one as well
                await kernel.provisioner.kill()
        await super().shutdown_kernel(kernel_id, now=now, restart=restart)

    async def shut_down_starting(self) -> None:
        """Kill kernels that are still starting, before Jupyter shuts down the others."""
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
        """The description of a kernel for the page.

        Jupyter raises an error between a kernel's start and its first activity, which would make
        the list of all kernels fail as a page opens.

        Raises:
            HTTPError: 404, the kernel is unknown, starting or the spare; lists leave it out.
        """
        if self._is_spare(kernel_id):
            raise HTTPError(404, f"Kernel is not assigned yet: {kernel_id}")
        try:
            return super().kernel_model(kernel_id)
        except TraitError:  # it has no last activity yet
            raise HTTPError(404, f"Kernel is still starting: {kernel_id}") from None
