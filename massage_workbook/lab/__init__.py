"""How JupyterLab is started and a lesson opened."""

import sys

# jsonschema imports this package if it is there, to check the format of IRIs, which nothing
# in Jupyter asks for; the grammar it builds on import costs more than all the rest of the start.
sys.modules.setdefault("rfc3987_syntax", None)
