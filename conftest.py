"""What every test and every notebook run shares: a home of its own, never the learner's."""

import os
import sys
import tempfile

import hypothesis

_HOME = tempfile.TemporaryDirectory(prefix="massage-workbook-test-")
os.environ["MASSAGE_WORKBOOK_HOME"] = _HOME.name

# Dozens of workbooks and kernels are started; each would compile the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No test is about how long it takes.
hypothesis.settings.register_profile("workbook", deadline=None)
hypothesis.settings.load_profile("workbook")
