"""How fast: every technique in the bands of tempo."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from massage_workbook.course.schema import Block, Technique
from massage_workbook.figures.drawing import Drawing, in_our_look
from massage_workbook.figures.palette import colour

BANDS = ((0, 30, "slow", "to 30"), (30, 60, "everyday", "30-60"), (60, 180, "fast", "60-180"))
"""Movements a minute from and to, and the words for it (B24, B25)."""
WIDTH, ROW, HEAD = 5.0, 0.21, 0.55
"""Inches: of the picture, of a row, of what stands above the rows."""
NAMES = 0.52
"""The share of the width that the names take."""


@in_our_look
def tempo_bands(techniques: Sequence[Technique], blocks: Sequence[Block]) -> Drawing:
    """Each technique's movements a minute as a bar, in the order of the blocks, slow ones first.

    The SVG carries `tempo-<id>` for each bar.
    """
    families = [block.family for block in blocks]
    rows = sorted(
        (technique for technique in techniques if technique.tempo.per_minute),
        key=lambda each: (families.index(each.family), sum(each.tempo.per_minute)),
    )
    height = HEAD + ROW * len(rows)
    drawing = Drawing(_in_words(rows), WIDTH, height)
    axes = drawing.add_axes((NAMES, 0, 0.98 - NAMES, 1 - HEAD / height))
    # The bands are equally wide: most of the course lies within the slow two.
    ends = [0, *(high for _, high, *_ in BANDS)]
    thirds = range(len(ends))
    axes.set_xscale(
        "function",
        functions=(lambda x: np.interp(x, ends, thirds), lambda x: np.interp(x, thirds, ends)),
    )
    axes.set(xlim=(0, ends[-1]), ylim=(len(rows), 0), xticks=[], yticks=[])
    axes.set_axis_off()
    for i, (low, high, name, span) in enumerate(BANDS):
        ground = Rectangle((low, 0), high - low, len(rows), facecolor=colour("shade"))
        ground.set_alpha((0.35, 0.0, 0.35)[i])
        axes.add_artist(ground)
        _words(axes, (low + high) / 2, -1.6, name, weight="bold")
        _words(axes, (low + high) / 2, -0.6, span)
    for row, technique in enumerate(rows):
        _bar(axes, technique, row)
    return drawing


def _bar(axes: Axes, technique: Technique, row: int) -> None:
    low, high = technique.tempo.per_minute
    bar = Rectangle((low, row + 0.2), high - low, 0.6, facecolor=colour(technique.family))
    bar.set_gid(f"tempo-{technique.id}")
    axes.add_artist(bar)
    _beside(axes, (0, row + 0.5), technique.names.english, -6)
    if speed := technique.tempo.cm_per_second:
        _beside(axes, (high, row + 0.5), f"{speed[0]:g}-{speed[1]:g} cm a second", 4)


def _beside(axes: Axes, place: tuple[float, float], text: str, points: float) -> None:
    """Words that end or begin some points beside a place."""
    words = axes.annotate(text, place, (points, 0), textcoords="offset points", va="center")
    words.set(ha="left" if points > 0 else "right", size=10.5, color=colour("ink"))


def _words(axes: Axes, x: float, y: float, text: str, weight: str = "normal") -> None:
    words = axes.text(x, y, text, ha="center", va="center", size=10, weight=weight)
    words.set_color(colour("ink"))


def _in_words(rows: Sequence[Technique]) -> str:
    said = (
        f"{each.names.english} {each.tempo.per_minute[0]:g}-{each.tempo.per_minute[1]:g}"
        for each in rows
    )
    return f"Movements a minute in the bands up to 30, 30-60 and above 60: {', '.join(said)}."
