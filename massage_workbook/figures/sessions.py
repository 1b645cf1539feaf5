"""Pictures of whole sessions: a timeline of steps, and a comparison of several."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from massage_workbook.course.schema import Block, Technique
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import spread, write
from massage_workbook.figures.palette import colour
from massage_workbook.figures.timings import ON_COLOUR
from massage_workbook.session import MAX_SECONDS, Plan, Step, mmss
from massage_workbook.session.timetable import passes_label

_WIDTH = 5.0
"""Width of both pictures, in inches."""
_LINE_INCHES = 0.22
"""Height of a line of text, in inches."""
_MINUTE_INCHES = 0.18
"""Minimum height of a minute, in inches, so that short steps are visible."""
_HEAD, _FOOT = 0.28, 0.68
"""Space above and below a timeline, in inches."""
_FONT_SIZE = 10
"""Maximum font size beside a timeline."""
_LIGHT_ALPHA = 0.35
"""Opacity of the part of a step without a pass."""
KEY = "Lighter: light strokes, a walk, the towel, or a rest."
"""Explains the light parts of a timeline."""
_LANES = {"left": (0, 1), "right": (1, 1), "both": (0, 2)}
"""Position and width of a step in the column of the session, by side."""
PATTERNS = {
    "stroking": "",
    "squeezing": "//",
    "rubbing": "\\\\",
    "kneading": "..",
    "vibration": "|||",
}
"""Hatching of a family's bars, so that they differ without colour."""


@with_style
def timeline(
    plan: Plan,
    steps: Sequence[Step],
    blocks: Mapping[str, Block],
    techniques: Mapping[str, Technique],
) -> Drawing:
    """A session from top to bottom: blocks, techniques and their passes, left and right.

    The SVG carries `step-<number>` for the passes of each step, and `lead-<number>` and
    `rest-<number>` for the lighter parts before and after them.
    """
    passages = _grouped_by_technique(steps)
    inches = max(_LINE_INCHES * (len(passages) + 1), _MINUTE_INCHES * plan.total / 60)
    height = _HEAD + inches + _FOOT
    drawing = Drawing(_alt_text(passages, techniques), _WIDTH, height)
    axes = drawing.add_axes((0.255, _FOOT / height, 0.09, inches / height))
    draw_timeline(axes, plan, steps, blocks, techniques)
    notes = "\n".join([KEY, *session_limits(steps, blocks)])
    write(drawing, (0.02, 0.1 / height), notes, size=_FONT_SIZE, va="bottom")
    return drawing


def draw_timeline(  # noqa: PLR0913 - a session, and where and how large it is drawn
    axes: Axes,
    plan: Plan,
    steps: Sequence[Step],
    blocks: Mapping[str, Block],
    techniques: Mapping[str, Technique],
    *,
    size: float = _FONT_SIZE,
) -> str:
    """Draw a session into axes, with text beside them; return the alt text."""
    passages = _grouped_by_technique(steps)
    axes.set(xlim=(0, 2), ylim=(plan.total or 1, 0))
    axes.set_axis_off()
    for number, step in enumerate(steps, start=1):
        _draw_step(axes, step, number, techniques[step.technique].family)
    _draw_blocks(axes, steps, blocks, size)
    for x, side in ((0.2, "left"), (1.8, "right")):
        words = axes.annotate(side, (x, 0), (0, 4), textcoords="offset points", ha="center")
        words.set(size=size, color=colour("ink"))
    _draw_passages(axes, passages, techniques, size)
    return _alt_text(passages, techniques)


def _grouped_by_technique(steps: Sequence[Step]) -> list[list[Step]]:
    """Runs of consecutive steps of one technique."""
    return [list(group) for _, group in groupby(steps, lambda s: (s.block, s.technique))]


def session_limits(steps: Sequence[Step], blocks: Mapping[str, Block]) -> list[str]:
    """The limits of a session, a line each."""
    spots = {blocks[step.block].per_spot_seconds for step in steps} - {None}
    lines = [f"{spot:g} seconds at most on one spot." for spot in sorted(spots)]
    return [*lines, f"{MAX_SECONDS // 60} minutes at most in a session."]


def _draw_step(axes: Axes, step: Step, number: int, family: str) -> None:
    """The passes of a step, and lighter the parts before and after them."""
    begins, ends = step.start + step.lead, step.start + step.seconds - step.rest
    lane, width = _LANES[step.side]
    for part, start, end in (
        ("step", begins, ends),
        ("lead", step.start, begins),
        ("rest", ends, step.start + step.seconds),
    ):
        if start < end:
            box = Rectangle((lane, start), width, end - start, facecolor=colour(family))
            box.set(edgecolor=colour("on-colour"), linewidth=0.5, gid=f"{part}-{number}")
            box.set_alpha(None if part == "step" else _LIGHT_ALPHA)
            axes.add_artist(box)


def _draw_blocks(
    axes: Axes, steps: Sequence[Step], blocks: Mapping[str, Block], size: float
) -> None:
    """Names and minutes of the blocks in order, left of the column."""
    runs = [list(run) for _, run in groupby(steps, lambda step: step.block)]
    rows, scale = _row_positions(axes, runs, 2 * _LINE_INCHES)
    for run, row in zip(runs, rows, strict=True):
        seconds = sum(step.seconds for step in run)
        words = f"{blocks[run[0].block].name}\n{mmss(seconds)}"
        style = {"ha": "right", "va": "center", "size": 1.05 * size * scale, "linespacing": 1.1}
        write(axes, (-0.2, row), words, **style)


def _draw_passages(
    axes: Axes, passages: Sequence[Sequence[Step]], techniques: Mapping[str, Technique], size: float
) -> None:
    """The techniques, right of the column, with their start and number of passes."""
    rows, scale = _row_positions(axes, passages, _LINE_INCHES)
    for steps, row in zip(passages, rows, strict=True):
        edge = max(sum(_LANES[step.side]) for step in steps)
        axes.plot([edge + 0.08, 2.4, 2.55], [_middle(steps), row, row], color=colour("quiet"))
        axes.lines[-1].set(linewidth=0.8, clip_on=False)
        name = techniques[steps[0].technique].names.english
        words = f"{mmss(steps[0].start)} {name} {passes_label(steps)}"
        write(axes, (2.65, row), words, va="center", size=size * scale)


def _middle(steps: Sequence[Step]) -> float:
    return (steps[0].start + steps[-1].start + steps[-1].seconds) / 2


def _row_positions(
    axes: Axes, runs: Sequence[Sequence[Step]], inches: float
) -> tuple[list[float], float]:
    """Position of a row of some inches beside the middle of each run, and the scale that fits."""
    if not runs:
        return [], 1
    total = axes.get_ylim()[0]
    wanted = total * inches / (axes.get_position().height * axes.figure.get_figheight())
    apart = min(wanted, total / len(runs))
    return spread([*map(_middle, runs)], apart, apart / 2, total - apart / 2), apart / wanted


def _alt_text(passages: Sequence[Sequence[Step]], techniques: Mapping[str, Technique]) -> str:
    descriptions = (
        f"at {mmss(steps[0].start)} {techniques[steps[0].technique].names.english},"
        f" {' then '.join(step.side for step in steps)}, {passes_label(steps)},"
        f" {mmss(sum(step.seconds for step in steps))}"
        for steps in passages
    )
    return f"The session step by step: {'; '.join(descriptions)}."


# --- comparison ---------------------------------------------------------------------------------


@with_style
def comparison(
    plans: Mapping[str, Plan], blocks: Mapping[str, Block], reconstructed: Collection[str] = ()
) -> Drawing:
    """Sessions below each other as bars of their blocks, by name.

    Those whose minutes are `reconstructed` are marked with a star. The SVG carries
    `bar-<row>-<block>` for each part.
    """
    row, head, foot = 0.46, 0.75, 0.55 if reconstructed else 0.3
    height = head + row * len(plans) + foot
    drawing = Drawing(_comparison_alt_text(plans, blocks, reconstructed), _WIDTH, height)
    axes = drawing.add_axes((0.02, foot / height, 0.96, 1 - (head + foot) / height))
    axes.set(xlim=(0, MAX_SECONDS / 60), ylim=(len(plans), 0), yticks=[])
    axes.set_xticks(range(0, 41, 10), ["0", "10", "20", "30", "40 min"])
    axes.tick_params(labelsize=10, color=colour("quiet"), labelcolor=colour("ink"))
    axes.spines["bottom"].set_color(colour("quiet"))
    first, *_, last = axes.get_xticklabels()
    first.set_ha("left")
    last.set_ha("right")
    for i, (name, plan) in enumerate(plans.items()):
        label = f"{name} *" if name in reconstructed else name
        write(axes, (0, i + 0.3), label, va="center", size=10.5)
        start = 0.0
        for part in plan.parts:
            _draw_part(axes, (start, i + 0.52), part.seconds / 60, blocks[part.block], i)
            start += part.seconds / 60
    _draw_key(drawing, blocks, 1 - 0.22 / height, 0.24 / height)
    if reconstructed:
        write(drawing, (0.02, 0.08 / height), "* minutes reconstructed by the course", size=10)
    return drawing


def _draw_part(
    axes: Axes, corner: tuple[float, float], minutes: float, block: Block, row: int
) -> None:
    if not minutes:
        return
    bar = Rectangle(corner, minutes, 0.4, facecolor=colour(block.family), linewidth=1)
    bar.set(edgecolor=colour("on-colour"), gid=f"bar-{row}-{block.id}")
    axes.add_artist(bar)
    axes.add_artist(_hatching(corner, minutes, 0.4, block.family))
    if minutes >= 2:  # noqa: PLR2004 - a shorter one has no room for its figure
        middle, tone = (corner[0] + minutes / 2, corner[1] + 0.21), ON_COLOUR[block.family]
        write(axes, middle, f"{minutes:g}", tone, size=10, ha="center", va="center")


def _hatching(corner: tuple[float, float], width: float, height: float, family: str) -> Rectangle:
    """Hatching that distinguishes a family without colour; drawn over its bar."""
    over = Rectangle(corner, width, height, facecolor="none", hatch=PATTERNS[family], linewidth=0)
    over.set(edgecolor=colour(ON_COLOUR[family]), alpha=0.35)
    return over


def _draw_key(drawing: Drawing, blocks: Mapping[str, Block], top: float, line: float) -> None:
    """The families in the order of a session, in two lines."""
    families = list(dict.fromkeys(block.family for block in blocks.values()))
    for i, family in enumerate(families):
        x, y = 0.02 + 0.33 * (i % 3), top - line * (i // 3)
        corner, width, height = (x, y - line * 0.35), 0.05, line * 0.7
        box = Rectangle(corner, width, height, facecolor=colour(family))
        for each in (box, _hatching(corner, width, height, family)):
            each.set_transform(drawing.transSubfigure)
            drawing.add_artist(each)
        write(drawing, (x + 0.065, y), family, va="center", size=10.5)


def _comparison_alt_text(
    plans: Mapping[str, Plan], blocks: Mapping[str, Block], reconstructed: Collection[str]
) -> str:
    descriptions = []
    for name, plan in plans.items():
        parts = (
            f"{blocks[part.block].name.lower()} {mmss(part.seconds)}"
            for part in plan.parts
            if part.seconds
        )
        how = " (reconstructed)" if name in reconstructed else ""
        descriptions.append(f"{name}{how}: {', '.join(parts)}")
    return f"Sessions compared. {'. '.join(descriptions)}."
