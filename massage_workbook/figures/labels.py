"""Text, numbered badges and their key in a picture, and the spacing of labels."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from matplotlib.text import Text

from massage_workbook.course.model import Point
from massage_workbook.figures.palette import colour

BADGE = 0.055
"""Width of a numbered badge, in (u, v) units."""
_SIZES = {1: 9.5, 2: 8.5}
"""Font size of a number, by how many digits it has."""
_KEY_STYLE = {"va": "center_baseline", "size": 10.5}
_ROW_HEIGHT = 0.062
"""Height of a row of the key, in (u, v) units."""

Row = tuple[int | None, str, str]
"""Number or None, text, name of the colour. A row with a colour and no number is a heading."""


def write(on: Axes | Figure, place: Point, words: str, tone: str = "ink", **style: Any) -> Text:  # noqa: ANN401
    """Text in a colour of the palette; a place in a figure is given as shares of its size."""
    return on.text(*place, words, color=colour(tone), **style)


def badge(axes: Axes, place: Point, number: int, tone: str) -> None:
    """A number on a coloured disc."""
    disc = Ellipse(place, BADGE, BADGE, facecolor=colour(tone), edgecolor=colour("skin"), zorder=8)
    disc.set(linewidth=1)
    axes.add_artist(disc)
    style = {"size": _SIZES[len(str(number))], "weight": "bold", "zorder": 9}
    write(axes, place, str(number), "on-colour", ha="center", va="center_baseline", **style)


def draw_key(axes: Axes, rows: Sequence[Row]) -> None:
    """Fill axes with rows: a badge and its words, or a heading."""
    left = axes.get_xlim()[0] + 0.04
    for i, (number, words, tone) in enumerate(rows):
        v = (i + 0.5) * _ROW_HEIGHT
        if number is None:
            write(axes, (left, v), words, weight="bold" if tone else "normal", **_KEY_STYLE)
            continue
        badge(axes, (left + 0.03, v), number, tone)
        write(axes, (left + 0.08, v), words, **_KEY_STYLE)


def key_height(rows: Sequence[Row]) -> float:
    """Height of the key, in (u, v) units."""
    return (len(rows) + 0.5) * _ROW_HEIGHT


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions near the wanted ones, which are sorted, at least `gap` and between the ends.

    Raises:
        ValueError: they do not fit.
    """
    if (len(wanted) - 1) * gap > high - low + 1e-9:
        raise ValueError(f"{len(wanted)} labels need more than {high - low:.2f}")
    places: list[float] = []
    for i, each in enumerate(wanted):
        least = places[-1] + gap if places else low
        most = high - (len(wanted) - 1 - i) * gap
        places.append(min(max(each, least), most))
    return places
