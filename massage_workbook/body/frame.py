"""The frame of all drawings of the back, and its transform to SVG."""

from massage_workbook.course.model import Point

Frame = tuple[tuple[float, float], tuple[float, float]]

FRAME: Frame = (-0.60, 0.60), (-0.64, 1.32)
"""The part of the plane that is drawn, in (u, v): ((left, right), (top, bottom))."""
INCHES_PER_UNIT = 3.5
POINTS_PER_INCH = 72
_SCALE = INCHES_PER_UNIT * POINTS_PER_INCH


def svg_transform() -> dict[str, float]:
    """The transform from (u, v) to SVG pixels of a drawing of `FRAME`.

    x = (u - left) * scale, y = (v - top) * scale.
    """
    (left, _), (top, _) = FRAME
    return {"left": left, "top": top, "scale": _SCALE}


def to_svg(place: Point) -> Point:
    """A point (u, v) in SVG pixels."""
    (left, _), (top, _) = FRAME
    return (place[0] - left) * _SCALE, (place[1] - top) * _SCALE


def from_svg(pixels: Point) -> Point:
    """A point of SVG pixels in (u, v)."""
    (left, _), (top, _) = FRAME
    return pixels[0] / _SCALE + left, pixels[1] / _SCALE + top
