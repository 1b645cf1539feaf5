"""What is known, what is passed, what fades."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.mastery import (
    by_subject,
    known_on,
    mastery,
    passing,
    right_ones,
    sure_and_wrong,
)
from massage_workbook.answers.scheduling import standing
from massage_workbook.questions import SingleQuestion
from massage_workbook.questions.choosing import Choice

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    question: str
    at: datetime = NOW
    score: float = 1
    sure: bool = True


def question(name, critical=False, about=("x",)):
    choices = [Choice(id="a", text="a", right=True), Choice(id="b", text="b", feedback="no")]
    return SingleQuestion(
        id=name, kind="single", prompt="?", choices=choices, why="so", about=about,
        critical=critical, sources=["DK"],
    )  # fmt: skip


def standings(*answers):
    return {each.question: standing([each]) for each in answers}


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([None, 0, 0.5, 1])), min_size=1, max_size=20)
)
def test_passed_is_all_critical_and_four_fifths_of_the_rest(rows):
    asked = [question(f"q{i}", critical) for i, (critical, _) in enumerate(rows)]
    known = standings(
        *(Answer(f"q{i}", score=score) for i, (_, score) in enumerate(rows) if score is not None)
    )
    right = right_ones(known)
    critical = [score == 1 for is_critical, score in rows if is_critical]
    others = [score == 1 for is_critical, score in rows if not is_critical]
    reached = all(critical) and sum(others) >= 0.8 * len(others)
    assert passing(asked, right).reached == reached


def test_of_five_others_four_have_to_be_right():
    assert passing([question(f"q{i}") for i in range(5)], ()).wanted == 4


def test_mastery_counts_what_was_never_answered_or_wrong_as_not_known():
    asked = [question(name) for name in "abcd"]
    found = mastery(asked, standings(Answer("a"), Answer("b"), Answer("c", score=0)), NOW)
    assert (found.of, found.answered, found.right) == (4, 3, 2)
    assert found.remembered == pytest.approx(0.5, abs=0.01)


def test_mastery_fades():
    asked, known = [question("a")], standings(Answer("a"))
    shares = [mastery(asked, known, NOW + timedelta(days=d)).remembered for d in (0, 5, 50, 500)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.8


def test_sure_and_wrong_is_about_critical_questions_alone():
    asked = [question("a", critical=True), question("b"), question("c", critical=True)]
    known = standings(
        Answer("a", score=0), Answer("b", score=0), Answer("c", score=0, sure=False)
    )  # fmt: skip
    assert [each.id for each in sure_and_wrong(asked, known)] == ["a"]


def test_questions_are_found_by_each_subject():
    found = by_subject([question("a", about=("x", "y")), question("b", about=("y",))])
    assert {name: [each.id for each in of] for name, of in found.items()} == {
        "x": ["a"],
        "y": ["a", "b"],
    }


def test_the_curve_rises_with_answers_and_falls_without():
    answers = [Answer("a", NOW - timedelta(days=9)), Answer("b", NOW - timedelta(days=4))]
    days = [NOW + timedelta(days=day) for day in (-10, -8, -3, 0, 30, 300)]
    curve = known_on(days, answers, {"a", "b"})
    assert curve[0] == 0
    assert curve[1] < curve[2]
    assert curve[2:] == sorted(curve[2:], reverse=True)
    assert known_on(days, answers, {"a"})[2] < 1.01
