"""Captions of the gallery's pictures, which need no drawing."""

from massage_workbook.course.model import find_item
from massage_workbook.course.schema import Course

_TITLES = {  # of pictures that are not named after an item of the course
    "back-zones": "What is kept off, touched lightly, and worked",
    "back-landmarks": "Landmarks that a finger finds",
    "back-limits": "Hatched: keep off. Dots: only lightly.",
    "back-under-skin": "Muscles and bones under the hands",
    "lymph-nodes": "Lymph nodes, never pressed. Dots: seen from behind. Dashed: in front.",
    "tempo": "How fast each hand goes",
    "sessions-compared": "The ready-made sessions",
}
_WITH_WORDS = frozenset(
    {"back-zones", "back-landmarks", "back-under-skin", "lymph-nodes", "tempo", "sessions-compared"}
)


def has_words(name: str) -> bool:
    """Whether a picture has text in it, and is shown larger."""
    return name in _WITH_WORDS or name.startswith(("minutes-", "reach-", "stance-", "steps-"))


def title(name: str, course: Course) -> str:
    """Caption of a picture of the gallery."""
    match name.split("-", 1):
        case ["hand" | "movement" | "strokes", of]:
            return find_item("technique", of, course.techniques).names.english
        case ["minutes" | "steps" | "reach", of]:
            return find_item("session", of, course.sessions).name
        case ["stance", of]:
            return find_item("stance", of, course.stances).name
        case ["sheet", family]:
            return f"All of {family}"
    return _TITLES[name]
