import pytest

from massage_workbook.figures.stances import alt_text

from ..shipped import COURSE
from .legible import assert_legible, drawn

each_stance = pytest.mark.parametrize("stance", COURSE.stances, ids=lambda each: each.id)


@each_stance
def test_the_three_places_are_shown_with_their_postures(stance):
    drawing = drawn(f"stance-{stance.id}")
    assert len(drawing.axes) == len(stance.postures)
    for text, posture in zip(drawing.texts, stance.postures, strict=True):
        assert posture in text.get_text()
    assert_legible(drawing)


@each_stance
def test_words_say_where_the_giver_is_and_where_the_weight_comes_from(stance):
    said = alt_text(stance)
    assert stance.level in said
    assert ("towards the head" if stance.faces == "head" else "across") in said
    assert "weight comes from the legs" in said


@each_stance
def test_a_posture_is_one_that_the_texts_speak_of(stance):
    words = {"stands": "stand", "kneels": "kneel"}
    for posture, text in zip(stance.postures, (stance.table, stance.bed, stance.mat), strict=True):
        assert words.get(posture, "knee") in text.lower()
