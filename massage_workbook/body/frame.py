"""How pictures frame the back: what of it they show, and how large."""

Frame = tuple[tuple[float, float], tuple[float, float]]

FRAME: Frame = (-0.60, 0.60), (-0.64, 1.32)
"""What of the plane is shown: from the crown of the head to the upper thigh, in (u, v)."""
INCHES_PER_UNIT = 3.5
POINTS_PER_INCH = 72


def in_svg() -> dict[str, float]:
    """How a place (u, v) lies in the SVG of a picture of `FRAME`.

    x is (u - left) * scale, y is (v - top) * scale.
    """
    (left, _), (top, _) = FRAME
    return {"left": left, "top": top, "scale": INCHES_PER_UNIT * POINTS_PER_INCH}
