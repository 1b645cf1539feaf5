"""The selection of questions for a review."""

from datetime import UTC, date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.knowledge import questions_of
from massage_workbook.answers.memory import by_concept, concept, memories
from massage_workbook.answers.review import (
    ANSWER_SECONDS,
    MAX_SLOWNESS,
    RETURNS_AFTER,
    due,
    expected_seconds,
    new_gain,
    next_question,
    pace,
    requeued,
    review_questions,
)
from massage_workbook.questions import MODELS

from ..shipped import COURSE
from .banks import MONDAY, answer, question

DAY = date(2026, 12, 20)
BANK = [
    question(f"{name}-{i}", about=(name,), kind=("single", "number")[i % 2], critical=critical)
    for number in range(20)
    for name, critical in [(f"c{number}", number % 4 == 0)]
    for i in range(1 + number % 3)
]
CRITICAL = {concept(each) for each in BANK if each.critical}
MINUTES = st.floats(0, 20)
PACES = st.floats(0.3, 4)


@st.composite
def known(draw):
    """Memories after a history that ends on the day of the review or earlier."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(BANK), st.integers(0, 27), st.sampled_from([0, 1]), st.booleans()
            ),
            max_size=60,
        )
    )
    answers = [answer(q.id, MONDAY + timedelta(days=d), s, sure) for q, d, s, sure in rows]
    return memories(answers, BANK, UTC)


def seconds(questions, pace):
    return sum(expected_seconds(each, pace) for each in questions)


@given(known(), PACES, MINUTES)
def test_a_review_fits_into_its_minutes_and_asks_critical_concepts_first(memories, pace, minutes):
    found = review_questions(BANK, memories, DAY, pace, minutes)
    assert seconds(found, pace) <= 60 * minutes
    order = [concept(each) in CRITICAL for each in found]
    assert order == sorted(order, reverse=True)
    waiting = [n for n in CRITICAL if n not in memories or due(memories[n], DAY, critical=True)]
    assert not (found and waiting) or order[0]
    again = review_questions(list(BANK), dict(reversed(memories.items())), DAY, pace, minutes)
    assert again == found


@given(known(), PACES, MINUTES, MINUTES)
def test_more_minutes_ask_all_that_fewer_ask(memories, pace, some, others):
    fewer, more = (
        review_questions(BANK, memories, DAY, pace, each) for each in sorted((some, others))
    )
    assert {each.id for each in fewer} <= {each.id for each in more}


@given(known())
def test_with_enough_time_each_due_concept_is_asked_about_once(memories):
    found = review_questions(BANK, memories, DAY, 1, 1000)
    expected = {
        name
        for name in map(concept, BANK)
        if name not in memories or due(memories[name], DAY, critical=name in CRITICAL)
    }
    assert sorted(map(concept, found)) == sorted(expected)


@given(known())
def test_questions_about_a_concept_take_turns(memories):
    for each in review_questions(BANK, memories, DAY, 1, 1000):
        about = {other.id for other in BANK if concept(other) == concept(each)}
        asked = memories[concept(each)].asked if concept(each) in memories else ()
        assert each.id in (about - {*asked} or {asked[0]})


def test_a_new_concept_begins_with_a_critical_question_or_the_quickest():
    for about in by_concept(questions_of(COURSE)).values():
        first = next_question(about, None)
        assert first.critical == any(each.critical for each in about)
        alike = (each for each in about if each.critical == first.critical)
        assert ANSWER_SECONDS[first.kind] == min(ANSWER_SECONDS[each.kind] for each in alike)


@given(st.lists(st.booleans(), max_size=40), st.booleans())
def test_the_gain_of_a_new_concept_follows_what_a_first_question_taught_so_far(seconds, one_more):
    def gain(seconds):
        answers = [
            answer(each.id, MONDAY + timedelta(days=day), score=day and right)
            for each, right in zip(UNRELATED, seconds, strict=False)
            for day in (0, 3)
        ]
        return new_gain(memories(answers, UNRELATED, UTC).values())

    assert (gain([*seconds, one_more]) > gain(seconds)) == one_more


UNRELATED = [question(f"{number}", about=(f"{number}",)) for number in range(41)]


@given(st.lists(st.floats(0, 1e5), max_size=50))
def test_the_pace_ignores_interruptions(times):
    found = pace([answer(BANK[0].id, seconds=each) for each in times], BANK)
    assert 0 < found < MAX_SLOWNESS
    assert times or found == 1


def test_a_slow_learner_and_one_after_a_long_break_are_not_asked_more():
    assert ANSWER_SECONDS.keys() == MODELS.keys()
    slow = pace([answer(BANK[0].id, seconds=36) for _ in range(50)], BANK)
    assert slow > 2
    fewer, more = (review_questions(BANK, {}, DAY, each, 5) for each in (slow, 1))
    assert len(fewer) < len(more)
    wrong = memories([answer(each.id, MONDAY, score=0) for each in BANK], BANK, UTC)
    after_a_year = review_questions(BANK, wrong, MONDAY.date() + timedelta(days=365), 1, 3)
    assert 0 < seconds(after_a_year, 1) <= 180


@given(st.lists(st.sampled_from(BANK), max_size=8))
def test_a_wrong_question_is_repeated_after_a_few_others(waiting):
    wrong = question("wrong")
    found = requeued(wrong, waiting)
    assert found.index(wrong) == min(RETURNS_AFTER, len(waiting))
    assert [each for each in found if each != wrong] == waiting
