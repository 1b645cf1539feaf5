import re
from datetime import UTC, datetime

import pytest

from massage_workbook.body import anatomy
from massage_workbook.safety.screening import Answers, Area
from massage_workbook.safety.today import Screening, TodaysScreening
from massage_workbook.session import passes
from massage_workbook.views.sources import attribution
from massage_workbook.views.technique import card, tempo_in_words
from massage_workbook.widgets.technique import TechniqueCard

from ..shipped import COURSE, TECHNIQUES, each_technique


@each_technique
def test_a_card_has_facts_with_sources_steps_and_the_giver_s_stance(technique):
    made = card(technique, COURSE)
    assert made["title"] == technique.names.english
    assert all(fact["value"] and fact["attribution"]["sources"] for fact in made["facts"])
    assert made["steps"] == list(technique.steps)
    (stance,) = (each for each in COURSE.stances if each.id == technique.stance)
    assert made["stance"]["name"] == stance.name
    places = [stance.table, stance.bed, stance.mat, stance.other_side]
    assert [each["do"] for each in made["stance"]["places"]] == places
    assert made["stance"]["attribution"]["sources"]


def fact(technique, name):
    facts = card(TECHNIQUES[technique], COURSE)["facts"]
    return next((each for each in facts if each["name"] == name), None)


@pytest.mark.parametrize(
    ("name", "technique", "says"),
    [
        ("A pass", "superficial-stroking", r"Two glides at 3-10 cm a second, about \d+ seconds"),
        ("A pass", "deep-stroking", r"Two glides at 3-6 cm a second, about \d+ seconds a side"),
        (
            "A pass",
            "semicircle-rubbing",
            r"One half circle at each place, on by 3 cm; .+ and a light way back, about .+ a side",
        ),
        (
            "A pass",
            "alternating-thumb-kneading",
            r"One press of each hand at each place, on by 3 cm; \w+ places, about \d+ seconds",
        ),
        ("A pass", "one-thumb-kneading", r"Two circles at each place, on by 3 cm; .+ a side"),
        ("A pass", "hacking", r"Three touches at each place; two places, about \d+ seconds a side"),
        ("Passes", "dough-kneading", r".+ take about 3 minutes a side"),
        ("Passes", "tender-spot-hold", r".+; one takes about .+"),
        ("Hands", "sawing", r".+ spread for less\. Hands 2-3 cm apart\."),
    ],
)
def test_a_fact_is_put_in_words(name, technique, says):
    assert re.fullmatch(says, fact(technique, name)["value"])


@pytest.mark.parametrize(
    ("technique", "words"),
    [
        ("superficial-stroking", "3-10 cm a second; 4-13 glides a minute, slow pace"),
        ("palm-circle-kneading", "20-40 a minute, slow to everyday pace"),
        ("radial-edge-rubbing", "30-60 a minute, everyday pace"),
        ("sawing", "60-80 a minute, fast pace"),
    ],
)
def test_a_tempo_names_its_band(technique, words):
    assert tempo_in_words(TECHNIQUES[technique]) == words


def test_the_time_of_three_passes_and_the_sources_of_a_fact_are_shown():
    takes = 3 * passes.seconds(TECHNIQUES["superficial-stroking"])
    assert fact("superficial-stroking", "Passes")["value"] == (
        f"5 times (3 to 7); three take about {takes:.0f} seconds"
    )
    assert fact("sawing", "A pass")["attribution"] == attribution(
        TECHNIQUES["sawing"].one_pass, COURSE
    )
    sources = attribution(TECHNIQUES["superficial-stroking"], COURSE)["sources"]
    assert any(line.startswith("B59: Four blocks") and "line 59" in line for line in sources)


def test_places_of_less_force_are_listed_with_it():
    assert fact("superficial-stroking", "Lighter") is None, "it is equally firm everywhere"
    for technique in COURSE.techniques:
        lighter = fact(technique.id, "Lighter")
        working = [each for each in technique.strokes if not each.light_return]
        entered = {
            each: anatomy.zones_entered(
                technique.model_copy(update={"strokes": (each,)}), COURSE.zones
            )
            for each in working
        }
        for zone in COURSE.zones:
            forces = [stroke.force for stroke in working if zone.id in entered[stroke]]
            if forces and max(forces) < max(each.force for each in working):
                part = lighter["value"].split(f"{max(forces):g} of 10: ")[1].split("; ")[0]
                assert zone.name.lower() in part.split(", ")


def test_a_block_is_named_unless_it_has_the_name_of_the_family():
    assert card(TECHNIQUES["palm-circle-kneading"], COURSE)["blocks"] == ""
    assert (
        card(TECHNIQUES["deep-stroking"], COURSE)["blocks"] == "opening strokes and closing strokes"
    )


NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
WELL = dict.fromkeys((each.id for each in COURSE.contraindications), "no")


def card_of(name, **replies):
    """The words of a card on a day on which these replies were given, and the left waist marked."""
    today = TodaysScreening(COURSE, lambda _: None)
    made = TechniqueCard(COURSE, name, today, lambda: NOON)
    assert made.children[1].today == []
    waist = frozenset({Area("waist", "left")})
    today.record(Screening(NOON, Answers(WELL | replies, waist)))
    today.notify()
    return made.children[1]


def test_a_card_says_what_today_s_screening_leaves_out_of_its_technique():
    assert card_of("superficial-stroking").today == []
    bruised = card_of("superficial-stroking", bruise="yes").today
    assert "Not over the waist (left side): bruises." in bruised
    assert not any("waist" in line for line in card_of("collar-stroking", bruise="yes").today)
    assert card_of("sawing", fever="yes").today == ["No massage today."]


def test_a_card_that_is_seen_again_follows_a_screening_that_was_kept_elsewhere():
    kept = []
    today = TodaysScreening(COURSE, lambda _: kept[-1] if kept else None)
    words = TechniqueCard(COURSE, "sawing", today, lambda: NOON).children[1]
    kept.append(Answers(WELL | {"fever": "yes"}))
    assert words.receive({"do": "refresh"}) == {}
    assert words.today == ["No massage today."]
