"""How a benchmark says what it saw."""

import statistics
import sys


def compare(runs, unit):
    """Print a row for each list of measurements; the ratio is to the first."""
    base = statistics.median(next(iter(runs.values())))
    wide = max(map(len, runs))
    print_row(f"{unit:{wide}}", "median", "p95", "best", "worst", "ratio")
    for name, seen in runs.items():
        middle = statistics.median(seen)
        p95 = sorted(seen)[round(0.95 * (len(seen) - 1))]
        figures = (f"{each:.3g}" for each in (middle, p95, min(seen), max(seen)))
        print_row(f"{name:{wide}}", *figures, f"{middle / base:.2f}")


def print_row(name, *cells):
    sys.stdout.write(name + "".join(f"{cell:>8}" for cell in cells) + "\n")
