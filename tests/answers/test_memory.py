"""The memory of concepts, and when they are due."""

from datetime import UTC, date, timedelta, timezone
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.memory import SCHEDULER, by_concept, memories, updated_memory
from massage_workbook.answers.review import due

from .banks import MONDAY, answer, question

BANK = [question("x1"), question("x2", kind="number"), question("y1", about=("y", "x"))]


@st.composite
def histories(draw):
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(1, 60 * 24 * 40),
                st.sampled_from(["x1", "x2", "y1", "retired"]),
                st.sampled_from([0, 0.5, 1]),
                st.booleans(),
            ),
            max_size=15,
        )
    )
    at, made = MONDAY, []
    for minutes, name, score, sure in rows:
        at += timedelta(minutes=minutes)
        made.append(answer(name, at, score, sure))
    return made


def of(*answers):
    return memories(answers, BANK, UTC)


CONCEPTS = {"x1": "x", "x2": "x", "y1": "y"}


@given(histories(), st.randoms())
def test_answers_count_for_their_concepts_in_the_order_of_their_times(answers, chance):
    assert {name: len(about) for name, about in by_concept(BANK).items()} == {"x": 2, "y": 1}
    known = [each for each in answers if each.question != "retired"]
    found = of(*answers)
    assert found == of(*known) == of(*chance.sample(answers, len(answers)))
    assert found.keys() == {CONCEPTS[each.question] for each in known}
    for name, memory in found.items():
        own = [each for each in known if CONCEPTS[each.question] == name]
        expected = reduce(lambda before, each: updated_memory(each, before, UTC), own, None)
        assert memory == expected
        assert (memory.right, memory.asked[-1]) == (own[-1].score == 1, own[-1].question)
        assert set(memory.asked) == {each.question for each in own}
        assert memory.first_right == (own[0].score == 1)
        later = [each.score == 1 for each in own if each.at.date() > own[0].at.date()]
        assert memory.later_right == (later[0] if later else None)


@given(histories(), st.booleans())
def test_only_wrong_answers_are_due_on_the_same_day_and_due_concepts_stay_due(answers, critical):
    for memory in of(*answers).values():
        assert due(memory, memory.last, critical=critical) == (not memory.right)
        days = [memory.last + timedelta(days=i) for i in range(1, 400, 7)]
        found = [due(memory, day, critical=critical) for day in days]
        assert found == sorted(found)


def test_days_are_in_the_time_zone_of_the_learner():
    """Answered on Monday at 21:47 and due after a day: due on Tuesday at 20:00."""
    memory = of(answer("x1", score=0))["x"]
    tuesday = date(2026, 11, 24)
    assert memory.card.due.date() == tuesday
    assert due(memory, tuesday, critical=False)
    west = timezone(timedelta(hours=-8))
    assert memories([answer("x1")], BANK, west)["x"].last == date(2026, 11, 23)
    east = timezone(timedelta(hours=8))
    assert memories([answer("x1")], BANK, east)["x"].last == tuesday


@pytest.mark.parametrize(
    ("score", "sure", "days"), [(1, True, range(30, 31)), (1, False, range(1, 3)), (0, True, [1])]
)
def test_a_sure_right_first_answer_is_due_in_a_month_and_others_soon(score, sure, days):
    card = of(answer("x1", score=score, sure=sure))["x"].card
    assert (card.due - card.last_review).days in days
    assert not SCHEDULER.enable_fuzzing
    assert SCHEDULER.learning_steps == SCHEDULER.relearning_steps == ()


@given(histories())
def test_the_expectation_after_asking_is_above_that_after_a_wrong_answer(answers):
    for memory in of(*answers).values():
        day = memory.last + timedelta(days=3)
        later = day + timedelta(days=7)
        wrong = updated_memory(answer("x1", MONDAY + (day - MONDAY.date()), score=0), memory, UTC)
        right = updated_memory(answer("x1", MONDAY + (day - MONDAY.date())), memory, UTC)
        expected = memory.retention_if_asked(day, later)
        assert wrong.retention(later) <= expected <= right.retention(later)
