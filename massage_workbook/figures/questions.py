"""The pictures of questions; none tells the answer."""

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.figures import back
from massage_workbook.figures.drawing import Drawing
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.questions import Question


def pictures(question: Question, course: Course) -> dict[str, Drawing]:
    """What a page shows beside a question (`picture`) and lets mark or draw on (`svg`)."""
    shown = {"picture": _picture(question, course)} if question.picture else {}
    if question.plate == "zones":
        shown["svg"] = back.zones_to_mark(question.to_mark(course))
    elif question.plate == "back":
        shown["svg"] = back.bare()
    return shown


def _picture(question: Question, course: Course) -> Drawing:
    """What a question shows, without the name that may be asked for."""
    technique = find_item("technique", question.picture.technique, course.techniques)
    if question.picture.of == "hands":
        drawing = hand_picture(technique)
    else:
        drawing = stroke_map(technique, course.zones)
    drawing.alt = drawing.alt.replace(technique.names.english, "A technique")
    return drawing
