"""Grading of each kind of question, with its feedback."""

from itertools import accumulate, permutations
from math import cos, dist, radians, sin
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from massage_workbook.body import anatomy
from massage_workbook.course.model import CM_PER_UNIT
from massage_workbook.questions import KINDS, Question
from massage_workbook.questions.case import CAREFUL_SCORE, DECISIONS
from massage_workbook.questions.grading import could_harm, grade
from massage_workbook.questions.kind import shuffled
from massage_workbook.questions.order import longest_increasing

from ..shipped import COURSE

ASKED = {
    question.kind: question
    for question in TypeAdapter(tuple[Question, ...]).validate_python(
        yaml.safe_load(Path(__file__).with_name("one_of_each.yaml").read_text(encoding="utf-8"))
    )
}
EVERY = [question for topic in COURSE.topics for question in topic.questions]
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda each: (
        st.lists(each, max_size=5) | st.dictionaries(st.text(max_size=5), each, max_size=4)
    ),
    max_leaves=12,
)


def graded(kind, response):
    return grade(ASKED[kind], response, COURSE)


def tempo_of(question):
    return next(t.tempo.per_minute for t in COURSE.techniques if t.id == question.technique)


def evenly(per_minute, taps=6):
    return [60 / per_minute * i for i in range(taps)]


# --- all kinds ---------------------------------------------------------------------------------


def test_there_is_a_sample_of_every_kind():
    assert ASKED.keys() == KINDS.keys()


def test_a_right_response_is_right(right_response):
    for question in [*ASKED.values(), *EVERY]:
        result = grade(question, right_response(question), COURSE)
        assert (result.right, result.score, result.verdict) == (True, 1, "Right.")


@pytest.mark.parametrize("question", ASKED.values(), ids=lambda question: question.kind)
@pytest.mark.parametrize("nothing", [None, [], {}], ids=str)
def test_an_empty_response_scores_0_and_shows_the_answer(question, nothing):
    result = grade(question, nothing, COURSE)
    assert (result.right, result.score, result.verdict) == (False, 0, "Here is the answer.")
    assert result.answer or any(remark.right for remark in result.remarks)


@pytest.mark.parametrize("question", ASKED.values(), ids=lambda question: question.kind)
@given(odd=ODD)
def test_any_response_is_graded_or_refused(question, odd):
    try:
        result = grade(question, odd, COURSE)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - both ways out are right
    else:
        assert 0 <= result.score <= 1
        assert result.right == (result.score == 1)


def test_older_files_call_critical_safety():
    question = next(each for each in EVERY if each.critical)
    old = question.model_dump(exclude={"critical"}) | {"safety": True}
    assert type(question).model_validate(old) == question


# --- to choose ---------------------------------------------------------------------------------


def test_a_wrong_choice_names_its_misunderstanding():
    result = graded("single", ["folds"])
    assert result.verdict == "Not right yet."
    assert [each.feedback for each in result.remarks if each.chosen] == ["That is kneading."]


@pytest.mark.parametrize(
    ("response", "score"),
    [
        (["kidneys", "blades"], 1),
        (["kidneys"], 0.5),
        (["kidneys", "blades", "side"], 0.5),
        (["kidneys", "blades", "side", "buttock"], 0),
        (["side", "buttock"], 0),
        (["kidneys", "side"], 0),
    ],
)
def test_many_choices_score_right_minus_wrong(response, score):
    assert graded("many", response).score == score


@pytest.mark.parametrize("kind", ["many", "zones"])
@given(data=st.data())
def test_only_a_complete_answer_is_right(kind, data):
    ids = [choice.id for choice in ASKED[kind].choices]
    response = data.draw(st.lists(st.sampled_from(ids), unique=True))
    right = {choice.id for choice in ASKED[kind].choices if choice.right}
    assert graded(kind, response).right == (set(response) == right)


def test_an_unknown_choice_is_an_error():
    with pytest.raises(ValueError, match=r'No choice "stay"\. Did you mean "stays"'):
        graded("single", ["stay"])


def test_two_choices_for_a_single_question_are_an_error():
    with pytest.raises(ValueError, match="takes one choice, not 2"):
        graded("single", ["stays", "folds"])


# --- a situation -------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", DECISIONS)
def test_too_daring_is_wrong_and_too_careful_is_safe(decision):
    result = graded("case", [decision])
    care = DECISIONS.index(decision) - DECISIONS.index("stop")
    assert result.score == (1 if care == 0 else CAREFUL_SCORE if care > 0 else 0)
    assert result.right == (care == 0)
    assert result.verdict.startswith("Safe, but") == (care > 0)
    assert could_harm(ASKED["case"], result.score) == (care < 0)


def test_each_wrong_decision_has_its_feedback():
    said = {each.choice: each.feedback for each in graded("case", ["go"]).remarks}
    assert said["adapt"] == "A shorter massage is still a massage with a fever."
    assert said["go"] == said["ask a doctor"] == ASKED["case"].too_daring
    assert said["emergency"] == ASKED["case"].too_careful
    assert said["stop"] is None


def test_a_half_right_answer_to_a_critical_question_could_harm():
    assert could_harm(ASKED["many"], 0.5)
    assert not could_harm(ASKED["many"], 1)
    assert not could_harm(ASKED["single"], 0)


# --- order -------------------------------------------------------------------------------------


def longest_by_trying(numbers):
    count = len(numbers)
    runs = [
        [numbers[i] for i in range(count) if mask >> i & 1] for mask in range(1 << count)
    ]  # fmt: skip
    return max(len(run) for run in runs if run == sorted(run))


@given(st.permutations(range(7)))
def test_no_increasing_subsequence_is_longer(numbers):
    run = longest_increasing(numbers)
    kept = [number for number in numbers if number in run]
    assert kept == sorted(kept)
    assert len(kept) == longest_by_trying(numbers)


def test_a_single_misplaced_step_is_named():
    result = graded("order", ["rubbing", "kneading", "opening", "closing"])
    assert [each.choice for each in result.remarks if not each.right] == ["opening"]
    assert result.score == pytest.approx(2 / 3)
    assert result.verdict == "Partly right."


def test_the_reverse_order_scores_0():
    assert graded("order", ["closing", "kneading", "rubbing", "opening"]).score == 0


def test_only_one_order_is_right():
    ids = [step.id for step in ASKED["order"].steps]
    right = [order for order in permutations(ids) if graded("order", list(order)).right]
    assert right == [tuple(ids)]


@pytest.mark.parametrize("response", [["opening"], ["opening"] * 4])
def test_an_order_has_each_step_once(response):
    with pytest.raises(ValueError, match="put each in once"):
        graded("order", response)


# --- match -------------------------------------------------------------------------------------


def test_pairs_count_alike_and_an_unanswered_one_is_wrong():
    result = graded("match", {"fever": "stop", "face": "stop"})
    assert result.score == pytest.approx(1 / 3)
    remarks = {each.choice: each for each in result.remarks}
    assert remarks["fever"].right
    assert remarks["face"].feedback == "These are signs of a stroke."
    assert not remarks["bruise"].chosen


# --- number ------------------------------------------------------------------------------------


@given(st.floats(0, 1000))
def test_a_number_is_right_within_its_range_and_else_gets_feedback(number):
    result = graded("number", number)
    assert result.right == (8 <= number <= 10)
    assert result.answer == "8 to 10 seconds"
    assert bool(result.says) != result.right


@pytest.mark.parametrize(
    ("number", "said"), [(3, "Shorter"), (30, "30 is what one article"), (31, "Longer")]
)
def test_a_wrong_number_gets_the_feedback_on_its_range(number, said):
    assert graded("number", number).says[0].startswith(said)


# --- stroke ------------------------------------------------------------------------------------

WAY = ASKED["stroke"].path(COURSE)


def turned(way, degrees):
    """The way turned about its start, clockwise in the picture where positive."""
    (u0, v0), a = way[0], radians(degrees)
    return [
        (u0 + (u - u0) * cos(a) - (v - v0) * sin(a), v0 + (u - u0) * sin(a) + (v - v0) * cos(a))
        for u, v in way
    ]


def test_a_stroke_may_be_drawn_on_either_side_and_with_two_clicks():
    assert graded("stroke", [WAY[0], WAY[-1]]).right
    assert graded("stroke", list(anatomy.mirrored(WAY))).right


def test_the_answer_is_shown_on_the_side_that_was_drawn():
    shown = graded("stroke", list(anatomy.mirrored(WAY[::-1]))).answer
    assert all(u < 0 for u, _ in shown)


def test_a_reversed_stroke_is_wrong_with_feedback():
    result = graded("stroke", WAY[::-1])
    assert result.score == 0
    assert "It goes the other way round." in result.says


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize(
    ("degrees", "said"),
    [(35, "35° too far away from the spine"), (-35, "35° too far toward the spine")],
)
def test_feedback_on_a_slant_has_degrees_and_side(degrees, said, mirror):
    drawn = turned([(u + 0.07, v) for u, v in WAY], degrees)
    result = graded("stroke", list(anatomy.mirrored(drawn)) if mirror else drawn)
    assert any(said in each for each in result.says), result.says


@given(st.integers(-24, 24))
def test_a_small_slant_is_tolerated(degrees):
    assert "The direction is right." in graded("stroke", turned(WAY, degrees)).says


@given(st.floats(-0.5, 0.5), st.floats(-0.4, 1.4))
def test_a_start_is_near_its_place_or_feedback_has_the_distance(u, v):
    said = graded("stroke", [(u, v), (u + 0.001, v - 0.2)]).says
    places = [WAY[0]] if u + u + 0.001 >= 0 else list(anatomy.mirrored([WAY[0]]))
    far = dist((u, v), places[0]) * CM_PER_UNIT
    if far < 3:
        assert "It starts where it should." in said
    if far > 25:
        assert f"It starts {far:.0f} cm from its place" in " ".join(said)


def test_a_stroke_through_a_keep_off_zone_scores_0():
    result = graded("stroke", [WAY[0], (0, 0.45), WAY[-1]])
    assert result.score == 0
    assert "keep off. Spine:" in result.says[0]


def test_a_closed_stroke_has_no_direction():
    assert graded("stroke", [WAY[0], WAY[-1], WAY[0]]).score == 0


# --- tempo -------------------------------------------------------------------------------------


@given(st.floats(15, 300), st.integers(5, 40))
def test_even_taps_are_right_within_the_band(per_minute, taps):
    low, high = tempo_of(ASKED["tempo"])
    result = graded("tempo", evenly(per_minute, taps))
    assert result.right == (low * 0.95 <= per_minute <= high * 1.05)


def test_feedback_on_a_wrong_tempo_has_the_difference():
    assert graded("tempo", evenly(165)).says[0] == "You tapped 165 a minute: 50% faster than 110."
    assert graded("tempo", evenly(45)).says[0] == "You tapped 45 a minute: 50% slower than 90."
    twice = "You tapped 220 a minute: about 2 times as fast as 110."
    assert graded("tempo", evenly(220)).says[0] == twice


def test_uneven_taps_at_the_right_tempo_are_half_right():
    gaps = [0.45, 0.75] * 4
    result = graded("tempo", [0, *accumulate(gaps)])
    assert result.score == 0.5
    assert result.says[1].startswith("Not steady yet")


@pytest.mark.parametrize("taps", [[0, 1, 2, 3], [0, 1, 2, 2, 3], [4, 3, 2, 1, 0]])
def test_fewer_than_five_taps_or_decreasing_times_are_refused(taps):
    with pytest.raises(ValueError, match=r"cannot be answered so|do not follow one another"):
        graded("tempo", taps)


# --- chance ------------------------------------------------------------------------------------


@given(st.integers())
def test_a_shuffle_is_reproducible_and_complete(seed):
    question = ASKED["single"]
    order = shuffled(question.choices, question, seed)
    assert order == shuffled(question.choices, question, seed)
    assert sorted(choice.id for choice in order) == ["folds", "goes-along", "stays"]


def test_the_right_choice_comes_to_every_place():
    question = ASKED["single"]
    orders = (shuffled(question.choices, question, seed) for seed in range(40))
    assert {[choice.id for choice in order].index("stays") for order in orders} == {0, 1, 2}
