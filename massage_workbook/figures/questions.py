"""The pictures of questions, without their answers."""

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Technique, Zone
from massage_workbook.figures import back
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.questions import Question


def pictures(question: Question, course: Course) -> dict[str, Drawing]:
    """The picture beside a question (`picture`) and the one to mark or draw on (`svg`)."""
    shown = {}
    if of := question.picture:
        technique = find_item("technique", of.technique, course.techniques)
        shown["picture"] = technique_picture(technique, of.of, course.zones)
    if question.plate == "zones":
        shown["svg"] = back.zones_to_mark(question.to_mark(course))
    elif question.plate == "back":
        shown["svg"] = back.plain_back()
    return shown


def technique_picture(technique: Technique, of: str, zones: tuple[Zone, ...]) -> Drawing:
    """The `hands` or the `strokes` of a technique, without its name."""
    drawing = hand_picture(technique) if of == "hands" else stroke_map(technique, zones)
    drawing.alt = drawing.alt.replace(technique.names.english, "A technique")
    return drawing
