"""A class report finds what is hard and misunderstood, and shows no small group."""

from statistics import correlation

import pytest

from massage_workbook.answers.self_check import self_check
from massage_workbook.classroom import page
from massage_workbook.classroom.report import SMALL, read_folder, report, shown, suggestions
from massage_workbook.classroom.submission import Row, Submission, SubmissionError
from massage_workbook.errors import UserError

from .classes import NOON, SINGLES, WHOLE, answer, choice, pseudonym, simulated, submission

FIRST = SINGLES[0]


def ranks(values):
    order = sorted(values)
    return [order.index(each) for each in values]


def rank_correlation(pairs):
    return correlation(*map(ranks, zip(*pairs, strict=True)))


@pytest.fixture
def given(tmp_path):
    """Put submissions of these histories into a folder, and read them as a teacher does."""

    def given(*histories):
        for number, history in enumerate(histories):
            (tmp_path / f"{number}.csv").write_text(submission(number, history).to_text())
        return report(read_folder(tmp_path), WHOLE)

    return given


@pytest.mark.parametrize("seed", range(5))
def test_difficulties_are_ranked_as_they_are(given, seed):
    difficulty, histories = simulated(60, SINGLES[:80], seed)
    found = given(*histories)
    pairs = [(1 - each.facility, difficulty[each.question.id]) for each in found.questions]
    assert len(pairs) == len(difficulty)
    assert rank_correlation(pairs) >= 0.9


def test_a_question_that_good_learners_get_wrong_is_suggested_for_revision(given):
    able = [answer(FIRST, right=False), *(answer(q, right=True) for q in SINGLES[1:6])]
    unable = [answer(FIRST, right=True), *(answer(q, right=False) for q in SINGLES[1:6])]
    found = given(*[able] * 12, *[unable] * 12)
    assert any(f"Review the question {FIRST.id}:" in line for line in suggestions(found))


def test_confident_mistakes_of_a_class_come_first(given):
    misled = [answer(FIRST, right=False), answer(SINGLES[1], right=False, sure=False)]
    found = given(*[misled] * SMALL, [answer(FIRST, right=True)])
    (first,) = found.misconceptions
    assert (first.concept, first.learners, first.misled) == (FIRST.about[0], SMALL + 1, SMALL)
    assert next(suggestions(found)).startswith(f"Teach {FIRST.about[0]}: ")
    assert found.questions[-1].attracting == ((*choice(FIRST, right=False), SMALL),)


def test_a_lesson_is_passed_by_the_latest_answers_to_its_self_check():
    lesson = next(each for each in WHOLE.lessons if each.topics)
    asked = self_check([each for each in WHOLE.topics if each.id in lesson.topics])

    def learner(number, latest):
        rows = [
            Row(question=q.id, topic="x", first=0, latest=latest, error="unsure", day=NOON.date())
            for q in asked
        ]
        return Submission(pseudonym=pseudonym(number), rows=tuple(rows))

    found = report([learner(number, latest=number < 4) for number in range(9)], WHOLE)
    assert found.passed[lesson.title] == 4
    assert sum(found.passed.values()) == 4


def test_nothing_is_shown_of_a_class_that_is_too_small(given):
    told = "\n".join(page.lines(given(*[[answer(FIRST, right=False)]] * (SMALL - 1))))
    assert FIRST.id not in told
    assert len(told.splitlines()) == 1


def test_questions_and_options_of_few_are_not_shown(given):
    few = [answer(FIRST, right=False)]
    many = [answer(SINGLES[1], right=True)]
    found = given(*[few] * (SMALL - 1), *[many] * SMALL)
    assert [each.question for each in found.questions] == [SINGLES[1]]
    assert found.misconceptions == []
    mixed = given(*[few] * (SMALL - 1), *[[answer(FIRST, right=True)]] * SMALL)
    assert mixed.questions[0].attracting == ()


@pytest.mark.parametrize("of", range(SMALL, 3 * SMALL))
def test_no_number_reveals_a_small_group(of):
    for count in range(of + 1):
        told = shown(count, of)
        assert not told.isdigit() or (count >= SMALL and of - count not in range(1, SMALL))


def test_two_files_of_one_learner_or_a_file_that_is_no_text_are_reported(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(submission(1, [answer(FIRST, right=True)]).to_text())
    with pytest.raises(SubmissionError, match=r"b\.csv and a\.csv are from the same learner"):
        read_folder(tmp_path)
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match=r"a\.csv"):
        read_folder(tmp_path)
