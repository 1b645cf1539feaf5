"""Waits for what another process does. Their limit only aborts: no test is about time."""

import threading
import time
from contextlib import contextmanager

SECONDS = 120


@contextmanager
def watched(process):
    """Kill a process that keeps us waiting too long."""
    watchdog = threading.Timer(SECONDS, process.kill)
    watchdog.start()
    yield
    watchdog.cancel()


def wait_until(condition):
    """Wait until it holds; return what it gives."""
    deadline = time.monotonic() + SECONDS
    while not (result := condition()):
        assert time.monotonic() < deadline, "It never came to hold"
        time.sleep(0.05)
    return result
