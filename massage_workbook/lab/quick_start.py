"""Makes the start of Jupyter quicker: import this module before anything of Jupyter's."""

import sys

# jsonschema imports this package, if installed, to check the format of IRIs, which Jupyter does not
# use. The grammar that it builds on import takes longer than the rest of the start.
sys.modules.setdefault("rfc3987_syntax", None)
