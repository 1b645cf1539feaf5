"""What every test shares: a home of its own, never the learner's."""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import hypothesis

EVENING = 21
_HOME = tempfile.TemporaryDirectory(prefix="massage-workbook-test-")
os.environ["MASSAGE_WORKBOOK_HOME"] = _HOME.name

if "PYTEST_XDIST_WORKER" not in os.environ:
    # What is kept for today is to be there for the last test: late in the evening they run in a
    # place where it is eleven in the morning. On Windows the zone of a program cannot be set.
    if datetime.now().astimezone().hour >= EVENING and hasattr(time, "tzset"):
        os.environ["TZ"] = f"Etc/GMT{datetime.now(UTC).hour - 11:+d}"
        time.tzset()
    # What one process of this run has drawn or installed, the others and their kernels find; other
    # users may look, which the system's own choice would not allow.
    _SHARED = tempfile.TemporaryDirectory(prefix="massage-workbook-shared-")
    os.environ["SHARED_BY_THIS_RUN"] = _SHARED.name
    Path(_SHARED.name).chmod(0o755)
    Path(_SHARED.name, "pictures").mkdir()
Path(_HOME.name, "pictures").symlink_to(Path(os.environ["SHARED_BY_THIS_RUN"], "pictures"))

# Dozens of workbooks and kernels are started; each would compile the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No test is about how long it takes. A run tries the same examples everywhere; a campaign tries
# many others.
LONG = os.environ.get("CAMPAIGN") == "long"
hypothesis.settings.register_profile(
    "workbook",
    deadline=None,
    derandomize=not LONG,
    max_examples=1000 if LONG else 30,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("workbook")
