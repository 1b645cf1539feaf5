"""The pictures of progress say what they are drawn from."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.curve import Curve
from massage_workbook.answers.mastery import Mastery
from massage_workbook.figures.trend import mastery_bars, memory_curve, practised_bars

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
OF = {
    "Stroking": Mastery(total=10, asked=8, right=7, retained=0.6),
    "A rule with a name that is far too long to stand beside a bar": Mastery(4, 0, 0, 0.0),
}


def days(*offsets):
    return [NOW.date() + timedelta(days=day) for day in offsets]


def test_a_bar_is_as_long_as_what_is_retained():
    (axes,) = mastery_bars(OF).axes
    widths = [bar.get_width() for bar in axes.patches]
    assert widths == [0.8, 0.6, 0, 0]


def test_the_words_beside_the_bars_say_how_much_is_known():
    drawing = mastery_bars(OF)
    said = {text.get_text() for text in drawing.axes[0].texts}
    assert {"Stroking", "60%", "not begun", "A rule with a name that is fa…"} <= said
    assert "Stroking 60%" in drawing.alt


def test_bars_of_nothing_are_refused():
    with pytest.raises(ValueError, match="nothing whose mastery"):
        mastery_bars({})


def curve_of(offsets, known, kept):
    return Curve(days(*offsets), offsets.index(0), known, kept, 5)


@given(st.lists(st.floats(0, 500), min_size=6, max_size=6))
def test_the_curve_goes_through_what_is_known_and_is_dashed_where_nothing_is_asked(known):
    kept = [known[3], 501, 502]
    (axes,) = memory_curve(curve_of([-3, -2, -1, 0, 10, 30], known, kept)).axes
    past, without, with_reviews, now = axes.lines
    assert list(past.get_ydata()) == known[:4]
    assert list(without.get_ydata()) == known[3:]
    assert list(with_reviews.get_ydata()) == kept
    assert [line.is_dashed() for line in (past, without, with_reviews)] == [False, True, False]
    assert list(now.get_ydata()) == [known[3]]
    assert axes.get_ylim()[1] > 502


def test_a_curve_of_one_day_is_refused():
    with pytest.raises(ValueError, match="two days or more"):
        memory_curve(curve_of([0], [1], [1]))


def test_the_curve_says_itself_in_words():
    said = memory_curve(curve_of([-3, 0, 30], [0, 7.6, 5.2], [7.6, 9])).alt
    assert "0 on 21 November, 8 now; on 24 December 5 if nothing is asked any more" in said
    assert said.endswith("9 with 5 minutes a day.")


def test_minutes_practised_are_bars_and_say_themselves():
    drawing = practised_bars({"Sawing": 2.5, "Cupping": 0.5})
    assert [bar.get_width() for bar in drawing.axes[0].patches] == [2.5, 0.5]
    assert drawing.alt == "Minutes practised. Sawing 2.5; Cupping 0.5."
    with pytest.raises(ValueError, match="no practice"):
        practised_bars({})
