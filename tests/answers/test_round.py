"""A round asks each question, and critical ones that were wrong until they are right."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.knowledge import Knowledge
from massage_workbook.answers.review import expected_seconds
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


@given(st.lists(st.tuples(SCORES, st.floats(0, 60)), max_size=40), st.sampled_from([3, 5, 10]))
def test_a_review_asks_no_question_without_enough_time(answers, minutes):
    known = Knowledge.of(COURSE, [answer(q.id, score=0.0) for q in TOPIC.questions], BEGUN, LATER)
    round_, spent = Round.of_review(COURSE, known, minutes), 0
    for score, seconds in answers:
        if round_.queue:
            assert spent + expected_seconds(round_.queue[0], known.pace) <= 60 * minutes
            round_ = round_.with_answer(score, seconds).advanced()
            spent += seconds
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
