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


@pytest.mark.parametrize(
    "wrong",
    [
        r"(if it does not|unless it) pass(es)? at once",  # brief dizziness is no emergency
        r"\b(30|thirty)\s?(-|to)\s?(90|ninety)\b|however long",  # for a tender spot
    ],
)
def test_no_text_contradicts_the_rule_on_dizziness_or_on_tender_spots(wrong):
    for path in SOURCES:
        found = [each for each in sentences(path) if re.search(wrong, each, re.IGNORECASE)]
        assert found == [], path


def test_the_signs_of_dizziness_name_the_same_times():
    for name in ("sign-dizziness", "sign-faintness", "sign-dizzy-on-rising"):
        assert "ten minutes" in SIGNS[name].do
    assert "five minutes" in SIGNS["sign-dizzy-on-rising"].do
    assert any("five minutes" in each.do for each in COURSE.preparation)


def test_a_swollen_limb_needs_a_doctor_that_day_and_with_short_breath_is_an_emergency():
    alone, with_breath = SIGNS["sign-limb-after"], SIGNS["sign-leg-or-breath-after"]
    assert (alone.emergency, with_breath.emergency) == (False, True)
    assert "the same day" in alone.do
    asked = {each.id: each for each in COURSE.contraindications}
    for answer in (asked["clot-signs"].yes, asked["clot-signs"].not_sure):
        assert answer.leads_to == "stop"
        assert "the same day" in answer.do
        assert "emergency number" in answer.do
    urgent = [each.question for each in asked.values() if each.yes.leads_to == "emergency"]
    assert [each for each in urgent if "swollen" in each] == []


def test_the_neck_has_its_own_distance_and_a_force_of_at_most_two():
    assert max(NECK.ceiling.values()) == 2
    assert "2 of 10" in RULES["gentle-neck"]
    for name in ("gentle-neck", "muscles-not-spine"):
        assert "one finger (about 2 cm)" in RULES[name]
    assert min(u for u, _ in NECK.outline) * 50 == pytest.approx(2)
    (sides,) = (zone for zone in COURSE.zones if zone.id == "neck-sides")
    top = min(v for _, v in NECK.outline)
    assert max(u for u, v in NECK.outline if v == top) <= min(u for u, _ in sides.outline)
