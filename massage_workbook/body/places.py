"""The frame of the pictures of a stance at a table, on a bed and on a mat, seen from above."""

FRAME = (-98.0, 98.0, -120.0, 62.0)
"""Left, right, bottom and top of one place, in cm; the origin is the large bump of the neck."""
NEAR = (-76.0, 76.0, -94.0, 58.0)
"""The part of the frame around the hands."""
SIZE = 6.9, 2.85
"""Width and height of a picture of all three, in inches."""
PLACES = ("At a table", "On a bed", "On a mat")


def place_boxes() -> list[tuple[float, float, float, float]]:
    """The part around the hands in each of `PLACES`: left, top, width and height, in points."""
    left, right, bottom, top = NEAR
    third, scale = 24 * SIZE[0], 24 * SIZE[0] / (FRAME[1] - FRAME[0])
    across, down = scale * (left - FRAME[0]), scale * (FRAME[3] - top)
    size = scale * (right - left), scale * (top - bottom)
    return [(i * third + across, down, *size) for i in range(len(PLACES))]
