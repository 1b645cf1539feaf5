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

from ..shipped import COURSE

TECHNIQUES = {technique.id: technique for technique in COURSE.techniques}


def test_every_technique_has_a_card_whose_every_figure_says_who_says_so():
    for technique in COURSE.techniques:
        made = card(technique, COURSE)
        assert made["title"] == technique.names.english
        assert all(fact["value"] and fact["who"]["sources"] for fact in made["facts"])
        assert made["steps"] == list(technique.steps)


def fact(technique, name):
    facts = card(TECHNIQUES[technique], COURSE)["facts"]
    return next((each for each in facts if each["name"] == name), None)


@pytest.mark.parametrize(
    ("technique", "says"),
    [
        ("superficial-stroking", r"Two glides at 3-10 cm a second, about \d+ seconds"),
        ("deep-stroking", r"Two glides at 3-6 cm a second, about \d+ seconds a side"),
        (
            "semicircle-rubbing",
            r"One half circle at each place, on by 3 cm; .+ and a light way back, about .+ a side",
        ),
        (
            "alternating-thumb-kneading",
            r"One press of each hand at each place, on by 3 cm; \w+ places, about \d+ seconds",
        ),
        (
            "one-thumb-kneading",
            r"Two circles at each place, on by 3 cm; .+, about .+ a side",
        ),
        ("hacking", r"Three touches at each place; two places, about \d+ seconds a side"),
    ],
)
def test_a_pass_is_said_in_words(technique, says):
    assert re.fullmatch(says, fact(technique, "A pass")["value"])


def test_who_says_what_a_pass_is_are_those_of_its_own_field():
    one = TECHNIQUES["sawing"].one_pass
    assert fact("sawing", "A pass")["who"] == attribution(one, COURSE)


def test_three_passes_take_three_times_as_long_as_one():
    takes = 3 * passes.seconds(TECHNIQUES["superficial-stroking"])
    assert fact("superficial-stroking", "Passes")["value"] == (
        f"5 times (3 to 7); three take about {takes:.0f} seconds"
    )
    assert fact("dough-kneading", "Passes")["value"].endswith("take about 3 minutes a side")


def test_a_pass_that_may_be_the_only_one_is_counted_as_one():
    assert "; one takes about" in fact("tender-spot-hold", "Passes")["value"]


def test_where_a_technique_is_lighter_its_card_says_how_firm_it_is_there():
    for technique in COURSE.techniques:
        lighter = fact(technique.id, "Lighter")
        working = [each for each in technique.strokes if not each.light_return]
        for zone in COURSE.zones:
            through = [
                stroke.force
                for stroke in working
                if zone.id
                in anatomy.zones_entered(
                    technique.model_copy(update={"strokes": (stroke,)}), COURSE.zones
                )
            ]
            if through and max(through) < max(each.force for each in working):
                part = lighter["value"].split(f"{max(through):g} of 10: ")[1].split("; ")[0]
                assert zone.name.lower() in part.split(", ")


def test_what_is_equally_firm_everywhere_has_no_lighter_places():
    assert fact("superficial-stroking", "Lighter") is None


def test_the_distance_of_the_hands_is_a_sentence_of_its_own():
    assert fact("sawing", "Hands")["value"].endswith(" spread for less. Hands 2-3 cm apart.")


def test_a_card_says_where_the_giver_is_wherever_the_person_lies():
    for technique in COURSE.techniques:
        made = card(technique, COURSE)["stance"]
        stance = next(each for each in COURSE.stances if each.id == technique.stance)
        assert made["name"] == stance.name
        assert [each["do"] for each in made["places"]] == [
            stance.table,
            stance.bed,
            stance.mat,
            stance.other_side,
        ]
        assert made["who"]["sources"]


def test_a_block_is_named_only_where_it_is_called_otherwise_than_the_family():
    assert card(TECHNIQUES["palm-circle-kneading"], COURSE)["blocks"] == ""
    assert (
        card(TECHNIQUES["deep-stroking"], COURSE)["blocks"] == "opening strokes and closing strokes"
    )


@pytest.mark.parametrize(
    ("technique", "said"),
    [
        ("superficial-stroking", "3-10 cm a second; 4-12 glides a minute, slow pace"),
        ("palm-circle-kneading", "20-40 a minute, slow to everyday pace"),
        ("radial-edge-rubbing", "30-60 a minute, everyday pace"),
        ("sawing", "60-80 a minute, fast pace"),
    ],
)
def test_a_pace_is_called_by_the_bands_that_it_lies_in(technique, said):
    assert tempo_in_words(TECHNIQUES[technique]) == said


def test_a_source_is_named_in_words():
    said = attribution(TECHNIQUES["superficial-stroking"], COURSE)["sources"]
    assert any(line.startswith("B59: Four blocks") and "line 59" in line for line in said)


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


def test_a_technique_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(LookupError, match=r'Did you mean "deep-stroking"?'):
        card_of("deep-strokng")


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
