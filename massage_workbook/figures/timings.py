"""The minutes of a session as pictures."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from massage_workbook.course.schema import Block
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.palette import colour
from massage_workbook.planning import LONGEST, Plan, clock

ON_DARK = {"stroking", "kneading", "vibration"}
"""Families whose colour is dark enough for a light text on it."""
NARROW = 130
"""Seconds under which a block's length does not fit into its part of the bar."""


class Timeline(Drawing):
    """A plan's blocks one after the other in time, above the ready-made session it came from.

    `show` moves what is drawn instead of drawing again; `moving` are the artists that it moves,
    by gid. Time runs to 40 minutes, the most that a session has.
    """

    def __init__(self, plan: Plan, ready_made: Plan, blocks: Mapping[str, Block]) -> None:
        super().__init__("", 8, 1.9)
        self._blocks = blocks
        self._axes = _minutes_axis(self)
        self._bar(ready_made, bottom=0.1, height=0.32, gid="ready-made", alpha=0.45)
        self._axes.text(
            0, -0.06, "the ready-made session", va="top", color=colour("quiet"), size=10
        )
        self.moving: dict[str, Rectangle | Text] = self._bar(plan, 0.62, 0.7, gid="block")
        self.moving["total"] = self._axes.text(
            0, 0.97, "0", va="center", size=13, weight="bold", color=colour("ink"), gid="total"
        )
        self.show(plan)

    def _bar(
        self, plan: Plan, bottom: float, height: float, gid: str, alpha: float = 1
    ) -> dict[str, Rectangle | Text]:
        made = {}
        start = 0
        for part in plan.parts:
            family = self._blocks[part.block].family
            bar = Rectangle((start / 60, bottom), part.seconds / 60, height, alpha=alpha)
            bar.set(facecolor=colour(family), edgecolor=colour("paper"), linewidth=1.5)
            bar.set_gid(f"{gid}-{part.block}")
            self._axes.add_patch(bar)
            start += part.seconds
            made[f"{gid}-{part.block}"] = bar
            if gid == "block":
                made[f"length-{part.block}"] = self._length(part.block, family)
        return made

    def _length(self, block: str, family: str) -> Text:
        ink = colour("paper") if family in ON_DARK else "#1a1a1a"
        return self._axes.text(
            0, 0.97, "0", ha="center", va="center", color=ink, size=10, gid=f"length-{block}"
        )

    def places(self) -> dict[str, dict[str, str | float]]:
        """Where everything that moves now stands, as SVG attributes by gid."""
        return {gid: self.place(artist) for gid, artist in self.moving.items()}

    def show(self, plan: Plan) -> None:
        """Move the bar to another plan of the same blocks."""
        start = 0
        for part in plan.parts:
            bar, length = self.moving[f"block-{part.block}"], self.moving[f"length-{part.block}"]
            bar.set(x=start / 60, width=part.seconds / 60)
            length.set(x=(start + part.seconds / 2) / 60)
            length.set(text=clock(part.seconds), alpha=int(part.seconds >= NARROW))
            start += part.seconds
        self.moving["total"].set(x=start / 60 + 0.4, text=clock(plan.total))
        self.alt = _alt(plan, self._blocks)


def _minutes_axis(drawing: Drawing) -> Axes:
    axes = drawing.add_axes((0.01, 0.2, 0.98, 0.78))
    axes.set(xlim=(0, LONGEST / 60 + 3.5), ylim=(-0.3, 1.4), yticks=[])
    axes.set_xticks(range(0, 41, 5))
    axes.tick_params(colors=colour("quiet"), labelsize=10)
    axes.spines["bottom"].set(color=colour("quiet"), bounds=(0, LONGEST / 60))
    axes.set_facecolor("none")
    axes.axvline(LONGEST / 60, color=colour("quiet"), linewidth=1, linestyle=(0, (2, 2)))
    axes.text(LONGEST / 60 + 0.2, 1.36, "most", color=colour("quiet"), size=10, va="top")
    return axes


def _alt(plan: Plan, blocks: Mapping[str, Block]) -> str:
    parts = ", ".join(
        f"{blocks[part.block].name} {clock(part.seconds)}" for part in plan.parts if part.seconds
    )
    return f"Timeline of a session of {clock(plan.total)} minutes: {parts}."
