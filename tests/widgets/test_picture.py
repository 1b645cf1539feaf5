"""Pictures side by side: which, and what they are called."""

import pytest

from massage_workbook.figures.gallery import gallery, title
from massage_workbook.widgets.picture import Picture

from ..shipped import COURSE


def test_pictures_stand_in_the_order_of_their_names_each_with_what_it_is_called():
    shown = Picture(COURSE, ("hand-sawing", "back-limits", "strokes-sawing")).pictures
    assert [each["title"] for each in shown] == [
        "Sawing",
        "Hatched: keep off. Dots: only lightly.",
        "Sawing",
    ]
    assert len({each["svg"] for each in shown}) == 3
    assert all(each["svg"].startswith("<svg") for each in shown)


def test_a_picture_that_carries_words_is_large():
    shown = Picture(COURSE, ("hand-sawing", "lymph-nodes")).pictures
    assert [each["large"] for each in shown] == [False, True]


def test_a_picture_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(LookupError, match=r'No picture "hand-saving". Did you mean "hand-sawing"'):
        Picture(COURSE, ("hand-saving",))


def test_every_picture_of_the_course_is_called_something():
    called = [title(name, COURSE) for name in gallery(COURSE)]
    assert all(called)
    assert title("hand-deep-stroking", COURSE) == "Deep (reinforced) stroking"
    assert title("steps-standard-20", COURSE) == "20 minutes"
    assert title("sheet-kneading", COURSE) == "All of kneading"


def test_all_limits_are_said_in_words_as_well():
    (shown,) = Picture(COURSE, ("back-limits",)).pictures
    limits = [zone.name for zone in COURSE.zones if zone.kind in {"keep-off", "light"}]
    assert limits
    assert all(name in shown["svg"] for name in limits)
