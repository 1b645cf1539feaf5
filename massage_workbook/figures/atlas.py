"""Muscles and bones under the skin, with their names."""

from collections.abc import Iterable, Sequence
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.patches import Ellipse

from massage_workbook.course.schema import Structure
from massage_workbook.figures import back
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import badge, spread, write
from massage_workbook.figures.palette import colour
from massage_workbook.figures.under_skin import draw_bones, draw_muscles

_FRAME: back.Frame = (-1.0, 1.0), (-0.64, 1.32)
"""The part of the plane shown: the back, with room for names on both sides."""
_NAMES_U = 0.535
"""u of the inner edge of the names."""
_NAME_LENGTH = 13
"""Maximum length of a line of a name."""
_NAME_GAP = 0.118
"""Distance between two names, in v."""
_SIDES = {"superficial": -1, "deep": 1, "bone": 1}
"""Side of a layer's names, which is that of the layer."""


@with_style
def under_skin(structures: Iterable[Structure]) -> Drawing:
    """Superficial muscles on the left, deep muscles and bones on the right, all with their names.

    The SVG carries the groups that `figures/under_skin.py` names, with labels.
    """
    structures = sorted(structures, key=lambda each: each.place[1])
    drawing = Drawing(_alt_text(structures), *back.size_inches(_FRAME))
    drawing.labels = _labels(structures)
    axes = back.uv_axes(drawing, _FRAME)
    back.draw_body(axes, "muscles")
    for side in (-1, 1):
        _names(axes, [each for each in structures if _SIDES[each.layer] == side], side)
    return drawing


@with_style
def layers(structures: Iterable[Structure]) -> Drawing:
    """Muscles and bones without a body, in the frame of the maps, for a page to show below them.

    The SVG carries the same groups as `under_skin`, with labels.
    """
    alt = "Muscles of the back, bones of its right half, and of its middle."
    drawing = Drawing(alt, *back.size_inches(back.FRAME))
    drawing.labels = _labels(structures)
    axes = back.uv_axes(drawing)
    draw_bones(axes, ("right",))
    draw_muscles(axes)
    return drawing


NUMBERED = {"muscles": {"superficial", "deep"}, "bones": {"bone"}}
"""Layers of a body other than its skin, and the layers of the structures that they show."""


def numbered(layer: str, structures: Iterable[Structure]) -> list[Structure]:
    """The structures of one of `NUMBERED` in the order of their numbers, from above."""
    shown = [each for each in structures if each.layer in NUMBERED[layer]]
    return sorted(shown, key=lambda each: each.place[1])


@with_style
def numbered_body(layer: str, structures: Iterable[Structure]) -> Drawing:
    """The body with one of `NUMBERED`, with numbered structures, to lay a map over."""
    shown = numbered(layer, structures)
    named = "; ".join(f"{i} {each.name}" for i, each in enumerate(shown, start=1))
    drawing = Drawing(f"The back and its {layer}: {named}.", *back.size_inches(back.FRAME))
    axes = back.uv_axes(drawing)
    back.draw_body(axes, layer)
    for i, each in enumerate(shown, start=1):
        u, v = each.place
        badge(axes, (_SIDES[each.layer] * u, v), i, "fibre")
    return drawing


def _labels(structures: Iterable[Structure]) -> dict[str, str]:
    return {
        f"structure-{each.id}-{side}": f"{each.name}. {each.feels}"
        for each in structures
        for side in ("left", "right", "middle")
    }


def _alt_text(structures: Sequence[Structure]) -> str:
    left, right = (
        "; ".join(f"{each.name}: {each.feels}" for each in structures if _SIDES[each.layer] == side)
        for side in (-1, 1)
    )
    return (
        "The back from behind and what lies under the skin."
        f" On the left the muscles close to the skin: {left}"
        f" On the right deep muscles and bones: {right}"
    )


def _names(axes: Axes, structures: Sequence[Structure], side: int) -> None:
    """Names beside the back, with a line from each to its structure."""
    top, bottom = _FRAME[1]
    wanted = [each.place[1] for each in structures]
    heights = spread(wanted, _NAME_GAP, top + _NAME_GAP / 2, bottom - _NAME_GAP / 2)
    for each, height in zip(structures, heights, strict=True):
        u, v = side * each.place[0], each.place[1]
        line = {"color": colour("ink"), "linewidth": 0.8, "zorder": 7}
        axes.plot([side * (_NAMES_U - 0.02), u], [height, v], **line)
        axes.add_artist(Ellipse((u, v), 0.014, 0.014, facecolor=colour("ink"), zorder=7))
        style = {"ha": "left" if side > 0 else "right", "va": "center", "linespacing": 0.95}
        words = write(axes, (side * _NAMES_U, height), fill(each.name, _NAME_LENGTH), **style)
        words.set(size=14.2, fontstyle="italic" if each.layer == "bone" else "normal")
