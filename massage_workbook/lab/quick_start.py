"""Speeds up the start of Jupyter: import this module before any of Jupyter's."""

import sys

# If it is installed, jsonschema imports this package to validate IRIs, which Jupyter does not use.
# Building its grammar takes longer than the rest of the start.
sys.modules.setdefault("rfc3987_syntax", None)
