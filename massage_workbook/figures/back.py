"""The back, its zones, and the strokes on it."""

from collections.abc import Iterable, Sequence
from math import dist

from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, PathPatch, Polygon
from matplotlib.path import Path

from massage_workbook import anatomy
from massage_workbook.course.schema import Point, Stroke, Technique, Zone
from massage_workbook.figures.drawing import Drawing, in_our_look
from massage_workbook.figures.palette import colour

FRAME = (-0.60, 0.60), (-0.63, 1.32)
"""What of the plane is shown: from the crown of the head to the upper thigh, in (u, v)."""
INCHES_PER_UNIT = 3.5

# The body's edge on the right, drawn by eye after the landmarks: neck, shoulder, arm; then trunk.
SHOULDER_AND_ARM = (
    (0.0, -0.24), (0.102, -0.24), (0.108, -0.15), (0.135, -0.075), (0.215, -0.02), (0.315, 0.022),
    (0.392, 0.065), (0.437, 0.135), (0.450, 0.24), (0.452, 0.40), (0.462, 0.56), (0.478, 0.70),
    (0.497, 0.82), (0.505, 0.95), (0.500, 1.10), (0.490, 1.22), (0.505, 1.36),
    (0.415, 1.36), (0.420, 1.22), (0.423, 1.08), (0.413, 0.92), (0.402, 0.78), (0.392, 0.66),
    (0.388, 0.50), (0.385, 0.36), (0.372, 0.245),
)  # fmt: skip
TRUNK = (
    (0.372, 0.245), (0.352, 0.33), (0.335, 0.44), (0.310, 0.56), (0.289, 0.67), (0.284, 0.745),
    (0.300, 0.84), (0.332, 0.95), (0.356, 1.06), (0.364, 1.18), (0.358, 1.36), (0.0, 1.36),
)  # fmt: skip
SKULL = (
    (0.0, -0.61), (0.085, -0.595), (0.142, -0.53), (0.158, -0.43), (0.150, -0.34), (0.122, -0.265),
    (0.094, -0.225), (0.0, -0.212),
)  # fmt: skip
EAR = ((0.150, -0.42), (0.176, -0.425), (0.180, -0.37), (0.160, -0.325), (0.148, -0.35))
BLADE = (
    (0.135, 0.075), (0.168, 0.062), (0.215, 0.085), (0.300, 0.110), (0.322, 0.150), (0.262, 0.215),
    (0.205, 0.300), (0.168, 0.343), (0.150, 0.325), (0.138, 0.240), (0.130, 0.150),
)  # fmt: skip
# Creases and edges under the skin on the right: what the eye and the finger find again.
CUES = (
    ((0.13, 0.13), (0.20, 0.105), (0.29, 0.078), (0.36, 0.062)),  # ridge of the blade
    ((0.055, 0.30), (0.115, 0.42), (0.135, 0.56), (0.120, 0.72), (0.098, 0.86)),  # long muscles
    ((0.372, 0.245), (0.318, 0.36), (0.245, 0.50), (0.165, 0.66)),  # edge of the broad muscle
    ((0.030, 0.565), (0.110, 0.625), (0.200, 0.685), (0.270, 0.690)),  # lowest ribs
    ((0.300, 0.862), (0.225, 0.842), (0.150, 0.872), (0.092, 0.945)),  # crest of the hip
    ((0.088, -0.22), (0.075, -0.10), (0.060, 0.02), (0.045, 0.20), (0.020, 0.42)),  # trapezius
)
CLEFT = ((0.0, 1.12), (0.003, 1.20), (0.0, 1.36))
FURROW = ((0.0, 0.03), (0.0, 0.30), (0.0, 0.60), (0.0, 0.92))

HATCHES = {"keep-off": "xxxx", "light": "....", "work": ""}


@in_our_look
def stroke_map(technique: Technique, zones: Iterable[Zone]) -> Drawing:
    """A technique's strokes on the back, with the zones that it keeps off hatched.

    The SVG carries `zone-<id>` for each zone and `stroke-<id>-right`, `-left` or `-middle` for
    each path, which runs from the stroke's start to its end.
    """
    drawing = Drawing(_alt(technique), *_size())
    axes = _plane(drawing)
    body = _body(axes)
    for zone in zones:
        if zone.id in technique.keep_off and zone.kind == "keep-off":
            _zone(axes, zone, body)
    begins = technique.strokes[0].points[0]
    for stroke in technique.strokes:
        _stroke(axes, stroke, ring=stroke.points[0] == begins)
    return drawing


def _alt(technique: Technique) -> str:
    return f"{technique.names.english} on the back: {technique.direction}"


def _size() -> tuple[float, float]:
    return tuple((high - low) * INCHES_PER_UNIT for low, high in FRAME)


def _plane(drawing: Drawing) -> Axes:
    axes = drawing.add_axes((0, 0, 1, 1))
    (left, right), (top, bottom) = FRAME
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.set_axis_off()
    return axes


# --- the body --------------------------------------------------------------------------------


def _body(axes: Axes) -> PathPatch:
    """Draw the body; its edge is returned, to clip what must not hang over."""
    half = [*SHOULDER_AND_ARM, *TRUNK[1:]]
    for ear in (EAR, anatomy.mirrored(EAR)):
        _region(axes, _path(ear, closed=True), "skin")
    body = _region(axes, _symmetric(half), "skin", gid="back")
    for points in (BLADE, anatomy.mirrored(BLADE)):
        _region(axes, _path(points, closed=True), "shade").set(alpha=0.7, linewidth=0.8)
    for cue in CUES:
        for points in (cue, anatomy.mirrored(cue)):
            _line(axes, points, "contour", width=0.8, alpha=0.45)
    _line(axes, FURROW, "contour", width=1.4, alpha=0.35)
    _line(axes, CLEFT, "contour", width=1.2)
    for side in (1, -1):
        axes.add_patch(
            Ellipse((side * 0.09, 1.0), 0.028, 0.02, facecolor=colour("contour"), alpha=0.5)
        )
    _region(axes, _symmetric(SKULL), "hair")
    return body


def _region(axes: Axes, path: Path, fill: str, gid: str | None = None) -> PathPatch:
    patch = PathPatch(path, facecolor=colour(fill), edgecolor=colour("contour"), linewidth=1.2)
    patch.set_gid(gid)
    axes.add_patch(patch)
    return patch


def _line(axes: Axes, points: Sequence[Point], name: str, width: float, alpha: float = 1) -> None:
    patch = PathPatch(_path(points), fill=False, edgecolor=colour(name), linewidth=width)
    patch.set(alpha=alpha, capstyle="round")
    axes.add_patch(patch)


def _symmetric(half: Sequence[Point]) -> Path:
    """A closed outline from its right half, which runs from the midline to the midline."""
    right = anatomy.smooth(half)
    left = [tuple((-u, v) for u, v in reversed(curve)) for curve in reversed(anatomy.smooth(half))]
    return _bezier([*right, *left], closed=True)


def _path(points: Sequence[Point], *, closed: bool = False) -> Path:
    return _bezier(anatomy.smooth(points, closed=closed), closed=closed)


def _bezier(curves: Sequence[anatomy.Curve], *, closed: bool = False) -> Path:
    vertices = [curves[0][0], *(point for curve in curves for point in curve[1:])]
    codes = [Path.MOVETO, *[Path.CURVE4] * (3 * len(curves))]
    if closed:
        vertices, codes = [*vertices, curves[0][0]], [*codes, Path.CLOSEPOLY]
    return Path(vertices, codes)


# --- zones and strokes -----------------------------------------------------------------------


def _zone(axes: Axes, zone: Zone, body: PathPatch) -> None:
    outlines = [Polygon(outline, closed=True).get_path() for outline in anatomy.outlines(zone)]
    patch = PathPatch(
        Path.make_compound_path(*outlines),
        facecolor="none",
        edgecolor=colour(zone.kind),
        hatch=HATCHES[zone.kind],
        linewidth=0.8,
        alpha=0.6,
    )
    patch.set_gid(f"zone-{zone.id}")
    axes.add_patch(patch)
    patch.set_clip_path(body)


def _stroke(axes: Axes, stroke: Stroke, *, ring: bool) -> None:
    width = 1.6 if stroke.light_return else 1.8 + 0.7 * stroke.force
    for side, ways in anatomy.ways(stroke).items():
        path = Path.make_compound_path(*map(Path, ways))
        _way(axes, path, "skin", width + 2.5, alpha=0.8)
        line = _way(axes, path, "motion", width)
        line.set_linestyle((0, (3, 2.5)) if stroke.light_return else "solid")
        line.set_gid(f"stroke-{stroke.id}-{side}")
        if ring:
            _ring(axes, ways[0][0])
        _arrow_head(axes, ways[-1], width)


def _way(axes: Axes, path: Path, name: str, width: float, alpha: float = 1) -> PathPatch:
    patch = PathPatch(path, fill=False, edgecolor=colour(name), linewidth=width, alpha=alpha)
    patch.set(capstyle="round", joinstyle="round")
    axes.add_patch(patch)
    return patch


def _ring(axes: Axes, start: Point) -> None:
    """Where the hands are laid down first."""
    ring = Ellipse(start, 0.034, 0.034, facecolor=colour("skin"), linewidth=1.8)
    ring.set(edgecolor=colour("motion"), zorder=3)
    axes.add_patch(ring)


def _arrow_head(axes: Axes, way: Sequence[Point], width: float) -> None:
    """A triangle whose tip is the end of the way."""
    (u, v), size = way[-1], 0.013 + 0.004 * width
    before = next((p for p in reversed(way) if dist(p, way[-1]) >= size), way[0])
    reach = dist(before, way[-1]) or 1
    x, y = size * (u - before[0]) / reach, size * (v - before[1]) / reach
    corners = [(u, v), (u - 1.8 * x - y, v - 1.8 * y + x), (u - 1.8 * x + y, v - 1.8 * y - x)]
    axes.add_patch(Polygon(corners, closed=True, facecolor=colour("motion"), zorder=2))
