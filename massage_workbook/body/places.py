"""The frame of the pictures of the three places, seen from above, in centimetres."""

FRAME = (-98.0, 98.0, -120.0, 62.0)
NEAR = (-76.0, 76.0, -94.0, 58.0)
"""The part of the frame around the hands."""
SIZE = 6.9, 2.85
"""Width and height of a picture of the three places, in inches."""
PLACES = ("At a table", "On a bed", "On a mat")


def place_boxes() -> list[tuple[float, float, float, float]]:
    """The part around the hands in each of `PLACES`: left, top, width and height, in points."""
    left, right, bottom, top = NEAR
    third, scale = 24 * SIZE[0], 24 * SIZE[0] / (FRAME[1] - FRAME[0])
    across, down = scale * (left - FRAME[0]), scale * (FRAME[3] - top)
    size = scale * (right - left), scale * (top - bottom)
    return [(i * third + across, down, *size) for i in range(len(PLACES))]
