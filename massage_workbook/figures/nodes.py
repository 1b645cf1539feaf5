"""Groups of lymph nodes, which no hand presses."""

from collections.abc import Iterable
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.patches import Ellipse

from massage_workbook.course.schema import NodeGroup
from massage_workbook.figures import back
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import spread, write
from massage_workbook.figures.palette import colour

_FRAME: back.Frame = (-0.55, 1.10), (-0.64, 1.32)
"""The part of the plane shown: the back, with room for names on its right."""
_MARK_WIDTH = 0.05
"""Width of a group's mark, in (u, v)."""
_NAMES_U = 0.58
"""u of the left edge of the names."""
_NAME_GAP = 0.2
"""Distance between two names, in v."""
_NAME_LENGTH = 18
"""Maximum length of a line of a name."""
SEEN_LABELS = {"from behind": "seen from behind", "from the front": "in front"}


@with_style
def lymph_nodes(groups: Iterable[NodeGroup]) -> Drawing:
    """Groups of lymph nodes: a dot for one seen from behind, a dashed ring for one in front.

    The SVG carries `nodes-<id>` for the mark of each group on the right.
    """
    groups = sorted(groups, key=lambda each: each.v)
    drawing = Drawing(_alt_text(groups), *back.size_inches(_FRAME))
    axes = back.uv_axes(drawing, _FRAME)
    back.draw_body(axes)
    top, bottom = _FRAME[1]
    heights = spread([each.v for each in groups], _NAME_GAP, top + _NAME_GAP, bottom - _NAME_GAP)
    for group, height in zip(groups, heights, strict=True):
        _mark(axes, group)
        _name(axes, group, height)
    return drawing


def _alt_text(groups: Iterable[NodeGroup]) -> str:
    descriptions = " ".join(
        f"{each.name}, {SEEN_LABELS[each.seen]}: {each.where}" for each in groups
    )
    return f"The back with groups of lymph nodes, which are never pressed. {descriptions}"


def _mark(axes: Axes, group: NodeGroup) -> None:
    for u in (-group.u, group.u) if group.mirrored else (group.u,):
        mark = Ellipse(
            (u, group.v), _MARK_WIDTH, _MARK_WIDTH, edgecolor=colour("keep-off"), linewidth=1.8
        )
        if group.seen == "from behind":
            mark.set(facecolor=colour("keep-off"))
        else:
            mark.set(facecolor="none", linestyle=(0, (2.2, 1.4)))
        mark.set(zorder=8, gid=f"nodes-{group.id}" if u == group.u else None)
        axes.add_artist(mark)


def _name(axes: Axes, group: NodeGroup, height: float) -> None:
    """A group's name beside the back, with where it is seen, and a line to its mark."""
    near = group.u + _MARK_WIDTH / 2 + 0.01
    axes.plot(
        [near, _NAMES_U - 0.02], [group.v, height], color=colour("ink"), linewidth=0.9, zorder=7
    )
    name = fill(group.name, _NAME_LENGTH)
    write(axes, (_NAMES_U, height), name, va="bottom", weight="bold", size=11.8)
    write(axes, (_NAMES_U, height + 0.008), SEEN_LABELS[group.seen], va="top", size=11.8)
