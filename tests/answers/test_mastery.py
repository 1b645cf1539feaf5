"""Mastery, and the conditions for passing."""

from datetime import UTC, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.mastery import (
    by_subject,
    mastery_of,
    passing_state,
    right_ids,
    sure_and_wrong,
)
from massage_workbook.answers.memory import memories
from massage_workbook.answers.standing import updated_standing

from ..shipped import NOW
from .banks import answer, question


def standings(*answers):
    return {each.question: updated_standing(each, None) for each in answers}


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([None, 0, 0.5, 1])), min_size=1, max_size=20)
)
def test_passing_needs_all_critical_and_four_fifths_of_the_others(rows):
    asked = [question(f"q{i}", critical=critical) for i, (critical, _) in enumerate(rows)]
    known = standings(
        *(answer(f"q{i}", score=score) for i, (_, score) in enumerate(rows) if score is not None)
    )
    critical = [score == 1 for is_critical, score in rows if is_critical]
    others = [score == 1 for is_critical, score in rows if not is_critical]
    state = passing_state(asked, right_ids(known))
    assert state.passed == (all(critical) and sum(others) >= 0.8 * len(others))
    assert state.required == ceil(0.8 * len(others))


def test_mastery_counts_unanswered_and_wrong_as_unknown_and_decreases_with_time():
    asked = [question(name, about=(name,)) for name in "abcd"]
    answers = [answer("a", NOW), answer("b", NOW), answer("c", NOW, score=0)]
    known = memories(answers, asked, UTC)
    found = mastery_of(asked, known, NOW.date())
    assert (found.total, found.asked, found.right) == (4, 3, 2)
    assert found.retained == pytest.approx(0.5, abs=0.01)
    days = (NOW.date() + timedelta(days=day) for day in (0, 5, 50, 5000))
    shares = [mastery_of(asked, known, day).retained for day in days]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.8 * shares[0]


def test_sure_and_wrong_is_about_critical_questions_alone():
    asked = [question("a", critical=True), question("b"), question("c", critical=True)]
    known = standings(
        answer("a", score=0), answer("b", score=0), answer("c", score=0, sure=False)
    )  # fmt: skip
    assert [each.id for each in sure_and_wrong(asked, known)] == ["a"]


def test_questions_are_found_by_each_subject():
    found = by_subject([question("a", about=("x", "y")), question("b", about=("y",))])
    assert {name: [each.id for each in of] for name, of in found.items()} == {
        "x": ["a"],
        "y": ["a", "b"],
    }
