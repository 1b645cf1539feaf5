"""Lessons run in the Python the workbook is installed in, whatever kernels the learner has."""

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.manager import KernelManager
from traitlets import default


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
