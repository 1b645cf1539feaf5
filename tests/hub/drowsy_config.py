"""A server that ends idle kernels after a second, while a file `drowsy` is in its user's home.

At other times a kernel would end before a busy machine had started it.
"""

from pathlib import Path

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

FLAG = Path("~/drowsy").expanduser()
c = get_config()  # noqa: F821 - Jupyter's


class DrowsyKernelManager(AsyncMappingKernelManager):
    """Jupyter's own, whose culling waits for the file."""

    async def cull_kernels(self):
        """End what is idle."""
        if FLAG.exists():
            await super().cull_kernels()


c.ServerApp.kernel_manager_class = DrowsyKernelManager
c.MappingKernelManager.cull_idle_timeout = c.MappingKernelManager.cull_interval = 1
c.MappingKernelManager.cull_connected = True
