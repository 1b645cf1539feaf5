"""How long the pictures take, and how large they are.

Run: python tests/benchmarks/drawing.py [rounds]. An empty matplotlib figure written as SVG is the
measure that the others are beside.
"""

import io
import statistics
import sys
import tempfile
import time
from pathlib import Path

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from table import compare, print_row

from massage_workbook.figures import gallery
from massage_workbook.figures.atlas import layers
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.figures.timings import minutes
from massage_workbook.reader import read
from massage_workbook.session import Plan

COURSE = read()
BLOCKS = {block.id: block for block in COURSE.blocks}
STANDARD = Plan.of(next(s for s in COURSE.sessions if s.id == "standard-20"), COURSE)


def main(rounds):
    stroke_map(COURSE.techniques[0], COURSE.zones).svg()  # fonts and styles are read once
    runs = {
        "an empty figure": [milliseconds(empty) for _ in range(rounds)],
        "a technique, first": [
            milliseconds(lambda technique=technique: stroke_map(technique, COURSE.zones).svg())
            for technique in COURSE.techniques
        ],
        "the minutes": [
            milliseconds(lambda: minutes(STANDARD, BLOCKS).svg()) for _ in range(rounds)
        ],
        "muscles and bones, once a page": [
            milliseconds(lambda: layers(COURSE.structures).svg()) for _ in range(rounds)
        ],
    }
    compare(runs, unit="ms")
    sizes = [len(stroke_map(t, COURSE.zones).svg()) / 1000 for t in COURSE.techniques]
    print_row("kB of a technique", f"{statistics.median(sizes):.0f}", "", f"{max(sizes):.0f}")
    print_row("kB of muscles and bones", f"{len(layers(COURSE.structures).svg()) / 1000:.0f}")
    every = gallery.gallery(COURSE)
    with tempfile.TemporaryDirectory() as folder:
        took = milliseconds(lambda: list(gallery.write(every, Path(folder)))) / 1000
    print_row(f"s for all {len(every)} figures, SVG and PNG", f"{took:.1f}")


def milliseconds(program):
    began = time.perf_counter()
    program()
    return 1000 * (time.perf_counter() - began)


def empty():
    figure = Figure((4.2, 6.9))
    FigureCanvasSVG(figure).print_svg(io.BytesIO())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
