"""Where the hands go in a session: the time spent on each part of the back, and how firmly."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from massage_workbook import anatomy
from massage_workbook.course.schema import Point, Stroke, Technique, Zone
from massage_workbook.figures import back
from massage_workbook.figures.drawing import Drawing, in_our_look
from massage_workbook.figures.labels import Row, height, key
from massage_workbook.figures.palette import colour
from massage_workbook.planning import Step, clock

CELL = 0.02
"""Side of a cell of the grid, in (u, v): one centimetre."""
HAND = 2.5
"""Standard deviation of what a hand covers around its middle, in cells."""
SHADES = 6
"""Steps between the places least and most worked."""
Grid = NDArray[np.float64]


def axes_of_grid() -> tuple[Grid, Grid]:
    """The middles of the cells along u and along v."""
    (left, right), (top, bottom) = back.FRAME
    return np.arange(left, right, CELL) + CELL / 2, np.arange(top, bottom, CELL) + CELL / 2


def seconds_of_strokes(
    steps: Iterable[Step], techniques: Mapping[str, Technique]
) -> list[tuple[Stroke, list[Point], float]]:
    """The strokes of a session, each with its places on a side and its seconds there.

    A step's time goes to its strokes by how long each takes; both hands share it between sides.
    """
    found = []
    for step in steps:
        technique = techniques[step.technique]
        takes = [anatomy.seconds(stroke, technique.tempo) for stroke in technique.strokes]
        for stroke, take in zip(technique.strokes, takes, strict=True):
            sides = anatomy.ways(stroke)
            chosen = [sides[step.side]] if step.side in sides else list(sides.values())
            seconds = step.seconds * take / sum(takes) / len(chosen)
            found += [(stroke, anatomy.places(ways), seconds) for ways in chosen]
    return found


def density(
    steps: Iterable[Step], techniques: Mapping[str, Technique], zones: Iterable[Zone]
) -> Grid:
    """Seconds in each cell of the grid (rows along v), a hand's width spread around its middle.

    Keep-off zones stay empty but where a stroke itself goes through. The sum is the time of the
    steps, in seconds.
    """
    us, vs = axes_of_grid()
    exact = np.zeros((len(vs), len(us)))
    for _, places, seconds in seconds_of_strokes(steps, techniques):
        _put(exact, (np.array(places) - (us[0], vs[0])) / CELL, seconds / len(places))
    spread = _blurred(_blurred(exact).T).T
    cells = np.stack(np.meshgrid(us, vs), axis=-1)
    for zone in zones:
        if zone.kind == "keep-off":
            spread[_holds(zone, cells) & (exact == 0)] = 0
    return spread * (exact.sum() / spread.sum()) if exact.any() else exact


def _holds(zone: Zone, places: Grid) -> NDArray[np.bool_]:
    """Which of the places lie in a zone; the last axis of `places` is (u, v)."""
    flat = places.reshape(-1, 2)
    held = np.any([Path(each).contains_points(flat) for each in anatomy.outlines(zone)], axis=0)
    return held.reshape(places.shape[:-1])


def _put(grid: Grid, places: Grid, seconds: float) -> None:
    """Add to the four cells around each place, the more the nearer."""
    corner = np.floor(places).astype(int)
    for right in (0, 1):
        for down in (0, 1):
            near = np.abs(1 - np.array([right, down]) - (places - corner)).prod(axis=1)
            column, row = np.add(corner, (right, down)).T
            np.add.at(grid, (row, column), seconds * near)


def _blurred(grid: Grid) -> Grid:
    reach = np.arange(-int(3 * HAND), int(3 * HAND) + 1)
    weights = np.exp(-(reach**2) / (2 * HAND**2))
    return np.array([np.convolve(row, weights / weights.sum(), mode="same") for row in grid])


def by_zone(
    steps: Iterable[Step], techniques: Mapping[str, Technique], zones: Sequence[Zone]
) -> dict[str, tuple[float, float]]:
    """Seconds in each zone that is worked, and the most force there; most time first.

    Where zones overlap the smallest one counts.
    """
    small_first = sorted(zones, key=anatomy.area)
    found: dict[str, tuple[float, float]] = {}
    for stroke, places, seconds in seconds_of_strokes(steps, techniques):
        free = np.full(len(places), fill_value=True)
        for zone in small_first:
            held = free & _holds(zone, np.array(places))
            if held.any():
                before, most = found.get(zone.id, (0.0, 0.0))
                found[zone.id] = before + seconds * held.mean(), max(most, stroke.force)
            free &= ~held
    return dict(sorted(found.items(), key=lambda item: -item[1][0]))


@in_our_look
def where_hands_go(
    steps: Sequence[Step], techniques: Mapping[str, Technique], zones: Sequence[Zone]
) -> Drawing:
    """A map of a session: the darker, the longer; below, minutes and force zone by zone.

    The SVG carries `shade-<level>` for the shades and `zone-<id>` for the zones.
    """
    names = {zone.id: zone for zone in zones}
    worked = by_zone(steps, techniques, zones)
    rows: list[Row] = [(None, "Minutes, and force at most (of 10)", "ink")]
    rows += [
        (None, f"{clock(round(seconds))}   {names[zone].name}, force {force:g}", "")
        for zone, (seconds, force) in worked.items()
        if round(seconds)
    ]
    across, (top, bottom) = back.FRAME
    room = height(rows)
    width, tall = back.size((across, (top, bottom + room)))
    drawing, share = Drawing(_in_words(rows), width, tall), room / (bottom - top + room)
    key(back.plane(drawing, (across, (0, room)), box=(0, 0, 1, share)), rows)
    axes = back.plane(drawing, box=(0, share, 1, 1 - share))
    edge = back.body(axes)
    grid = density(steps, techniques, zones)
    us, vs = axes_of_grid()
    for level in range(1, SHADES + 1):
        floor = grid.max() * (level - 0.6) / SHADES
        shade = axes.contourf(us, vs, grid, [floor, grid.max() * 1.01], colors=[colour("hand")])
        shade.set(alpha=0.17, gid=f"shade-{level}", clip_path=edge)
    back.hatch(axes, [zone for zone in zones if zone.kind == "keep-off"], "keep-off", edge)
    for zone in sorted(zones, key=anatomy.area, reverse=True):
        back.touchable(axes, zone, edge)
    return drawing


def _in_words(rows: Sequence[Row]) -> str:
    said = "; ".join(words for _, words, _ in rows[1:])
    return f"Where the hands go on the back, by zone: {said}."
