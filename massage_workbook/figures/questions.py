"""The pictures of questions; none tells the answer."""

from functools import cache

from massage_workbook.course import Course
from massage_workbook.course.model import find_item
from massage_workbook.figures import back
from massage_workbook.figures.hands import hand_picture
from massage_workbook.figures.strokes import stroke_map
from massage_workbook.questions import Question


def pictures(question: Question, course: Course) -> dict[str, str | None]:
    """What a page shows beside a question (`picture`) and lets mark or draw on (`svg`), as SVG."""
    shown = {"picture": question.picture and _picture(question, course)}
    if question.plate == "zones":
        shown["svg"] = back.zones_to_mark(question.to_mark(course)).svg()
    elif question.plate == "back":
        shown["svg"] = _bare_back()
    return shown


def _picture(question: Question, course: Course) -> str:
    """What a question shows, without the name that may be asked for."""
    technique = find_item("technique", question.picture.technique, course.techniques)
    if question.picture.of == "hands":
        drawing = hand_picture(technique)
    else:
        drawing = stroke_map(technique, course.zones)
    drawing.alt = drawing.alt.replace(technique.names.english, "A technique")
    return drawing.svg()


@cache
def _bare_back() -> str:
    return back.bare().svg()
