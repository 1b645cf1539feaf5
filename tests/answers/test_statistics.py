"""Item statistics of questions."""

from datetime import timedelta

import pytest

from massage_workbook.answers.statistics import item_statistics
from massage_workbook.views.statistics import COLUMNS, csv_text, lines

from ..shipped import COURSE
from .banks import MONDAY, answer

SINGLES = [q for topic in COURSE.topics for q in topic.questions if q.kind == "single"][:10]
FIRST, *OTHERS = SINGLES
WRONG = next(choice.id for choice in FIRST.choices if not choice.right)
RIGHT = next(choice.id for choice in FIRST.choices if choice.right)


def learner(*others, first, seconds=10):
    """A history: the first question right or wrong, and of the others so many right."""
    chose = RIGHT if first else WRONG
    rest = [answer(q.id, score=s) for q, s in zip(OTHERS, others, strict=False)]
    return [answer(FIRST.id, score=float(first), seconds=seconds, response=[chose]), *rest]


def of_first(*histories):
    return next(each for each in item_statistics(histories, COURSE) if each.question == FIRST)


def test_facility_time_and_attracting_options():
    found = of_first(learner(1, first=True), learner(1, first=False, seconds=40),
                     learner(0, first=False, seconds=30))  # fmt: skip
    assert found.answers == 3
    assert found.facility == pytest.approx(1 / 3)
    assert found.seconds == 30
    assert found.attracting == ((WRONG, 2),)


@pytest.mark.parametrize(("knowing_helps", "expected"), [(True, 1), (False, -1)])
def test_discrimination_is_the_correlation_with_knowledge(knowing_helps, expected):
    able, unable = (1, 1, 1), (0, 0, 0)
    found = of_first(
        *[learner(*able, first=knowing_helps)] * 3, *[learner(*unable, first=not knowing_helps)] * 3
    )
    assert found.discrimination == pytest.approx(expected)


@pytest.mark.parametrize("learners", [1, 2])
def test_equal_learners_have_no_discrimination(learners):
    assert of_first(*[learner(1, 0, first=True)] * learners).discrimination is None


def test_only_first_answers_to_questions_of_the_course_count():
    later = answer(FIRST.id, MONDAY + timedelta(days=1), score=0.0, response=[WRONG])
    found = of_first([later, *learner(1, first=True)])
    assert (found.answers, found.facility, found.attracting) == (1, 1, ())
    gone = [answer("retired"), answer(FIRST.id, response=["no-such-choice"], score=0.0)]
    (found,) = item_statistics([gone], COURSE)
    assert (found.question, found.attracting) == (FIRST, ())


def test_the_hardest_come_first_in_the_table_and_in_the_csv():
    found = item_statistics([learner(1, 0.5, first=False)], COURSE)
    assert [each.facility for each in found] == [0, 0.5, 1]
    _, *rows = lines(found)
    assert [row.split()[4] for row in rows] == [each.question.id for each in found]
    assert f"{WRONG} 1x" in rows[0]
    assert csv_text(found).splitlines()[0] == ",".join(COLUMNS)
    assert csv_text([]).count("\n") == 1
