"""The minutes of a session as pictures."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from massage_workbook.course.schema import Block, Course
from massage_workbook.figures.drawing import Drawing, in_our_look
from massage_workbook.figures.palette import colour
from massage_workbook.figures.tempo import BANDS
from massage_workbook.session import LONGEST, Plan, Step, clock

ON_COLOUR = {
    "stroking": "on-colour",
    "squeezing": "on-bright",
    "rubbing": "on-bright",
    "kneading": "on-colour",
    "vibration": "on-colour",
}
WIDTH, HEIGHT = 5.0, 3.9
"""Inches: so narrow that the words are readable on a telephone, 360 pixels wide."""
SIZE = 10.5
"""Points of its words."""
THIN = 0.16
"""Height of a pace at least, where the height of each band is 1."""
NARROW = 200
"""Seconds under which a block's length does not fit into its part of the timeline."""


class Moving(Drawing):
    """A picture that moves what is drawn instead of drawing it again.

    `moving` are the artists that move, by gid.
    """

    def __init__(self, width: float, height: float) -> None:
        super().__init__("", width, height)
        self.moving: dict[str, Rectangle | Text] = {}

    def _moves(self, gid: str, artist: Rectangle | Text) -> None:
        artist.set_gid(gid)
        self.moving[gid] = artist

    def places(self) -> dict[str, dict[str, str | float]]:
        """Where everything that moves now stands, as SVG attributes by gid."""
        return {gid: self.place(artist) for gid, artist in self.moving.items()}


class Timings(Moving):
    """A plan's blocks one after the other in time, and each block's minutes below.

    The plan that it is compared with stays beside it under its `name`; a new picture has to be
    drawn for another one, or for another order of the blocks.
    """

    @in_our_look
    def __init__(
        self, plan: Plan, other: Plan, blocks: Mapping[str, Block], name: str = "ready-made"
    ) -> None:
        super().__init__(WIDTH, HEIGHT)
        self._blocks, self._name = blocks, name
        self._other = {part.block: part.seconds for part in other.parts}
        self._draw_timeline(plan, other)
        self._draw_minutes(plan)
        self.show(plan)

    def _draw_timeline(self, plan: Plan, other: Plan) -> None:
        axes = _minutes(self, (0.01, 0.66, 0.98, 0.33), top=1.5)
        axes.set_xticks(range(0, 41, 10), ["0", "10", "20", "30", "40 min"])
        axes.get_xticklabels()[0].set_ha("left")
        axes.axvline(LONGEST / 60, color=colour("quiet"), linewidth=1, linestyle=(0, (2, 2)))
        axes.text(LONGEST / 60 + 0.4, 1.45, "most", color=colour("quiet"), va="top", size=SIZE)
        start = 0
        for part in other.parts:
            bar = _bar(axes, self._family(part.block), (start / 60, 0.1), part.seconds / 60, 0.34)
            bar.set_alpha(0.4)
            start += part.seconds
        axes.text(0.3, 0.26, self._name, va="center", size=SIZE, color=colour("ink"))
        for part in plan.parts:
            family = self._family(part.block)
            bar = _bar(axes, family, (0, 0.6), 1, 0.72)
            text = axes.text(0, 0.95, "0", ha="center", va="center", size=SIZE)
            text.set_color(colour(ON_COLOUR[family]))
            self._moves(f"span-{part.block}", bar)
            self._moves(f"length-{part.block}", text)
        total = axes.text(0, 0.95, "0", va="center", size=12, weight="bold", color=colour("ink"))
        self._moves("total", total)

    def _draw_minutes(self, plan: Plan) -> None:
        axes = _minutes(self, (0.255, 0.01, 0.735, 0.54), top=-0.6)
        axes.set(ylim=(len(plan.parts) - 0.4, -0.6), xlim=(0, 40), xticks=[])
        axes.spines["bottom"].set_visible(False)
        axes.spines["left"].set(visible=True, color=colour("quiet"))
        for row, part in enumerate(plan.parts):
            family, name = self._family(part.block), self._blocks[part.block].name
            axes.text(-0.5, row, name, ha="right", va="center", size=SIZE, color=colour("ink"))
            bar = _bar(axes, family, (0, row - 0.3), 1, 0.6)
            if self._other[part.block]:
                mark = [self._other[part.block] / 60] * 2
                axes.plot(mark, [row - 0.42, row + 0.42], color=colour("ink"), linewidth=1.5)
            text = axes.text(0, row, "0", va="center", size=SIZE, color=colour("ink"))
            self._moves(f"minutes-{part.block}", bar)
            self._moves(f"share-{part.block}", text)

    def _family(self, block: str) -> str:
        return self._blocks[block].family

    def show(self, plan: Plan) -> None:
        """Move the picture to another plan of the same blocks."""
        start = 0
        for part in plan.parts:
            minutes, block = part.seconds / 60, part.block
            self.moving[f"span-{block}"].set(x=start / 60, width=minutes)
            self.moving[f"length-{block}"].set(
                x=start / 60 + minutes / 2,
                text=clock(part.seconds),
                alpha=int(part.seconds >= NARROW),
            )
            self.moving[f"minutes-{block}"].set(width=minutes)
            share = round(100 * part.seconds / (plan.total or 1))
            beyond = max(part.seconds, self._other[block]) / 60  # clear of both bar and mark
            self.moving[f"share-{block}"].set(
                x=beyond + 0.6, text=f"{clock(part.seconds)} · {share} %"
            )
            start += part.seconds
        self.moving["total"].set(x=start / 60 + 0.5, text=clock(plan.total))
        self.alt = _alt(plan, self._other, self._name, self._blocks)


class Paces(Moving):
    """How fast a plan goes: the pace of each block along the same minutes as its timeline.

    It spans the slowest and the fastest step of the block, and is `THIN` where they are alike.
    """

    @in_our_look
    def __init__(self, plan: Plan, steps: Sequence[Step], course: Course) -> None:
        super().__init__(WIDTH, 1.6)
        self._blocks = {block.id: block for block in course.blocks}
        axes = _minutes(self, (0.01, 0.18, 0.98, 0.8), top=len(BANDS))
        axes.set_xticks(range(0, 41, 10), ["0", "10", "20", "30", "40 min"])
        axes.get_xticklabels()[0].set_ha("left")
        for i, (_, _, word, span) in enumerate(BANDS):
            axes.axhline(i, color=colour("quiet"), linewidth=0.6)
            said = axes.text(
                LONGEST / 60 + 5.9, i + 0.5, f"{word}\n{span}", va="center", ha="right"
            )
            said.set(size=SIZE, color=colour("quiet"), linespacing=1)
        for part in plan.parts:
            family = self._blocks[part.block].family
            self._moves(f"pace-{part.block}", _bar(axes, family, (0, 0), 1, 1))
        self.show(plan, steps)

    def show(self, plan: Plan, steps: Sequence[Step]) -> None:
        """Move the picture to another plan, whose steps are given."""
        said = []
        start = 0
        for part in plan.parts:
            low, high = self._span(part.block, steps)
            ends = [0, *(end for _, end, *_ in BANDS)]
            bottom, top = np.interp([low, high], ends, range(len(ends)))
            height = max(top - bottom, THIN if high else 0)
            box = {"x": start / 60, "width": part.seconds / 60, "height": height}
            box["y"] = min((bottom + top - height) / 2, len(BANDS) - height)
            self.moving[f"pace-{part.block}"].set(**box)
            start += part.seconds
            if part.seconds and high:
                ends = " to ".join(dict.fromkeys(f"{end:.0f}" for end in (low, high)))
                said.append(f"{self._blocks[part.block].name} {ends}")
        self.alt = f"Movements a minute: {', '.join(said)}."

    def _span(self, block: str, steps: Sequence[Step]) -> tuple[float, float]:
        """The slowest and the fastest step of a block, 0 where it has none."""
        paces = [step.per_minute for step in steps if step.block == block]
        return min(paces, default=0), max(paces, default=0)


def _bar(
    axes: Axes, family: str, corner: tuple[float, float], width: float, height: float
) -> Rectangle:
    bar = Rectangle(corner, width, height, facecolor=colour(family), edgecolor=colour("paper"))
    bar.set_linewidth(1.5)
    axes.add_patch(bar)
    return bar


def _minutes(drawing: Drawing, box: tuple[float, float, float, float], top: float) -> Axes:
    """Axes whose width is 40 minutes and a little room for words."""
    axes = drawing.add_axes(box)
    axes.set(xlim=(0, LONGEST / 60 + 6), ylim=(0, top), yticks=[], facecolor="none")
    axes.tick_params(colors=colour("quiet"), labelsize=SIZE)
    axes.spines["bottom"].set(color=colour("quiet"), bounds=(0, LONGEST / 60))
    return axes


def _alt(plan: Plan, other: Mapping[str, int], name: str, blocks: Mapping[str, Block]) -> str:
    parts = ", ".join(
        f"{blocks[part.block].name} {clock(part.seconds)}"
        + (f" ({name} {clock(other[part.block])})" * (part.seconds != other[part.block]))
        for part in plan.parts
        if part.seconds or other[part.block]
    )
    return f"Timeline of a session of {clock(plan.total)} minutes: {parts}."
