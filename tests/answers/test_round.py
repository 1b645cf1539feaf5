"""A round asks each question, and critical ones that were wrong until they are right."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.knowledge import Knowledge
from massage_workbook.answers.review import (
    ANSWER_SECONDS,
    SLOW_ANSWER,
    SLOW_READING,
    reading_seconds,
)
from massage_workbook.answers.round import Round
from massage_workbook.answers.standing import updated_standing
from massage_workbook.questions.grading import could_harm

from ..shipped import COURSE
from .banks import MONDAY, answer

TOPIC = next(topic for topic in COURSE.topics if topic.id == "stop-signs")
ASKED = [(TOPIC, question) for question in TOPIC.questions]
BEGUN = {question.id: updated_standing(answer(question.id), None) for question in TOPIC.questions}
LATER = MONDAY + timedelta(days=30)
SCORES = st.sampled_from([0.0, 0.5, 1.0])
SHARES = st.floats(0, 1)


def carried_out(scores):
    """The questions in the order in which they were asked, with their scores, and the end."""
    round_, told = Round.of(ASKED, {}, {}), []
    for score in scores:
        if round_.queue:
            told.append((round_.queue[0], score))
            round_ = round_.with_answer(score, seconds=9).advanced()
    return told, round_


@given(st.lists(SCORES, max_size=3 * len(ASKED)))
def test_a_question_returns_if_and_only_if_its_answer_could_harm(scores):
    told, round_ = carried_out(scores)
    last = {question.id: (question, score) for question, score in told}
    open_ = {question.id for question in TOPIC.questions} - last.keys()
    harmful = {name for name, (question, score) in last.items() if could_harm(question, score)}
    assert sorted(each.id for each in round_.queue) == sorted(open_ | harmful)
    assert round_.scores == {name: score for name, (_, score) in last.items()}
    assert sum(round_.answer_counts.values()) == len(told)


@given(
    st.lists(st.tuples(SCORES, SHARES, SHARES), max_size=40),
    st.sampled_from([3, 5, 10]),
    st.sampled_from([5, 12, 30]),
)
def test_a_review_never_exceeds_the_minutes(answers, minutes, usual):
    """Unless an answer takes many times as long as this learner's usually do."""
    before = [answer(q.id, score=0.0, seconds=usual) for q in TOPIC.questions]
    known = Knowledge.of(COURSE, before, BEGUN, LATER)
    round_, spent = Round.of_review(COURSE, known, minutes), 0
    for score, slow_answer, slow_reading in answers:
        if round_.queue:
            seconds = SLOW_ANSWER * known.pace * ANSWER_SECONDS[round_.queue[0].kind] * slow_answer
            reading = SLOW_READING * reading_seconds(known.pace) * slow_reading
            round_ = round_.with_answer(score, seconds).advanced(reading)
            spent += seconds + reading
            assert spent <= 60 * minutes
    if not round_.queue:
        assert {each.id for each in round_.questions} == round_.scores.keys()


def test_further_questions_are_unanswered_ones():
    first = Round.of(ASKED[:10], {}, {ASKED[0][1].id: 1.0})
    more = first.with_more([TOPIC])
    assert more.queue == more.questions == TOPIC.questions[1:11]
    assert more.scores == first.scores


def test_repeating_asks_all_or_the_wrong_ones():
    first, *rest = TOPIC.questions
    assert Round.of(ASKED, {}, {first.id: 1}).queue == tuple(rest)
    done = Round.of(ASKED, {}, {question.id: 1.0 for question in rest} | {first.id: 0.5})
    assert done.queue == ()
    assert done.repeated(all_of_them=True).queue == TOPIC.questions
    assert done.repeated(all_of_them=False).queue == (first,)


def test_repeating_has_no_time_limit():
    done = Round.of(ASKED, {}, dict.fromkeys(BEGUN, 0.0))
    again = replace(done, seconds=1).repeated(all_of_them=True)
    assert len(again.with_answer(1.0, seconds=9).advanced().queue) == len(ASKED) - 1
