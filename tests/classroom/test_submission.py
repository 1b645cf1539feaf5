"""A submission says how questions were answered, and nothing else of its learner."""

from contextlib import suppress
from datetime import timedelta, timezone
from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.answers.answer import Answer
from massage_workbook.classroom.submission import (
    COLUMNS,
    Submission,
    SubmissionError,
    from_text,
)
from massage_workbook.questions import Topic
from massage_workbook.store import minutes, practices

from .classes import NOON, SINGLES, WHOLE, answer, choice, pseudonym, submission

FIRST, SECOND, *_ = SINGLES


def test_a_row_has_first_and_latest_score_the_first_error_and_the_latest_day():
    later = NOON + timedelta(days=2)
    answers = [answer(FIRST, right=True, at=later), answer(FIRST, right=False, sure=True)]
    (row,) = submission(1, answers).rows
    (wrong,) = choice(FIRST, right=False)
    assert (row.first, row.latest, row.day) == (0, 1, later.date())
    assert row.error == f"sure:{wrong}"
    assert row.misled
    assert row.first_answer().wrong == (wrong,)
    far_east = timezone(timedelta(hours=14))
    (row,) = Submission.of(pseudonym(1), answers, WHOLE, far_east).rows
    assert row.day == later.date() + timedelta(days=1), "where the learner is"


@pytest.mark.parametrize(("right", "error"), [(True, ""), (False, "unsure")])
def test_the_type_of_error_says_whether_the_learner_was_sure(right, error):
    (row,) = submission(1, [answer(FIRST, right=right, sure=False)]).rows
    assert row.error.split(":")[0] == error
    assert not row.misled


HEALTH = "pregnant-thrombosis"
words = st.sampled_from([HEALTH, f"x {HEALTH}", f"sure:{HEALTH}"])
planted = st.builds(
    Answer,
    at=st.just(NOON),
    topic=words | st.sampled_from([practices.TOPIC, minutes.TOPIC, "stroking"]),
    question=words | st.just(FIRST.id) | st.just(SECOND.id) | st.just("practice-1"),
    response=words | st.lists(words) | st.dictionaries(words, words),
    score=st.floats(0, 0.9),
    sure=st.booleans(),
    seconds=st.floats(0, 99),
)


@given(st.lists(planted, max_size=8), st.booleans())
def test_planted_health_words_are_in_no_submission(answers, imported):
    own = FIRST.model_copy(update={"id": HEALTH})
    topic = Topic(id=HEALTH, title=HEALTH, origin=HEALTH, questions=(own,))
    course = WHOLE.model_copy(update={"topics": (*WHOLE.topics, *(topic,) * imported)})
    made = Submission.of(pseudonym(1), answers, course, None)
    assert HEALTH not in made.to_text()
    known = {each.question for each in answers} & {FIRST.id, SECOND.id}
    assert {row.question for row in made.rows} == known


@given(st.sets(st.sampled_from(SINGLES), min_size=1), st.data())
def test_a_submission_round_trips(questions, data):
    flags = st.booleans()
    answers = [answer(q, right=data.draw(flags), sure=data.draw(flags)) for q in questions]
    whole = submission(7, answers)
    assert from_text(whole.to_text(), "x.csv") == whole


GOOD = f"{','.join(COLUMNS)}\n{pseudonym(1)},a,b,0,1,sure:c,2026-11-23\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (GOOD, "", "x.csv:1: the first line"),
        ("pseudonym,", "", "x.csv:1: the first line"),
        (pseudonym(1), "Anna", "one pseudonym"),
        (",0,1,", ",0,2,", "x.csv:2: latest: Input should be less than or equal to 1"),
        (",a,", ",Dear teacher,", "x.csv:2: question"),
        ("sure:c", "she was ill", "x.csv:2: error"),
        ("-23", "-32", "x.csv:2: day"),
        ("-23", "-23,more", "has 8 fields; a row has 7"),
        (GOOD, GOOD + GOOD.splitlines()[1], "a question has one row"),
    ],
)
def test_an_invalid_submission_is_reported_with_its_line(old, new, said):
    assert from_text(GOOD, "x.csv").rows
    with pytest.raises(SubmissionError) as caught:
        from_text(GOOD.replace(old, new), "x.csv")
    assert said in caught.value.message
    assert len(caught.value.message.splitlines()) == 1


@given(st.text(printable, max_size=200) | st.text(max_size=50))
def test_any_text_is_read_or_refused(text):
    for each in (text, GOOD + text, GOOD.replace("sure:c", text)):
        with suppress(SubmissionError):
            from_text(each, "x.csv")
