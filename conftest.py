"""What every test and every notebook run shares: a home of its own, never the learner's."""

import os
import sys
import tempfile
from pathlib import Path

import hypothesis

_HOME = tempfile.TemporaryDirectory(prefix="massage-workbook-test-")
os.environ["MASSAGE_WORKBOOK_HOME"] = _HOME.name

# What one process of this run has drawn, the others and their kernels find.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _PICTURES = tempfile.TemporaryDirectory(prefix="massage-workbook-pictures-")
    os.environ["PICTURES_OF_THIS_RUN"] = _PICTURES.name
Path(_HOME.name, "pictures").symlink_to(os.environ["PICTURES_OF_THIS_RUN"])

# Dozens of workbooks and kernels are started; each would compile the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No test is about how long it takes; each run tries other examples, and a campaign many.
EXAMPLES = 1000 if os.environ.get("CAMPAIGN") == "long" else 50
hypothesis.settings.register_profile("workbook", deadline=None, max_examples=EXAMPLES)
hypothesis.settings.load_profile("workbook")
