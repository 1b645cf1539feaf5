"""A learner's server leaves out what only the hub uses, and starts also where it cannot."""

import subprocess
import sys

import pytest

pytest.importorskip("jupyterhub", reason="needs a POSIX system")

PROGRAM = """
import sys
from massage_workbook.lab.singleuser import STAND_INS, import_server
server = import_server(STAND_INS if {known} else {{**STAND_INS, "sqlalchemy.exc": {{}}}})
assert callable(server.main)
print("sqlalchemy.orm" in sys.modules)
import sqlalchemy.orm, jupyterhub.orm
assert issubclass(jupyterhub.orm.User, jupyterhub.orm.Base)
"""


@pytest.mark.parametrize("known", [True, False])
def test_a_server_imports_the_database_only_where_its_jupyterhub_insists(known):
    program = [sys.executable, "-c", PROGRAM.format(known=known)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (str(not known), "")
