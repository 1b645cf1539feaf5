"""What every test and every notebook run shares: a home of its own, never the learner's."""

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="massage-workbook-test-")
os.environ["MASSAGE_WORKBOOK_HOME"] = _HOME.name
