"""Lessons run in the Python the workbook is installed in, whatever kernels the learner has."""

from typing import Any

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import TraitError, default


class OwnPython(KernelSpecManager):
    """Knows the kernel of this very Python and no other: a `python3` elsewhere hides it."""

    ensure_native_kernel = True
    allowed_kernelspecs = {NATIVE_KERNEL_NAME}  # noqa: RUF012 - a trait's value

    @default("kernel_dirs")
    def _look_nowhere(self) -> list[str]:
        return []


def encryption() -> dict[str, str]:
    """Return the setting that encrypts what page and kernel say, where Jupyter knows of it."""
    known = "transport_encryption" in KernelManager.class_trait_names()
    return {"transport_encryption": "auto"} if known else {}


class OwnKernels(AsyncMappingKernelManager):
    """The server's kernels; one that is only being started is not among them yet."""

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        """What the page is told of a kernel.

        Jupyter fails here in the moment between a kernel's start and its first sign of activity,
        and answers the page, which asks for all kernels as it opens, with an error.

        Raises:
            HTTPError: there is no such kernel, or not yet; a list of all leaves it out.
        """
        try:
            return super().kernel_model(kernel_id)
        except TraitError:  # its last activity has no value yet
            raise HTTPError(404, f"Kernel is only starting: {kernel_id}") from None
