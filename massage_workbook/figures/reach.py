"""Time and force of a session on each part of the back."""

from collections.abc import Iterable, Mapping, Sequence
from math import dist

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from massage_workbook.body import anatomy
from massage_workbook.body.frame import FRAME
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Stroke, Technique, Zone
from massage_workbook.figures import back
from massage_workbook.figures.curves import stroked
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import BADGE, Row, badge
from massage_workbook.figures.palette import colour
from massage_workbook.session import Step, mmss, passes
from massage_workbook.session.hand_paths import HandPaths

_CELL = 0.02
"""Side of a cell of the grid, in (u, v): one centimetre."""
_HAND_SIGMA = 2.5
"""Standard deviation of the area under a hand, in cells."""
_SHADES = 6
"""Number of shades between the least and the most time."""
_COVERAGE_SIGMA, COVERED = 1.5, 0.15
"""Standard deviation of the coverage, in cells, and its value at the edge, 1.5 cm from a path."""
_BAND_POINTS = 15
"""Width of a hand on the map of paths, in points: about six centimetres."""
_MAX_OPACITY = 0.5
"""Opacity of the path with the most time."""
_Grid = NDArray[np.float64]


def grid_axes() -> tuple[_Grid, _Grid]:
    """The centres of the cells along u and along v."""
    (left, right), (top, bottom) = FRAME
    return np.arange(left, right, _CELL) + _CELL / 2, np.arange(top, bottom, _CELL) + _CELL / 2


def stroke_times(
    steps: Iterable[Step], techniques: Mapping[str, Technique]
) -> list[tuple[Stroke, list[Point], float]]:
    """The strokes of a session, each with its points on a side and its seconds there.

    The time of a step's passes is divided among its strokes by their durations, and of work on both
    sides equally between them.
    """
    found = []
    for step in steps:
        technique = techniques[step.technique]
        takes = [_stroke_seconds(technique, stroke) for stroke in step.strokes]
        for stroke, take in zip(step.strokes, takes, strict=True):
            sides = anatomy.hand_paths(stroke)
            chosen = [sides[step.side]] if step.side in sides else list(sides.values())
            seconds = step.at_work * take / sum(takes) / len(chosen)
            found += [(stroke, anatomy.dense_points(paths), seconds) for paths in chosen]
    return found


def _stroke_seconds(technique: Technique, stroke: Stroke) -> float:
    """Seconds of a stroke in a pass, without moving on to the next one."""
    legs = passes.legs(technique, (stroke,))
    return sum(leg.seconds for leg in legs if leg.kind != "between")


def density(
    steps: Iterable[Step], techniques: Mapping[str, Technique], zones: Iterable[Zone]
) -> _Grid:
    """Seconds in each cell of the grid (rows along v), blurred by the width of a hand.

    Keep-off zones stay empty except where a stroke itself passes. The sum is the time of all
    passes.
    """
    us, vs = grid_axes()
    exact = np.zeros((len(vs), len(us)))
    for _, places, seconds in stroke_times(steps, techniques):
        _deposit(exact, (np.array(places) - (us[0], vs[0])) / _CELL, seconds / len(places))
    blurred = _clear_keep_off(_blur(exact, _HAND_SIGMA), exact, zones)
    return blurred * (exact.sum() / blurred.sum()) if exact.any() else exact


def covered(
    steps: Iterable[Step], techniques: Mapping[str, Technique], zones: Iterable[Zone], force: float
) -> _Grid:
    """Nearness of each cell to strokes of at least `force`, regardless of their time.

    From `COVERED` on, a cell is under the hand; keep-off zones are as in `density`.
    """
    us, vs = grid_axes()
    touched = np.zeros((len(vs), len(us)))
    for stroke, places, _ in stroke_times(steps, techniques):
        if stroke.force >= force:
            _deposit(touched, (np.array(places) - (us[0], vs[0])) / _CELL, 1)
    return _clear_keep_off(_blur((touched > 0) * 1.0, _COVERAGE_SIGMA), touched, zones)


def _cells() -> _Grid:
    """The centre of each cell; the last axis is (u, v)."""
    return np.stack(np.meshgrid(*grid_axes()), axis=-1)


def _mask(zone: Zone, places: _Grid) -> NDArray[np.bool_]:
    """Mask of the places in a zone; the last axis of `places` is (u, v)."""
    flat = places.reshape(-1, 2)
    inside = np.any([Path(each).contains_points(flat) for each in anatomy.outlines(zone)], axis=0)
    return inside.reshape(places.shape[:-1])


def _deposit(grid: _Grid, places: _Grid, seconds: float) -> None:
    """Add seconds at each place, distributed over its four cells by bilinear weights."""
    corner = np.floor(places).astype(int)
    for right in (0, 1):
        for down in (0, 1):
            near = np.abs(1 - np.array([right, down]) - (places - corner)).prod(axis=1)
            column, row = np.add(corner, (right, down)).T
            np.add.at(grid, (row, column), seconds * near)


def _blur(grid: _Grid, width: float) -> _Grid:
    """Gaussian blur; `width` is the standard deviation in cells."""
    reach = np.arange(-int(3 * width), int(3 * width) + 1)
    weights = np.exp(-(reach**2) / (2 * width**2))
    for _ in range(2):
        grid = np.array([np.convolve(r, weights / weights.sum(), mode="same") for r in grid]).T
    return grid


def _clear_keep_off(grid: _Grid, touched: _Grid, zones: Iterable[Zone]) -> _Grid:
    """Empty the keep-off zones, except where strokes themselves touch."""
    cleared = grid.copy()
    for zone in zones:
        if zone.kind == "keep-off":
            cleared[_mask(zone, _cells()) & (touched == 0)] = 0
    return cleared


def by_zone(
    steps: Iterable[Step], techniques: Mapping[str, Technique], zones: Sequence[Zone]
) -> dict[str, tuple[float, float]]:
    """Seconds and maximum force in each zone that is worked, most time first.

    Where zones overlap, the smallest one counts.
    """
    strokes = stroke_times(steps, techniques)
    if not strokes:
        return {}
    where = np.concatenate([places for _, places, _ in strokes])
    time, force = (
        np.concatenate([np.full(len(places), each) for places, each in values])
        for values in (
            ((places, seconds / len(places)) for _, places, seconds in strokes),
            ((places, stroke.force) for stroke, places, _ in strokes),
        )
    )
    found: dict[str, tuple[float, float]] = {}
    free = np.full(len(where), fill_value=True)
    for zone in sorted(zones, key=anatomy.area):
        inside = free & _mask(zone, where)
        if inside.any():
            found[zone.id] = float(time[inside].sum()), float(force[inside].max())
        free &= ~inside
    return dict(sorted(found.items(), key=lambda item: -item[1][0]))


@with_style
def bands(paths: HandPaths, zones: Sequence[Zone]) -> Drawing:
    """The paths of the hands over the back as broad bands, which a page shades by their time.

    The SVG carries `path-<technique>-<side>` for each, at its maximum opacity.
    """
    drawing = Drawing(
        "Where the hands go on the back: the darker, the longer.", *back.size_inches(FRAME)
    )
    axes = back.uv_axes(drawing)
    edge = back.draw_body(axes)
    for name, path in paths.items():
        lines = (Path(anatomy.along(points)) for points in path.lines)
        band = stroked(lines, "hand", _BAND_POINTS, alpha=_MAX_OPACITY, gid=f"path-{name}")
        axes.add_artist(band)
        band.set_clip_path(edge)
    back.hatch_zones(axes, [zone for zone in zones if zone.kind == "keep-off"], "keep-off", edge)
    return drawing


@with_style
def where_hands_go(
    steps: Sequence[Step], techniques: Mapping[str, Technique], zones: Sequence[Zone]
) -> Drawing:
    """A map of a session: the stronger the colour, the longer; below, minutes and force by zone.

    A line encloses the area of the firmest strokes. The SVG carries `shade-<level>` for the shades,
    `firmest` for the line and `zone-<id>` for the zones.
    """
    worked = {
        zone: (seconds, force)
        for zone, (seconds, force) in by_zone(steps, techniques, zones).items()
        if round(seconds)
    }
    rows = _key_rows(worked, zones)
    axes = back.axes_with_key(_alt_text(worked, zones), rows)
    edge = back.draw_body(axes)
    if worked:
        _shades(axes, density(steps, techniques, zones), edge)
        _firmest_line(axes, covered(steps, techniques, zones, _firmest(worked)), edge)
    back.hatch_zones(axes, [zone for zone in zones if zone.kind == "keep-off"], "keep-off", edge)
    for zone in sorted(zones, key=anatomy.area, reverse=True):
        back.add_zone_outline(axes, zone, edge)
    for number, (name, place) in enumerate(_number_positions(worked, zones, edge).items(), start=1):
        badge(axes, place, number, _zones_by_id(zones)[name].kind)
    return axes.figure


def _shades(axes: Axes, grid: _Grid, edge: PathPatch) -> None:
    us, vs = grid_axes()
    for level in range(1, _SHADES + 1):
        floor = grid.max() * (level - 0.6) / _SHADES
        shade = axes.contourf(us, vs, grid, [floor, grid.max() * 1.01], colors=[colour("hand")])
        shade.set(alpha=0.17, gid=f"shade-{level}", clip_path=edge)


def _firmest_line(axes: Axes, grid: _Grid, edge: PathPatch) -> None:
    us, vs = grid_axes()
    line = axes.contour(us, vs, grid, [COVERED], colors=[colour("ink")])
    line.set(linewidth=1.3, linestyle=(0, (3, 2)), gid="firmest", clip_path=edge)


def _firmest(worked: Mapping[str, tuple[float, float]]) -> float:
    return max(force for _, force in worked.values())


def _zones_by_id(zones: Iterable[Zone]) -> dict[str, Zone]:
    return {zone.id: zone for zone in zones}


def _number_positions(
    worked: Iterable[str], zones: Sequence[Zone], edge: PathPatch
) -> dict[str, Point]:
    """Place of each zone's number: on the right half, farthest from the edges of the zone."""
    cells = _cells().reshape(-1, 2)
    body = edge.get_path().contains_points(cells)
    owner = np.full(len(cells), "", dtype=object)
    for zone in sorted(zones, key=lambda each: (each.kind == "keep-off", -anatomy.area(each))):
        owner[_mask(zone, cells) & body] = zone.id
    found: dict[str, Point] = {}
    for name in worked:
        own = cells[(owner == name) & (cells[:, 0] > 0)]
        free = [cell for cell in own if all(dist(cell, each) > BADGE for each in found.values())]
        away = cells[owner != name]
        u, v = max(free or own, key=lambda cell: np.min(np.hypot(*(away - cell).T)))
        found[name] = float(u), float(v)
    return found


def _key_rows(worked: Mapping[str, tuple[float, float]], zones: Iterable[Zone]) -> list[Row]:
    if not worked:
        return [(None, "No hands on the back", "ink")]
    rows: list[Row] = [
        (None, "The stronger the colour, the longer", "ink"),
        (None, f"Dashed: round the firmest strokes, force {_firmest(worked):g}", ""),
        (None, "Crossed: keep off", ""),
        (None, "Minutes, and force at most (of 10)", "ink"),
    ]
    for number, (name, (seconds, force)) in enumerate(worked.items(), start=1):
        zone = _zones_by_id(zones)[name]
        words = f"{mmss(round(seconds))} {zone.name}, force {force:g}"
        rows.append((number, words, zone.kind))
    return rows


def _alt_text(worked: Mapping[str, tuple[float, float]], zones: Iterable[Zone]) -> str:
    if not worked:
        return "The back without any hands on it: the session has no steps."
    names = _zones_by_id(zones)
    descriptions = "; ".join(
        f"{names[zone].name} {mmss(round(seconds))}, force {force:g} at most"
        for zone, (seconds, force) in worked.items()
    )
    untouched = ", ".join(
        zone.name for zone in zones if zone.kind == "keep-off" and zone.id not in worked
    )
    return (
        f"Where the hands go on the back, in minutes by zone, longest first: {descriptions}."
        f" Kept off: {untouched}."
    )
