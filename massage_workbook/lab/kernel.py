"""Starts the kernel of a lesson, with an IPython profile that is not the learner's own."""

import os
import sys
from contextlib import suppress

from massage_workbook import paths
from massage_workbook.files import make_folder


def main() -> None:
    """Run a kernel until it is shut down; it takes the arguments of IPython's kernel."""
    profiles = paths.home().resolve() / "lab" / "ipython"
    with suppress(OSError):  # IPython then takes a temporary folder
        make_folder(profiles)
    os.environ["IPYTHONDIR"] = os.fspath(profiles)
    # ipykernel would import the debugger, which this kernel does not have (`kernel.json`).
    sys.modules.setdefault("debugpy", None)

    from ipykernel.kernelapp import launch_new_instance  # noqa: PLC0415 - its import must wait

    # It would warn in the terminal of connections without encryption, which stay on this machine.
    launch_new_instance(log_level="ERROR")


if __name__ == "__main__":
    main()
