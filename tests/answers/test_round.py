"""A round asks each of its questions, and again what misled, until that is right."""

from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.round import Round
from massage_workbook.questions.grading import misleads

from ..shipped import COURSE

TOPIC = next(topic for topic in COURSE.topics if topic.id == "stop-signs")
ASKED = [(TOPIC, question) for question in TOPIC.questions]
GIVEN = st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.booleans())


def carried_out(answers):
    """The questions in the order in which they were asked, with what was answered, and the end."""
    round_, told = Round.of(ASKED, {}, {}), []
    for score, sure in answers:
        if round_.queue:
            told.append((round_.queue[0], score, sure))
            round_ = round_.answered(score, sure=sure).without_first()
    return told, round_


@given(st.lists(GIVEN, max_size=3 * len(ASKED)))
def test_a_question_comes_back_if_and_only_if_it_misled(answers):
    told, round_ = carried_out(answers)
    last = {question.id: (question, score, sure) for question, score, sure in told}
    open_ = {question.id for question in TOPIC.questions} - last.keys()
    misled = {name for name, (q, score, sure) in last.items() if sure and misleads(q, score)}
    assert {each.id for each in round_.queue} == open_ | misled
    assert len(round_.queue) == len(open_ | misled)


@given(st.lists(GIVEN, max_size=2 * len(ASKED)))
def test_scores_and_times_are_those_of_the_answers(answers):
    told, round_ = carried_out(answers)
    assert round_.scores == {question.id: score for question, score, _ in told}
    assert sum(round_.times.values()) == len(told)


def test_what_has_a_score_is_not_asked():
    first, *rest = TOPIC.questions
    assert Round.of(ASKED, {}, {first.id: 1}).queue == tuple(rest)


def test_again_asks_all_or_what_is_not_right():
    scores = {question.id: 1.0 for question in TOPIC.questions[1:]} | {TOPIC.questions[0].id: 0.5}
    done = Round.of(ASKED, {}, scores)
    assert done.queue == ()
    assert done.again(all_of_them=True).queue == TOPIC.questions
    assert done.again(all_of_them=False).queue == TOPIC.questions[:1]
