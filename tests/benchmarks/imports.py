"""What a lesson's first line costs beside `import anywidget`, and a card from nothing.

Run: python tests/benchmarks/imports.py [rounds]. Whole processes, which take turns.
"""

import os
import subprocess
import sys
import time

from table import compare

PROGRAMS = {
    "import anywidget": "import anywidget",
    "from massage_workbook import …": "from massage_workbook import technique, quiz, planner",
    "… and a card, ready to show": "from massage_workbook import technique\n"
    "technique('deep-stroking')._repr_mimebundle_()",
    "… and a quiz": "from massage_workbook import quiz\nquiz('stroking')._repr_mimebundle_()",
    "… and a planner": "from massage_workbook import planner\nplanner()._repr_mimebundle_()",
}
# Compiled as `pip install` leaves it.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def main(rounds):
    for program in PROGRAMS.values():  # the first run of each reads from the disk
        seconds(program)
    took = {name: [] for name in PROGRAMS}
    for _ in range(rounds):
        for name, program in PROGRAMS.items():
            took[name].append(seconds(program))
    compare(took, unit="s")


def seconds(program):
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
