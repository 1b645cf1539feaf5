import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_workbook.course import read
from massage_workbook.course.questions import Choice, Question
from massage_workbook.grading import grade, shuffled


def question(kind, right):
    choices = [
        Choice(id=name, text=name, right=name in right, feedback=f"not {name}") for name in "abcd"
    ]
    return Question(
        id="q", kind=kind, prompt="?", choices=choices, why="so", about=["x"], sources=["DK"]
    )


ONE = question("single", right="b")
SOME = question("many", right="ab")


def test_the_right_choice_is_right():
    assert grade(ONE, ["b"]).right
    assert grade(ONE, ["b"]).score == 1


def test_a_wrong_choice_names_its_misunderstanding():
    graded = grade(ONE, ["c"])
    assert not graded.right
    assert [r.feedback for r in graded.remarks if r.chose] == ["not c"]


def test_no_choice_is_an_honest_i_do_not_know():
    assert grade(ONE, []).score == 0


@pytest.mark.parametrize(
    ("response", "score"), [("ab", 1), ("a", 0.5), ("abc", 0.5), ("abcd", 0), ("cd", 0), ("ac", 0)]
)
def test_many_choices_earn_what_is_right_less_what_is_wrong(response, score):
    assert grade(SOME, list(response)).score == score


@given(st.lists(st.sampled_from("abcd"), unique=True))
def test_only_the_whole_answer_is_right(response):
    graded = grade(SOME, response)
    assert graded.right == (set(response) == {"a", "b"})
    assert 0 <= graded.score <= 1


def test_a_choice_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match='No choice "z"'):
        grade(ONE, ["z"])


def test_two_choices_for_a_single_question_are_an_error():
    with pytest.raises(ValueError, match="takes one choice, not 2"):
        grade(ONE, ["a", "b"])


@given(st.integers())
def test_a_shuffle_depends_on_question_and_seed_alone_and_loses_nothing(seed):
    assert shuffled(ONE, seed) == shuffled(ONE, seed)
    assert sorted(choice.id for choice in shuffled(ONE, seed)) == list("abcd")


def test_the_right_choice_does_not_stay_in_its_place():
    places = {[c.id for c in shuffled(ONE, seed)].index("b") for seed in range(40)}
    assert places == {0, 1, 2, 3}


@pytest.mark.parametrize("topic", read().topics, ids=lambda topic: topic.id)
def test_every_question_of_the_bank_has_an_answer_that_is_right(topic):
    for each in topic.questions:
        assert grade(each, [choice.id for choice in each.choices if choice.right]).right
