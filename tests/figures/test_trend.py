"""The pictures of progress say what their tables say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.mastery import Mastery
from massage_workbook.figures.trend import (
    mastery_bars,
    mastery_table,
    memory_curve,
    memory_table,
    practised_bars,
    practised_table,
)

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
OF = {
    "Stroking": Mastery(of=10, answered=8, right=7, remembered=0.6),
    "A rule with a name that is far too long to stand beside a bar": Mastery(4, 0, 0, 0.0),
}


def days(*offsets):
    return [NOW + timedelta(days=day) for day in offsets]


def test_a_bar_is_as_long_as_what_is_remembered():
    table = mastery_table(OF)
    (axes,) = mastery_bars(table).axes
    widths = [bar.get_width() for bar in axes.patches]
    assert widths == [0.8, 0.6, 0, 0]


def test_the_words_beside_the_bars_are_those_of_the_table():
    drawing = mastery_bars(mastery_table(OF))
    said = {text.get_text() for text in drawing.axes[0].texts}
    assert {"Stroking", "60%", "not begun", "A rule with a name that is fa…"} <= said
    assert "Stroking 60%" in drawing.alt


def test_bars_of_nothing_are_refused():
    with pytest.raises(ValueError, match="nothing whose mastery"):
        mastery_bars(mastery_table({}))


@given(st.lists(st.floats(0, 500), min_size=6, max_size=6))
def test_the_curve_goes_through_the_table_and_is_dashed_ahead(known):
    table = memory_table(days(-3, -2, -1, 0, 10, 30), known, NOW)
    (axes,) = memory_curve(table).axes
    past, ahead, now = axes.lines
    assert list(past.get_ydata()) == known[:4]
    assert list(ahead.get_ydata()) == known[3:]
    assert ahead.is_dashed()
    assert not past.is_dashed()
    assert list(now.get_ydata()) == [known[3]]
    assert axes.get_ylim()[1] > max(known)


def test_a_curve_of_one_day_is_refused():
    with pytest.raises(ValueError, match="two days or more"):
        memory_curve(memory_table(days(0), [1], NOW))


def test_the_curve_says_itself_in_words():
    said = memory_curve(memory_table(days(-3, 0, 30), [0, 7.6, 5.2], NOW)).alt
    assert "0 on 21 November, 8 now, 5 on 24 December if nothing is asked any more" in said


def test_minutes_practised_stand_the_most_first_and_say_themselves():
    table = practised_table({"Cupping": [(NOW, 30)], "Sawing": [(NOW, 60), (NOW, 90)]})
    assert list(table["technique"]) == ["Sawing", "Cupping"]
    assert list(table["times"]) == [2, 1]
    drawing = practised_bars(table)
    assert [bar.get_width() for bar in drawing.axes[0].patches] == [2.5, 0.5]
    assert drawing.alt == "Minutes practised. Sawing 2.5; Cupping 0.5."
    with pytest.raises(ValueError, match="no practice"):
        practised_bars(practised_table({}))
