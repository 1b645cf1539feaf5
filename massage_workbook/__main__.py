"""Lets `python -m massage_workbook` do what the command `massage-workbook` does."""

import os
import sys

if __name__ == "__main__":
    # The folder it is called in comes first on the path: no file in it may pass for a library.
    if sys.path[0] in {"", os.getcwd()}:  # noqa: PTH109 - pathlib is still to be imported
        del sys.path[0]

    from massage_workbook.cli import main

    main(prog_name="massage-workbook")
