"""The pictures of progress say what they are drawn from."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.mastery import Mastery
from massage_workbook.figures.trend import mastery_bars, memory_curve, practised_bars

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
OF = {
    "Stroking": Mastery(of=10, answered=8, right=7, remembered=0.6),
    "A rule with a name that is far too long to stand beside a bar": Mastery(4, 0, 0, 0.0),
}


def days(*offsets):
    return [NOW + timedelta(days=day) for day in offsets]


def test_a_bar_is_as_long_as_what_is_remembered():
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


@given(st.lists(st.floats(0, 500), min_size=6, max_size=6))
def test_the_curve_goes_through_what_is_known_and_is_dashed_ahead(known):
    (axes,) = memory_curve(days(-3, -2, -1, 0, 10, 30), known, NOW).axes
    past, ahead, now = axes.lines
    assert list(past.get_ydata()) == known[:4]
    assert list(ahead.get_ydata()) == known[3:]
    assert ahead.is_dashed()
    assert not past.is_dashed()
    assert list(now.get_ydata()) == [known[3]]
    assert axes.get_ylim()[1] > max(known)


def test_a_curve_of_one_day_is_refused():
    with pytest.raises(ValueError, match="two days or more"):
        memory_curve(days(0), [1], NOW)


def test_the_curve_says_itself_in_words():
    said = memory_curve(days(-3, 0, 30), [0, 7.6, 5.2], NOW).alt
    assert "0 on 21 November, 8 now, 5 on 24 December if nothing is asked any more" in said


def test_minutes_practised_are_bars_and_say_themselves():
    drawing = practised_bars({"Sawing": 2.5, "Cupping": 0.5})
    assert [bar.get_width() for bar in drawing.axes[0].patches] == [2.5, 0.5]
    assert drawing.alt == "Minutes practised. Sawing 2.5; Cupping 0.5."
    with pytest.raises(ValueError, match="no practice"):
        practised_bars({})
