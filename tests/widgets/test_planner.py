import pytest

from massage_workbook.course import read
from massage_workbook.widgets.planner import Planner

COURSE = read()


@pytest.fixture
def planner():
    return Planner(COURSE, "standard-20")


def row(planner, block):
    return next(row for row in planner.state["rows"] if row["block"] == block)


def test_it_begins_with_the_ready_made_minutes(planner):
    assert planner.state["total"]["text"] == "20:00"
    assert row(planner, "kneading")["text"] == "10:00"
    assert row(planner, "kneading")["share"] == 50


def test_a_block_s_slider_moves_the_total_and_the_picture(planner):
    before = planner.state["places"]["span-closing"]
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    assert planner.state["total"]["text"] == "22:00"
    assert planner.state["places"]["span-closing"] != before
    assert planner.state["places"]["length-kneading"]["text"] == "12:00"


def test_the_total_s_slider_is_shared_by_the_blocks(planner):
    planner._hear({"set": "total", "seconds": 1800, "wish": 1})
    assert row(planner, "kneading")["seconds"] == 900


def test_an_impossible_wish_changes_nothing_and_says_why(planner):
    planner._hear({"set": "vibration", "seconds": 900, "wish": 1})
    assert "3:00" in planner.state["refused"]
    assert planner.state["total"]["text"] == "20:00"


def test_each_answer_carries_the_number_of_its_wish(planner):
    planner._hear({"set": "total", "seconds": 1500, "wish": 7})
    assert planner.state["wish"] == 7


def test_another_ready_made_session_starts_anew_with_its_own_picture(planner):
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    first = planner.svg
    planner._hear({"start_from": "standard-30", "wish": 2})
    assert planner.state["total"]["text"] == "30:00"
    assert planner.svg != first


def test_a_change_sends_no_new_picture(planner):
    first = planner.svg
    planner._hear({"set": "kneading", "seconds": 720, "wish": 1})
    assert planner.svg is first


def test_a_session_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(LookupError, match=r'Did you mean "standard-20"?'):
        Planner(COURSE, "standard-21")
