"""Try one scenario with a failure of each system call: scenario, folder, library, error, lasting.

The library is `faults.c`; it has to be loaded before the C library, by LD_PRELOAD.
"""

import ctypes
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
import scenarios

from massage_workbook.store import StoreError

KILLED = 77


def main(name, folder, library, error, lasting):
    calls = ctypes.CDLL(library)

    def failing(n, change):
        told = None
        calls.arm(n, error, lasting)
        try:
            change()
        except StoreError as caught:
            told = caught
        finally:
            count = calls.disarm()
        return count >= n, told

    def killed(n, change):
        child = os.fork()
        if child == 0:
            calls.arm(n, 0, 0)
            change()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        reached = os.waitstatus_to_exitcode(status) == KILLED
        return reached, StoreError("killed") if reached else None

    print(scenarios.tried(name, Path(folder), failing if error else killed))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5]))
