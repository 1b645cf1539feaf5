"""Nothing of the course stays untaught: each technique is shown, each list is read somewhere."""

import re

import pytest

from massage_workbook import paths

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
ELSEWHERE = {"blade-border-rubbing": "07", "tender-spot-hold": "08"}
"""Techniques that are not shown with their family."""


def shown(word, lesson):
    return re.findall(rf'{word}\(\\"([a-z-]+)\\"[,)]', CODE[lesson])


def lesson_of(technique):
    away = "07" if technique.standing == "beyond the back" else FAMILIES[technique.family]
    return ELSEWHERE.get(technique.id, away)


@pytest.mark.parametrize("technique", COURSE.techniques, ids=lambda each: each.id)
def test_each_technique_is_shown_once_in_the_lesson_of_its_family(technique):
    places = [
        lesson for lesson in CODE for name in shown("technique", lesson) if name == technique.id
    ]
    assert places == [lesson_of(technique)]


@pytest.mark.parametrize("lesson", ["04", "05", "06", "07"])
def test_a_rhythm_is_only_trained_where_its_technique_is_shown(lesson):
    assert shown("tempo", lesson)
    assert {*shown("tempo", lesson)} <= {*shown("technique", lesson)}


def test_what_is_not_taught_is_read_in_a_lesson():
    assert "not_taught()" in CODE["08"]
