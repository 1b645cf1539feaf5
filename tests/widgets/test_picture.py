"""Pictures side by side: which, and what they are called."""

from massage_workbook.figures.gallery import gallery
from massage_workbook.figures.titles import title
from massage_workbook.widgets.picture import Picture

from ..shipped import COURSE


def test_pictures_are_shown_in_order_with_titles_and_large_if_they_contain_words():
    shown = Picture(COURSE, ("hand-sawing", "back-limits", "lymph-nodes")).pictures
    assert [each["title"] for each in shown][:2] == [
        "Sawing",
        "Hatched: keep off. Dots: only lightly.",
    ]
    assert [each["large"] for each in shown][::2] == [False, True]
    assert len({each["svg"] for each in shown}) == 3
    assert all(each["svg"].startswith("<svg") for each in shown)


def test_every_picture_has_a_title():
    called = [title(name, COURSE) for name in gallery(COURSE)]
    assert all(called)
    assert title("hand-deep-stroking", COURSE) == "Deep (reinforced) stroking"
    assert title("steps-standard-20", COURSE) == "20 minutes"
    assert title("sheet-kneading", COURSE) == "All of kneading"


def test_limits_are_named_in_their_picture():
    (shown,) = Picture(COURSE, ("back-limits",)).pictures
    limits = [zone.name for zone in COURSE.zones if zone.kind in {"keep-off", "light"}]
    assert limits
    assert all(name in shown["svg"] for name in limits)
