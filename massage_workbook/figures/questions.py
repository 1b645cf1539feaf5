"""The pictures of questions; none tells the answer."""

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.figures import back
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.questions import Question


def pictures(question: Question, course: Course) -> dict[str, Drawing]:
    """What a page shows beside a question (`picture`) and lets mark or draw on (`svg`)."""
    shown = {}
    if of := question.picture:
        technique = find_item("technique", of.technique, course.techniques)
        shown["picture"] = asked(technique, of.of, course.zones)
    if question.plate == "zones":
        shown["svg"] = back.zones_to_mark(question.to_mark(course))
    elif question.plate == "back":
        shown["svg"] = back.plain_back()
    return shown


def asked(technique: Technique, of: str, zones: tuple[Zone, ...]) -> Drawing:
    """The `hands` or the `strokes` of a technique, without its name."""
    drawing = hand_picture(technique) if of == "hands" else stroke_map(technique, zones)
    drawing.alt = drawing.alt.replace(technique.names.english, "A technique")
    return drawing
