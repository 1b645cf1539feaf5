"""The frame of all drawings of the back: the part shown, and the scale."""

Frame = tuple[tuple[float, float], tuple[float, float]]

FRAME: Frame = (-0.60, 0.60), (-0.64, 1.32)
"""The part of the plane that is shown, in (u, v): ((left, right), (top, bottom))."""
INCHES_PER_UNIT = 3.5
POINTS_PER_INCH = 72


def svg_transform() -> dict[str, float]:
    """The transform from (u, v) to SVG pixels of a drawing of `FRAME`.

    x = (u - left) * scale, y = (v - top) * scale.
    """
    (left, _), (top, _) = FRAME
    return {"left": left, "top": top, "scale": INCHES_PER_UNIT * POINTS_PER_INCH}
