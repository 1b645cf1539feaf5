"""Whole sessions as pictures: step by step down the page, and several side by side."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from massage_workbook.course.schema import Block, Technique
from massage_workbook.figures.drawing import Drawing, in_our_look
from massage_workbook.figures.labels import spread
from massage_workbook.figures.palette import colour
from massage_workbook.figures.timings import ON_COLOUR
from massage_workbook.planning import LONGEST, Plan, Step, clock

WIDTH = 5.0
"""Inches of both pictures."""
LINE = 0.22
"""Inches from one line of words to the next."""
MINUTE = 0.18
"""Inches that a minute takes at least: in less, short steps would not be seen."""
HEAD, FOOT = 0.28, 0.62
"""Inches above and below a timeline."""
LANES = {"left": (0, 1), "right": (1, 1), "both": (0, 2)}
"""Where a step stands in the column of the session, and how wide it is."""
PATTERNS = {
    "stroking": "",
    "squeezing": "//",
    "rubbing": "\\\\",
    "kneading": "..",
    "vibration": "|||",
}
"""What lies over a family's bars, so that they differ without colour."""


@in_our_look
def timeline(
    plan: Plan,
    steps: Sequence[Step],
    blocks: Mapping[str, Block],
    techniques: Mapping[str, Technique],
) -> Drawing:
    """A session from above down: blocks, techniques, left and right, and when it is time to move.

    The SVG carries `step-<number>` for each step; light strokes between two techniques have the
    colour of strokes and no name. Beside vibration a comb has a tooth for each time
    that one spot may take: by then the hands have moved on.
    """
    passages = _passages_of(steps)
    inches = max(LINE * (len(passages) + 1), MINUTE * plan.total / 60)
    height = HEAD + inches + FOOT
    drawing = Drawing(_in_words(passages, techniques), WIDTH, height)
    axes = drawing.add_axes((0.272, FOOT / height, 0.115, inches / height))
    draw_timeline(axes, plan, steps, blocks, techniques)
    note = drawing.text(0.02, 0.1 / height, "\n".join(limits(steps, blocks)))
    note.set(size=10, color=colour("ink"), va="bottom")
    return drawing


def draw_timeline(
    axes: Axes,
    plan: Plan,
    steps: Sequence[Step],
    blocks: Mapping[str, Block],
    techniques: Mapping[str, Technique],
) -> str:
    """Draw a session into axes, with its words beside them; return in words what it shows."""
    passages = _passages_of(steps)
    axes.set(xlim=(0, 2), ylim=(plan.total, 0))
    axes.set_axis_off()
    inches = axes.get_position().height * axes.figure.get_figheight()
    for number, step in enumerate(steps, start=1):
        _step(axes, step, number, techniques[step.technique].family)
    _blocks(axes, plan, blocks)
    for x, side in ((0.4, "left"), (1.6, "right")):
        words = axes.annotate(side, (x, 0), (0, 4), textcoords="offset points", ha="center")
        words.set(size=10, color=colour("ink"))
    _passages(axes, passages, techniques, apart=plan.total * LINE / inches)
    return _in_words(passages, techniques)


def _passages_of(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps with a name, those of one technique that follow one another together."""
    worked = [step for step in steps if not step.link]
    return [list(group) for _, group in groupby(worked, lambda s: (s.block, s.technique))]


def limits(steps: Sequence[Step], blocks: Mapping[str, Block]) -> list[str]:
    """The limits that a session keeps, in lines."""
    spots = {blocks[step.block].per_spot_seconds for step in steps} - {None}
    toothed = any(_blows(blocks[step.block]) for step in steps)
    mark = ": one tooth beside vibration." if toothed else "."
    lines = [f"{spot:g} seconds at most on one spot{mark}" for spot in sorted(spots)]
    return [*lines, f"{LONGEST // 60} minutes at most in a session."]


def _blows(block: Block) -> bool:
    return block.family == "vibration" and block.per_spot_seconds is not None


def _step(axes: Axes, step: Step, number: int, family: str) -> None:
    lane, width = LANES[step.side]
    box = Rectangle((lane, step.start), width, step.seconds, facecolor=colour(family))
    box.set(edgecolor=colour("on-colour"), linewidth=0.5, gid=f"step-{number}")
    axes.add_artist(box)
    if family == "vibration":
        for second in step.moves:
            axes.plot([-0.24, -0.05], [step.start + second] * 2, color=colour("ink"), clip_on=False)
            axes.lines[-1].set(linewidth=0.6, solid_capstyle="butt")


def _blocks(axes: Axes, plan: Plan, blocks: Mapping[str, Block]) -> None:
    """The names and minutes of the blocks, left of the column."""
    parts = [part for part in plan.parts if part.seconds]
    starts = [sum(p.seconds for p in parts[:i]) for i in range(len(parts))]
    apart = plan.total * 2 * LINE / (axes.get_position().height * axes.figure.get_figheight())
    middles = [start + part.seconds / 2 for start, part in zip(starts, parts, strict=True)]
    rows = spread(middles, apart, apart / 2, plan.total - apart / 2)
    for part, row in zip(parts, rows, strict=True):
        words = axes.text(-0.36, row, f"{blocks[part.block].name}\n{clock(part.seconds)}")
        words.set(ha="right", va="center", size=10.5, color=colour("ink"), linespacing=1.1)


def _passages(
    axes: Axes,
    passages: Sequence[Sequence[Step]],
    techniques: Mapping[str, Technique],
    apart: float,
) -> None:
    """The techniques, right of the column, each with when it begins."""
    middles = [(steps[0].start + steps[-1].start + steps[-1].seconds) / 2 for steps in passages]
    rows = spread(middles, apart, apart / 2, axes.get_ylim()[0] - apart / 2)
    for steps, middle, row in zip(passages, middles, rows, strict=True):
        axes.plot([2.05, 2.35, 2.5], [middle, row, row], color=colour("quiet"), clip_on=False)
        axes.lines[-1].set_linewidth(0.8)
        name = techniques[steps[0].technique].names.english
        words = axes.text(2.6, row, f"{clock(steps[0].start)} {name}", va="center", size=10)
        words.set_color(colour("ink"))


def _in_words(passages: Sequence[Sequence[Step]], techniques: Mapping[str, Technique]) -> str:
    said = (
        f"at {clock(steps[0].start)} {techniques[steps[0].technique].names.english},"
        f" {' then '.join(step.side for step in steps)},"
        f" {clock(sum(step.seconds for step in steps))}"
        for steps in passages
    )
    return f"The session step by step: {'; '.join(said)}."


# --- several ---------------------------------------------------------------------------------


@in_our_look
def comparison(
    plans: Mapping[str, Plan], blocks: Mapping[str, Block], reconstructed: Collection[str] = ()
) -> Drawing:
    """Sessions below each other as bars of their blocks, by name.

    Those whose minutes are `reconstructed` are marked with a star. The SVG carries
    `bar-<row>-<block>` for each part.
    """
    row, head, foot = 0.46, 0.75, 0.55 if reconstructed else 0.3
    height = head + row * len(plans) + foot
    drawing = Drawing(_compared_in_words(plans, blocks, reconstructed), WIDTH, height)
    axes = drawing.add_axes((0.02, foot / height, 0.96, 1 - (head + foot) / height))
    axes.set(xlim=(0, LONGEST / 60), ylim=(len(plans), 0), yticks=[])
    axes.set_xticks(range(0, 41, 10), ["0", "10", "20", "30", "40 min"])
    axes.tick_params(labelsize=10, color=colour("quiet"), labelcolor=colour("ink"))
    axes.spines["bottom"].set_color(colour("quiet"))
    first, *_, last = axes.get_xticklabels()
    first.set_ha("left")
    last.set_ha("right")
    for i, (name, plan) in enumerate(plans.items()):
        words = axes.text(0, i + 0.3, f"{name} *" if name in reconstructed else name)
        words.set(va="center", size=10.5, color=colour("ink"))
        start = 0.0
        for part in plan.parts:
            _part(axes, (start, i + 0.52), part.seconds / 60, blocks[part.block], i)
            start += part.seconds / 60
    _key(drawing, blocks, 1 - 0.22 / height, 0.24 / height)
    if reconstructed:
        note = drawing.text(0.02, 0.08 / height, "* minutes reconstructed by the course")
        note.set(size=10, color=colour("ink"))
    return drawing


def _part(axes: Axes, corner: tuple[float, float], minutes: float, block: Block, row: int) -> None:
    if not minutes:
        return
    bar = Rectangle(corner, minutes, 0.4, facecolor=colour(block.family), linewidth=1)
    bar.set(edgecolor=colour("on-colour"), gid=f"bar-{row}-{block.id}")
    axes.add_artist(bar)
    axes.add_artist(_pattern(corner, minutes, 0.4, block.family))
    if minutes >= 2:  # noqa: PLR2004 - a shorter one has no room for its figure
        words = axes.text(corner[0] + minutes / 2, corner[1] + 0.21, f"{minutes:g}", size=10)
        words.set(ha="center", va="center", color=colour(ON_COLOUR[block.family]))


def _pattern(corner: tuple[float, float], width: float, height: float, family: str) -> Rectangle:
    """What tells a family from its neighbours without colour; lies over its bar."""
    over = Rectangle(corner, width, height, facecolor="none", hatch=PATTERNS[family], linewidth=0)
    over.set(edgecolor=colour(ON_COLOUR[family]), alpha=0.35)
    return over


def _key(drawing: Drawing, blocks: Mapping[str, Block], top: float, line: float) -> None:
    """The families in the order of a session, in two lines."""
    families = list(dict.fromkeys(block.family for block in blocks.values()))
    for i, family in enumerate(families):
        x, y = 0.02 + 0.33 * (i % 3), top - line * (i // 3)
        corner, width, height = (x, y - line * 0.35), 0.05, line * 0.7
        box = Rectangle(corner, width, height, facecolor=colour(family))
        for each in (box, _pattern(corner, width, height, family)):
            each.set_transform(drawing.transSubfigure)
            drawing.add_artist(each)
        words = drawing.text(x + 0.065, y, family, va="center", size=10.5)
        words.set_color(colour("ink"))


def _compared_in_words(
    plans: Mapping[str, Plan], blocks: Mapping[str, Block], reconstructed: Collection[str]
) -> str:
    said = []
    for name, plan in plans.items():
        parts = (
            f"{blocks[part.block].name.lower()} {clock(part.seconds)}"
            for part in plan.parts
            if part.seconds
        )
        how = " (reconstructed)" if name in reconstructed else ""
        said.append(f"{name}{how}: {', '.join(parts)}")
    return f"Sessions compared. {'. '.join(said)}."
