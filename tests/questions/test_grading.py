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


def test_a_right_response_to_any_question_is_right(right_response):
    assert ASKED.keys() == KINDS.keys()
    for question in [*ASKED.values(), *EVERY]:
        result = grade(question, right_response(question), COURSE)
        assert (result.right, result.score, result.verdict) == (True, 1, "Right.")


@pytest.mark.parametrize(
    ("kind", "response", "said"),
    [
        ("single", ["stay"], r'No choice "stay"\. Did you mean "stays"'),
        ("single", ["stays", "folds"], "takes one choice, not 2"),
        ("order", ["opening"], "put each in once"),
        ("order", ["opening"] * 4, "put each in once"),
        ("tempo", [0, 1, 2, 3], "cannot be answered so"),
        ("tempo", [0, 1, 2, 2, 3], "do not follow one another"),
        ("tempo", [4, 3, 2, 1, 0], "do not follow one another"),
    ],
)
def test_an_invalid_response_is_refused(kind, response, said):
    with pytest.raises(ValueError, match=said):
        graded(kind, response)


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


@pytest.mark.parametrize("decision", DECISIONS)
def test_too_daring_is_wrong_and_too_careful_is_safe(decision):
    question, result = ASKED["case"], graded("case", [decision])
    care = DECISIONS.index(decision) - DECISIONS.index("stop")
    assert result.score == (1 if care == 0 else CAREFUL_SCORE if care > 0 else 0)
    assert result.right == (care == 0)
    assert result.verdict.startswith("Safe, but") == (care > 0)
    assert could_harm(question, result.score) == (care < 0)
    (said,) = (each.feedback for each in result.remarks if each.choice == decision)
    usual = question.too_careful if care > 0 else question.too_daring
    shorter = "A shorter massage is still a massage with a fever."
    assert said == (None if care == 0 else shorter if decision == "adapt" else usual)


def test_only_partly_right_answers_to_critical_questions_could_harm():
    assert could_harm(ASKED["many"], 0.5)
    assert not could_harm(ASKED["many"], 1)
    assert not could_harm(ASKED["single"], 0)


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


def test_one_order_is_right_and_a_misplaced_step_is_named():
    ids = [step.id for step in ASKED["order"].steps]
    right = [order for order in permutations(ids) if graded("order", list(order)).right]
    assert right == [tuple(ids)]
    assert graded("order", ids[::-1]).score == 0
    result = graded("order", ["rubbing", "kneading", "opening", "closing"])
    assert [each.choice for each in result.remarks if not each.right] == ["opening"]
    assert (result.score, result.verdict) == (pytest.approx(2 / 3), "Partly right.")


def test_pairs_count_alike_and_an_unanswered_one_is_wrong():
    result = graded("match", {"fever": "stop", "face": "stop"})
    assert result.score == pytest.approx(1 / 3)
    remarks = {each.choice: each for each in result.remarks}
    assert remarks["fever"].right
    assert remarks["face"].feedback == "These are signs of a stroke."
    assert not remarks["bruise"].chosen


@given(st.floats(0, 1000))
def test_a_number_outside_its_range_gets_feedback(number):
    result = graded("number", number)
    assert result.right == (8 <= number <= 10)
    assert result.answer == "8 to 10 seconds"
    assert bool(result.feedback) != result.right
    for other, said in ((3, "Shorter"), (30, "30 is what one article"), (31, "Longer")):
        assert graded("number", other).feedback[0].startswith(said)


WAY = ASKED["stroke"].path(COURSE)


def turned(way, degrees):
    """The way turned about its start, clockwise in the picture where positive."""
    (u0, v0), a = way[0], radians(degrees)
    return [
        (u0 + (u - u0) * cos(a) - (v - v0) * sin(a), v0 + (u - u0) * sin(a) + (v - v0) * cos(a))
        for u, v in way
    ]


def test_a_stroke_may_be_drawn_on_either_side_and_with_two_clicks():
    mirrored = list(anatomy.mirrored(WAY))
    assert graded("stroke", [WAY[0], WAY[-1]]).right
    assert graded("stroke", mirrored).right
    assert all(u < 0 for u, _ in graded("stroke", mirrored[::-1]).answer)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (WAY[::-1], "It goes the other way round."),
        ([WAY[0], (0, 0.45), WAY[-1]], "keep off. Spine:"),
        ([WAY[0], WAY[-1], WAY[0]], ""),
    ],
    ids=["reversed", "through a keep-off zone", "closed"],
)
def test_a_reversed_unsafe_or_closed_stroke_scores_0(way, said):
    result = graded("stroke", way)
    assert result.score == 0
    assert said in " ".join(result.feedback)


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize(
    ("degrees", "said"),
    [(35, "35° too far away from the spine"), (-35, "35° too far toward the spine")],
)
def test_feedback_on_a_slant_has_degrees_and_side(degrees, said, mirror):
    drawn = turned([(u + 0.07, v) for u, v in WAY], degrees)
    result = graded("stroke", list(anatomy.mirrored(drawn)) if mirror else drawn)
    assert any(said in each for each in result.feedback), result.feedback


@given(st.integers(-24, 24))
def test_a_small_slant_is_tolerated(degrees):
    assert "The direction is right." in graded("stroke", turned(WAY, degrees)).feedback


@given(st.floats(-0.5, 0.5), st.floats(-0.4, 1.4))
def test_a_start_is_near_its_place_or_feedback_has_the_distance(u, v):
    said = graded("stroke", [(u, v), (u + 0.001, v - 0.2)]).feedback
    places = [WAY[0]] if u + u + 0.001 >= 0 else list(anatomy.mirrored([WAY[0]]))
    far = dist((u, v), places[0]) * CM_PER_UNIT
    if far < 3:
        assert "It starts where it should." in said
    if far > 25:
        assert f"It starts {far:.0f} cm from its place" in " ".join(said)


@given(st.floats(15, 300), st.integers(5, 40))
def test_even_taps_are_right_within_the_band(per_minute, taps):
    low, high = tempo_of(ASKED["tempo"])
    result = graded("tempo", evenly(per_minute, taps))
    assert result.right == (low * 0.95 <= per_minute <= high * 1.05)


@pytest.mark.parametrize(
    ("per_minute", "said"),
    [
        (165, "165 a minute: 50% faster than 110."),
        (45, "45 a minute: 50% slower than 90."),
        (220, "220 a minute: about 2 times as fast as 110."),
    ],
)
def test_feedback_on_a_wrong_tempo_has_the_difference(per_minute, said):
    assert graded("tempo", evenly(per_minute)).feedback[0] == f"You tapped {said}"


def test_uneven_taps_are_half_right():
    result = graded("tempo", [0, *accumulate([0.45, 0.75] * 4)])
    assert result.score == 0.5
    assert result.feedback[1].startswith("Not steady yet")


def test_shuffles_are_reproducible_and_put_the_right_choice_at_every_place():
    question = ASKED["single"]
    orders = [shuffled(question.choices, question, seed) for seed in range(40)]
    assert orders == [shuffled(question.choices, question, seed) for seed in range(40)]
    names = [[choice.id for choice in order] for order in orders]
    assert {tuple(sorted(each)) for each in names} == {("folds", "goes-along", "stays")}
    assert {each.index("stays") for each in names} == {0, 1, 2}
