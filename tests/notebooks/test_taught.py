"""Nothing of the course stays untaught: each technique is shown, each list is read somewhere."""

import re

import pytest

from massage_workbook import paths
from massage_workbook.session import mmss

from ..shipped import COURSE

CODE = {
    path.name[:2]: path.read_text(encoding="utf-8") for path in paths.notebooks().glob("*.ipynb")
}
FAMILIES = {
    "stroking": "03",
    "squeezing": "04",
    "rubbing": "04",
    "kneading": "05",
    "vibration": "06",
}
SESSION = next(each for each in COURSE.sessions if each.id == "standard-20")
"""The session that lessons 03 to 06 refer to."""
ELSEWHERE = {"blade-border-rubbing": "07", "tender-spot-hold": "08"}
"""Techniques that are not shown with their family."""


def shown(word, lesson):
    """Names in calls of a word; a short card is a taste of the one that stands in its lesson."""
    return re.findall(rf'{word}\(\\"([a-z-]+)\\"(?:\)|, folded)', CODE[lesson])


def lesson_of(technique):
    away = "07" if technique.standing == "beyond the back" else FAMILIES[technique.family]
    return ELSEWHERE.get(technique.id, away)


def test_each_technique_is_shown_once_in_the_lesson_of_its_family():
    for technique in COURSE.techniques:
        places = [
            lesson for lesson in CODE for name in shown("technique", lesson) if name == technique.id
        ]
        assert places == [lesson_of(technique)]


@pytest.mark.parametrize("lesson", ["03", "04", "05", "06"])
def test_the_cards_of_the_session_come_first_and_open_and_the_others_are_folded(lesson):
    cards = re.findall(r'technique\(\\"([a-z-]+)\\"(, folded=True)?\)', CODE[lesson])
    done = {name for names in SESSION.techniques.values() for name in names}
    mine = [name for name, _ in cards if name in done]
    assert mine
    assert [name for name, folded in cards if not folded] == mine
    assert [name for name, _ in cards[: len(mine)]] == mine


def test_the_lesson_for_tonight_shows_each_technique_of_its_session_in_short():
    [tonight] = [each for each in COURSE.lessons if each.id == "lesson-tonight"]
    code = (paths.notebooks() / tonight.notebook).read_text(encoding="utf-8")
    [played] = re.findall(r'player\(\\"([a-z0-9-]+)\\"', code)
    session = next(each for each in COURSE.sessions if each.id == played)
    done = dict.fromkeys(name for names in session.techniques.values() for name in names)
    assert re.findall(r'technique\(\\"([a-z-]+)\\", short=True', code) == [*done]


@pytest.mark.parametrize("block", SESSION.minutes)
def test_a_lesson_says_how_many_minutes_its_block_has_in_the_session(block):
    family = next(each.family for each in COURSE.blocks if each.id == block)
    assert mmss(round(60 * SESSION.minutes[block])) in CODE[FAMILIES[family]]


@pytest.mark.parametrize("lesson", ["04", "05", "06", "07"])
def test_a_rhythm_is_only_trained_where_its_technique_is_shown(lesson):
    assert shown("tempo", lesson)
    assert {*shown("tempo", lesson)} <= {*shown("technique", lesson)}


def test_a_lesson_lists_techniques_that_are_not_taught():
    assert "not_taught()" in CODE["08"]


def test_every_lesson_has_its_notebook_and_every_topic_is_asked_in_one():
    notebooks = sorted(path.name for path in paths.notebooks().glob("*.ipynb"))
    assert [each.notebook for each in COURSE.lessons] == notebooks
    calls = re.findall(r"quiz\((.+?)\)", "".join(CODE.values()))
    asked = {name for call in calls for name in re.findall(r'\\"([a-z-]+)\\"', call)}
    assert [topic.id for topic in COURSE.topics if topic.id not in asked] == []
