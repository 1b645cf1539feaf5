"""Pictures of the back: the body, its zones and its landmarks.

The shapes are drawn by eye to fit the landmarks of the course; tests check that they do. The right
half is given; the left is its mirror image.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, Patch, PathPatch
from matplotlib.path import Path

from massage_workbook.body import anatomy
from massage_workbook.body.frame import FRAME, INCHES_PER_UNIT, Frame
from massage_workbook.body.under_skin import HEAD
from massage_workbook.body.zones import KIND_LABELS, group_by_kind, letter_landmarks, number_zones
from massage_workbook.course.model import Point
from massage_workbook.course.schema import Landmark, Zone
from massage_workbook.figures.curves import bezier, closed, symmetric
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.groups import add_group
from massage_workbook.figures.labels import BADGE, Row, badge, draw_key, key_height, write
from massage_workbook.figures.palette import colour
from massage_workbook.figures.under_skin import POINTS_PER_UNIT, draw_bones, draw_muscles

# --- the body's edge: neck, shoulder, arm; then trunk ----------------------------------------

SHOULDER_AND_ARM = (
    (0.0, -0.24), (0.102, -0.24), (0.106, -0.16), (0.128, -0.085), (0.205, -0.03), (0.305, 0.012),
    (0.388, 0.058), (0.434, 0.130), (0.449, 0.235), (0.451, 0.38), (0.462, 0.54), (0.478, 0.69),
    (0.497, 0.81), (0.506, 0.94), (0.502, 1.09), (0.493, 1.22), (0.505, 1.36),
    (0.418, 1.36), (0.421, 1.22), (0.424, 1.08), (0.414, 0.92), (0.403, 0.78), (0.393, 0.66),
    (0.388, 0.50), (0.384, 0.36), (0.371, 0.245),
)  # fmt: skip
TRUNK = (
    (0.371, 0.245), (0.352, 0.33), (0.334, 0.44), (0.310, 0.56), (0.290, 0.67), (0.285, 0.745),
    (0.299, 0.84), (0.330, 0.95), (0.354, 1.06), (0.363, 1.18), (0.358, 1.36), (0.0, 1.36),
)  # fmt: skip
_EAR = ((0.150, -0.42), (0.173, -0.428), (0.180, -0.385), (0.166, -0.335), (0.147, -0.345))
_HAIR = (
    ((0.020, -0.56), (0.075, -0.50), (0.100, -0.40), (0.085, -0.29)),
    ((0.060, -0.575), (0.118, -0.50), (0.130, -0.40), (0.112, -0.30)),
    ((0.004, -0.54), (0.036, -0.46), (0.048, -0.36), (0.040, -0.26)),
)

# Visible on any back: the furrow, the cleft, and the edges of bones and muscles.
_FURROW = ((0.0, 0.03), (0.0, 0.30), (0.0, 0.60), (0.0, 0.92))
_CLEFT = ((0.0, 1.12), (0.003, 1.20), (0.0, 1.36))
_DIMPLE = (0.09, 1.0)
CUES = (
    ((0.130, 0.130), (0.200, 0.105), (0.290, 0.078), (0.360, 0.062)),  # ridge of the blade
    ((0.055, 0.300), (0.115, 0.420), (0.135, 0.560), (0.120, 0.720), (0.098, 0.860)),  # long muscle
    ((0.371, 0.245), (0.318, 0.360), (0.245, 0.500), (0.165, 0.660)),  # edge of the broad muscle
    ((0.030, 0.565), (0.110, 0.625), (0.200, 0.685), (0.270, 0.690)),  # lowest ribs
    ((0.300, 0.862), (0.225, 0.842), (0.150, 0.872), (0.092, 0.945)),  # crest of the hip
    ((0.088, -0.22), (0.075, -0.10), (0.060, 0.02), (0.045, 0.20), (0.020, 0.42)),  # trapezius
    ((0.438, 0.145), (0.446, 0.240), (0.424, 0.330), (0.396, 0.370)),  # edge of the shoulder cap
    ((0.412, 0.735), (0.440, 0.752), (0.468, 0.735)),  # elbow
)
BLADE = (
    (0.135, 0.075), (0.168, 0.062), (0.215, 0.085), (0.300, 0.110), (0.322, 0.150), (0.262, 0.215),
    (0.205, 0.300), (0.165, 0.343), (0.148, 0.325), (0.136, 0.240), (0.129, 0.150),
)  # fmt: skip

ZONE_FILLS = {"keep-off": ("xxxx", 0.07), "light": ("dots", 0.14), "work": ("", 0.22)}
"""Hatch pattern of each kind of zone, and the opacity of its colour below the pattern."""
_DOT_SPACING = 0.02912
"""Distance between dots, in (u, v)."""
_DOT_POINTS = 1.6
"""Width of a dot, in points."""
_LOZENGE = 0.033
"""Half the width of a landmark's lozenge, in (u, v)."""
_LOZENGE_CORNERS = (0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)
"""Corners of a lozenge of half-width 1, the first repeated to close it."""


# --- pictures --------------------------------------------------------------------------------


@with_style
def zone_map(zones: Iterable[Zone]) -> Drawing:
    """All zones of the back with a key to their names, by kind.

    The SVG carries `zone-<id>` for each zone.
    """
    by_kind = group_by_kind(zones)
    numbers = {zone.id: number for number, zone in number_zones(by_kind).items()}
    rows: list[Row] = []
    for kind, members in by_kind.items():
        rows.append((None, KIND_LABELS[kind].capitalize(), kind))
        rows += [(numbers[zone.id], zone.name, kind) for zone in members]
    axes = axes_with_key(_zones_alt_text(by_kind), rows)
    _draw_zones(axes, by_kind, numbers, [])
    return axes.figure


@with_style
def whole_back(zones: Iterable[Zone], landmarks: Iterable[Landmark]) -> Drawing:
    """Every zone with its number and every landmark with its letter, for a page to show and hide.

    The SVG carries `zone-<id>`, `disc-<id>` and `number-<id>` for each zone, `kind-<kind>-<i>` for
    what fills the zones of a kind and `kind-<kind>-clear-<i>` for what dims the skin below it, and
    `landmark-<id>` and `letter-<id>` for each landmark.
    Numbers and letters are those of `number_zones` and `letter_landmarks`.
    """
    by_kind = group_by_kind(zones)
    landmarks = letter_landmarks(landmarks)
    names = ", ".join(each.name for each in landmarks.values())
    drawing = Drawing(f"{_zones_alt_text(by_kind)} Landmarks: {names}.", *size_inches(FRAME))
    axes = uv_axes(drawing)
    numbers = {zone.id: number for number, zone in number_zones(by_kind).items()}
    occupied = [(side * each.u, each.v) for each in landmarks.values() for side in (1, -1)]
    _draw_zones(axes, by_kind, numbers, occupied)
    for letter, each in landmarks.items():
        _draw_landmark(axes, each, letter)
    return drawing


@with_style
def landmark_map(landmarks: Iterable[Landmark]) -> Drawing:
    """The landmarks that can be felt, with the vertebral levels, over the bones.

    The SVG carries `landmark-<id>`.
    """
    landmarks = sorted(landmarks, key=lambda each: each.v)
    names = [f"{each.name}, {each.level}" if each.level else each.name for each in landmarks]
    rows = [(i, words, "motion") for i, words in enumerate(names, start=1)]
    axes = axes_with_key(f"The back and its bones. Marked from above: {'; '.join(names)}.", rows)
    draw_body(axes, "bones")
    for i, each in enumerate(landmarks, start=1):
        badge(axes, (each.u, each.v), i, "motion")
        axes.patches[-1].set_gid(f"landmark-{each.id}")
        if each.mirrored:
            badge(axes, (-each.u, each.v), i, "motion")
    return axes.figure


@with_style
def plain_back() -> Drawing:
    """The back alone, to draw on."""
    drawing = Drawing(
        "The back from behind, from the head to the upper thighs.", *size_inches(FRAME)
    )
    draw_body(uv_axes(drawing))
    return drawing


@with_style
def limits_map(zones: Iterable[Zone]) -> Drawing:
    """Keep-off zones hatched, zones that are touched lightly dotted."""
    by_kind = {kind: members for kind, members in group_by_kind(zones).items() if kind != "work"}
    drawing = Drawing(_zones_alt_text(by_kind), *size_inches(FRAME))
    axes = uv_axes(drawing)
    edge = draw_body(axes)
    for kind in reversed(by_kind):
        hatch_zones(axes, by_kind[kind], kind, edge)
    return drawing


@with_style
def zones_to_mark(zones: Iterable[Zone]) -> Drawing:
    """Zones as outlines that all look alike.

    The SVG carries `zone-<id>` for each, the small ones over the large ones.
    """
    drawing = plain_back()
    drawing.alt = "The back with zones outlined, to be marked."
    (axes,) = drawing.axes
    edge = next(patch for patch in axes.patches if patch.get_gid() == "back")
    for zone in sorted(zones, key=anatomy.area, reverse=True):
        add_zone_outline(axes, zone, edge, linewidth=1.6)
        axes.patches[-1].set_edgecolor(colour("motion"))
    return drawing


def _zones_alt_text(by_kind: Mapping[str, Sequence[Zone]]) -> str:
    groups = (
        f"{KIND_LABELS[kind]}: {', '.join(zone.name for zone in members)}"
        for kind, members in by_kind.items()
    )
    return f"Zones of the back. {'; '.join(groups)}."


def axes_with_key(alt: str, rows: Sequence[Row]) -> Axes:
    """Axes of a new drawing with a key below them."""
    across, (top, bottom) = FRAME
    room = key_height(rows)
    width, tall = size_inches((across, (top, bottom + room)))
    drawing, share = Drawing(alt, width, tall), room / (bottom - top + room)
    draw_key(uv_axes(drawing, (across, (0, room)), box=(0, 0, 1, share)), rows)
    return uv_axes(drawing, FRAME, box=(0, share, 1, 1 - share))


def _label_position(
    outline: Sequence[Point], stricter: Iterable[Zone], edge: PathPatch, occupied: Sequence[Point]
) -> Point:
    """The point in an outline farthest from its edge and from stricter zones, and not occupied."""
    others = [other for zone in stricter for other in anatomy.outlines(zone)]
    (left, top), (right, bottom) = np.min(outline, axis=0), np.max(outline, axis=0)
    across, down = np.linspace(left, right, 25), np.linspace(top, bottom, 25)
    grid = np.array([(u, v) for u in across for v in down])
    free = Path(outline).contains_points(grid) & edge.get_path().contains_points(grid)
    for other in others:
        free &= ~Path(other).contains_points(grid)
    if occupied:
        free &= _distances(grid, np.array(occupied)) > BADGE
    borders = np.concatenate([anatomy.along([*o, o[0]], 0.5) for o in (outline, *others)])
    places = grid[free]
    u, v = places[np.argmax(_distances(places, borders))]
    return float(u), float(v)


def _distances(places: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Distance of each place to the nearest of others; arrays of (u, v)."""
    return np.min(np.hypot(*(places[:, None] - others).T), axis=0)


def size_inches(frame: Frame) -> tuple[float, float]:
    """Width and height of a frame, in inches."""
    return tuple((high - low) * INCHES_PER_UNIT for low, high in frame)


def uv_axes(
    drawing: Drawing, frame: Frame = FRAME, box: tuple[float, float, float, float] = (0, 0, 1, 1)
) -> Axes:
    """Axes in (u, v) in a box of a drawing, or in the whole of it."""
    axes = drawing.add_axes(box)
    (left, right), (top, bottom) = frame
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.set_axis_off()
    return axes


# --- the body --------------------------------------------------------------------------------


def draw_body(axes: Axes, layer: Literal["skin", "muscles", "bones"] = "skin") -> PathPatch:
    """Draw the body with a layer; return its outline, to clip other artists.

    The SVG carries `back` for the outline and `skin` for what only the layer of that name shows.
    """
    axes.figure.has_body = layer == "skin" and tuple(axes.figure.get_size_inches()) == size_inches(
        FRAME
    )
    _skin(axes, Path.make_compound_path(*map(closed, _both_sides(_EAR))), "ears")
    edge = _skin(axes, symmetric([*SHOULDER_AND_ARM, *TRUNK[1:]]), "back")
    if layer == "skin":
        add_group(axes, "skin", _skin_details())
    elif layer == "muscles":
        draw_bones(axes, ("right",))
        draw_muscles(axes)
    else:
        draw_bones(axes)
    return edge


def _skin_details() -> list[Patch]:
    """Contours that show through the skin, and the hair."""
    blades = [
        _filled(closed(blade), "shade", alpha=0.7, linewidth=0.8) for blade in _both_sides(BLADE)
    ]
    cues = [_line(points, width=0.8, alpha=0.45) for cue in CUES for points in _both_sides(cue)]
    dimples = [
        Ellipse(*place, 0.028, 0.02, facecolor=colour("contour"), alpha=0.5)
        for place in _both_sides([_DIMPLE])
    ]
    furrow, cleft = _line(_FURROW, width=1.4, alpha=0.35), _line(_CLEFT, width=1.2)
    head = _filled(symmetric(HEAD), "hair")
    strands = [
        _line(points, width=0.8, alpha=0.4) for strand in _HAIR for points in _both_sides(strand)
    ]
    return [*blades, *cues, *dimples, furrow, cleft, head, *strands]


def _both_sides(points: Sequence[Point]) -> tuple[Sequence[Point], Sequence[Point]]:
    return points, anatomy.mirrored(points)


def _skin(axes: Axes, path: Path, gid: str) -> PathPatch:
    patch = _filled(path, "skin")
    patch.set_gid(gid)
    axes.add_artist(patch)
    return patch


def _filled(path: Path, fill: str, *, alpha: float = 1, linewidth: float = 1.2) -> PathPatch:
    patch = PathPatch(path, facecolor=colour(fill), edgecolor=colour("contour"))
    patch.set(alpha=alpha, linewidth=linewidth)
    return patch


def _line(points: Sequence[Point], width: float, alpha: float = 1) -> PathPatch:
    patch = PathPatch(bezier(anatomy.smooth(points)), fill=False, edgecolor=colour("contour"))
    patch.set(alpha=alpha, capstyle="round", linewidth=width)
    return patch


# --- zones -----------------------------------------------------------------------------------


def hatch_zones(axes: Axes, zones: Iterable[Zone], kind: str, edge: PathPatch) -> None:
    """Hatch zones as one region, so that no edge and no doubled line shows where they overlap."""
    outlines = [_same_orientation(outline) for zone in zones for outline in anatomy.outlines(zone)]
    if not outlines:
        return
    pattern, tint = ZONE_FILLS[kind]
    whole = Path.make_compound_path(*(Path([*points, points[0]]) for points in outlines))
    ground = PathPatch(whole, facecolor=colour(kind), alpha=tint, linewidth=0)
    patches = [ground]
    if pattern == "dots":
        patches.append(_dots(outlines, edge.get_path()))
    elif pattern:
        patches.append(PathPatch(whole, facecolor="none", hatch=pattern, linewidth=0))
    for patch in patches:
        patch.set_edgecolor(colour(kind))
        axes.add_artist(patch)
        patch.set_clip_path(edge)
    if len(patches) > 1:
        patches[1].set_alpha(0.45)


def _dots(outlines: Sequence[Sequence[Point]], edge: Path) -> PathPatch:
    """Dots on a staggered grid, drawn as dashed rows, which takes a tenth of the bytes."""
    (left, top), (right, bottom) = (
        end(np.concatenate(outlines), axis=0) for end in (np.min, np.max)
    )
    columns = np.arange(np.floor(left / _DOT_SPACING), right / _DOT_SPACING) * _DOT_SPACING
    rows = []
    for i, v in enumerate(
        np.arange(np.floor(top / _DOT_SPACING), bottom / _DOT_SPACING) * _DOT_SPACING
    ):
        places = [(u + _DOT_SPACING / 2 * (i % 2), v) for u in columns]
        inside = np.any([Path(points).contains_points(places) for points in outlines], axis=0)
        inside &= edge.contains_points(places)
        runs = groupby(zip(inside, places, strict=True), key=itemgetter(0))
        for first, *others in ([place for _, place in run] for dotted, run in runs if dotted):
            rows.append(Path([first, (first[0] + _DOT_SPACING * (len(others) + 0.5), v)]))
    patch = PathPatch(Path.make_compound_path(*rows), fill=False, linewidth=_DOT_POINTS, snap=False)
    space = _DOT_SPACING * POINTS_PER_UNIT / _DOT_POINTS
    patch.set(capstyle="round", linestyle=(0, (0.01, space - 0.01)))
    return patch


def _dim(axes: Axes, zones: Iterable[Zone], edge: PathPatch) -> None:
    """Dim the skin and other zones under zones: where two overlap, the stricter one shows."""
    for zone in zones:
        for points in anatomy.outlines(zone):
            patch = PathPatch(Path([*points, points[0]]), facecolor=colour("skin"), alpha=0.8)
            axes.add_artist(patch)
            patch.set_clip_path(edge)


def add_zone_outline(axes: Axes, zone: Zone, edge: PathPatch, linewidth: float = 0) -> None:
    """Add a zone that a page can find by its id and highlight; in print only its line shows."""
    paths = [Path([*points, points[0]]) for points in anatomy.outlines(zone)]
    patch = PathPatch(Path.make_compound_path(*paths), facecolor=(0, 0, 0, 0), linewidth=linewidth)
    patch.set_edgecolor(colour(zone.kind))
    patch.set_gid(f"zone-{zone.id}")
    axes.add_artist(patch)
    patch.set_clip_path(edge)


def _draw_zones(
    axes: Axes,
    by_kind: Mapping[str, Sequence[Zone]],
    numbers: Mapping[str, int],
    occupied: Sequence[Point],
) -> None:
    """Draw the body, zones of all kinds (the strictest on top), and numbers off `occupied`."""
    edge = draw_body(axes)
    for kind in reversed(ZONE_FILLS):
        before = len(axes.patches)
        _dim(axes, by_kind[kind], edge)
        cleared = len(axes.patches)
        hatch_zones(axes, by_kind[kind], kind, edge)
        for i, patch in enumerate(axes.patches[before:], start=before):
            patch.set_gid(f"kind-{kind}-{'clear-' if i < cleared else ''}{i}")
        # Small over large: the topmost of overlapping zones gets the pointer.
        for zone in sorted(by_kind[kind], key=anatomy.area, reverse=True):
            add_zone_outline(axes, zone, edge, linewidth=0.8)
    occupied, stricter = [*occupied], []
    for kind, members in by_kind.items():
        for zone in members:
            occupied.append(_label_position(zone.outline, stricter, edge, occupied))
            badge(axes, occupied[-1], numbers[zone.id], kind)
            axes.patches[-1].set_gid(f"disc-{zone.id}")
            axes.texts[-1].set_gid(f"number-{zone.id}")
        stricter += members


def _draw_landmark(axes: Axes, landmark: Landmark, letter: str) -> None:
    """Draw a landmark, on both sides if it is mirrored, with its letter on the right one."""
    u, v = landmark.u, landmark.v
    shapes = [
        Path([(x + a * _LOZENGE, v + b * _LOZENGE) for a, b in _LOZENGE_CORNERS], closed=True)
        for x in ([u, -u] if landmark.mirrored else [u])
    ]
    patch = PathPatch(Path.make_compound_path(*shapes), facecolor=colour("motion"), zorder=8)
    patch.set(edgecolor=colour("skin"), linewidth=1, gid=f"landmark-{landmark.id}")
    axes.add_artist(patch)
    text = write(axes, (u, v), letter, "on-colour", ha="center", va="center_baseline", size=9.5)
    text.set(weight="bold", zorder=9, gid=f"letter-{landmark.id}")


def _same_orientation(points: Sequence[Point]) -> Sequence[Point]:
    """The outline, reversed if need be: outlines of one orientation fill as their union."""
    around = zip(points, (*points[1:], points[0]), strict=True)
    return points if sum(a * d - c * b for (a, b), (c, d) in around) > 0 else points[::-1]
