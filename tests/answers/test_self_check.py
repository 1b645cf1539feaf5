"""The selection of questions for a self-check."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.memory import concept
from massage_workbook.answers.self_check import MAX_CRITICAL, select_questions, self_check

from ..shipped import COURSE
from .banks import question

BANKS = st.lists(
    st.tuples(st.sampled_from("uvwxyz"), st.sampled_from(["single", "number"]), st.booleans()),
    max_size=40,
).map(lambda rows: [question(f"q{i}", (name,), kind, c) for i, (name, kind, c) in enumerate(rows)])


@given(BANKS, st.text(max_size=8))
def test_8_to_12_questions_on_different_concepts_are_selected_critical_ones_first(bank, seed):
    found = select_questions([bank], seed)
    assert found == select_questions([list(bank)], seed)
    critical = [each.critical for each in found]
    assert critical == sorted(critical, reverse=True)
    there = sum(each.critical for each in bank)
    assert sum(critical) == (there if len(bank) <= 12 else min(MAX_CRITICAL, there))
    assert min(8, len(bank)) <= len({each.id for each in found}) == len(found) <= 12
    others = [each for each in bank if not each.critical]
    times = Counter(map(concept, select_questions([others], seed)))
    assert {*map(concept, others)} == times.keys() or max(times.values()) == 1


def test_a_teacher_s_own_topic_asks_all_of_its_questions():
    topic = max(COURSE.topics, key=lambda each: len(each.questions))
    assert len(self_check([topic])) <= 12
    own = topic.model_copy(update={"origin": "questions.gift"})
    assert self_check([own]) == list(topic.questions)


@pytest.mark.parametrize("topic", COURSE.topics, ids=lambda topic: topic.id)
def test_the_selection_mixes_kinds(topic):
    kinds = Counter(each.kind for each in select_questions([topic.questions], "learner"))
    there = {each.kind for each in topic.questions}
    assert len(kinds) >= min(3, len(there))


@pytest.mark.parametrize(
    "lesson", [each for each in COURSE.lessons if each.topics], ids=lambda each: each.id
)
def test_a_lesson_ends_with_8_to_12_questions_on_all_of_its_topics(lesson):
    topics = [topic for name in lesson.topics for topic in COURSE.topics if topic.id == name]
    asked = {question.id for question in self_check(topics)}
    assert 8 <= len(asked) <= 12
    assert all(asked & {question.id for question in topic.questions} for topic in topics)
