"""Every system call that changes the learner's folder fails once, fails for good, or is killed.

Then the answers are the old or the new ones, as reported, and the next start continues. Tried with
the real system calls of Python and of SQLite.
"""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import LONG
from ..store.scenarios import SCENARIOS

HERE = Path(__file__).parent
KILLED = 0
FAILURES = [
    (error, lasting)
    for error in (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT)
    for lasting in (False, True)
] + [(KILLED, False)]
ALWAYS = {
    "restore over a log": [(errno.ENOSPC, False), (errno.EIO, True)],
    "recover with a log": [(errno.ENOSPC, True), (KILLED, False)],
    "import in a rollback journal": [(errno.EIO, True)],
}
"""Failures tried in every test run, for the changes that touch most files."""


CASES = dict.fromkeys(SCENARIOS, FAILURES) if LONG else ALWAYS


@pytest.mark.parametrize(
    ("name", "error", "lasting"),
    [(name, *failure) for name, failures in CASES.items() for failure in failures],
)
def test_a_change_is_complete_or_absent_whichever_system_call_fails(
    faults, folder, name, error, lasting
):
    done = subprocess.run(
        [sys.executable, HERE / "failing_calls.py", name, folder, faults, str(error),
         str(int(lasting))],
        env=os.environ | {"FAULTS": str(folder / "tried"), "LD_PRELOAD": str(faults)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20, "hardly any call was made to fail"
