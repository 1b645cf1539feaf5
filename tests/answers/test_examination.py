"""The final check: its questions, the conditions for passing, and its state."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.examination import (
    QUESTIONS_PER_TOPIC,
    counted_answers,
    current_sitting,
    exam_paper,
    families_asked,
    new_sitting,
    outcome,
    requires_stopping,
)
from massage_workbook.questions import KINDS, generated

from ..shipped import COURSE as SHIPPED

COURSE = SHIPPED.model_copy(update={"topics": (*SHIPPED.topics, *generated.topics(SHIPPED))})
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = NOON.astimezone().date()  # of this place
ONE = exam_paper(COURSE, f"final-check-{DAY}-1")
HALTING = [question for question in ONE.questions if requires_stopping(question)]
NAMES = [f"final-check-2026-0{month}-{day:02}-1" for month in (1, 6, 9) for day in range(1, 13)]


@dataclass(frozen=True)
class Answer:
    question: str
    topic: str = ONE.id
    at: datetime = NOON
    response: object = None
    score: float = 1
    sure: bool = True


def test_a_paper_is_balanced_over_the_course():
    for name in NAMES:
        questions = exam_paper(COURSE, name).questions
        ids = [question.id for question in questions]
        assert len(ids) == len({*ids}) == 40
        assert sum(question.critical for question in questions) >= 6
        kinds = Counter(question.kind for question in questions)
        assert kinds.keys() == KINDS.keys()
        assert max(kinds.values()) <= 16
        assert families_asked(questions, COURSE) == {each.family for each in COURSE.techniques}
        halting = [question for question in questions if requires_stopping(question)]
        assert len(halting) >= 5
        assert all(each.critical for each in halting if each.right == "emergency")
        assert sum(each.startswith("made-") for each in ids) <= 3


def test_every_topic_has_its_number_of_questions():
    assert {*QUESTIONS_PER_TOPIC} >= {topic.id for topic in SHIPPED.topics}
    assert sum(QUESTIONS_PER_TOPIC.values()) == 40
    asked = {question.id for question in ONE.questions}
    for topic in COURSE.topics:
        assert len(asked & {each.id for each in topic.questions}) == QUESTIONS_PER_TOPIC.get(
            topic.id, 0
        )


def test_a_paper_depends_on_its_name_and_the_topics_of_the_course():
    own = COURSE.topics[0].model_copy(update={"id": "own-topic"})  # a teacher's
    wider = COURSE.model_copy(update={"topics": (*COURSE.topics, own)})
    assert exam_paper(COURSE, ONE.id) == exam_paper(wider, ONE.id) == ONE
    assert exam_paper(SHIPPED, ONE.id) != ONE  # without generated topics
    assert exam_paper(COURSE, f"final-check-{DAY}-2").questions != ONE.questions


def test_papers_of_a_month_ask_most_of_the_bank():
    names = [f"final-check-2026-10-{day:02}-1" for day in range(1, 31)]
    asked = {question.id for name in names for question in exam_paper(COURSE, name).questions}
    assert len(asked) > sum(len(topic.questions) for topic in COURSE.topics) / 2


def test_a_smaller_course_has_a_shorter_paper_and_an_empty_one_none():
    poorer = COURSE.model_copy(update={"topics": COURSE.topics[:2]})
    assert 0 < len(exam_paper(poorer, ONE.id).questions) < 40
    empty = COURSE.model_copy(update={"topics": ()})
    with pytest.raises(LookupError, match="no questions"):
        exam_paper(empty, ONE.id)


def result(*scores, **of_halting):
    """The outcome where the questions were answered with these scores, the last one repeated."""
    scores = [*scores, *[scores[-1]] * (len(ONE.questions) - len(scores))]
    answers = [Answer(q.id, score=s) for q, s in zip(ONE.questions, scores, strict=True)]
    if of_halting:
        answers = [Answer(HALTING[0].id, **of_halting), *answers]
    return outcome(ONE, counted_answers(ONE, answers))


def some_wrong(number):
    """Scores of which so many are 0, none of them at a situation that halts."""
    left = number
    for question in ONE.questions:
        wrong = left > 0 and not requires_stopping(question)
        left -= wrong
        yield 0 if wrong else 1


def test_four_fifths_pass_unless_unfinished():
    assert result(1).passed
    assert result(1).required == 32
    assert result(*some_wrong(8)).passed
    assert not result(*some_wrong(9)).passed
    assert result(0.9).right == 0, "half right is not right"
    all_but_one = counted_answers(ONE, [Answer(each.id) for each in ONE.questions[1:]])
    state = outcome(ONE, all_but_one)
    assert (state.answered, state.right, state.is_over, state.passed) == (39, 39, False, False)


@pytest.mark.parametrize(
    ("answer", "unsafe"),
    [
        ({"response": ["keep off"], "score": 0}, True),
        ({"response": ["go"], "score": 0, "sure": False}, False),
        ({"response": ["emergency"], "score": 0.5}, False),
        ({"response": [], "score": 0}, False),
        ({"response": "go", "score": 0}, False),
        ({"response": [{}], "score": 0}, False),
    ],
)
def test_one_unsafe_answer_fails_and_a_careful_one_costs_its_point(answer, unsafe):
    found = result(1, **answer)
    assert (found.right, found.passed) == (39, not unsafe)
    assert found.unsafe == ((HALTING[0],) if unsafe else ())


@pytest.mark.parametrize(
    ("right", "decision", "dares"),
    [
        ("stop", "go", True), ("stop", "adapt", True), ("stop", "keep off", True),
        ("stop", "ask a doctor", False), ("stop", "emergency", False),
        ("emergency", "keep off", True), ("emergency", "ask a doctor", True),
        ("emergency", "stop", True), ("ask a doctor", "go", False),
    ],
)  # fmt: skip
def test_unsafe_is_to_massage_or_not_to_call_for_help(right, decision, dares):
    questions = [q for topic in COURSE.topics for q in topic.questions if q.kind == "case"]
    one = next(question for question in questions if question.right == right)
    asked = ONE.model_copy(update={"questions": (one,)})
    given = {one.id: Answer(one.id, response=[decision], score=0)}
    assert outcome(asked, given).unsafe == ((one,) if dares else ())


OTHERS = st.builds(
    Answer,
    question=st.sampled_from([each.id for each in ONE.questions]),
    topic=st.sampled_from(["rules", "practice", "final-check", f"{ONE.id}-x"]),
    score=st.sampled_from([0, 0.5, 1]),
)


@given(
    st.lists(st.tuples(st.sampled_from([0, 0.5, 1]), st.booleans()), max_size=40),
    st.lists(st.tuples(st.integers(0, 60), OTHERS), max_size=8),
    st.lists(st.sampled_from([each.id for each in ONE.questions]), max_size=8),
)
def test_only_first_answers_in_a_sitting_count(own, others, again):
    answers = [
        Answer(q.id, score=score, sure=sure)
        for q, (score, sure) in zip(ONE.questions, own, strict=False)
    ]
    given = {answer.question for answer in answers}
    mixed = [*answers, *(Answer(name, score=1) for name in again if name in given)]
    for place, other in others:
        mixed.insert(place, other)
    counted = counted_answers(ONE, mixed)
    assert [*counted.values()] == answers
    assert outcome(ONE, counted) == outcome(ONE, counted_answers(ONE, answers))
    assert not answers or current_sitting(mixed, NOON) == ONE.id


@pytest.mark.parametrize(
    ("later", "name"),
    [
        (timedelta(hours=-1), ONE.id),  # the clock was set back
        (timedelta(hours=13), ONE.id),  # a midnight lies between, wherever this is
        (timedelta(hours=23, minutes=59), ONE.id),
        (timedelta(days=1), f"final-check-{DAY + timedelta(days=1)}-1"),
    ],
)
def test_a_sitting_can_be_resumed_for_a_day(later, name):
    assert current_sitting([Answer("x")], NOON + later) == name
    earlier = Answer("w", at=NOON - timedelta(days=3))
    assert current_sitting([earlier, Answer("x")], NOON + later) == name


def test_a_new_sitting_has_no_answers_and_other_topics_are_none():
    answers = [Answer("x"), Answer("y", topic=f"final-check-{DAY}-2")]
    assert new_sitting(answers, DAY) == f"final-check-{DAY}-3"
    assert current_sitting(answers, NOON) == f"final-check-{DAY}-2"
    for others in ([], *([Answer("x", topic=t)] for t in ("final-check", f"{ONE.id}-own"))):
        assert current_sitting(others, NOON) == ONE.id
