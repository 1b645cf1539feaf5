"""What every test and every notebook run shares: a home of its own, never the learner's."""

import os
import tempfile

import hypothesis

_HOME = tempfile.TemporaryDirectory(prefix="massage-workbook-test-")
os.environ["MASSAGE_WORKBOOK_HOME"] = _HOME.name

# No test is about how long it takes.
hypothesis.settings.register_profile("workbook", deadline=None)
hypothesis.settings.load_profile("workbook")
