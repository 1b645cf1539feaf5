import pytest

from massage_workbook.body import movement

from ..shipped import COURSE
from .legible import assert_no_overlap, drawn

each_technique = pytest.mark.parametrize("technique", COURSE.techniques, ids=lambda t: t.id)


def strip(technique):
    return drawn(f"movement-{technique.id}")


@each_technique
def test_a_strip_shows_each_phase_that_has_a_caption_under_its_words(technique):
    said = [phase.say for phase in technique.movement.phases if phase.say]
    drawing = strip(technique)
    assert len(drawing.axes) == len(said)
    for number, words in enumerate(said, start=1):
        assert f"{number}  {words}" in {text.get_text() for text in drawing.texts}
        assert words in drawing.alt


@each_technique
def test_captions_do_not_overlap_and_are_readable_at_360_pixels(technique):
    drawing = strip(technique)
    assert_no_overlap(drawing)
    for text in drawing.texts[::2]:
        assert text.get_fontsize() * 360 / (72 * drawing.get_figwidth()) >= 10


def test_no_two_techniques_have_the_same_strip():
    assert len({strip(each).svg() for each in COURSE.techniques}) == len(COURSE.techniques)


@each_technique
def test_the_words_say_what_the_marks_show(technique):
    assert movement.MARKS_ALT[technique.motion] in strip(technique).alt
