"""The pictures of the course, drawn once for all tests, and words of them that can be read."""

from functools import cache
from itertools import combinations

from massage_workbook.figures import gallery

from ..shipped import COURSE, TECHNIQUES

EVERY = gallery.gallery(COURSE)
LONGEST_NAMES = sorted(TECHNIQUES, key=lambda name: -len(TECHNIQUES[name].names.english))[:3]
"""Techniques whose names need the most room: where they fit, the others do."""


@cache
def drawn(name):
    """A picture of the gallery."""
    return EVERY[name]()


def assert_no_overlap(drawing):
    """No text lies over another or leaves the picture."""
    drawing.draw_without_rendering()
    boxes = [
        (text.get_text(), text.get_window_extent()) for axes in drawing.axes for text in axes.texts
    ]
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not a.overlaps(b), f"{one} over {other}"
    for words, box in boxes:
        assert drawing.bbox.contains(*box.min), words
        assert drawing.bbox.contains(*box.max), words


def assert_legible(drawing):
    """Nor is any smaller than 10 pixels on a phone, which is 360 pixels wide."""
    assert_no_overlap(drawing)
    texts = [text for axes in drawing.axes for text in axes.texts]
    ticks = [text for axes in drawing.axes if axes.axison for text in axes.get_xticklabels()]
    for text in (*texts, *ticks, *drawing.texts):
        assert text.get_fontsize() * 360 / (72 * drawing.get_figwidth()) >= 10, text
