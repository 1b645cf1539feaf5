"""The pictures of questions; none tells the answer."""

from massage_workbook.course.schema import Technique, Zone
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.strokes import stroke_map


def asked(technique: Technique, of: str, zones: tuple[Zone, ...]) -> Drawing:
    """The `hands` or the `strokes` of a technique, without its name."""
    drawing = hand_picture(technique) if of == "hands" else stroke_map(technique, zones)
    drawing.alt = drawing.alt.replace(technique.names.english, "A technique")
    return drawing
