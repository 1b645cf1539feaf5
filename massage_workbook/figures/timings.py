"""The minutes of a session as pictures."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from massage_workbook.course.schema import Block
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import write
from massage_workbook.figures.palette import colour
from massage_workbook.session import MAX_SECONDS, Part, Plan, Step, mmss, pace_range
from massage_workbook.session.passes import TEMPO_BANDS

ON_COLOUR = {
    "stroking": "on-colour",
    "squeezing": "on-bright",
    "rubbing": "on-bright",
    "kneading": "on-colour",
    "vibration": "on-colour",
}
_WIDTH, _HEIGHT = 5.0, 3.5
"""Inches: so narrow that the text is readable on a phone 360 pixels wide."""
_FONT_SIZE = 10.5
"""Font size, in points."""
MIN_PACE_HEIGHT = 0.16
"""Minimum height of a pace; each band is 1 high."""
MIN_LABELLED_SECONDS = 200
"""Length of a block from which its time fits into its bar of the timeline."""


@with_style
def minutes(plan: Plan, blocks: Mapping[str, Block]) -> Drawing:
    """A plan's blocks one after the other in time, and each block's minutes below.

    The SVG carries `span-<block>` and `minutes-<block>`.
    """
    drawing = Drawing(_minutes_alt_text(plan, blocks), _WIDTH, _HEIGHT)
    _timeline(_axes(drawing, (0.01, 0.74, 0.98, 0.25), top=1), plan, blocks)
    _minute_bars(_axes(drawing, (0.255, 0.01, 0.735, 0.6), top=1), plan, blocks)
    return drawing


def _timeline(axes: Axes, plan: Plan, blocks: Mapping[str, Block]) -> None:
    _minute_axis(axes)
    axes.axvline(MAX_SECONDS / 60, color=colour("quiet"), linewidth=1, linestyle=(0, (2, 2)))
    write(axes, (MAX_SECONDS / 60 + 0.4, 0.95), "most", "quiet", va="top", size=_FONT_SIZE)
    for part, start in _starts(plan):
        family = blocks[part.block].family
        bar = _bar(axes, family, (start / 60, 0.1), part.seconds / 60, 0.75)
        bar.set_gid(f"span-{part.block}")
        if part.seconds >= MIN_LABELLED_SECONDS:
            middle = (start + part.seconds / 2) / 60
            style = {"ha": "center", "va": "center", "size": _FONT_SIZE}
            write(axes, (middle, 0.475), mmss(part.seconds), ON_COLOUR[family], **style)
    end = plan.total / 60 + 0.5, 0.475
    write(axes, end, mmss(plan.total), va="center", size=12, weight="bold")


def _minute_bars(axes: Axes, plan: Plan, blocks: Mapping[str, Block]) -> None:
    axes.set(ylim=(len(plan.parts) - 0.4, -0.6), xlim=(0, MAX_SECONDS / 60), xticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set(visible=True, color=colour("quiet"))
    for row, part in enumerate(plan.parts):
        name = blocks[part.block].name
        write(axes, (-0.5, row), name, ha="right", va="center", size=_FONT_SIZE)
        length = part.seconds / 60
        bar = _bar(axes, blocks[part.block].family, (0, row - 0.3), length, 0.6)
        bar.set_gid(f"minutes-{part.block}")
        share = f"{mmss(part.seconds)} · {100 * part.seconds / (plan.total or 1):.0f} %"
        write(axes, (length + 0.6, row), share, va="center", size=_FONT_SIZE)


@with_style
def paces(plan: Plan, steps: Sequence[Step], blocks: Mapping[str, Block]) -> Drawing:
    """The pace of each block, along the same minutes as the timeline.

    A bar spans the slowest and the fastest step of the block, at least `MIN_PACE_HEIGHT`. The SVG
    carries `pace-<block>`.
    """
    fast = {part.block: pace_range(steps, part.block) for part in plan.parts}
    drawing = Drawing(_paces_alt_text(fast, blocks), _WIDTH, 1.6)
    axes = _axes(drawing, (0.01, 0.18, 0.98, 0.8), top=len(TEMPO_BANDS))
    _minute_axis(axes)
    for i, (_, _, word, span) in enumerate(TEMPO_BANDS):
        axes.axhline(i, color=colour("quiet"), linewidth=0.6)
        style = {"va": "center", "ha": "right", "size": _FONT_SIZE, "linespacing": 1}
        write(axes, (MAX_SECONDS / 60 + 5.9, i + 0.5), f"{word}\n{span}", "quiet", **style)
    ends = [0, *(end for _, end, *_ in TEMPO_BANDS)]
    for part, start in _starts(plan):
        if not all(fast[part.block]):
            continue
        bottom, top = np.interp(fast[part.block], ends, range(len(ends)))
        height = max(top - bottom, MIN_PACE_HEIGHT)
        foot = min((bottom + top - height) / 2, len(TEMPO_BANDS) - height)
        corner = start / 60, foot
        bar = _bar(axes, blocks[part.block].family, corner, part.seconds / 60, height)
        bar.set_gid(f"pace-{part.block}")
    return drawing


def _starts(plan: Plan) -> Iterator[tuple[Part, int]]:
    """The parts of a plan, each with the second at which it starts."""
    ends = accumulate(part.seconds for part in plan.parts)
    return ((part, end - part.seconds) for part, end in zip(plan.parts, ends, strict=True))


def _bar(
    axes: Axes, family: str, corner: tuple[float, float], width: float, height: float
) -> Rectangle:
    bar = Rectangle(corner, width, height, facecolor=colour(family), edgecolor=colour("paper"))
    bar.set_linewidth(1.5)
    axes.add_patch(bar)
    return bar


def _axes(drawing: Drawing, box: tuple[float, float, float, float], top: float) -> Axes:
    """Axes whose width is 40 minutes and a little room for words."""
    axes = drawing.add_axes(box)
    axes.set(xlim=(0, MAX_SECONDS / 60 + 6), ylim=(0, top), yticks=[], facecolor="none")
    return axes


def _minute_axis(axes: Axes) -> None:
    axes.set_xticks(range(0, 41, 10), ["0", "10", "20", "30", "40 min"])
    axes.get_xticklabels()[0].set_ha("left")
    axes.tick_params(colors=colour("quiet"), labelsize=_FONT_SIZE)
    axes.spines["bottom"].set(color=colour("quiet"), bounds=(0, MAX_SECONDS / 60))


def _minutes_alt_text(plan: Plan, blocks: Mapping[str, Block]) -> str:
    parts = ", ".join(
        f"{blocks[part.block].name} {mmss(part.seconds)}" for part in plan.parts if part.seconds
    )
    return f"Timeline of a session of {mmss(plan.total)} minutes: {parts}."


def _paces_alt_text(fast: Mapping[str, tuple[float, float]], blocks: Mapping[str, Block]) -> str:
    parts = (
        f"{blocks[block].name} {' to '.join(dict.fromkeys(f'{end:.0f}' for end in ends))}"
        for block, ends in fast.items()
        if all(ends)
    )
    return f"Movements a minute: {', '.join(parts)}."
