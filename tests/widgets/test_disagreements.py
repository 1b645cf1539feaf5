import json

import pytest

from massage_workbook.views import disagreements
from massage_workbook.views.disagreements import (
    OWN_WAY,
    answer_view,
    disagreements_about,
    find_disagreements,
    held_by,
    judge_guess,
    question_view,
    summaries,
)
from massage_workbook.views.technique import card
from massage_workbook.widgets.disagreements import Disagreements
from massage_workbook.widgets.quiz import Quiz

from ..shipped import COURSE
from .conftest import NOW

ALL = {one.id: one for one in COURSE.disagreements}
SELECTED = {
    None: lambda _: True,
    "safety": lambda one: one.severity == "safety",
    "craft": lambda one: one.severity == "craft",
    "spine": lambda one: "spine" in one.about,
    "vibration": lambda one: "vibration" in one.about,
    "on-sacrum": lambda one: one.id == "on-sacrum",
}


def guess(widget, position, name="on-dizziness"):
    widget.receive({"do": "guess", "question": name, "position": position})
    return widget.page["answer"]


@pytest.fixture
def dizziness():
    return Disagreements(COURSE, "on-dizziness")


@pytest.mark.parametrize("topic", SELECTED)
def test_a_topic_selects_disagreements_safety_first(topic):
    found = find_disagreements(COURSE, topic)
    assert {one.id for one in found} == {one.id for one in ALL.values() if SELECTED[topic](one)}
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key="safety craft".index) != []


def test_a_word_selects_the_disagreements_that_mention_it():
    found = find_disagreements(COURSE, "Elbow")
    assert ALL["on-elbow"] in found
    assert all("elbow" in str(one).lower() for one in found)


@pytest.mark.parametrize("one", ALL.values(), ids=ALL)
def test_a_disagreement_is_shown_without_its_answer(one):
    page = Disagreements(COURSE, one.id).page
    state = json.dumps(page, ensure_ascii=False)
    assert page["answer"] is None
    hidden = [one.follows, one.why, *disagreements.FOLLOWED.values()]
    assert not any(text in state for text in [*hidden, *([one.note] if one.note else [])])
    rows = question_view(one, COURSE)["positions"]
    assert sorted(row["says"] for row in rows) == sorted(each.says for each in one.positions)
    assert all(row["by"] and row["where"] for row in rows)
    judgements = {judge_guess(one, name) for name in [*(row["id"] for row in rows), OWN_WAY]}
    assert judgements & {"wholly", "own way"}
    assert judgements - {"wholly", "own way"}
    assert answer_view(one, None, COURSE)["sure"]


def test_the_order_of_positions_does_not_reveal_the_answer():
    first_is_followed = [
        row["id"] == f"position-{i}"
        for one in COURSE.disagreements
        for row in question_view(one, COURSE)["positions"][:1]
        for i, each in enumerate(one.positions, start=1)
        if each.followed == "wholly"
    ]
    assert 0.2 < sum(first_is_followed) / len(first_is_followed) < 0.7


@pytest.mark.parametrize(
    ("name", "position", "judgement", "verdict"),
    [
        ("on-dizziness", "position-2", "wholly", "Yes."),
        ("on-dizziness", "position-1", "not", "No."),
        ("on-dizziness", OWN_WAY, "one side", ""),
        ("on-elbow", OWN_WAY, "own way", ""),
        ("on-oil-use", "position-1", "in part", ""),
    ],
)
def test_a_guess_is_judged(name, position, judgement, verdict):
    assert judge_guess(ALL[name], position) == judgement
    answer = guess(Disagreements(COURSE, name), position, name)
    assert answer["verdict"].startswith(verdict)
    assert answer["follows"] == ALL[name].follows
    assert answer["attribution"]["sources"]


def test_without_a_guess_the_answer_is_shown_with_its_marks(dizziness):
    answer = guess(dizziness, None)
    assert answer["verdict"] == "This is what the course follows."
    assert [*answer["marks"].values()] == ["Not followed", "The course follows this"]


@pytest.mark.parametrize("odd", ["position-9", "", 3])
def test_only_the_first_valid_guess_at_the_question_shown_counts(dizziness, odd):
    assert guess(dizziness, odd) is None
    assert guess(Disagreements(COURSE, "safety"), "position-2") is None
    first = guess(dizziness, "position-1")
    assert guess(dizziness, "position-2") == first


def test_guesses_are_kept_when_moving_between_disagreements():
    widget = Disagreements(COURSE, "safety")
    guess(widget, None, widget.page["asked"]["id"])
    widget.receive({"do": "go", "to": 1})
    assert (widget.page["at"], widget.page["answer"]) == (1, None)
    widget.receive({"do": "go", "to": 0})
    assert widget.page["answer"]
    states = [each["state"] for each in widget.page["list"]]
    assert states[:2] == ["looked up", "open"]
    widget.receive({"do": "go", "to": -1})
    assert widget.page["at"] == len(states) - 1


def test_all_answers_can_be_shown_and_hidden():
    widget = Disagreements(COURSE, "craft")
    widget.receive({"do": "show all", "on": True})
    assert len(widget.page["all"]) == len(find_disagreements(COURSE, "craft"))
    assert all(each["answer"]["follows"] for each in widget.page["all"])
    widget.receive({"do": "show all", "on": False})
    assert (widget.page["show"], widget.page["answer"]) == ("one", None)


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (["B18"], "Article B"),
        (["C142", "B18", "B20"], "Articles B and C"),
        (["A1", "R58", "E3", "C1"], "Articles A, C and E"),
        (["R58", "DK"], "Outside the articles"),
    ],
)
def test_sources_are_named_in_words(sources, words):
    assert held_by(sources) == words


def test_a_card_lists_the_disagreements_about_its_technique():
    technique = next(each for each in COURSE.techniques if each.id == "tender-spot-hold")
    shown = card(technique, COURSE)["disagreements"]
    questions = {ALL[name].question for name in ("on-tp-hold", "on-kneading-direction")}
    assert {each["question"] for each in shown} >= questions
    assert ALL["on-oil-use"].follows in {each["follows"] for each in shown}


def test_the_feedback_of_a_question_mentions_its_disagreement(progress):
    topic = next(each for each in COURSE.topics if each.id == "disagreements")
    quiz = Quiz.of_topics(COURSE, [topic.id], progress, lambda: NOW)
    (one, *_) = disagreements_about(COURSE, topic.questions[0].about)
    assert one.follows not in json.dumps(quiz.page, ensure_ascii=False)
    message = {"do": "check", "question": quiz.page["id"], "response": [], "sure": False}
    quiz.receive(message | {"seconds": 1})
    assert summaries([one])[0] in quiz.page["disagreements"]
    assert disagreements_about(COURSE, ["no-such-thing"]) == ()
