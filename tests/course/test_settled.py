"""The rules of docs/contradictions.md: no text of the course contradicts them."""

import json
import re

import pytest

from massage_workbook import paths

from ..shipped import COURSE

NECK = next(zone for zone in COURSE.zones if zone.id == "neck-back")
RULES = {rule.id: rule.rule for rule in COURSE.rules}
SIGNS = {sign.id: sign for sign in COURSE.stop_signs}
SOURCES = sorted([*paths.data().rglob("*.yaml"), *paths.notebooks().glob("*.ipynb")])


def sentences(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return re.split(r"(?<=[.;:?!])\s|\n", text)


def test_brief_dizziness_is_no_emergency():
    for path in SOURCES:
        early = re.compile(r"(if it does not|unless it) pass(es)? at once", re.IGNORECASE)
        assert [each for each in sentences(path) if early.search(each)] == []


def test_no_text_overstates_an_article_s_hold_of_a_tender_spot():
    for path in SOURCES:
        longer = re.compile(r"\b(30|thirty)\s?(-|to)\s?(90|ninety)\b|however long", re.IGNORECASE)
        assert [each for each in sentences(path) if longer.search(each)] == []


@pytest.mark.parametrize("name", ["sign-dizziness", "sign-faintness", "sign-dizzy-on-rising"])
def test_the_signs_of_dizziness_name_the_same_time(name):
    assert "ten minutes" in SIGNS[name].do


def test_a_light_headed_person_waits_five_minutes_after_rising():
    assert "five minutes" in SIGNS["sign-dizzy-on-rising"].do
    assert any("five minutes" in each.do for each in COURSE.preparation)


def test_a_swollen_limb_needs_a_doctor_that_day_and_with_short_breath_is_an_emergency():
    alone, with_breath = SIGNS["sign-limb-after"], SIGNS["sign-leg-or-breath-after"]
    assert not alone.emergency
    assert "the same day" in alone.do
    assert with_breath.emergency
    question = next(each for each in COURSE.contraindications if each.id == "clot-signs")
    for answer in (question.yes, question.not_sure):
        assert answer.leads_to == "stop"
        assert "the same day" in answer.do
        assert "emergency number" in answer.do


def test_a_swollen_limb_alone_is_no_emergency():
    urgent = [
        each.question for each in COURSE.contraindications if each.yes.leads_to == "emergency"
    ]
    assert [each for each in urgent if "swollen" in each] == []


def test_the_neck_has_its_own_distance_and_a_force_of_at_most_two():
    assert max(NECK.ceiling.values()) == 2
    assert "2 of 10" in RULES["gentle-neck"]
    for name in ("gentle-neck", "muscles-not-spine"):
        assert "one finger (about 2 cm)" in RULES[name]


def test_the_neck_begins_one_finger_beside_the_middle_and_ends_behind_the_ears():
    beside = [u for u, _ in NECK.outline]
    (sides,) = [zone for zone in COURSE.zones if zone.id == "neck-sides"]
    assert min(beside) * 50 == pytest.approx(2)
    top = min(v for _, v in NECK.outline)
    assert max(u for u, v in NECK.outline if v == top) <= min(u for u, _ in sides.outline)
