"""The tempo of every technique, in bands."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from massage_workbook.course.schema import Block, Technique
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.palette import colour
from massage_workbook.session.passes import TEMPO_BANDS

_WIDTH, _ROW, _HEAD = 5.0, 0.21, 0.76
"""Width of the picture, and heights of a row and of the heading, in inches."""
_NAMES = 0.52
"""Share of the width for the names."""


@with_style
def tempo_bands(techniques: Sequence[Technique], blocks: Sequence[Block]) -> Drawing:
    """Each technique's movements a minute as a bar, in the order of the blocks, slow ones first.

    Beside the bar of one that glides stands the speed of the hand. The SVG carries `tempo-<id>`
    for each bar.
    """
    families = [block.family for block in blocks]
    timed = sorted(
        techniques, key=lambda each: (families.index(each.family), sum(each.tempo.per_minute))
    )
    rows: list[str | Technique] = []
    for family, members in groupby(timed, lambda each: each.family):
        rows += [family.capitalize(), *members]
    height = _HEAD + _ROW * (len(rows) + 0.2)
    drawing = Drawing(_alt_text(timed), _WIDTH, height)
    axes = drawing.add_axes((_NAMES, 0.2 * _ROW / height, 0.98 - _NAMES, len(rows) * _ROW / height))
    # The bands are equally wide: most of the course lies within the slow two.
    ends = [0, *(high for _, high, *_ in TEMPO_BANDS)]
    thirds = range(len(ends))
    axes.set_xscale(
        "function",
        functions=(lambda x: np.interp(x, ends, thirds), lambda x: np.interp(x, thirds, ends)),
    )
    axes.set(xlim=(0, ends[-1]), ylim=(len(rows), 0), xticks=[], yticks=[])
    axes.set_axis_off()
    _bands(axes, len(rows))
    for row, each in enumerate(rows):
        if isinstance(each, str):
            _words(axes, (0, row + 0.5), each, (-5, 0), ha="right", weight="bold")
        else:
            _bar(axes, each, row)
    return drawing


def _bands(axes: Axes, rows: int) -> None:
    for i, (low, high, name, span) in enumerate(TEMPO_BANDS):
        ground = Rectangle((low, 0), high - low, rows, facecolor=colour("shade"))
        ground.set_alpha((0.35, 0.0, 0.35)[i])
        axes.add_artist(ground)
        middle = axes.transScale.transform([(low, 0), (high, 0)]).mean(axis=0)
        x = axes.transScale.inverted().transform(middle)[0]
        _words(axes, (x, 0), name, (0, 26), ha="center", weight="bold")
        _words(axes, (x, 0), span, (0, 10), ha="center")
    _words(axes, (0, 0), "Movements or glides a minute", (0, 43), ha="left")


def _bar(axes: Axes, technique: Technique, row: int) -> None:
    low, high = technique.tempo.per_minute
    bar = Rectangle((low, row + 0.2), high - low, 0.6, facecolor=colour(technique.family))
    bar.set_gid(f"tempo-{technique.id}")
    axes.add_artist(bar)
    _words(axes, (0, row + 0.5), technique.names.english, (-5, 0), ha="right")
    if technique.glides:
        _words(axes, (high, row + 0.5), _speed(technique), (5, 0), ha="left")


def _speed(technique: Technique) -> str:
    low, high = technique.tempo.cm_per_second
    return f"{low:g}-{high:g} cm a second"


def _words(
    axes: Axes, place: tuple[float, float], text: str, away: tuple[float, float], **how: str
) -> Annotation:
    """Text at a place, offset by `away` points to the right and up."""
    words = axes.annotate(text, place, away, textcoords="offset points", va="center", **how)
    words.set(size=10.5, color=colour("ink"))
    return words


def _alt_text(timed: Sequence[Technique]) -> str:
    descriptions = []
    for each in timed:
        low, high = each.tempo.per_minute
        speed = f" ({_speed(each)})" if each.glides else ""
        descriptions.append(f"{each.names.english} {low:g}-{high:g}{speed}")
    bands = "Movements or glides a minute in the bands up to 30, 30-60 and above 60"
    return f"{bands}: {', '.join(descriptions)}."
