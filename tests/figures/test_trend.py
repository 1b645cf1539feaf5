"""The pictures of progress say what they are drawn from."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_workbook.answers.curve import Curve
from massage_workbook.answers.mastery import Mastery
from massage_workbook.figures.trend import mastery_bars, memory_curve, practised_bars

from ..shipped import NOW

OF = {
    "Stroking": Mastery(total=10, asked=8, right=7, retained=0.6),
    "A rule with a name that is far too long to stand beside a bar": Mastery(4, 0, 0, 0.0),
}


def days(*offsets):
    return [NOW.date() + timedelta(days=day) for day in offsets]


def test_bars_show_and_name_what_is_retained():
    drawing = mastery_bars(OF)
    (axes,) = drawing.axes
    assert [bar.get_width() for bar in axes.patches] == [0.8, 0.6, 0, 0]
    said = {text.get_text() for text in axes.texts}
    assert {"Stroking", "60%", "not begun", "A rule with a name that is fa…"} <= said
    assert "Stroking 60%" in drawing.alt


def curve_of(offsets, known, kept):
    return Curve(days(*offsets), offsets.index(0), known, kept, 5)


@settings(max_examples=10)
@given(st.lists(st.floats(0, 500), min_size=6, max_size=6))
def test_the_curve_is_dashed_where_nothing_is_asked(known):
    kept = [known[3], 501, 502]
    (axes,) = memory_curve(curve_of([-3, -2, -1, 0, 10, 30], known, kept)).axes
    past, without, with_reviews, now = axes.lines
    lines = (past, without, with_reviews, now)
    assert [list(line.get_ydata()) for line in lines] == [known[:4], known[3:], kept, [known[3]]]
    assert [line.is_dashed() for line in lines[:3]] == [False, True, False]
    assert axes.get_ylim()[1] > 502


def test_the_curve_is_described_in_words():
    said = memory_curve(curve_of([-3, 0, 30], [0, 7.6, 5.2], [7.6, 9])).alt
    assert "0 on 21 November, 8 now; on 24 December 5 if nothing is asked any more" in said
    assert said.endswith("9 with 5 minutes a day.")


def test_practised_minutes_are_bars():
    drawing = practised_bars({"Sawing": 2.5, "Cupping": 0.5})
    assert [bar.get_width() for bar in drawing.axes[0].patches] == [2.5, 0.5]
    assert drawing.alt == "Minutes practised. Sawing 2.5; Cupping 0.5."


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: mastery_bars({}), "nothing whose mastery"),
        (lambda: practised_bars({}), "no practice"),
        (lambda: memory_curve(curve_of([0], [1], [1])), "two days or more"),
    ],
)
def test_a_picture_without_values_is_refused(draw, said):
    with pytest.raises(ValueError, match=said):
        draw()
