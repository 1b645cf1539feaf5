import json
from datetime import UTC, datetime

import pytest

from massage_workbook.store import Progress
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

ALL = {one.id: one for one in COURSE.disagreements}


def guess(widget, position):
    name = widget.page["asked"]["id"]
    widget.receive({"do": "guess", "question": name, "position": position})


def ids(found):
    return [one.id for one in found]


# --- which of them -------------------------------------------------------------------------------


def test_without_a_topic_there_are_all_of_them_safety_first():
    found = find_disagreements(COURSE, None)
    assert {*ids(found)} == {*ALL}
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key=lambda each: each != "safety")


@pytest.mark.parametrize("severity", ["safety", "craft"])
def test_a_severity_chooses_all_of_that_severity(severity):
    found = find_disagreements(COURSE, severity)
    assert {*ids(found)} == {name for name, one in ALL.items() if one.severity == severity}
    assert 0 < len(found) < len(ALL)


@pytest.mark.parametrize(
    "topic", ["spine", "thumb-press", "no-pain", "blood-pressure", "vibration"]
)
def test_an_id_chooses_what_is_about_it(topic):
    found = find_disagreements(COURSE, topic)
    assert {*ids(found)} == {name for name, one in ALL.items() if topic in one.about}
    assert found


def test_its_own_id_chooses_one():
    assert ids(find_disagreements(COURSE, "on-sacrum")) == ["on-sacrum"]


def test_a_word_chooses_what_speaks_of_it_whole():
    found = find_disagreements(COURSE, "Elbow")
    assert "on-elbow" in ids(found)
    assert all("elbow" in str(one).lower() for one in found)


def test_a_topic_that_has_to_do_with_none_is_named_with_the_nearest():
    with pytest.raises(LookupError, match=r'No topic "spin"\. Did you mean "spine"\?'):
        Disagreements(COURSE, "spin")


# --- guess first ---------------------------------------------------------------------------------


def test_nothing_of_the_answer_reaches_the_page_before_a_guess():
    for one in COURSE.disagreements:
        widget = Disagreements(COURSE, one.id)
        state = json.dumps(widget.get_state(["page"]), ensure_ascii=False)
        assert widget.page["answer"] is None
        assert one.follows not in state
        assert one.why not in state
        assert not any(words in state for words in disagreements.FOLLOWED.values())
        assert not one.note or one.note not in state


def test_every_position_says_who_and_where():
    for one in COURSE.disagreements:
        rows = question_view(one, COURSE)["positions"]
        assert sorted(row["says"] for row in rows) == sorted(each.says for each in one.positions)
        assert all(row["by"] and row["where"] for row in rows)


def test_one_guess_at_least_is_right_and_one_is_not():
    for one in COURSE.disagreements:
        names = [row["id"] for row in question_view(one, COURSE)["positions"]] + [OWN_WAY]
        judgements = {judge_guess(one, name) for name in names}
        assert judgements & {"wholly", "own way"}
        assert judgements - {"wholly", "own way"}


def test_positions_stand_in_no_order_that_gives_the_answer_away():
    """The first of those on the page is not the one that is followed more often than the others."""
    places = [
        row["id"] == f"position-{i}"
        for one in COURSE.disagreements
        for row in question_view(one, COURSE)["positions"][:1]
        for i, each in enumerate(one.positions, start=1)
        if each.followed == "wholly"
    ]
    assert 0.2 < sum(places) / len(places) < 0.7


def test_a_guess_shows_what_the_course_follows_and_why():
    widget = Disagreements(COURSE, "on-dizziness")
    guess(widget, "position-2")
    answer = widget.page["answer"]
    assert answer["verdict"].startswith("Yes.")
    assert answer["follows"] == ALL["on-dizziness"].follows
    assert answer["marks"] == {
        "position-1": "Not followed",
        "position-2": "The course follows this",
    }
    assert answer["who"]["sources"]


def test_the_dangerous_side_is_told_no():
    widget = Disagreements(COURSE, "on-dizziness")
    guess(widget, "position-1")
    assert widget.page["answer"]["verdict"].startswith("No.")


def test_a_way_of_its_own_is_right_only_where_no_side_is_followed_wholly():
    assert judge_guess(ALL["on-elbow"], OWN_WAY) == "own way"
    assert judge_guess(ALL["on-dizziness"], OWN_WAY) == "one side"


def test_what_is_taken_in_is_right_in_part():
    assert judge_guess(ALL["on-oil-use"], "position-1") == "in part"


def test_a_guess_stands_and_a_second_changes_nothing():
    widget = Disagreements(COURSE, "on-dizziness")
    guess(widget, "position-1")
    before = widget.page
    guess(widget, "position-2")
    assert widget.page == before


@pytest.mark.parametrize("odd", ["position-9", "", 3])
def test_a_guess_that_the_page_cannot_make_is_not_heard(odd):
    widget = Disagreements(COURSE, "on-dizziness")
    guess(widget, odd)
    assert widget.page["answer"] is None


def test_a_guess_at_another_question_than_the_one_in_sight_is_not_heard():
    widget = Disagreements(COURSE, "safety")
    widget.receive({"do": "guess", "question": "on-dizziness", "position": "position-2"})
    assert widget.page["answer"] is None


def test_who_does_not_guess_is_shown():
    widget = Disagreements(COURSE, "on-dizziness")
    guess(widget, None)
    assert widget.page["answer"]["verdict"] == "This is what the course follows."


def test_going_on_and_back_keeps_guesses_and_the_list_says_how_they_were():
    widget = Disagreements(COURSE, "safety")
    guess(widget, None)
    widget.receive({"do": "go", "to": 1})
    assert (widget.page["at"], widget.page["answer"]) == (1, None)
    widget.receive({"do": "go", "to": 0})
    assert widget.page["answer"]
    states = [each["state"] for each in widget.page["list"]]
    assert states[:2] == ["looked up", "open"]
    widget.receive({"do": "go", "to": -1})
    assert widget.page["at"] == len(states) - 1


def test_all_can_be_shown_with_their_answers_and_put_away_again():
    widget = Disagreements(COURSE, "craft")
    widget.receive({"do": "show all", "on": True})
    assert len(widget.page["all"]) == len(find_disagreements(COURSE, "craft"))
    assert all(each["answer"]["follows"] for each in widget.page["all"])
    widget.receive({"do": "show all", "on": False})
    assert widget.page["show"] == "one"
    assert widget.page["answer"] is None


def test_whose_it_is_is_said_in_words():
    assert held_by(["B18"]) == "Article B"
    assert held_by(["C142", "B18", "B20"]) == "Articles B and C"
    assert held_by(["A1", "R58", "E3", "C1"]) == "Articles A, C and E"
    assert held_by(["R58", "DK"]) == "Outside the articles"


def test_how_sure_the_course_is_is_always_said():
    for one in COURSE.disagreements:
        assert answer_view(one, None, COURSE)["sure"]


# --- where else they show ------------------------------------------------------------------------


def test_what_touches_a_technique_stands_on_its_card():
    technique = next(each for each in COURSE.techniques if each.id == "tender-spot-hold")
    shown = card(technique, COURSE)["differ"]
    assert {each["question"] for each in shown} >= {
        ALL["on-tp-hold"].question,
        ALL["on-kneading-direction"].question,
    }
    assert ALL["on-oil-use"].follows in {each["follows"] for each in shown}


def test_what_touches_a_question_stands_in_its_feedback_and_not_before(tmp_path):
    now = datetime(2026, 11, 22, tzinfo=UTC)
    progress = Progress(tmp_path / "progress.sqlite", now)
    topic = next(each for each in COURSE.topics if each.id == "disagreements")
    quiz = Quiz.of_topics(COURSE, [topic.id], progress, lambda: now)
    (one, *_) = disagreements_about(COURSE, topic.questions[0].about)
    assert one.follows not in json.dumps(quiz.page, ensure_ascii=False)
    name = quiz.page["id"]
    quiz.receive({"do": "check", "question": name, "response": [], "sure": False, "seconds": 1})
    assert summaries([one])[0] in quiz.page["differ"]


def test_what_no_disagreement_touches_says_nothing():
    assert disagreements_about(COURSE, ["no-such-thing"]) == ()
