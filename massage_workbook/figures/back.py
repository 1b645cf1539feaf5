"""The back: its shape, what lies under the skin, and its zones.

Drawn by eye after the landmarks of the course, which the tests hold it to. The right half is
given; the left is its mirror image.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

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
from massage_workbook.figures.labels import BADGE, Row, badge, height, key
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
EAR = ((0.150, -0.42), (0.173, -0.428), (0.180, -0.385), (0.166, -0.335), (0.147, -0.345))
HAIR = (
    ((0.020, -0.56), (0.075, -0.50), (0.100, -0.40), (0.085, -0.29)),
    ((0.060, -0.575), (0.118, -0.50), (0.130, -0.40), (0.112, -0.30)),
    ((0.004, -0.54), (0.036, -0.46), (0.048, -0.36), (0.040, -0.26)),
)

# What the eye finds on any back: the furrow, the cleft, the folds and edges under the skin.
FURROW = ((0.0, 0.03), (0.0, 0.30), (0.0, 0.60), (0.0, 0.92))
CLEFT = ((0.0, 1.12), (0.003, 1.20), (0.0, 1.36))
DIMPLE = (0.09, 1.0)
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

LAYERS = "skin", "muscles", "bones"
"""What a body is drawn with."""

KINDS = {"keep-off": ("xxxx", 0.07), "light": ("dots", 0.14), "work": ("", 0.22)}
"""How a zone is filled, by its kind: the hatch, and how much of the kind's colour lies under it."""
DOTS = 0.02912
"""Distance between dots, in (u, v)."""
DOT = 1.6
"""Their width, in points."""
LOZENGE = 0.033
"""Half the width of a landmark's lozenge, in (u, v)."""
CORNERS = (0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)
"""Of a lozenge, the first of them again to close it."""


# --- pictures --------------------------------------------------------------------------------


@with_style
def zone_map(zones: Iterable[Zone]) -> Drawing:
    """All zones of the back with a key to their names: kept off, touched lightly, worked.

    The SVG carries `zone-<id>` for each zone.
    """
    by_kind = group_by_kind(zones)
    numbers = {zone.id: number for number, zone in number_zones(by_kind).items()}
    rows: list[Row] = []
    for kind, members in by_kind.items():
        rows.append((None, KIND_LABELS[kind].capitalize(), kind))
        rows += [(numbers[zone.id], zone.name, kind) for zone in members]
    axes = _with_key(_zones_in_words(by_kind), rows)
    _all_kinds(axes, by_kind, numbers, [])
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
    named = ", ".join(each.name for each in landmarks.values())
    drawing = Drawing(f"{_zones_in_words(by_kind)} Landmarks: {named}.", *size(FRAME))
    axes = plane(drawing)
    numbers = {zone.id: number for number, zone in number_zones(by_kind).items()}
    taken = [(side * each.u, each.v) for each in landmarks.values() for side in (1, -1)]
    _all_kinds(axes, by_kind, numbers, taken)
    for letter, each in landmarks.items():
        _lozenges(axes, each, letter)
    return drawing


@with_style
def landmark_map(landmarks: Iterable[Landmark], layer: str = "bones") -> Drawing:
    """What a finger finds on the back, with the vertebral levels, over one of `LAYERS`.

    The SVG carries `landmark-<id>`.
    """
    landmarks = sorted(landmarks, key=lambda each: each.v)
    named = [f"{each.name}, {each.level}" if each.level else each.name for each in landmarks]
    rows = [(i, words, "motion") for i, words in enumerate(named, start=1)]
    axes = _with_key(f"The back and its {layer}. Marked from above: {'; '.join(named)}.", rows)
    body(axes, layer)
    for i, each in enumerate(landmarks, start=1):
        badge(axes, (each.u, each.v), i, "motion")
        axes.patches[-1].set_gid(f"landmark-{each.id}")
        if each.mirrored:
            badge(axes, (-each.u, each.v), i, "motion")
    return axes.figure


@with_style
def bare() -> Drawing:
    """The back alone, to draw on."""
    drawing = Drawing("The back from behind, from the head to the upper thighs.", *size(FRAME))
    body(plane(drawing))
    return drawing


@with_style
def limits(zones: Iterable[Zone]) -> Drawing:
    """All that is kept off on any back, hatched, and all that is touched lightly, dotted."""
    by_kind = {kind: members for kind, members in group_by_kind(zones).items() if kind != "work"}
    drawing = Drawing(_zones_in_words(by_kind), *size(FRAME))
    axes = plane(drawing)
    edge = body(axes)
    for kind in reversed(by_kind):
        hatch(axes, by_kind[kind], kind, edge)
    return drawing


@with_style
def zones_to_mark(zones: Iterable[Zone]) -> Drawing:
    """Zones as outlines that look all the same, whatever their kind.

    The SVG carries `zone-<id>` for each, the small ones over the large ones.
    """
    drawing = bare()
    drawing.alt = "The back with zones outlined, to be marked."
    (axes,) = drawing.axes
    edge = next(patch for patch in axes.patches if patch.get_gid() == "back")
    for zone in sorted(zones, key=anatomy.area, reverse=True):
        touchable(axes, zone, edge, linewidth=1.6)
        axes.patches[-1].set_edgecolor(colour("motion"))
    return drawing


def _zones_in_words(by_kind: Mapping[str, Sequence[Zone]]) -> str:
    groups = (
        f"{KIND_LABELS[kind]}: {', '.join(zone.name for zone in members)}"
        for kind, members in by_kind.items()
    )
    return f"Zones of the back. {'; '.join(groups)}."


def _with_key(alt: str, rows: Sequence[Row]) -> Axes:
    """Axes of a new drawing with a key below them."""
    across, (top, bottom) = FRAME
    room = height(rows)
    width, tall = size((across, (top, bottom + room)))
    drawing, share = Drawing(alt, width, tall), room / (bottom - top + room)
    key(plane(drawing, (across, (0, room)), box=(0, 0, 1, share)), rows)
    return plane(drawing, FRAME, box=(0, share, 1, 1 - share))


def _roomiest(
    outline: Sequence[Point], tighter: Iterable[Zone], edge: PathPatch, taken: Sequence[Point]
) -> Point:
    """The place in an outline farthest from its edge and from tighter zones, and not yet taken."""
    others = [other for zone in tighter for other in anatomy.outlines(zone)]
    (left, top), (right, bottom) = np.min(outline, axis=0), np.max(outline, axis=0)
    across, down = np.linspace(left, right, 25), np.linspace(top, bottom, 25)
    grid = np.array([(u, v) for u in across for v in down])
    free = Path(outline).contains_points(grid) & edge.get_path().contains_points(grid)
    for other in others:
        free &= ~Path(other).contains_points(grid)
    if taken:
        free &= _nearest(grid, np.array(taken)) > BADGE
    fence = np.concatenate([anatomy.along([*o, o[0]], 0.5) for o in (outline, *others)])
    places = grid[free]
    u, v = places[np.argmax(_nearest(places, fence))]
    return float(u), float(v)


def _nearest(places: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How far it is from each place to the nearest of others; arrays of (u, v)."""
    return np.min(np.hypot(*(places[:, None] - others).T), axis=0)


def size(frame: Frame) -> tuple[float, float]:
    """Width and height of a frame, in inches."""
    return tuple((high - low) * INCHES_PER_UNIT for low, high in frame)


def plane(
    drawing: Drawing, frame: Frame = FRAME, box: tuple[float, float, float, float] = (0, 0, 1, 1)
) -> Axes:
    """Axes in (u, v) in a box of a drawing, or in the whole of it."""
    axes = drawing.add_axes(box)
    (left, right), (top, bottom) = frame
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.set_axis_off()
    return axes


# --- the body --------------------------------------------------------------------------------


def body(axes: Axes, layer: str = "skin") -> PathPatch:
    """Draw the body with one of `LAYERS`; return its edge, to clip what lies on it.

    The SVG carries `back` for the edge and `skin` for what of the rest only the skin shows.
    """
    axes.figure.has_body = layer == "skin" and tuple(axes.figure.get_size_inches()) == size(FRAME)
    _region(axes, Path.make_compound_path(*map(closed, _both(EAR))), "skin", gid="ears")
    edge = _region(axes, symmetric([*SHOULDER_AND_ARM, *TRUNK[1:]]), "skin", gid="back")
    if layer == "skin":
        add_group(axes, "skin", _skin())
    elif layer == "muscles":
        draw_bones(axes, ("right",))
        draw_muscles(axes)
    else:
        draw_bones(axes)
    return edge


def _skin() -> list[Patch]:
    """What shows through the skin of any back, with the hair."""
    blades = [_filled(closed(blade), "shade", alpha=0.7, linewidth=0.8) for blade in _both(BLADE)]
    cues = [_line(points, width=0.8, alpha=0.45) for cue in CUES for points in _both(cue)]
    dimples = [
        Ellipse(*place, 0.028, 0.02, facecolor=colour("contour"), alpha=0.5)
        for place in _both([DIMPLE])
    ]
    furrow, cleft = _line(FURROW, width=1.4, alpha=0.35), _line(CLEFT, width=1.2)
    head = _filled(symmetric(HEAD), "hair")
    strands = [_line(points, width=0.8, alpha=0.4) for strand in HAIR for points in _both(strand)]
    return [*blades, *cues, *dimples, furrow, cleft, head, *strands]


def _both(points: Sequence[Point]) -> tuple[Sequence[Point], Sequence[Point]]:
    return points, anatomy.mirrored(points)


def _region(axes: Axes, path: Path, fill: str, gid: str | None = None) -> PathPatch:
    patch = _filled(path, fill)
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


def hatch(axes: Axes, zones: Iterable[Zone], kind: str, edge: PathPatch) -> None:
    """Hatch zones as one region, so that no edge and no doubled line shows where they overlap."""
    outlines = [_turning_right(outline) for zone in zones for outline in anatomy.outlines(zone)]
    if not outlines:
        return
    pattern, tint = KINDS[kind]
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
    """Dots in every other place of a grid, as dashed rows: each by itself weighs ten times that."""
    (left, top), (right, bottom) = (
        end(np.concatenate(outlines), axis=0) for end in (np.min, np.max)
    )
    columns = np.arange(np.floor(left / DOTS), right / DOTS) * DOTS
    rows = []
    for i, v in enumerate(np.arange(np.floor(top / DOTS), bottom / DOTS) * DOTS):
        places = [(u + DOTS / 2 * (i % 2), v) for u in columns]
        held = np.any([Path(points).contains_points(places) for points in outlines], axis=0)
        held &= edge.contains_points(places)
        runs = groupby(zip(held, places, strict=True), key=itemgetter(0))
        for first, *others in ([place for _, place in run] for dotted, run in runs if dotted):
            rows.append(Path([first, (first[0] + DOTS * (len(others) + 0.5), v)]))
    patch = PathPatch(Path.make_compound_path(*rows), fill=False, linewidth=DOT, snap=False)
    space = DOTS * POINTS_PER_UNIT / DOT
    patch.set(capstyle="round", linestyle=(0, (0.01, space - 0.01)))
    return patch


def _clear(axes: Axes, zones: Iterable[Zone], edge: PathPatch) -> None:
    """Quieten what lies under zones: where two overlap the tighter rule holds."""
    for zone in zones:
        for points in anatomy.outlines(zone):
            patch = PathPatch(Path([*points, points[0]]), facecolor=colour("skin"), alpha=0.8)
            axes.add_artist(patch)
            patch.set_clip_path(edge)


def touchable(axes: Axes, zone: Zone, edge: PathPatch, linewidth: float = 0) -> None:
    """A zone that a page can find by its id and light up; unseen in print but for its line."""
    paths = [Path([*points, points[0]]) for points in anatomy.outlines(zone)]
    patch = PathPatch(Path.make_compound_path(*paths), facecolor=(0, 0, 0, 0), linewidth=linewidth)
    patch.set_edgecolor(colour(zone.kind))
    patch.set_gid(f"zone-{zone.id}")
    axes.add_artist(patch)
    patch.set_clip_path(edge)


def _all_kinds(
    axes: Axes,
    by_kind: Mapping[str, Sequence[Zone]],
    numbers: Mapping[str, int],
    taken: Sequence[Point],
) -> None:
    """The body with zones of all kinds, the strictest on top, and their numbers off `taken`."""
    edge = body(axes)
    for kind in reversed(KINDS):
        before = len(axes.patches)
        _clear(axes, by_kind[kind], edge)
        cleared = len(axes.patches)
        hatch(axes, by_kind[kind], kind, edge)
        for i, patch in enumerate(axes.patches[before:], start=before):
            patch.set_gid(f"kind-{kind}-{'clear-' if i < cleared else ''}{i}")
        # Small over large: where zones overlap, a page gives the pointer to the last.
        for zone in sorted(by_kind[kind], key=anatomy.area, reverse=True):
            touchable(axes, zone, edge, linewidth=0.8)
    taken, tighter = [*taken], []
    for kind, members in by_kind.items():
        for zone in members:
            taken.append(_roomiest(zone.outline, tighter, edge, taken))
            badge(axes, taken[-1], numbers[zone.id], kind)
            axes.patches[-1].set_gid(f"disc-{zone.id}")
            axes.texts[-1].set_gid(f"number-{zone.id}")
        tighter += members


def _lozenges(axes: Axes, landmark: Landmark, letter: str) -> None:
    """A landmark, on both sides where there are two, with its letter on the right one."""
    u, v = landmark.u, landmark.v
    shapes = [
        Path([(x + a * LOZENGE, v + b * LOZENGE) for a, b in CORNERS], closed=True)
        for x in ([u, -u] if landmark.mirrored else [u])
    ]
    patch = PathPatch(Path.make_compound_path(*shapes), facecolor=colour("motion"), zorder=8)
    patch.set(edgecolor=colour("skin"), linewidth=1, gid=f"landmark-{landmark.id}")
    axes.add_artist(patch)
    text = axes.text(u, v, letter, ha="center", va="center_baseline", weight="bold", size=9.5)
    text.set(color=colour("on-colour"), zorder=9, gid=f"letter-{landmark.id}")


def _turning_right(points: Sequence[Point]) -> Sequence[Point]:
    """The outline in one sense of turning: overlapping ones of one sense fill as their union."""
    around = zip(points, (*points[1:], points[0]), strict=True)
    return points if sum(a * d - c * b for (a, b), (c, d) in around) > 0 else points[::-1]
