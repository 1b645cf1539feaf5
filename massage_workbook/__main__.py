"""Runs the command `massage-workbook` as `python -m massage_workbook`."""

import os
import sys

if __name__ == "__main__":
    # The current folder comes first on the path: no file in it may shadow a library.
    if sys.path[0] in {"", os.getcwd()}:  # noqa: PTH109 - pathlib is still to be imported
        del sys.path[0]

    from massage_workbook.cli import main

    main(prog_name="massage-workbook")
